"""Files of a known make: the shipped adapter whose shape a header fits, and which column feeds what."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ingestion.contracts import load_contracts
from ingestion.generic import PREFIX
from ingestion.headers import HeaderIndex
from ingestion.maps import Adapter, ShapeMap, load_adapters
from ingestion.recognising import is_read_by, tells_the_make

GENERIC_COVERAGE = 0.9


@dataclass(frozen=True)
class Recognised:
    """An adapter and its shape. ``feeds`` tells for a header name which column of which table it becomes."""

    adapter: Adapter
    shape: str
    table: str | None
    feeds: dict[str, tuple[str, str]]
    confidence: float
    reason: str


def recognise(columns: Iterable[str]) -> Recognised | None:
    """The adapter that knows a file with these columns; vendors' before the generic ones, the most names first."""
    index = HeaderIndex(columns)
    found = [one for adapter in load_adapters().values() for one in _shapes(adapter, index)]
    return max(found, key=lambda one: (one[0], one[1]), default=(0, 0, None))[2]


def _shapes(adapter: Adapter, index: HeaderIndex) -> list[tuple[int, float, Recognised]]:
    found = []
    for name, shape in adapter.shapes.items():
        if not shape.recognise or not is_read_by(shape, index) or not tells_the_make(adapter, name, index.names):
            continue
        feeds = _feeds(adapter, name, shape, index)
        if shape.whole and len(feeds) < len(index.names):
            # Plain headings are many makes': where columns would be left unread, a proposal reads them.
            continue
        share = len(feeds) / max(1, len(index.names))
        if adapter.adapter.startswith(PREFIX):
            if share >= GENERIC_COVERAGE:
                found.append((1, share, _told(adapter, name, shape, feeds, share)))
        else:
            found.append((1 + len(shape.recognise), share, _told(adapter, name, shape, feeds, 1.0)))
    return found


def _told(
    adapter: Adapter, name: str, shape: ShapeMap, feeds: dict[str, tuple[str, str]], confidence: float
) -> Recognised:
    fed = [table.table for table in adapter.tables if table.from_ == name]
    table = shape.table or (fed[0] if fed else None)
    told = ", ".join(shape.recognise)
    return Recognised(adapter, name, table, feeds, round(min(1.0, confidence), 2), f"its header has {told}")


def _feeds(adapter: Adapter, name: str, shape: ShapeMap, index: HeaderIndex) -> dict[str, tuple[str, str]]:
    """Header name → (table, column) for every column that an adapter reads."""
    feeds: dict[str, tuple[str, str]] = {}
    computed: dict[str, list[str]] = {}
    for field, given in shape.fields.items():
        if given.value is not None:
            continue
        if given.sql is not None:
            named = [index.find(quoted) for quoted in re.findall(r'"([^"]+)"', given.sql)]
            # Nothing but an empty text is taken of a column whose first no letters are read.
            idle = {index.find(quoted) for quoted in re.findall(r'left\("([^"]+)", 0\)', given.sql)}
            computed[field] = [header for header in named if header is not None and header not in idle]
            continue
        header = index.first(given.sources or [field])
        if header is not None:
            feeds.setdefault(header, _target(adapter, name, shape, field))
    # A column that is read as it is feeds what it is read for; one that only stands in sums, the first of them.
    for field, headers in computed.items():
        for header in headers:
            feeds.setdefault(header, _target(adapter, name, shape, field))
    return feeds


def _target(adapter: Adapter, name: str, shape: ShapeMap, field: str) -> tuple[str, str]:
    if shape.table:
        return shape.table, field
    wanted = {f"{name}.{field}", field}
    tables = [table for table in adapter.tables if table.from_ == name]
    for table in tables:
        for column, expression in table.columns.items():
            if expression.strip() in wanted:
                return table.table, column
    for table in adapter.tables:
        for column, expression in table.columns.items():
            if f"{name}.{field}" in expression:
                return table.table, column
    main = tables[0].table if tables else "tickets"
    return main, field if field in load_contracts()[main].columns else ""


def usual_order(known: Recognised, header: str) -> str | None:
    """The order of day and month that an adapter takes for a column where nothing tells it."""
    index = HeaderIndex([header])
    fields = known.adapter.shapes[known.shape].fields.items()
    return next((given.undecided for name, given in fields if index.first(given.sources or [name])), None)
