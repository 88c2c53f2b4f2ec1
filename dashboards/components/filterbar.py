"""The filter bar: menus whose options are links, so that every state has an address and the back button works."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from analytics.metrics.periods import last_of_month
from dashboards import formats
from dashboards.components import markup as html
from dashboards.components.marks import icon
from dashboards.components.markup import Html
from dashboards.filters import DIMENSIONS, Choices, Filters, Period, dimension_label, shown_value
from dashboards.language import _, current

_SEARCH_FROM = 10


def filter_bar(path: str, filters: Filters, choices: Choices, controls: Sequence[str]) -> Html:
    """The controls a page uses, in the order given: period, compare, and dimensions."""
    makers = {"period": _period, "compare": _compare}
    # With few controls a phone has room for all of them; else dimensions open as a sheet.
    has_sheet = len(controls) > 2
    items: list[Any] = []
    for name in controls:
        if name in makers:
            items.append(makers[name](path, filters, choices))
        elif choices.values.get(name):
            items.append(_dimension(path, filters, choices, name, "sheet-only" if has_sheet else ""))
    if has_sheet:
        items.append(filters_toggle(len(filters.values)))
    if filters.values or filters.compare != "previous" or filters.given:
        cleared = filters.query(**dict.fromkeys(DIMENSIONS), compare=None, period=None, page=None)
        items.append(html.A(_("Clear"), href=path + cleared, className="control quiet go sheet-only"))
    end = [copy_link(), report_menu(filters)] if path == "/" else copy_link()
    return html.Div([*items, html.Div(end, className="bar-end")], className="bar-inner")


def copy_link() -> Html:
    """Copies the address, which holds the whole state."""
    return html.Button(
        [icon("link"), _("Copy link")],
        type="button",
        className="control quiet",
        **{"data-action": "copy", "data-done": _("Link copied")},
    )


def report_menu(filters: Filters) -> Html:
    """The board report of the month, in the page's language."""
    pairs = ([f"period={filters.period.code}"] if filters.given else []) + [f"lang={current()}"]
    address = "&".join(pairs)
    links = [
        html.A(
            [html.Span(words), html.Span(form.upper(), className="muted")],
            href=f"/report/{form}?{address}",
            className="option",
            download=f"board-report-{current()}.{form}",
        )
        for form, words in (("pdf", _("To print and send")), ("pptx", _("As slides")), ("html", _("As a page")))
    ]
    summary = html.Summary(
        [icon("download"), html.Span(_("Board report"), className="text")],
        className="control",
        title=_("Board report"),
        **{"data-focus": "menu report", "aria-label": _("Board report")},
    )
    panel = html.Div(links, className="panel right")
    return html.Details([summary, panel], className="menu report-menu")


def filters_toggle(chosen: int) -> Html:
    """A phone's button that opens the controls it has no room for; says how many are set."""
    words = _("Filters") + (f" {chosen}" if chosen else "")
    return html.Button(
        [icon("sliders"), words],
        type="button",
        className="control filters-toggle",
        **{"data-action": "filters", "aria-expanded": "false"},
    )


def menu(
    name: str,
    value: str,
    panel: list[Any],
    *,
    is_set: bool = False,
    clear: str | None = None,
    classes: str = "",
    two: bool = False,
    long: bool = False,
    brief: str = "",
) -> Html:
    """A control ``Name value`` that opens a list; a set one has a heavier border and a cross that takes it off."""
    label = [html.Span(name, className="name long" if long else "name")]
    if brief:
        label += [html.Span(value, className="value long"), html.Span(brief, className="value brief")]
    else:
        label.append(html.Span(value, className="value"))
    if not (is_set and clear):
        label.append(icon("chevron"))
    summary = html.Summary(label, className="control is-set" if is_set else "control", **{"data-focus": f"menu {name}"})
    details = html.Details([summary, html.Div(panel, className="panel two" if two else "panel")], className="menu")
    if not (is_set and clear):
        return html.Div(details, className=f"filter-set {classes}")
    cross = html.A(
        icon("close"),
        href=clear,
        className="control-clear go",
        title=_("Take off"),
        **{"aria-label": _("Take {name} off", name=name)},
    )
    return html.Div([details, cross], className=f"filter-set {classes}")


def option(label: str, href: str, *, chosen: bool = False, note: str = "") -> Html:
    """One line of a menu."""
    state = {"aria-current": "true"} if chosen else {}
    parts: list[Any] = [html.Span(label)]
    if note:
        parts.append(html.Span(note, className="muted"))
    return html.A(parts, href=href, className="option go", **state)


def _period(path: str, filters: Filters, choices: Choices) -> Html:
    months = [Period(month, last_of_month(month)) for month in reversed(choices.months)]
    here = filters.period.code

    def options(periods: Sequence[Period]) -> list[Html]:
        return [option(p.label, path + filters.query(period=p.code), chosen=p.code == here) for p in periods]

    left = html.Div([html.P(_("Month"), className="group"), *options(months[:60])])
    longer = []
    if choices.quarters():
        longer += [html.P(_("Quarter"), className="group"), *options(choices.quarters()[:12])]
    if choices.years():
        longer += [html.P(_("Year"), className="group"), *options(choices.years())]
    return menu(_("Period"), filters.period.label, [left, html.Div(longer)], two=True, long=True)


def _compare(path: str, filters: Filters, choices: Choices) -> Html:
    options = []
    for code, words in (("previous", _("Previous period")), ("year", _("Same period last year"))):
        other = filters.with_(compare=code)
        options.append(
            option(
                words, path + filters.query(compare=code), chosen=filters.compare == code, note=other.comparison.label
            )
        )
    is_set = filters.compare != "previous"
    return menu(
        _("Compare with"),
        filters.comparison.label,
        options,
        is_set=is_set,
        clear=path + filters.query(compare=None) if is_set else None,
        long=True,
        brief=_("vs {period}", period=filters.comparison.briefest),
    )


def _dimension(path: str, filters: Filters, choices: Choices, name: str, classes: str) -> Html:
    values, chosen = choices.values[name], filters.value(name)
    everything = _("All {count}", count=formats.count(len(values)))
    options: list[Any] = [option(everything, path + filters.query(**{name: None}), chosen=chosen is None)]
    options += [option(shown_value(name, v), path + filters.query(**{name: v}), chosen=v == chosen) for v in values]
    if len(values) >= _SEARCH_FROM:
        options.insert(
            0, html.Input(type="search", className="search", placeholder=_("Search"), **{"aria-label": _("Search")})
        )
    shown = shown_value(name, chosen) if chosen else everything
    clear = path + filters.query(**{name: None}) if chosen else None
    return menu(dimension_label(name), shown, options, is_set=chosen is not None, clear=clear, classes=classes)
