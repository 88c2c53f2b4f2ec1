"""The evidence drawer: sentence, six facts, 24 months, all comparisons, definition, SQL, checks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from analytics.metrics import Metric
from dashboards import formats
from dashboards.components import markup as html
from dashboards.components.figure import Foot, figure_foot, plot
from dashboards.components.marks import badge, glyph, icon
from dashboards.components.markup import Html
from dashboards.components.standings import standings_part
from dashboards.components.words import plain, rich
from dashboards.figures import swot_sentences as words
from dashboards.figures.plotting import Plot
from dashboards.language import _, current
from dashboards.queries.swot import Board, SwotItem


@dataclass(frozen=True)
class Drawer:
    """What the drawer shows of one item; links are addresses of the same board."""

    board: Board
    item: SwotItem
    metric: Metric | None
    currency: str
    figure: Plot | None
    figure_title: str
    figure_sub: str
    foot: Foot
    checks: Sequence[Mapping[str, Any]]
    definition: Sequence[tuple[str, str]]
    close: str
    previous: str | None
    following: str | None
    standings: Sequence[Mapping[str, Any]] = ()

    @property
    def unit(self) -> str:
        """The unit of the item's metric."""
        return str(self.item.unit or (self.metric.unit if self.metric else "count"))


def drawer(shown: Drawer) -> Html:
    """The drawer; Esc closes it, ↑ and ↓ go to the items beside it."""
    item = shown.item
    body = [
        html.H2(rich(words.finding(shown.board, item)), className="drawer-title", id="drawer-title"),
        _facts(shown),
        *_figure(shown),
        *_comparisons(shown),
        *_changes(shown),
        *_definition(shown),
        *_checks(shown),
        *standings_part(shown.standings),
        _owner(shown),
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
    stage = _("chain stage: {stage}", stage=words.theme_name(item.chain_stage).lower()) if item.chain_stage else ""
    about = " · ".join(part for part in (words.theme_name(item.theme), stage) if part)
    buttons = [
        _step(shown.previous, "up", _("Item above"), "data-drawer-previous"),
        _step(shown.following, "chevron", _("Item below"), "data-drawer-next"),
        html.A(
            icon("close"),
            href=shown.close,
            className="icon-button go",
            title=_("Close"),
            **{"aria-label": _("Close"), "data-drawer-close": "1"},
        ),
    ]
    sign = badge(item.quadrant, small=True) if placed else None
    return html.Div(
        [sign, html.B(name), html.Span(about, className="muted about"), html.Span(buttons, className="steps")],
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
    clusters = shown.item.lead.get("clusters")
    return _("on {count} days", count=formats.count(clusters)) if clusters else ""


def _difference_interval(low: float | None, high: float | None, unit: str, currency: str, like: float | None) -> str:
    if low is None or high is None:
        return _("no interval")
    one, two = (words.difference_words(end, unit, currency, like) for end in (low, high))
    if unit == "ratio":
        one, two = (text.split("\u202f")[0].split(" ")[0] for text in (one, two))
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
    rows = [_comparison(row, shown.item, unit, currency) for row in shown.item.comparisons]
    table = html.Table([html.Thead(head), html.Tbody(rows)], className="table-plain compact drawer-table")
    return [
        html.Div([html.H3(_("All comparisons")), html.Div(table, className="table-scroll")], className="drawer-part")
    ]


def _comparison(row: Mapping[str, Any], item: SwotItem, unit: str, currency: str) -> Html:
    name = html.Td(words.comparator_name(row), className="left")
    if row.get("difference") is None:
        return html.Tr([name, html.Td(str(row.get("missing") or _("no data")), colSpan=4, className="left muted wide")])
    tone = {"better": "strong good", "worse": "strong bad"}.get(str(row.get("verdict")), "strong")
    is_ = (
        formats.quantity(row["comparator_value"], unit, currency=currency)
        if row.get("comparator_value") is not None
        else _("no data")
    )
    p = formats.p_value(row["p_adjusted"]) if row.get("p_adjusted") is not None else _("not tested")
    text = words.difference_words(row["difference"], unit, currency, row.get("value"))
    text = text.split("\u202f")[0] if unit == "ratio" else text
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


def _changes(shown: Drawer) -> list[Any]:
    text = words.would_change(shown.item, shown.unit, shown.currency)
    return (
        [
            html.Div(
                [html.H3(_("What would change this")), html.P(rich(text), className="second")], className="drawer-part"
            )
        ]
        if text
        else []
    )


def _definition(shown: Drawer) -> list[Any]:
    if shown.metric is None:
        return []
    parts: list[Any] = [html.H3(_("Definition")), html.P(shown.metric.description_in(current()), className="second")]
    test = shown.item.test
    if test:
        parts.append(html.P(_("Test: {test}", test=str(test).replace("_", " ")), className="caption"))
    sql = shown.item.lead.get("sql_text")
    if sql:
        parts.append(
            html.Details(
                [html.Summary(_("SQL"), className="link"), html.Pre(html.Code(sql), tabIndex=0)], className="sql"
            )
        )
    return [html.Div(parts, className="drawer-part")]


def _checks(shown: Drawer) -> list[Any]:
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
    name = str(check["check_name"]).replace("_", " ").replace(".", ": ").capitalize()
    return f"{name}: {check['detail']}" if not check["passed"] and check.get("detail") else name


def _owner(shown: Drawer) -> Html:
    owner = shown.item.owner_role or (shown.metric.owner if shown.metric else None)
    return html.P(
        _("Owner: {owner}", owner=owner) if owner else _("No owner is named"), className="caption drawer-owner"
    )
