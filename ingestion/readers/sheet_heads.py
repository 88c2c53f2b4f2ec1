"""The first rows of every sheet of an XLSX workbook, without the rows below them being parsed.

A workbook is a zip of XML files, one a sheet: what is looked at is a copy in memory whose sheets end early.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from pathlib import Path

from python_calamine import CalamineWorkbook

_ROWS, _CHUNK = 200, 64 * 1024
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml$")
_ROW_END, _END = b"</row>", b"</sheetData></worksheet>"
# Shared texts larger than this take longer to be read twice than the rows do.
_MOST_OTHERS = 4 * 1024 * 1024


def heads_of(path: Path) -> CalamineWorkbook | None:
    """The workbook with the first rows of each sheet; None where it is no XLSX, is small, or would gain nothing."""
    try:
        with zipfile.ZipFile(path) as book:
            sheets = [entry for entry in book.infolist() if _SHEET.match(entry.filename)]
            others = [entry for entry in book.infolist() if entry not in sheets and not entry.is_dir()]
            if len(sheets) < 2 or sum(entry.file_size for entry in others) > _MOST_OTHERS:
                return None
            copy = io.BytesIO()
            with zipfile.ZipFile(copy, "w", zipfile.ZIP_STORED) as head:
                for entry in others:
                    head.writestr(entry.filename, book.read(entry))
                for entry in sheets:
                    head.writestr(entry.filename, _head(book, entry))
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, EOFError, ValueError, zlib.error):
        # Whoever opens the whole workbook says what is wrong with it.
        return None
    copy.seek(0)
    return CalamineWorkbook.from_filelike(copy)


def _head(book: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """The XML of a sheet up to the end of its first rows; all of it where it is short or its tags have a prefix."""
    with book.open(entry) as packed:
        read = b""
        while chunk := packed.read(_CHUNK):
            read += chunk
            if read.count(_ROW_END) >= _ROWS:
                return read[: read.rindex(_ROW_END) + len(_ROW_END)] + _END
    return read
