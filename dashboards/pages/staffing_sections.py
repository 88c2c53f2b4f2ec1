"""Sections of the staffing page beside the main figure: what-if sliders, worst half-hours, people by volume."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from analytics.staffing.scenarios import Scenario
from dashboards import formats
from dashboards.components import markup as html
from dashboards.components.figure import Foot, empty, figure_section, plot
from dashboards.components.markup import Html
from dashboards.components.words import plain
from dashboards.figures import staffing as figures
from dashboards.figures import staffing_sentences as words
from dashboards.figures.plotting import View
from dashboards.filters import Filters
from dashboards.language import _
from dashboards.pages.parts import data_link
from dashboards.queries import staffing as queries
from dashboards.queries.staffing_moves import EXTRAS
from dashboards.reading import Reading

PATH = "/staffing"
SAVE = "/scenarios"


@dataclass(frozen=True)
class Slider:
    """One assumption: its ends and step, today's value and the chosen one, and how a value is written."""

    extra: str
    label: str
    low: int
    high: int
    step: int
    today: int
    chosen: int
    write: Callable[[int], str]


def what_if_section(reading: Reading, found: queries.Outlook, filters: Filters) -> Html:
    """Sliders, what they make of the weeks ahead, and the settings that were saved."""
    sliders = [_slider(one, filters) for one in _sliders(found)]
    reset = html.A(_("Reset"), href=PATH + filters.query(**dict.fromkeys(EXTRAS)), className="button go")
    rows = [_outcome(*one) for one in _outcomes(found)]
    table = html.Table(
        [
            html.Thead(
                html.Tr([html.Th("", className="left"), html.Th(_("Today")), html.Th(_("Then"))]),
            ),
            html.Tbody(rows),
        ],
        className="table-plain compact",
    )
    buttons = html.Div([_save_form(found, filters), reset], className="what-if-buttons")
    body = html.Div([*sliders, table, buttons, _saved(queries.scenarios(reading), filters)], className="what-if")
    return figure_section("what-if", _("What if"), _("Upright marks show today’s assumption."), body)


def _save_form(found: queries.Outlook, filters: Filters) -> Html:
    """A name for the settings; it is asked for when the button is pressed."""
    name = html.Input(
        name="name", type="text", required=True, maxlength=60, **{"aria-label": _("Name of the scenario")}
    )
    fields = [
        name,
        html.Input(name="query", type="hidden", value=filters.query()),
        html.Button(_("Save"), type="submit", className="button primary"),
        html.P("", className="propose-said", role="status"),
    ]
    form = html.Form(fields, **{"data-adopt": SAVE, "data-failed": _("It could not be saved; try again.")})
    if not found.moves.is_moved:
        why = _("Move an assumption first; there is nothing to save.")
        return html.Button(_("Save scenario"), className="button", disabled=True, title=why)
    return html.Details([html.Summary(_("Save scenario"), className="button primary"), form], className="save-scenario")


def _saved(kept: Sequence[Scenario], filters: Filters) -> Html | None:
    """Links to the saved settings, each with a button that removes it."""
    if not kept:
        return None
    rows = []
    for one in kept:
        gone = html.Form(
            [
                html.Input(name="forget", type="hidden", value=one.name),
                html.Button("×", type="submit", **{"aria-label": _("Remove {name}", name=one.name)}),
                html.Span("", className="propose-said", role="status"),
            ],
            **{"data-adopt": SAVE, "data-failed": _("It could not be removed; try again.")},
        )
        told = _("saved by {name}, {day}", name=one.saved_by, day=one.saved_at[:10])
        link = html.A(one.name, href=PATH + one.query, className="link go", title=told)
        rows.append(html.Li([link, gone]))
    head = html.Summary(_("Saved scenarios"))
    return html.Details([head, html.Ul(rows)], className="saved-scenarios", open=True)


def _sliders(found: queries.Outlook) -> list[Slider]:
    moves, told = found.moves, found.summary
    listed = [
        Slider("volume", _("Contact volume"), -20, 30, 1, 0, moves.volume, _relative),
        Slider("aht", _("Handling time"), -20, 30, 1, 0, moves.aht, _relative),
    ]
    if told.get("shrinkage") is not None:
        now = round(told["shrinkage"] * 100)
        listed.append(Slider("shrinkage", _("Shrinkage"), 10, 50, 1, now, _or(moves.shrinkage, now), _share))
    if told.get("turnover") is not None:
        now = round(told["turnover"] * 100)
        top = max(80, now + 20)
        listed.append(Slider("turnover", _("Turnover, a year"), 0, top, 1, now, _or(moves.turnover, now), _share))
    if told.get("fill_days") is not None:
        now = round(told["fill_days"])
        listed.append(Slider("fill", _("Time to fill"), 7, max(120, now + 30), 1, now, _or(moves.fill, now), _days))
    if found.wave_team is not None:
        label = _("Further openings, {team}", team=found.wave_team)
        listed.append(Slider("wave", label, 0, 30, 1, 0, moves.wave, formats.count))
        if moves.wave:
            listed.append(Slider("opens", _("Posted in the week of"), 0, len(found.weeks) - 1, 1, 0, moves.opens,
                                 lambda week: formats.date_short(found.weeks[week].day)))  # fmt: skip
    return listed


def _or(chosen: int | None, today: int) -> int:
    return today if chosen is None else chosen


def _relative(value: int) -> str:
    return formats.signed_percent(value / 100, 0)


def _share(value: int) -> str:
    return formats.percent(value / 100, 0)


def _days(value: int) -> str:
    return str(formats.quantity(value, "days"))


def _slider(one: Slider, filters: Filters) -> Html:
    def at(value: int) -> str:
        return f"{100 * (value - one.low) / (one.high - one.low):.2f}%"

    steps = [one.write(value) for value in range(one.low, one.high + 1, one.step)]
    chosen = min(max(one.chosen, one.low), one.high)
    moved = " is-moved" if chosen != one.today else ""
    ends = sorted((chosen, one.today))
    field = html.Input(
        type="range",
        min=one.low,
        max=one.high,
        step=one.step,
        value=chosen,
        **{
            "aria-label": one.label,
            "aria-valuetext": one.write(chosen),
            "data-focus": f"slider {one.extra}",
            "data-steps": json.dumps(steps, ensure_ascii=False),
            "data-today": one.today,
            "data-moved": PATH + filters.query(**{one.extra: "1234567"}),
            "data-kept": PATH + filters.query(**{one.extra: None}),
        },
    )
    head = html.Div([html.Span(one.label), html.B(one.write(chosen), className="now")], className="slider-head")
    mark = html.Span(className="today", style={"left": at(one.today)})
    stretch = html.Span(className="stretch", style={"left": at(ends[0]), "right": f"calc(100% - {at(ends[1])})"})
    track = html.Div([html.Span(className="track"), stretch, mark, field], className="slider-track")
    return html.Div([head, track], className=f"slider{moved}")


def _outcomes(found: queries.Outlook) -> list[tuple[str, str, str]]:
    """(what, today, then): largest shortage, weeks short, service level of the worst week."""
    weeks = found.weeks
    now = min(w.gap for w in weeks)
    then = min(w.moved_gap for w in weeks)
    short = sum(w.gap <= -queries.SHORT_FROM for w in weeks)
    moved = sum(w.moved_gap <= -queries.SHORT_FROM for w in weeks)
    rows = [
        (_("Largest shortage, people"), _shortage(now), _shortage(then)),
        (_("Weeks short"), formats.count(short), formats.count(moved)),
    ]
    levels = [(w.level, w.moved_level) for w in weeks if w.level is not None and w.moved_level is not None]
    if levels:
        low, new = min(a for a, _b in levels), min(b for _a, b in levels)
        rows.append((_("Lowest service level of a week"), formats.percent(low, 1), formats.percent(new, 1)))
    return rows


def _shortage(gap: float) -> str:
    return formats.number(max(-gap, 0.0), 1)


def _outcome(what: str, now: str, then: str) -> Html:
    return html.Tr(
        [html.Td(what, className="left"), html.Td(now, className="muted"), html.Td(f"→ {then}", className="strong")]
    )


def worst_section(cells: Sequence[queries.Cell]) -> Html:
    """The six half-hours that lack most."""
    worst = sorted((c for c in cells if c.gap <= -queries.SHORT_FROM), key=lambda c: (c.gap, c.weekday, c.minute))[:6]
    if not worst:
        return figure_section("worst", _("Worst half-hours"), "", empty(_("Every half-hour has its people."), ""))
    missing = sum(c.gap for c in cells if c.gap < 0)
    share = sum(c.gap for c in worst) / missing
    rows = [
        html.Tr(
            [
                html.Td(f"{formats.weekday_long(c.weekday)}, {words.clock(c.minute)}", className="left"),
                html.Td(_("{people} short", people=formats.number(-c.gap, 1)), className="strong bad"),
            ]
        )
        for c in worst
    ]
    sub = _("{share} of the week’s understaffed time", share=formats.percent(share, 0))
    table = html.Table(html.Tbody(rows), className="table-plain")
    return figure_section("worst", _("Worst half-hours"), sub, table)


def curve_section(reading: Reading, filters: Filters, view: View) -> Html:
    """People of live work by volume."""
    points = queries.need_curve(reading, filters)
    if len(points) < 3:
        return figure_section("curve", _("People needed by volume"), "", empty(_("No live work in this slice."), ""))
    title = words.curve_title(points)
    sub = _("Full-time people that live contacts need, mean of the weeks ahead, by change of volume")
    foot = Foot(
        note=_("Small teams need more spare time per contact: the curve is flatter than the volume."),
        data=data_link(PATH, "curve", filters),
        has_picture=True,
    )
    drawn: Any = plot("curve", figures.curve_figure(points, view), label=plain(title))
    return figure_section("curve", title, sub, drawn, foot)
