"""Staffing's cells: gap by week below the figure, by team and week, by half-hour. Over in blue, under in orange."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from dashboards import formats
from dashboards.components import markup as html
from dashboards.components.markup import Html
from dashboards.figures.staffing_sentences import clock
from dashboards.language import _
from dashboards.queries.staffing import Cell, Outlook

HEAT_STEPS = (0.5, 2.5, 4.5)
STRIP_STEPS = (0.5, 2.0, 5.0)


def step_class(value: float, steps: Sequence[float]) -> str:
    """Over in blue, under in orange, by steps; nothing where it is near nought."""
    step = sum(abs(value) >= edge for edge in steps)
    return "" if not step else f"{'g' if value > 0 else 'b'}{step}"


def gap_strip(found: Outlook) -> Html:
    """Gap of the middle run and runs short of a hundred, a cell a week, below the figure."""
    cells, shares = [], []
    for week in found.weeks:
        words = _(
            "Week of {day}: {gap} people, short in {runs} of 100 runs",
            day=formats.date_short(week.day),
            gap=formats.signed(week.gap, 1),
            runs=formats.number(week.probability_short * 100, 0),
        )
        text = formats.signed(week.gap, 0) if abs(week.gap) >= 0.5 else "0"
        cells.append(html.Span(text, className=f"cell {step_class(week.gap, STRIP_STEPS)}".strip(), title=words))
        shares.append(html.Span(formats.number(week.probability_short * 100, 0), className="axis hour"))
    style = {"gridTemplateColumns": f"repeat({len(found.weeks)}, minmax(0, 1fr))"}
    rows = [
        html.Div([html.Div(line, className="heat", style=style), html.Span(name)], className="strip-row")
        for line, name in ((cells, _("Gap, middle run")), (shares, _("Runs short, of 100")))
    ]
    return html.Div(rows, className="gap-strip", role="group", **{"aria-label": _("Gap by week")})


def team_map(teams: dict[str, list[tuple[date, float, float]]]) -> Html:
    """Teams down, weeks across, the gap of the middle run printed in each."""
    weeks = [day for day, _gap, _share in next(iter(teams.values()))]
    head: list[Html] = [html.Span(className="axis")]
    for place, day in enumerate(weeks):
        is_new = place == 0 or day.month != weeks[place - 1].month
        head.append(html.Span(formats.month_axis(day) if is_new else "", className="axis hour"))
    rows: list[Html] = []
    for team, line in teams.items():
        rows.append(html.Span(team, className="axis day nowrap"))
        for day, gap, share in line:
            words = _(
                "{team}, week of {day}: {gap} people, short in {runs} of 100 runs",
                team=team,
                day=formats.date_short(day),
                gap=formats.signed(gap, 1),
                runs=formats.number(share * 100, 0),
            )
            text = formats.signed(gap, 0) if abs(gap) >= 0.5 else "0"
            rows.append(html.Span(text, className=f"cell {step_class(gap, STRIP_STEPS)}".strip(), title=words))
    style = {"gridTemplateColumns": f"minmax(110px, max-content) repeat({len(weeks)}, minmax(24px, 1fr))"}
    return html.Div(html.Div([*head, *rows], className="heat half-hours", style=style), className="table-scroll")


def heat_map(cells: Sequence[Cell]) -> Html:
    """Half-hours across, weekdays down, heads over or under printed in each."""
    by_place = {(c.weekday, c.minute): c for c in cells}
    minutes = sorted({c.minute for c in cells})
    step = min((b - a for a, b in pairwise(minutes)), default=30)
    columns = list(range(minutes[0], minutes[-1] + 1, step))
    head = [html.Span(className="axis")]
    head += [html.Span(clock(m) if m % 60 == 0 else "", className="axis hour") for m in columns]
    head.append(html.Span(_("Net hours"), className="axis total muted"))
    rows: list[Html] = []
    for weekday in range(1, 8):
        day = [c for c in cells if c.weekday == weekday]
        rows.append(html.Span(formats.weekday_short(weekday), className="axis day"))
        rows += [_cell(by_place.get((weekday, m)), weekday, m) for m in columns]
        net = sum(c.gap for c in day) * step / 60
        rows.append(html.Span(formats.signed(net, 1) if day else "·", className="axis total"))
    style = {"gridTemplateColumns": f"36px repeat({len(columns)}, minmax(24px, 1fr)) 62px"}
    return html.Div(html.Div([*head, *rows], className="heat half-hours", style=style), className="table-scroll")


def _cell(cell: Cell | None, weekday: int, minute: int) -> Html:
    when = f"{formats.weekday_long(weekday)}, {clock(minute)}"
    if cell is None:
        return html.Span("·", className="cell closed", title=_("{when}: closed", when=when))
    words = _(
        "{when}: {available} there, {required} needed",
        when=when,
        available=formats.number(cell.available, 1),
        required=formats.number(cell.required, 0),
    )
    text = formats.signed(cell.gap, 0) if abs(cell.gap) >= 0.5 else "0"
    return html.Span(text, className=f"cell {step_class(cell.gap, HEAT_STEPS)}".strip(), title=words)
