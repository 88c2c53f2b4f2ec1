"""Small parts that several pages share: definitions of metrics, addresses of rows."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from dashboards.components import markup as html
from dashboards.components.markup import Html
from dashboards.components.words import term
from dashboards.figures.swot_names import role_name
from dashboards.filters import Filters
from dashboards.language import _, current
from dashboards.reading import Reading
from warehouse.errors import SwotlightError
from warehouse.side_by_side import side_by_side

log = logging.getLogger("swotlight.dashboards")


def definition_of(reading: Reading, name: str) -> list[tuple[str, str]]:
    """A metric's definition as terms and words: what it is, how it divides, what it is counted on, who owns it."""
    metric = reading.metrics().get(name)
    if metric is None:
        return []
    pairs = [(metric.label_in(current()), metric.description_in(current()))]
    if metric.counted_on:
        pairs.append((_("Counted on"), metric.counted_on.replace("_", " ")))
    if metric.numerator and metric.denominator:
        pairs.append((_("Division"), f"{metric.numerator} ÷ {metric.denominator}".replace("_", " ")))
    interval = {
        "wilson": _("Wilson score interval, 95\u202f%"),
        "nps": _("adjusted Wald interval, 95\u202f%"),
        "t": _("Student’s t interval, 95\u202f%"),
        "poisson": _("Poisson interval, 95\u202f%"),
    }.get(metric.interval, _("full count, no interval"))
    pairs.append((_("Interval"), interval))
    if metric.owner:
        pairs.append((_("Owner"), role_name(metric.owner)))
    pairs.append((_("Name"), name))
    return pairs


def metric_term(reading: Reading, name: str) -> Html:
    """A metric's label with its definition on hover and focus."""
    metric = reading.metrics()[name]
    return term(metric.label_in(current()), metric.description_in(current()), right=True)


def rows_link(fact: str, filters: Filters, **extras: str | None) -> str:
    """The address of the rows behind a figure: the same filters, one fact table."""
    return "/rows" + filters.query(fact=fact, item=None, tab=None, more=None, entity=None, page=None, **extras)


def data_link(path: str, table: str, filters: Filters) -> str:
    """The address of a table of the page at ``path``, for `Foot.data`: the page and table, and the whole state."""
    return f"{path.strip('/') or 'overview'}/{table}{filters.query()}"


def cut_links(path: str, filters: Filters, ways: Sequence[tuple[str, Mapping[str, str | None], bool]]) -> Html:
    """Links under a title that choose what a figure shows: words, the state they lead to, whether it is the current."""
    links = [
        html.A(
            words,
            href=path + filters.query(**state),
            className="link go" + (" is-on" if is_on else ""),
            **({"aria-current": "true"} if is_on else {}),
        )
        for words, state, is_on in ways
    ]
    return html.Nav(links, className="cut-tabs")


def laid_out(*rows: tuple[Any, ...]) -> list[Html]:
    """The sections of a page, drawn two at a time: they know nothing of each other.

    A row is how its width is shared and what stands beside each other in it: a section as its function with what it is
    about, or a list of such, one below the other. What stands alone in its row takes all of the width.
    """
    makers = [one for _kind, *cells in rows for cell in cells for one in _makers(cell)]
    sections = iter(side_by_side([partial(guarded, *one) for one in makers]))
    page: list[Html] = []
    for kind, *cells in rows:
        placed = []
        for cell in cells:
            drawn = [next(sections) for _one in _makers(cell)]
            placed.append(html.Div(drawn, className="stack") if isinstance(cell, list) else drawn[0])
        page += [html.Div(placed, className=f"columns {kind}")] if len(placed) > 1 else placed
    return page


def _makers(cell: tuple[Any, ...] | list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    return cell if isinstance(cell, list) else [cell]


def guarded(make: Callable[..., Html], *about: Any) -> Html:
    """A section, or in its place what went wrong, so that one figure never takes the page with it."""
    try:
        return make(*about)
    except SwotlightError as error:
        message = error.message
    except Exception:
        log.exception("A figure could not be drawn: %s.", getattr(make, "__name__", make))
        message = _("A fault in the program stopped it; the server's log names it.")
    words = [html.B(_("This figure could not be drawn.")), message]
    return html.Section(html.Div(words, className="empty", role="alert"), className="section")
