"""What a file is, by its first bytes. A promise in the name is not looked at here."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Literal

from ingestion.readers.text import read_sample

Kind = Literal["text", "json", "parquet", "xlsx", "xls", "ods", "html", "xml", "pdf", "picture", "zip", "gzip",
               "duckdb", "sqlite", "binary"]  # fmt: skip
TEXT: Kind = "text"
_MAGIC: tuple[tuple[bytes, Kind], ...] = (
    (b"PAR1", "parquet"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "xls"),
    (b"\x1f\x8b", "gzip"),
    (b"%PDF-", "pdf"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"SQLite format 3\x00", "sqlite"),
    (b"7z\xbc\xaf\x27\x1c", "binary"),
    (b"Rar!\x1a\x07", "binary"),
    (b"\x28\xb5\x2f\xfd", "binary"),
    (b"BZh", "binary"),
)
_HTML = re.compile(r"<(?:!doctype\s+html|html|head|body|table|meta|script|div)\b", re.IGNORECASE)


def kind_of(path: Path) -> Kind:
    """The kind of a file that is not empty."""
    with path.open("rb") as handle:
        head = handle.read(4096)
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    if head[8:12] == b"DUCK":
        return "duckdb"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _kind_of_zip(path)
    return _kind_of_text(path)


def _kind_of_zip(path: Path) -> Kind:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            if "[Content_Types].xml" in names and any(name.startswith("xl/") for name in names):
                return "xlsx"
            if "mimetype" in names and archive.read("mimetype").startswith(
                b"application/vnd.oasis.opendocument.spread"
            ):
                return "ods"
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError):
        return "zip"
    return "zip"


def _kind_of_text(path: Path) -> Kind:
    sample = read_sample(path, path.stat().st_size)
    text = sample.text.lstrip()
    if sum(text[:8192].count(letter) for letter in "\x00\x02\x03\x04\x05\x06\x0e\x0f\x10\x11\x12\x14") > 8:
        return "binary"
    if text.startswith("<?xml"):
        return "html" if _HTML.search(text[:4096]) else "xml"
    if text.startswith("<") and _HTML.match(text):
        return "html"
    if text.startswith("{") or (text.startswith("[") and _opens_json_array(text)):
        return "json"
    return "text"


def _opens_json_array(text: str) -> bool:
    return re.match(r"\[\s*(?:\{|\[|\]|\"|-?\d|true|false|null)", text) is not None
