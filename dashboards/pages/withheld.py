"""A figure whose metric is withheld says so, and which check failed; it never says that there is nothing to count."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from dashboards.components.figure import empty, figure_section
from dashboards.components.markup import Html
from dashboards.figures.check_names import check_name
from dashboards.language import _, current
from dashboards.queries.about import about
from dashboards.reading import Reading

Section = Callable[..., Html]


def rests_on(name: str, title: Callable[[], str], *metrics: str) -> Callable[[Section], Section]:
    """Draw a section only while none of its metrics is withheld; `title` is what it is called without a finding."""

    def guard(make: Section) -> Section:
        @wraps(make)
        def drawn(*given: Any) -> Html:
            reading = next(one for one in given if isinstance(one, Reading))
            words = withheld_words(reading, *metrics)
            if not words:
                return make(*given)
            return figure_section(name, title(), "", empty(words, _("It comes back by itself when the check holds.")))

        return drawn

    return guard


def withheld_words(reading: Reading, *metrics: str) -> str:
    """``Service level is withheld: the check “Waits of contacts are plausible” failed.``; empty while none is."""
    found = about(reading)
    row = next((row for name in metrics for row in found.withdrawn if row["metric"] == name), None)
    if row is None:
        return ""
    return _(
        "{measure} is withheld: the check “{check}” failed.",
        measure=found.label(str(row["metric"]), current()),
        check=check_name(str(row["check_name"])),
    )
