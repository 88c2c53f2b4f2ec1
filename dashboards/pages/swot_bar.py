"""The SWOT's bar: whose board, which month, against what, which theme, which board beside it; link, print, report."""

from __future__ import annotations

from typing import Any

from dashboards import formats
from dashboards.components import markup as html
from dashboards.components.filterbar import filters_toggle, menu, option, report_menu
from dashboards.components.marks import icon
from dashboards.components.markup import Html
from dashboards.figures.swot_names import against_name, theme_name
from dashboards.filters import Filters, Period, dimension_label, shown_value
from dashboards.language import _
from dashboards.queries import swot as queries
from dashboards.queries import swot_views as views
from dashboards.reading import Reading

KINDS = ("region", "team", "channel", "segment", "topic")
WHOLE = "organisation:all"
_SEARCH_FROM = 9
_VIEWS = ("against", "theme", "beside")


def bar(reading: Reading, filters: Filters, path: str) -> Html:
    """The controls of the board."""
    entity, here = queries.entity_of(filters, reading), filters.with_(item=None, more=None)
    known = queries.kinds(reading)
    whole_state = "go is-chosen" if entity[1] is None else "go"
    whole = html.A(
        [html.Span(_("Organisation"), className="long"), html.Span(_("All"), className="brief")],
        href=path + here.query(entity=None),
        className=whole_state,
    )
    kinds = [_kind(dimension, known[dimension], entity, here, path) for dimension in KINDS if known.get(dimension)]
    selector = html.Div([whole, *kinds], className="segmented", role="group", **{"aria-label": _("Whose SWOT")})
    judged = queries.periods(reading)
    parts: list[Any] = [selector]
    if judged:
        board = queries.board(reading, filters)
        parts += [
            _period(judged, board, here, path),
            _against(board, here, path),
            _theme(board, here, path),
            _beside(reading, board, known, here, path),
            filters_toggle(sum(1 for name in _VIEWS if here.extra(name))),
        ]
    end = html.Div([_copy(), _print(), report_menu(filters)], className="bar-end")
    return html.Div([*parts, end], className="bar-inner swot-bar")


def _kind(dimension: str, values: list[str], entity: tuple[str, str | None], here: Filters, path: str) -> Html:
    chosen = entity[0] == dimension
    label: list[Any] = [
        dimension_label(dimension),
        html.Span(shown_value(dimension, entity[1]) if chosen else formats.count(len(values)), className="count"),
    ]
    options = _entities(dimension, values, here, path, "entity", entity[1] if chosen else None)
    summary = html.Summary(label, className="control", **{"data-focus": f"kind {dimension}"})
    return html.Details(
        [summary, html.Div(_searchable(options), className="panel")],
        className="menu is-chosen" if chosen else "menu",
    )


def _entities(dimension: str, values: list[str], here: Filters, path: str, name: str, chosen: str | None) -> list[Html]:
    return [
        option(shown_value(dimension, v), path + here.query(**{name: f"{dimension}:{v}"}), chosen=v == chosen)
        for v in values
    ]


def _searchable(options: list[Html]) -> list[Html]:
    if len(options) <= _SEARCH_FROM:
        return options
    search = html.Input(type="search", className="search", placeholder=_("Search"), **{"aria-label": _("Search")})
    return [search, *options]


def _period(judged: list[Any], board: queries.Board, here: Filters, path: str) -> Html:
    options = [
        option(
            Period.of_month(day).label,
            path + here.query(period=Period.of_month(day).code),
            chosen=day == board.period,
        )
        for day in judged
    ]
    return menu(_("Period"), formats.month_long(board.period) if board.period else "", options)


def _against(board: queries.Board, here: Filters, path: str) -> Html:
    chosen, offered = here.extra("against"), views.comparators(board)
    is_set = chosen in offered
    options = [option(_("All comparators"), path + here.query(against=None), chosen=not is_set)]
    options += [option(against_name(n), path + here.query(against=n), chosen=n == chosen) for n in offered]
    value = against_name(str(chosen)) if is_set else _("All")
    clear = path + here.query(against=None) if is_set else None
    return menu(_("Against"), value, options, is_set=is_set, clear=clear, classes="sheet-only")


def _theme(board: queries.Board, here: Filters, path: str) -> Html:
    chosen, offered = here.extra("theme"), views.themes(board)
    is_set = chosen in offered
    options = [option(_("All themes"), path + here.query(theme=None), chosen=not is_set)]
    options += [option(theme_name(n), path + here.query(theme=n), chosen=n == chosen) for n in offered]
    value = theme_name(str(chosen)) if is_set else _("All")
    clear = path + here.query(theme=None) if is_set else None
    return menu(_("Theme"), value, options, is_set=is_set, clear=clear, classes="sheet-only")


def _beside(reading: Reading, board: queries.Board, known: dict[str, list[str]], here: Filters, path: str) -> Html:
    """A second board: the organisation's, or any other entity's, those of the same kind first."""
    other, plain = views.beside(reading, here), here.with_(tab=None)
    options: list[Html] = [option(_("No other"), path + plain.query(beside=None), chosen=other is None)]
    if board.value is not None:
        is_whole = other is not None and other.value is None
        options.append(option(_("Whole organisation"), path + plain.query(beside=WHOLE), chosen=is_whole))
    for dimension in sorted((d for d in KINDS if known.get(d)), key=lambda d: d != board.dimension):
        values = [v for v in known[dimension] if (dimension, v) != (board.dimension, board.value)]
        chosen = other.value if other is not None and other.dimension == dimension else None
        options.append(html.P(dimension_label(dimension), className="group"))
        options += _entities(dimension, values, plain, path, "beside", chosen)
    value = _("No other") if other is None else shown_value(other.dimension, other.value) if other.value else _("All")
    is_set = other is not None
    clear = path + here.query(beside=None) if is_set else None
    return menu(_("Beside"), value, _searchable(options), is_set=is_set, clear=clear, classes="sheet-only")


def _copy() -> Html:
    told = {"data-action": "copy", "data-done": _("Link copied"), "aria-label": _("Copy link")}
    return html.Button(icon("link"), type="button", className="icon-button", title=_("Copy link"), **told)


def _print() -> Html:
    told = {"data-action": "print", "aria-label": _("Print this board")}
    return html.Button(icon("print"), type="button", className="icon-button", title=_("Print this board"), **told)
