"""Which reader a file needs, told by its first bytes and held against its name."""

from __future__ import annotations

from pathlib import Path

from ingestion.readers.delimited import read_delimited
from ingestion.readers.reading import FileRefused, Hints, Piece, Reading
from ingestion.readers.signature import TEXT, Kind, kind_of
from ingestion.readers.spreadsheet import columns_of_sheets, read_spreadsheet, read_spreadsheets
from ingestion.readers.structured import read_json, read_parquet
from warehouse.store import Connection

# What a suffix promises. One that is not listed promises nothing: the content decides.
_PROMISES: dict[str, tuple[Kind, ...]] = {
    ".csv": ("text",),
    ".tsv": ("text",),
    ".tab": ("text",),
    ".psv": ("text",),
    ".json": ("json",),
    ".jsonl": ("json",),
    ".ndjson": ("json",),
    ".parquet": ("parquet",),
    ".xlsx": ("xlsx", "xls"),
    ".xlsm": ("xlsx",),
    ".xls": ("xls", "xlsx"),
    ".ods": ("ods",),
}
_WORDS = {
    "text": "delimited text",
    "json": "JSON",
    "parquet": "a Parquet file",
    "xlsx": "an Excel workbook",
    "xls": "an Excel workbook",
    "ods": "an OpenDocument sheet",
    "html": "an HTML page (perhaps that of a login)",
    "xml": "XML",
    "pdf": "a PDF",
    "picture": "a picture",
    "zip": "a zip archive",
    "gzip": "gzip data",
    "duckdb": "a DuckDB database",
    "sqlite": "an SQLite database",
    "binary": "no text",
}


def read(
    con: Connection,
    piece: Piece,
    hints: Hints,
    work: Path,
    *,
    normalise: bool = False,
    encoding: str | None = None,
    at_most: int | None = None,
) -> Reading:
    """A file ready to be scanned. Raises `FileRefused` with a sentence when it is not what it says it is.

    ``at_most`` are the rows that will be looked at: of a workbook no more are written.
    """
    if piece.size == 0:
        raise FileRefused(f"{piece.name} is empty.", code="empty", file=piece.name, hint="Export it again.")
    kind = kind_of(piece.path)
    _hold_against_name(piece, kind)
    if kind == "json":
        return read_json(con, piece, hints, work)
    if kind == "parquet":
        return read_parquet(con, piece)
    if kind in ("xlsx", "xls", "ods"):
        return read_spreadsheet(piece, hints, work, at_most)
    return read_delimited(piece, hints, work, normalise=normalise, encoding=encoding)


def read_all(
    con: Connection, piece: Piece, hints: Hints, work: Path, *, normalise: bool = False, encoding: str | None = None
) -> list[Reading]:
    """Every table of a file: a workbook may have several. Raises like `read`."""
    if piece.size and kind_of(piece.path) in ("xlsx", "xls", "ods"):
        _hold_against_name(piece, kind_of(piece.path))
        return read_spreadsheets(piece, hints, work)
    return [read(con, piece, hints, work, normalise=normalise, encoding=encoding)]


def alike_sheets(piece: Piece) -> bool:
    """Whether all tables of a workbook have the same columns. Raises like `read`."""
    _hold_against_name(piece, kind_of(piece.path))
    return len({frozenset(columns) for columns in columns_of_sheets(piece)}) < 2


def _hold_against_name(piece: Piece, kind: Kind) -> None:
    promised = _PROMISES.get(piece.suffix)
    readable = {TEXT, "json", "parquet", "xlsx", "xls", "ods"}
    if kind in readable and (promised is None or kind in promised):
        return
    says = f", not {_WORDS[promised[0]]} as its name says" if promised and kind not in promised else ""
    raise FileRefused(
        f"{piece.name} is {_WORDS[kind]}{says}; it cannot be read." if kind not in readable
        else f"{piece.name} is {_WORDS[kind]}{says}.",
        code="wrong_content",
        file=piece.name,
        hint="Export it again." if kind not in readable else "Give it the suffix of what it is, or export it again.",
    )  # fmt: skip
