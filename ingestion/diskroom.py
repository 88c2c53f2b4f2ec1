"""Whether the disk has room for what is about to be loaded, asked before anything is written."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

from ingestion.files import LandedFile
from warehouse.errors import SwotlightError

# Measured: a landed table takes a quarter to a third of its CSV; what is not UTF-8 or packed is copied out first.
_SHARE = 0.5
_PACKED = (".gz", ".zip", ".parquet", ".xlsx", ".ods")
_UNPACKED = 6.0


def room_needed(files: Sequence[LandedFile]) -> int:
    """Bytes that loading some files may take on the disk of ``build/``; a cautious guess."""
    return int(sum(file.size * (_UNPACKED if file.name.lower().endswith(_PACKED) else _SHARE) for file in files))


def refuse_small_disk(source: str, files: Sequence[LandedFile], folder: Path) -> None:
    """Raises `SwotlightError` (``disk_full``) with both figures when the disk under ``folder`` has not the room."""
    needed, free = room_needed(files), shutil.disk_usage(folder).free
    if needed > free:
        raise SwotlightError(
            f"Loading {source} needs about {_size(needed)} on the disk of {folder}, which has {_size(free)} left.",
            code="disk_full",
            file=str(folder),
            hint="Free some space, or move the workspace to a larger disk; what was released stays as it is.",
        )


def _size(number: int) -> str:
    return f"{number / 1e9:,.1f} GB" if number >= 100_000_000 else f"{number / 1e6:,.1f} MB"
