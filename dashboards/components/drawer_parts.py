"""The lower half of the evidence drawer: what would change the item, definition, checks, what people say, objective."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dashboards.components import markup as html
from dashboards.components.drawer_shape import Drawer
from dashboards.components.marks import glyph
from dashboards.components.markup import Html
from dashboards.components.proposal import proposal
from dashboards.components.words import rich
from dashboards.figures import swot_names as names
from dashboards.figures import swot_words as further
from dashboards.figures.check_names import check_name
from dashboards.figures.swot_changes import would_change
from dashboards.language import _, current


def changes_part(shown: Drawer) -> list[Any]:
    text = would_change(shown.item, shown.unit, shown.currency)
    return (
        [
            html.Div(
                [html.H3(_("What would change this")), html.P(rich(text), className="second")], className="drawer-part"
            )
        ]
        if text
        else []
    )


def definition_part(shown: Drawer) -> list[Any]:
    if shown.metric is None:
        return []
    parts: list[Any] = [html.H3(_("Definition")), html.P(shown.metric.description_in(current()), className="second")]
    if shown.item.slice:
        parts.append(html.P(names.slice_words(str(shown.item.slice)), className="second"))
    test = shown.item.test
    if test:
        parts.append(html.P(_("Test: {test}", test=names.test_name(str(test))), className="caption"))
    sql = shown.item.lead.get("sql_text")
    if sql:
        parts.append(
            html.Details(
                [html.Summary(_("SQL"), className="link"), html.Pre(html.Code(sql), tabIndex=0)], className="sql"
            )
        )
    return [html.Div(parts, className="drawer-part")]


def checks_part(shown: Drawer) -> list[Any]:
    if not shown.checks:
        return []
    rows = [
        html.Li(
            [
                glyph("met" if check["passed"] else "missed" if check["severity"] == "block" else "undecided"),
                html.Span(check_words(check)),
            ]
        )
        for check in shown.checks
    ]
    return [
        html.Div([html.H3(_("Checks it rests on")), html.Ul(rows, className="check-list")], className="drawer-part")
    ]


def check_words(check: Mapping[str, Any]) -> str:
    """A check's name in words, and its detail where it failed."""
    name = check_name(str(check["check_name"]))
    return f"{name}: {check['detail']}" if not check["passed"] and check.get("detail") else name


def owner_part(shown: Drawer) -> Html:
    owner = shown.item.owner_role or (shown.metric.owner if shown.metric else None)
    said = _("Owner: {owner}", owner=names.role_name(owner)) if owner else _("No owner is named")
    line = html.P(said, className="caption")
    if shown.proposed is None:
        return html.Div(line, className="drawer-owner")
    button = proposal("drawer", shown.proposed, shown.unit, shown.currency, shown.as_of, label=_("Propose objective"))
    return html.Div([button, line], className="drawer-owner")


def support_part(shown: Drawer) -> list[Any]:
    """What staff, suppliers and customers said that goes with the item; it supports, it never makes one."""
    rows = [html.Li(further.support_sentence(row)) for row in shown.item.told.get("support") or []]
    if not rows:
        return []
    return [html.Div([html.H3(_("What people say")), html.Ul(rows, className="support-list")], className="drawer-part")]
