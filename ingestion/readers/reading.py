"""What every reader gives: a relation of text columns that DuckDB can scan, and what was found out on the way."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from ingestion.headers import is_second_header
from warehouse.errors import SwotlightError
from warehouse.store import quote_text


class FileRefused(SwotlightError):
    """A file that cannot be read as what it says it is; nothing of it is loaded."""


class ReadAgain(Exception):
    """A file turned out, while it was scanned, to need a normalised copy (``encoding``: in which to read it)."""

    def __init__(self, name: str, encoding: str | None = None) -> None:
        super().__init__(name)
        self.name = name
        self.encoding = encoding


@dataclass(frozen=True)
class Piece:
    """A plain file on disk: a landed one, or what was taken out of an archive. ``name`` is shown to people."""

    name: str
    path: Path
    size: int

    @property
    def suffix(self) -> str:
        """The last suffix of the name, lower case, with its dot."""
        return Path(self.name).suffix.lower()


@dataclass(frozen=True)
class Dialect:
    """How a delimited text is written."""

    delimiter: str = ","
    quote: str = '"'
    escape: str = '"'
    header_line: int = 1
    pads_short_rows: bool = False


_ABOVE_LETTERS = 1_000


@dataclass(frozen=True)
class Reading:
    """A file ready to be scanned.

    ``relation`` is a table expression whose columns are all text and called as in ``columns``; ``first_line`` is the
    line (or the sheet's row) of the first data row; ``lines_cut`` says how many lines above the header a copy lacks;
    a reading with ``rejects`` tells malformed lines in a table. ``others`` are the other files of its shape, ``above``
    is what stands in the lines over the header, ``rows`` how many there are where the relation has the first alone.
    """

    piece: Piece
    kind: str
    columns: tuple[str, ...]
    relation: str
    encoding: str | None = None
    delimiter: str | None = None
    dialect: Dialect | None = None
    path: Path | None = None
    first_line: int = 2
    lines_cut: int = 0
    rejects: bool = False
    problems: tuple[Problem, ...] = ()
    others: tuple[Reading, ...] = ()
    above: str = ""
    rows: int | None = None

    @staticmethod
    def words_above(rows: Iterable[Iterable[str | None]]) -> str:
        """The filled cells of the lines over a header, as one text."""
        return " ".join(cell for row in rows for cell in row if cell)[:_ABOVE_LETTERS]

    def with_problems(self, *problems: Problem) -> Reading:
        """The same reading with more to tell."""
        return replace(self, problems=(*self.problems, *problems))


@dataclass(frozen=True)
class Problem:
    """Something to tell that stops nothing."""

    code: str
    message: str
    severity: str = "warning"


@dataclass
class Hints:
    """What a map knows beforehand: its reading hints and the header names it waits for, one set a shape.

    ``columns`` are the names, by place, that the columns of a file without a header get.
    """

    delimiter: str | None = None
    encoding: str | None = None
    header_line: int | None = None
    sheet: str | None = None
    records: str | None = None
    second_header: bool | str | None = None
    columns: list[str] = field(default_factory=list)
    names: list[frozenset[str]] = field(default_factory=list)

    def has_second_header(self, rows: Sequence[Sequence[str]], header_at: int) -> bool:
        """Whether the row below the header belongs to it: as the map says, else as it looks.

        ``if_first_empty``: it does where its first cell, elsewhere the key of a row, is empty.
        """
        if self.second_header == "if_first_empty" and header_at + 1 < len(rows):
            return not any(cell.strip() for cell in rows[header_at + 1][:1])
        if self.second_header is not None or header_at + 1 >= len(rows):
            return bool(self.second_header) and header_at + 1 < len(rows)
        return is_second_header(rows[header_at], rows[header_at + 1])


def csv_relation(
    path: Path, columns: Sequence[str], dialect: Dialect, *, rejects: str | None = None, lenient: bool = False
) -> str:
    """A ``read_csv`` call that guesses nothing.

    ``rejects`` names the temporary table for malformed lines; ``lenient`` leaves them out and tells nobody.
    """
    typed = ", ".join(f"{quote_text(name)}: 'VARCHAR'" for name in columns)
    options = [
        quote_text(str(path)),
        "auto_detect=false",
        "header=true",
        f"skip={dialect.header_line - 1}",
        f"delim={quote_text(dialect.delimiter)}",
        f"quote={quote_text(dialect.quote)}",
        f"escape={quote_text(dialect.escape)}",
        f"columns={{{typed}}}",
        "max_line_size=16777216",
        f"nullstr=[{', '.join(map(quote_text, _nulls(dialect)))}]",
    ]
    if dialect.pads_short_rows:
        options.append("null_padding=true")
    if lenient:
        options.append("ignore_errors=true")
    if rejects:
        options.append(f"store_rejects=true, rejects_table={quote_text(rejects)}")
        options.append(f"rejects_scan={quote_text(rejects + '_scan')}")
    return f"read_csv({', '.join(options)})"


def _nulls(dialect: Dialect) -> tuple[str, ...]:
    """Cells that hold nothing. DuckDB lets no null text hold the escape letter."""
    return ("", "NULL", "null") if dialect.escape == "\\" else ("", "NULL", "null", "\\N")
