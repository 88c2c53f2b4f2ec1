"""Zip and gzip: what is in them is taken out into the work folder, each part a file of its own."""

from __future__ import annotations

import gzip
import lzma
import shutil
import struct
import zipfile
import zlib
from pathlib import Path, PurePosixPath

from ingestion.files import LandedFile
from ingestion.readers.reading import FileRefused, Piece
from ingestion.readers.signature import kind_of

_CHUNK = 4 * 1024 * 1024
_NESTED_AT_MOST = 2
_NO_WHOLE_ZIP = (
    zipfile.BadZipFile, OSError, EOFError, zlib.error, lzma.LZMAError, struct.error, ValueError, NotImplementedError,
)  # fmt: skip
_IGNORED = ("__MACOSX/", ".DS_Store")


def pieces_of(file: LandedFile, work: Path) -> list[Piece]:
    """The plain files in a landed one: itself, or what an archive holds. Raises `FileRefused`."""
    return _unpack(Piece(file.name, file.path, file.size), work, depth=0)


def _unpack(piece: Piece, work: Path, depth: int) -> list[Piece]:
    if piece.size == 0:
        return [piece]
    kind = kind_of(piece.path)
    if kind == "zip" or (piece.suffix == ".zip" and kind not in ("xlsx", "ods")):
        parts = _from_zip(piece, work)
    elif kind == "gzip" or piece.suffix == ".gz":
        parts = [_from_gzip(piece, work)]
    else:
        return [piece]
    if depth >= _NESTED_AT_MOST:
        raise FileRefused(f"{piece.name} holds archives inside archives.", code="wrong_content", file=piece.name)
    return [plain for part in parts for plain in _unpack(part, work, depth + 1)]


def _from_gzip(piece: Piece, work: Path) -> Piece:
    name = piece.name[:-3] if piece.suffix == ".gz" else piece.name
    target = _place(work, PurePosixPath(name).name)
    try:
        with gzip.open(piece.path) as packed, target.open("wb") as plain:
            shutil.copyfileobj(packed, plain, _CHUNK)
    except (OSError, EOFError, zlib.error) as error:
        raise _damaged(piece, "gzip", error) from error
    return Piece(piece.name if piece.suffix != ".gz" else name, target, target.stat().st_size)


def _from_zip(piece: Piece, work: Path) -> list[Piece]:
    parts = []
    try:
        with zipfile.ZipFile(piece.path) as archive:
            entries = [entry for entry in archive.infolist() if _counts(entry)]
            for entry in sorted(entries, key=lambda entry: entry.filename):
                target = _place(work, PurePosixPath(entry.filename).name)
                with archive.open(entry) as packed, target.open("wb") as plain:
                    shutil.copyfileobj(packed, plain, _CHUNK)
                parts.append(Piece(f"{piece.name}/{entry.filename}", target, target.stat().st_size))
    except _NO_WHOLE_ZIP as error:
        raise _damaged(piece, "zip", error) from error
    except RuntimeError as error:
        raise FileRefused(
            f"{piece.name} is locked with a password.", code="locked_archive", file=piece.name, hint="Unpack it first."
        ) from error
    if not parts:
        raise FileRefused(f"{piece.name} holds no file.", code="empty", file=piece.name, hint="Export it again.")
    return parts


def _counts(entry: zipfile.ZipInfo) -> bool:
    name = PurePosixPath(entry.filename)
    return not entry.is_dir() and not entry.filename.startswith(_IGNORED) and not name.name.startswith(".")


def _place(work: Path, name: str) -> Path:
    work.mkdir(parents=True, exist_ok=True)
    number = sum(1 for _ in work.iterdir())
    safe = "".join(letter if letter.isalnum() or letter in ".-_" else "_" for letter in name)[-80:]
    return work / f"{number}_{safe}"


def _damaged(piece: Piece, kind: str, error: Exception) -> FileRefused:
    if isinstance(error, OSError) and error.errno == 28:
        return FileRefused(
            "The disk is full while an archive is unpacked; free some space.", code="disk_full", file=piece.name
        )
    return FileRefused(
        f"{piece.name} is no whole {kind} archive: it is damaged or cut off.",
        code="damaged_archive",
        file=piece.name,
        hint="Copy or export it again.",
    )
