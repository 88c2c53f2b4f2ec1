"""Tables of a help desk's whole dump that its adapter does not read: they are no sources of their own.

A connector copies every table of a tool and marks each row with a heading of its own, such as ``_fivetran_synced`` or
``_airbyte_extracted_at``. Where an adapter knows some of the tables, the others are that tool's too: its brands, its
calendars, its log-ins. Taken by themselves they look like lists of requests or of jobs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from ingestion.generic import PREFIX
from ingestion.inspection.report import Inspection

_NAMED_AT_MOST = 12
_NEARLY_ALL = 0.9


def side_tables(
    adapter: str | None,
    used: Sequence[Path],
    left: Sequence[tuple[Path, Inspection]],
    looked: Sequence[tuple[Path, Inspection]],
) -> list[Path]:
    """Files beside those that a shipped adapter reads, in their folders and with a heading of the same connector; where
    nearly all files of a folder have it, the others are of the same dump."""
    if adapter is None or adapter.startswith(PREFIX):
        return []
    marks = {mark for path, inspection in looked if path in used for mark in _marks(inspection)}
    marked = Counter(path.parent for path, inspection in looked if marks & _marks(inspection))
    every = Counter(path.parent for path, _ in looked)
    dumps = {folder for folder in marked if marked[folder] >= _NEARLY_ALL * every[folder]}
    folders = {path.parent for path in used}
    beside = [(path, inspection) for path, inspection in left if path.parent in folders]
    return [path for path, inspection in beside if path.parent in dumps or marks & _marks(inspection)]


def _marks(inspection: Inspection) -> set[str]:
    """Headings that begin with a line: none of the tool's own."""
    names = (str(column["name"]).lower() for column in inspection.columns)
    return {name for name in names if name.startswith("_") and len(name) > 1}


def told_aside(adapter: str | None, aside: Sequence[Path]) -> str:
    """One sentence for all of them."""
    names = list(dict.fromkeys(path.name for path in aside))
    more = f" and {len(names) - _NAMED_AT_MOST} more" if len(names) > _NAMED_AT_MOST else ""
    return (
        f"{', '.join(names[:_NAMED_AT_MOST])}{more}: not used. They are of the same export as the files that the "
        f"adapter {adapter} reads, and nothing in them is told by a canonical table. Where one matters, say what it "
        "is: `swotlight add FILE --as KIND`."
    )
