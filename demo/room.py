"""Whether the disk has room for a company of some size: said before anything is written."""

from __future__ import annotations

import shutil
from pathlib import Path

from warehouse.errors import SwotlightError

# Measured on three million tickets with all that goes with them: bytes a ticket of exports, and of what a refresh adds.
EXPORTED, BUILT = 1_950, 1_180
_GIGA = 1e9


def refuse_small_disk(home: Path, tickets: int) -> None:
    """Raises `SwotlightError` (``disk_full``) where the exports and a refresh of them would not fit under ``home``."""
    folder = next(path for path in (home, *home.parents) if path.exists())
    exported, built = EXPORTED * tickets, BUILT * tickets
    free = shutil.disk_usage(folder).free
    if exported + built <= free:
        return
    raise SwotlightError(
        f"A company of {tickets:,} tickets needs about {exported / _GIGA:,.1f} GB for its exports and "
        f"{built / _GIGA:,.1f} GB for a refresh; the disk of {folder} has {free / _GIGA:,.1f} GB left.",
        code="disk_full",
        file=str(folder),
        hint=f"Ask for fewer: up to about {int(free / (EXPORTED + BUILT)) // 1000 * 1000:,} fit. Nothing was written.",
    )
