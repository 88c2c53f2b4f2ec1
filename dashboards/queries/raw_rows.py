"""The quarantined rows as they stood in their files, where this reader may see them. No release holds them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from dashboards.reading import Reading
from warehouse.quarantined_rows import read_extract

State = Literal["shown", "withheld", "missing"]


@dataclass(frozen=True)
class RawRows:
    """Some rows of every reason, and why there are none: withheld from this reader, or no longer kept."""

    state: State
    rows: Sequence[Mapping[str, Any]] = ()


def raw_rows(reading: Reading, source: str | None) -> RawRows:
    """The rows set aside with their text, of one source or all.

    Only without ``access:``, where the server answers on this machine alone: whoever is on it owns the exports anyway.
    """
    if reading.settings.access is not None:
        return RawRows("withheld")
    rows = read_extract(reading.settings.paths, reading.release.name)
    if rows is None:
        return RawRows("missing")
    return RawRows("shown", [row for row in rows if not source or row["source"] == source])
