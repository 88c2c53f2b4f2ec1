"""Readers: a file on disk to a relation of text columns for DuckDB. ``read`` finds the right one by content."""

from ingestion.readers.containers import pieces_of
from ingestion.readers.opening import read, read_all
from ingestion.readers.reading import Dialect, FileRefused, Hints, Piece, Problem, ReadAgain, Reading

__all__ = [
    "Dialect",
    "FileRefused",
    "Hints",
    "Piece",
    "Problem",
    "ReadAgain",
    "Reading",
    "pieces_of",
    "read",
    "read_all",
]
