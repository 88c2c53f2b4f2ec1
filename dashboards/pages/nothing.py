"""What a figure without a number says where there is something to count: never that nothing was counted."""

from __future__ import annotations

from dashboards import formats
from dashboards.components.figure import empty
from dashboards.components.markup import Html
from dashboards.filters import Filters
from dashboards.language import _
from dashboards.reading import Reading


def no_level(reading: Reading, filters: Filters, title: str, words: str = "") -> Html:
    """Why there is no service level: `title` and `words` where no contact is known, else what the contacts lack."""
    span = {"where": filters.values, "start": filters.period.start, "end": filters.period.end}
    rows = reading.ask(("offered",), **span) if "offered" in reading.metrics() else []  # type: ignore[arg-type]
    counted = rows[0].value if rows else None
    if not counted:
        return empty(title, words)
    said = _("{count} contacts were counted; none tells how long it waited.", count=formats.count(counted))
    return empty(said, _("A column of waits, or of the times of answering, would fill this figure."))
