"""A refusal in the visitor's language: what lower floors say in English, by its code and the field it speaks of.

English keeps the sentence it was refused with, which names the value; the other languages say the rule.
"""

from __future__ import annotations

from collections.abc import Callable

from dashboards import formats
from dashboards.language import _, current
from warehouse.errors import SwotlightError

_LONGEST = 500
_BY_FIELD: dict[tuple[str, str], Callable[[], str]] = {
    ("objective", "goal_to"): lambda: _(
        "The goal must be a number, such as {example}.", example=formats.number(92.5, 1)
    ),
    ("objective", "goal_range"): lambda: _("This metric cannot have such a value; mind its unit."),
    ("objective", "goal_worse"): lambda: _("The goal is worse than where this stands now."),
    ("objective", "pair"): lambda: _("This pair is adopted already, and its objective is open."),
    ("objective", "goal_from"): lambda: _("Where this stands now is not known, so no goal can be set."),
    ("objective", "owner"): lambda: _("Name an owner, in at most {count} characters.", count=_LONGEST),
    ("objective", "actions"): lambda: _("Say what will be done in at most {count} characters.", count=_LONGEST),
    ("objective", "due"): lambda: _("An objective is due on a day after the last day of the data, such as 2027-03-31."),
    ("error", "name"): lambda: _("This name cannot be used: it is empty, too long, unknown, or too many are kept."),
    ("error", "query"): lambda: _("These settings are too long to be kept."),
    ("objective", "metric"): lambda: _("An objective needs a metric."),
}
_BY_CODE: dict[str, Callable[[], str]] = {
    "unknown_pair": lambda: _("This pair is not on the board any more; load the page anew."),
    "unknown_metric": lambda: _("No factor of the SWOT is measured by this metric."),
    "no_data": lambda: _("This metric has no value here yet."),
    "locked": lambda: _("Someone else is writing just now; try again."),
    "disk_full": lambda: _("The server’s disk is full; nothing was written."),
    "permission": lambda: _("The server may not write there; nothing was written."),
    "read_only": lambda: _("The server may not write there; nothing was written."),
}


def refused(error: SwotlightError) -> str:
    """The sentence a page shows for a refusal."""
    plain = f"{error.message} {error.hint or ''}".strip()
    if current() == "en":
        return plain
    said = _BY_FIELD.get((error.code, error.key or "")) or _BY_CODE.get(error.code)
    return said() if said else plain
