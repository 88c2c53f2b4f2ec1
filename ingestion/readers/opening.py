"""Which reader a file needs, told by its first bytes and held against its name."""

from __future__ import annotations

from pathlib import Path

from ingestion.files import LandedFile
from ingestion.readers.delimited import read_delimited
from ingestion.readers.reading import FileRefused, Hints, Piece, Reading
from warehouse.store import Connection


def pieces_of(file: LandedFile, work: Path) -> list[Piece]:
    """The plain files in a landed one: itself, or what an archive holds."""
    return [Piece(file.name, file.path, file.size)]


def read(con: Connection, piece: Piece, hints: Hints, work: Path, *, normalise: bool = False) -> Reading:
    """A file ready to be scanned. Raises `FileRefused` with a sentence when it is not what it says it is."""
    if piece.size == 0:
        raise FileRefused(f"{piece.name} is empty.", code="empty", file=piece.name, hint="Export it again.")
    return read_delimited(piece, hints, work, normalise=normalise)
