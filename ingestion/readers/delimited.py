"""Delimited text: delimiter, quoting, header row and column names, found in a sample and told to DuckDB.

Only the sample is looked at in Python; rows are read by DuckDB. A file whose bytes DuckDB cannot take (another
encoding, mixed line ends) is read from a normalised copy.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path

from ingestion.headers import HeaderIndex, joined_headers, unique_headers
from ingestion.readers.headerless import is_headerless, named_line, no_header
from ingestion.readers.import_ids import import_header
from ingestion.readers.mojibake import looks_damaged, mended_copy, mended_text
from ingestion.readers.reading import Dialect, FileRefused, Hints, Piece, Reading, csv_relation
from ingestion.readers.text import TextSample, codec_name, read_sample, spread_text, write_normalised

DELIMITERS = (",", ";", "\t", "|", "^", "~", "\x01", "\x1f")
REJECTS = "rejected_lines"
_SAMPLE_ROWS = 400
_HEADER_WITHIN = 60
_MARKS = re.compile(r"^(?:<{7} |>{7} |={7}$)", re.MULTILINE)
_BY_SUFFIX = {".tsv": "\t", ".tab": "\t", ".psv": "|"}


@dataclass(frozen=True)
class _Parsed:
    dialect: Dialect
    rows: list[list[str]]
    lines: list[int]
    width: int
    score: float
    empty_below: dict[int, int]


def read_delimited(
    piece: Piece, hints: Hints, work: Path, *, normalise: bool = False, encoding: str | None = None
) -> Reading:
    """A delimited text for DuckDB; ``normalise`` forces the copy, ``encoding`` settles it. Raises `FileRefused`."""
    sample = read_sample(piece.path, piece.size, encoding or _wanted_encoding(hints, piece))
    refuse_unreadable(sample, piece)
    parsed = _parse(sample, piece, hints)
    header_at = _header_row(parsed, hints)
    header = parsed.rows[header_at]
    given = import_header(parsed.rows, header_at)
    if given is not None:
        header, header_at = given.columns, header_at + given.rows_below
    elif hints.has_second_header(parsed.rows, header_at):
        header = joined_headers(header, parsed.rows[header_at + 1])
        header_at += 1
    header_at, is_bare = (header_at, False) if given else _bare_from(parsed, header_at, hints)
    header = parsed.rows[header_at] if is_bare else header
    data = parsed.rows[header_at + 1 :]
    width = max(parsed.width, len(header)) if data else len(header)
    header_line = parsed.lines[header_at]
    if not is_bare:
        # Empty cells right below the names are a second header row without a word in it.
        header_line = parsed.empty_below.get(header_at, header_line)
    columns = unique_headers(hints.columns if is_bare else header, width)
    dialect = replace(parsed.dialect, header_line=header_line, pads_short_rows=_pads(parsed, header_at))
    path, lines_cut = piece.path, 0
    quoted_preamble = header_line > 1 and any(
        '"' in cell or "\n" in cell for row in parsed.rows[:header_at] for cell in row
    )
    problems = given.problems(piece.name) if given else ()
    if normalise or quoted_preamble or is_bare or _needs_copy(sample):
        copy, named = work / "normalised.csv", named_line(columns, dialect) if is_bare else ""
        skipped = header_line - 1
        path = write_normalised(
            piece.path, copy, sample.encoding, name=piece.name, skip_lines=skipped, first_line=named
        )
        dialect, lines_cut = replace(dialect, header_line=1), skipped - (1 if is_bare else 0)
    if looks_damaged(sample.text) or (path == piece.path and looks_damaged(spread_text(path, piece.size))):
        mended, told = mended_copy(piece, path, work / "mended.csv")
        problems = (*problems, *told)
        columns = columns if mended == path else list(map(mended_text, columns))
        path = mended
    first_line = parsed.lines[header_at + 1] if header_at + 1 < len(parsed.lines) else header_line + 1
    if is_bare:
        first_line, problems = header_line, (*problems, no_header(piece, columns, hints.columns))
    return Reading(
        piece=piece,
        kind="csv",
        columns=tuple(columns),
        relation=csv_relation(path, columns, dialect, rejects=REJECTS),
        encoding=sample.encoding,
        delimiter=dialect.delimiter,
        dialect=dialect,
        path=path,
        first_line=first_line,
        lines_cut=lines_cut,
        rejects=True,
        problems=problems,
        above=Reading.words_above(parsed.rows[:header_at]),
    )


def _wanted_encoding(hints: Hints, piece: Piece) -> str | None:
    if not hints.encoding:
        return None
    try:
        return codec_name(hints.encoding)
    except LookupError as error:
        raise FileRefused(
            f"The map says {piece.name} is written in {hints.encoding!r}, which is no encoding.",
            code="bad_encoding",
            file=piece.name,
            key="read.encoding",
        ) from error


def refuse_unreadable(sample: TextSample, piece: Piece) -> None:
    """Refuse what is text but no table."""
    if not sample.text.strip():
        raise FileRefused(f"{piece.name} is empty.", code="empty", file=piece.name, hint="Export it again.")
    if "\x00" in sample.text[:65536]:
        raise FileRefused(
            f"{piece.name} is not text: it holds NUL bytes.", code="wrong_content", file=piece.name,
            hint="Export it again as CSV.",
        )  # fmt: skip
    mark = _MARKS.search(sample.text)
    if mark and len(_MARKS.findall(sample.text)) > 1:
        line = sample.text.count("\n", 0, mark.start()) + 1
        raise conflict_refusal(piece, line)


def conflict_refusal(piece: Piece, line: int) -> FileRefused:
    """The sentence for a file that carries the marks of an unfinished merge."""
    return FileRefused(
        f"{piece.name} carries merge-conflict marks, first on line {line}.",
        code="conflict_marks",
        file=piece.name,
        line=line,
        hint="Choose one of the two sides, take the marks out and add the file again.",
    )


def _needs_copy(sample: TextSample) -> bool:
    return sample.encoding not in ("utf-8", "utf-8-sig") or sample.has_mixed_ends or "\n" not in sample.text


def _parse(sample: TextSample, piece: Piece, hints: Hints) -> _Parsed:
    text = sample.text.replace("\r\n", "\n").replace("\r", "\n")
    if not sample.whole:
        text = text[: text.rfind("\n") + 1] or text
    wanted = hints.delimiter or None
    candidates = (wanted,) if wanted else DELIMITERS
    escapes = ('"', "\\") if '\\"' in text else ('"',)
    parses = [_parse_with(text, Dialect(d, escape=e), piece) for d in candidates for e in escapes]
    best = max(parses, key=lambda parsed: parsed.score)
    suffix = _BY_SUFFIX.get(piece.suffix)
    if not wanted and suffix and best.width == 1:
        best = next(parsed for parsed in parses if parsed.dialect.delimiter == suffix)
    return best


def _parse_with(text: str, dialect: Dialect, piece: Piece) -> _Parsed:
    doubled = dialect.escape == '"'
    reader = csv.reader(
        io.StringIO(text, newline=""),
        delimiter=dialect.delimiter,
        doublequote=doubled,
        escapechar=None if doubled else dialect.escape,
    )
    rows: list[list[str]] = []
    lines: list[int] = []
    empty_below: dict[int, int] = {}
    before = 0
    csv.field_size_limit(64 * 1024 * 1024)
    try:
        for row in reader:
            if row and any(cell.strip() for cell in row):
                rows.append(row)
                lines.append(before + 1 if "\n" in "".join(row) else reader.line_num)
            elif len(row) > 1:
                empty_below.setdefault(len(rows) - 1, reader.line_num)
            before = reader.line_num
            if len(rows) >= _SAMPLE_ROWS:
                break
    except csv.Error:
        pass
    if not rows:
        raise FileRefused(f"{piece.name} is empty.", code="empty", file=piece.name, hint="Export it again.")
    return _Parsed(dialect, rows, lines, *_width_and_score(rows), empty_below)


def _width_and_score(rows: list[list[str]]) -> tuple[int, float]:
    """The number of cells a row has, and how consistently a delimiter gives it (one cell a row is no table)."""
    body = rows[1:] or rows
    counted = Counter(map(len, body))
    usual = max(counted, key=lambda width: (counted[width], width))
    stray = sum('"' in cell for row in body[:100] for cell in row) / max(1, sum(map(len, body[:100])))

    def score(width: int) -> float:
        if width == 1:
            return 0.4
        # A first row of another width is a preamble at best, and the sign of a wrong delimiter at worst.
        first = 1.0 if len(rows[0]) == width else 0.75
        return first * (counted[width] + 1) / (len(body) + 1) * min(width, 30) ** 0.3 - 0.3 * stray

    return usual, max(score(usual), score(len(rows[0])))


def _header_row(parsed: _Parsed, hints: Hints) -> int:
    """The place of the header among the non-empty rows: what the map waits for, else the first full row of words."""
    if hints.header_line:
        later = [place for place, line in enumerate(parsed.lines) if line >= hints.header_line]
        return later[0] if later else 0
    near = parsed.rows[:_HEADER_WITHIN]
    wanted = [names for names in hints.names if names]
    for place, row in enumerate(near if wanted else ()):
        index = HeaderIndex(unique_headers(row))
        if any(index.has_all(names) for names in wanted):
            return place
    for place, row in enumerate(near):
        if len(row) >= parsed.width - 1 and _looks_like_names(row):
            return place
    return 0


def _bare_from(parsed: _Parsed, header_at: int, hints: Hints) -> tuple[int, bool]:
    """Where a file without a header begins and that it has none, or where its header stands."""
    row, below = parsed.rows[header_at], parsed.rows[header_at + 1 :]
    if hints.columns:
        is_bare = not HeaderIndex(unique_headers(row)).has_all(hints.columns)
        return (header_at if hints.header_line or not is_bare else _top(parsed, header_at)), is_bare
    if hints.header_line or hints.second_header or not is_headerless(row, below):
        return header_at, False
    top = _top(parsed, header_at)
    return top, is_headerless(parsed.rows[top], parsed.rows[top + 1 :])


def _top(parsed: _Parsed, place: int) -> int:
    """The first of the rows above that are as wide and mostly filled."""
    width = len(parsed.rows[place])
    while place and len(above := parsed.rows[place - 1]) == width and sum(map(bool, above)) * 2 >= width:
        place -= 1
    return place


def _looks_like_names(row: list[str]) -> bool:
    filled = [cell.strip() for cell in row if cell.strip()]
    wordy = [cell for cell in filled if not re.fullmatch(r"[-+$€£%\d.,:/ ]+", cell) and len(cell) < 200]
    return len(filled) * 2 >= len(row) and len(wordy) * 2 > len(filled)


def _pads(parsed: _Parsed, header_at: int) -> bool:
    """Rows that usually leave out their empty last cells are padded; where that is unusual, they are malformed."""
    body = parsed.rows[header_at + 1 :]
    short = sum(len(row) < len(parsed.rows[header_at]) for row in body)
    return bool(body) and short * 2 > len(body)
