"""A table of judged rows: glyph, name, target strip, value, n, and further measures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from dashboards import formats
from dashboards.components import markup as html
from dashboards.components.marks import glyph, target_strip
from dashboards.components.markup import Html
from dashboards.figures.sentences import tidy
from dashboards.language import _
from dashboards.queries.service_level import Judged


def judged_table(
    judged: Sequence[Judged],
    label: str,
    name: Callable[[str], str],
    *,
    extra: Sequence[tuple[Any, str]] = (),
    currency: str = "EUR",
) -> Html:
    """One row per entity; `extra` are (label, metric) of further columns."""
    target = judged[0].target
    goal = _("Target {value}", value=tidy(target.value, "ratio")) if target else ""
    head = [
        html.Th(""),
        html.Th(label, className="left", style={"paddingLeft": "8px"}),
        html.Th(goal),
        html.Th("%"),
        html.Th(_("n")),
    ]
    head += [html.Th(words) for words, _metric in extra]
    lows = [
        min(v for v in (j.row.low, j.row.value, j.target.value if j.target else None) if v is not None) for j in judged
    ]
    highs = [
        max(v for v in (j.row.high, j.row.value, j.target.value if j.target else None) if v is not None) for j in judged
    ]
    pad = (max(highs) - min(lows)) * 0.12 or 0.05
    scale = (max(0.0, min(lows) - pad), min(1.0, max(highs) + pad))
    rows = [html.Tr(_cells(one, name(one.name), scale, extra, currency)) for one in judged]
    table = html.Table([html.Thead(html.Tr(head)), html.Tbody(rows)], className="table-plain channel-table")
    return html.Div(table, className="table-scroll")


def _cells(
    one: Judged, name: str, scale: tuple[float, float], extra: Sequence[tuple[Any, str]], currency: str
) -> list[Html]:
    row, target = one.row, one.target
    strip = target_strip(
        row.value,
        row.low,
        row.high,
        scale=scale,
        verdict=one.verdict,
        target=target.value if target else None,
        higher_meets=target.higher_meets if target else True,
        words=f"{name}: {formats.percent(row.value or 0)}",
    )
    cells = [
        html.Td(glyph(one.verdict)),
        html.Td(name, className="name"),
        html.Td(strip, className="strip-cell"),
        html.Td(formats.number((row.value or 0) * 100, 1), className="strong"),
        html.Td(formats.count(row.n) if row.n is not None else _("full count"), className="count"),
    ]
    for _label, metric in extra:
        other = one.others.get(metric)
        shown = other is not None and other.value is not None
        cells.append(
            html.Td(
                str(formats.quantity(other.value, other.unit, currency=currency))
                if other and other.value is not None
                else _("no data"),
                className="" if shown else "muted",
            )
        )
    return cells
