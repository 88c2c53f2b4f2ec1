"""The evidence drawer: sentence, six facts, 24 months, all comparisons, definition, SQL, checks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from dashboards import formats
from dashboards.components import markup as html
from dashboards.components.drawer_parts import changes_part, checks_part, definition_part, owner_part, support_part
from dashboards.components.drawer_shape import Drawer
from dashboards.components.figure import figure_foot, plot
from dashboards.components.marks import badge, icon
from dashboards.components.markup import Html
from dashboards.components.standings import standings_part
from dashboards.components.words import plain, rich
from dashboards.components.worst import worst_part
from dashboards.figures import swot_names as names
from dashboards.figures import swot_sentences as words
from dashboards.figures import swot_words as further
from dashboards.language import _


def drawer(shown: Drawer) -> Html:
    """The drawer; Esc closes it, ↑ and ↓ go to the items beside it."""
    item = shown.item
    body = [
        html.H2(rich(words.finding(shown.board, item)), className="drawer-title", id="drawer-title"),
        _facts(shown),
        *_figure(shown),
        *_comparisons(shown),
        *worst_part(shown.worst, item, shown.unit, shown.currency),
        *support_part(shown),
        *changes_part(shown),
        *definition_part(shown),
        *checks_part(shown),
        *standings_part(shown.standings),
        owner_part(shown),
    ]
    sheet = html.Aside(
        [_head(shown), html.Div(body, className="drawer-body")],
        className="drawer",
        role="dialog",
        **{"aria-labelledby": "drawer-title", "data-item": item.factor},
    )
    return html.Div(
        [html.A("", href=shown.close, className="scrim go", tabIndex=-1, **{"aria-hidden": "true"}), sheet],
        className="drawer-place",
    )


def _head(shown: Drawer) -> Html:
    item = shown.item
    placed = item.quadrant in ("strength", "weakness", "opportunity", "threat")
    name = words.quadrant_one(item.quadrant) + (f" {item.rank}" if placed and item.rank else "")
    stage = _("stage: {stage}", stage=further.stage_name(item.chain_stage).lower()) if item.chain_stage else ""
    about = " · ".join(part for part in (names.theme_name(item.theme), stage) if part)
    buttons = [
        _step(shown.previous, "up", _("Item above"), "data-drawer-previous"),
        _step(shown.following, "chevron", _("Item below"), "data-drawer-next"),
        html.A(
            icon("close"),
            href=shown.close,
            className="icon-button go",
            title=_("Close"),
            **{"aria-label": _("Close"), "data-drawer-close": "1", "data-focus": "drawer close"},
        ),
    ]
    sign = badge(item.quadrant, small=True) if placed else None
    return html.Div(
        [
            sign,
            html.B(name),
            html.Span(about, className="muted about", title=about),
            html.Span(buttons, className="steps"),
        ],
        className="drawer-head",
    )


def _step(href: str | None, sign: str, name: str, mark: str) -> Html:
    if href is None:
        return html.Span(icon(sign), className="icon-button is-off", **{"aria-hidden": "true"})
    return html.A(icon(sign), href=href, className="icon-button go", title=name, **{"aria-label": name, mark: "1"})


def _facts(shown: Drawer) -> Html:
    item, unit, currency = shown.item, shown.unit, shown.currency
    lead = item.lead
    facts: list[tuple[str, str, str]] = []
    if item.value is not None:
        low, high = lead.get("value_low"), lead.get("value_high")
        note = (
            formats.interval(low, high, unit, currency=currency)
            if low is not None and high is not None
            else _("full count")
        )
        facts.append((_("Value"), str(formats.quantity(item.value, unit, currency=currency)), note))
    if item.difference is not None:
        ends = _difference_interval(item.low, item.high, unit, currency, item.value)
        facts.append((_("Difference"), words.difference_words(item.difference, unit, currency, item.value), ends))
    if item.swd:
        times = abs(item.difference or 0) / item.swd
        size = words.difference_words(
            item.swd, unit, currency, item.swd if unit == "ratio" and item.swd < 0.01 else None
        ).lstrip("+")
        facts.append(
            (
                _("Matters from"),
                size.replace(".0\u202f", "\u202f"),
                _("{times} times over", times=formats.number(times, 1)),
            )
        )
    facts.append(("n", formats.count(item.n) if item.n else _("full count"), _unit_word(shown)))
    if item.p_adjusted is not None:
        facts.append(
            (
                _("Adjusted p"),
                formats.p_value(item.p_adjusted),
                _("of {count} tests", count=formats.count(shown.board.tested)),
            )
        )
    if item.valid_until:
        facts.append(
            (
                _("Valid to"),
                formats.date_short(date.fromisoformat(str(item.valid_until)[:10]), year=True),
                _("then tested again"),
            )
        )
    return html.Dl(
        [
            html.Div([html.Dt(name), html.Dd(value, className="fact"), html.Dd(note, className="caption num")])
            for name, value, note in facts
        ],
        className="facts",
    )


def _unit_word(shown: Drawer) -> str:
    clusters, test = shown.item.lead.get("clusters"), str(shown.item.lead.get("test") or "").lower()
    if not clusters:
        return ""
    count = formats.count(clusters)
    if "month" in test or "mann" in test:
        return _("over {count} months", count=count)
    return _("over {count} weeks", count=count) if "week" in test else _("on {count} days", count=count)


def _difference_interval(low: float | None, high: float | None, unit: str, currency: str, like: float | None) -> str:
    if low is None or high is None:
        return _("no interval")
    one, two = (words.difference_words(end, unit, currency, like) for end in (low, high))
    if unit == "ratio":
        one, two = (text.split("\u202f")[0].split("\u00a0")[0].split(" ")[0] for text in (one, two))
    return formats.span(one, two)


def _figure(shown: Drawer) -> list[Any]:
    if shown.figure is None:
        return []
    head = [html.H3(shown.figure_title), html.P(shown.figure_sub, className="sub caption")]
    return [
        html.Div(
            [
                *head,
                plot("drawer", shown.figure, label=plain(shown.figure_title)),
                *figure_foot("drawer", shown.foot),
            ],
            className="drawer-part",
        )
    ]


def _comparisons(shown: Drawer) -> list[Any]:
    unit, currency = shown.unit, shown.currency
    head = html.Tr(
        [
            html.Th(_("Against"), className="left"),
            html.Th(_("Is")),
            html.Th(_("Difference")),
            html.Th(_("95\u202f% interval")),
            html.Th(_("Adj. p")),
        ]
    )
    rows = [_comparison(row, unit, currency) for row in shown.item.comparisons]
    table = html.Table([html.Thead(head), html.Tbody(rows)], className="table-plain compact drawer-table")
    return [
        html.Div([html.H3(_("All comparisons")), html.Div(table, className="table-scroll")], className="drawer-part")
    ]


def _comparison(row: Mapping[str, Any], unit: str, currency: str) -> Html:
    name = html.Td(words.comparator_name(row), className="left")
    if row.get("difference") is None:
        return html.Tr(
            [name, html.Td(further.missing_words(row) or _("no data"), colSpan=4, className="left muted wide")]
        )
    tone = {"better": "strong good", "worse": "strong bad"}.get(str(row.get("verdict")), "strong")
    is_ = (
        formats.quantity(row["comparator_value"], unit, currency=currency)
        if row.get("comparator_value") is not None
        else _("no data")
    )
    if row.get("comparator") == "trend":
        # Held against no change; its difference is that of a year.
        name, is_ = html.Td(_("Trend, a year"), className="left"), _("No change")
    p = formats.p_value(row["p_adjusted"]) if row.get("p_adjusted") is not None else _("not tested")
    text = words.difference_words(row["difference"], unit, currency, row.get("value"))
    text = text.split("\u202f")[0].split("\u00a0")[0].split(" ")[0] if unit == "ratio" else text
    return html.Tr(
        [
            name,
            html.Td(str(is_)),
            html.Td(text, className=tone),
            html.Td(
                _difference_interval(row.get("low"), row.get("high"), unit, currency, row.get("value")),
                className="muted",
            ),
            html.Td(p),
        ]
    )
