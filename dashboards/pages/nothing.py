"""What a figure without a number says where there is something to count: never that nothing was counted."""

from __future__ import annotations

from dashboards import formats
from dashboards.components.figure import empty
from dashboards.components.markup import Html
from dashboards.filters import Filters
from dashboards.language import _
from dashboards.reading import Reading

LEVELS = ("service_level", "service_level_f3")


def no_line() -> Html:
    """What stands in the place of a line of which one point is known."""
    return empty(_("One week or month is known: too few for a line."), _("A second one would fill this figure."))


def no_level(reading: Reading, filters: Filters, title: str, words: str = "") -> Html:
    """Why there is no service level: `title` and `words` where no contact is known, else what the contacts lack."""
    names = [name for name in ("offered", *LEVELS) if name in reading.metrics()]
    rows = reading.ask(names, where=filters.values, start=filters.period.start, end=filters.period.end)
    told = {row.metric: row.value for row in rows}
    counted = told.get("offered")
    if any(told.get(name) is not None for name in LEVELS):
        return empty(title, _("The source counts by the day, or does not tell when contacts arrived."))
    if not counted:
        return empty(title, words)
    said = _("{count} contacts were counted; none tells how long it waited.", count=formats.count(counted))
    return empty(said, _("A column of waits, or of the times of answering, would fill this figure."))
