"""The frame of every figure: finding, sub, the figure, and a foot with n, definition, table, rows, CSV and PNG."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dashboards.components import markup as html
from dashboards.components.markup import Html
from dashboards.components.words import rich
from dashboards.figures.plotting import CONFIG, Plot
from dashboards.language import _


@dataclass(frozen=True)
class Foot:
    """What stands below a figure; links left out are not offered.

    ``data`` is ``<page>/<table>?<filters>`` of a table the page names in ``tables``: it is offered as a panel, drawn
    when it is opened, and as a file. ``has_table`` is False where the figure is itself that table.
    """

    note: str = ""
    definition: Sequence[tuple[str, str]] = ()
    data: str | None = None
    rows: str | None = None
    has_picture: bool = False
    has_table: bool = True


def plot(name: str, figure: Plot, *, label: str) -> Html:
    """A Plotly chart whose accessible name is its finding."""
    height = figure["layout"]["height"]
    chart = json.dumps({**figure, "config": CONFIG}, separators=(",", ":"))
    canvas = html.Div(className="canvas", style={"height": f"{height}px"})
    return html.Div(
        canvas,
        id=f"plot-{name}",
        className="plot",
        role="img",
        style={"minHeight": f"{height}px"},
        **{"aria-label": label, "data-chart": chart},
    )


def figure_section(
    name: str, title: str, sub: str, body: Any, foot: Foot | None = None, *, extra: Any = None, tail: Any = None
) -> Html:
    """A section that hangs from its rule; `name` is unique on the page and names the files."""
    head = html.Div(
        [html.H2(rich(title), id=f"title-{name}"), html.P(rich(sub), className="sub") if sub else None, extra],
        className="figure-head",
    )
    parts = [head, body]
    if foot:
        parts += figure_foot(name, foot)
    return html.Section([*parts, tail], className="section", **{"aria-labelledby": f"title-{name}"})


def figure_foot(name: str, foot: Foot) -> list[Any]:
    """Note and links, and the panels that two of the links open."""
    actions, panels = [], []
    if foot.definition:
        actions.append(_opener(name, "definition", _("Definition")))
        pairs = [part for term, words in foot.definition for part in (html.Dt(term), html.Dd(words))]
        panels.append(html.Div(html.Dl(pairs), id=f"{name}-definition", className="figure-panel", hidden=True))
    if foot.data and foot.has_table:
        actions.append(_opener(name, "table", _("Table")))
        source = {"data-source": f"/table/{foot.data}", "data-missing": _("The table could not be fetched.")}
        panels.append(html.Div("", id=f"{name}-table", className="figure-panel", hidden=True, **source))
    if foot.rows:
        actions.append(html.A(_("Rows"), href=foot.rows, className="link go"))
    if foot.data:
        for kind, word in (("csv", _("CSV")), ("xlsx", _("XLSX"))):
            actions.append(html.A(word, href=f"/{kind}/{foot.data}", className="link", download=f"{name}.{kind}"))
    if foot.has_picture:
        actions.append(
            html.Button(
                _("PNG"), type="button", className="link", **{"data-action": "picture", "data-plot": f"plot-{name}"}
            )
        )
    line = html.Div(
        [html.P(rich(foot.note), className="caption"), html.Div(actions, className="figure-actions")],
        className="figure-foot",
    )
    return [line, html.Div(panels)]


def _opener(name: str, panel: str, word: str) -> Html:
    return html.Button(
        word,
        type="button",
        className="link",
        **{"data-action": "panel", "aria-controls": f"{name}-{panel}", "aria-expanded": "false"},
    )


def empty(title: str, words: str) -> Html:
    """What a figure without data says: what is missing, and what would bring it."""
    return html.Div([html.B(title), words], className="empty")
