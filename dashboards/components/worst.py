"""The drawer's list of where an item is worst: exploratory cuts on the metric's own scale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dashboards import formats
from dashboards.components import markup as html
from dashboards.components.marks import target_strip
from dashboards.components.markup import Html
from dashboards.figures import swot_sentences as words
from dashboards.filters import dimension_label, shown_value
from dashboards.language import _
from dashboards.queries.swot import SwotItem
from dashboards.queries.swot_views import Cut


@dataclass(frozen=True)
class Worst:
    """A cut and the address it leads to: the entity's own board, or the rows."""

    cut: Cut
    href: str


def worst_part(found: Sequence[Worst], item: SwotItem, unit: str, currency: str) -> list[Any]:
    """The worst cuts; nothing where there is none."""
    if not found:
        return []
    ends = [v for one in found for v in (one.cut.low, one.cut.high, one.cut.amount) if v is not None]
    goal = item.comparator_value if item.comparator in ("target", "previous", "peer") else None
    ends += [v for v in (goal, item.value) if v is not None]
    pad = 0.06 * ((max(ends) - min(ends)) or 1.0)
    scale = (min(ends) - pad, max(ends) + pad)
    rows = [html.Tr(_row(one, item, goal, scale, unit, currency)) for one in found]
    head = html.H3(
        [_("Where it is worst"), html.Span(_("Compared by eye, not tested here"), className="caption aside")]
    )
    return [
        html.Div([head, html.Table(html.Tbody(rows), className="table-plain compact worst")], className="drawer-part")
    ]


def _row(
    one: Worst, item: SwotItem, goal: float | None, scale: tuple[float, float], unit: str, currency: str
) -> list[Html]:
    cut, value = one.cut, formats.quantity(one.cut.amount, unit, currency=currency)
    name = shown_value(cut.dimension, cut.value)
    hurts = goal is not None and (cut.amount < goal) == (item.direction == "higher") and cut.amount != goal
    strip = target_strip(
        cut.amount, cut.low, cut.high, scale=scale, verdict="missed" if hurts else "undecided", target=goal,
        higher_meets=item.direction == "higher", words=f"{name} {value}",
    )  # fmt: skip
    link = html.A(name, href=one.href, className="link go", title=dimension_label(cut.dimension))
    return [
        html.Td(link, className="left name"),
        html.Td(strip, className="strip-cell"),
        html.Td(str(value), className="strong"),
        html.Td(words.n_words(cut.n), className="muted"),
    ]
