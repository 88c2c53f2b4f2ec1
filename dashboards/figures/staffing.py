"""Staffing's figures: people against work by week with the shortage hatched, half-hours over and under, tables."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import Any

from dashboards import formats
from dashboards.components import markup as html
from dashboards.components.markup import Html
from dashboards.components.tables import Column, Table
from dashboards.figures.plotting import BAND_ALPHA, Plot, View, finish, month_ticks, spread, value_axis
from dashboards.figures.staffing_sentences import clock, lever_name, model_name, plan_state
from dashboards.filters import shown_value
from dashboards.language import _
from dashboards.queries.staffing import Cell, Outlook, Week

HEAT_STEPS = (0.5, 2.5, 4.5)
STRIP_STEPS = (0.5, 2.0, 5.0)


def gap_figure(found: Outlook, view: View, *, height: int = 340) -> Plot:
    """Required in ink with its band, available in blue with its own, what is short hatched; what-if lines dashed."""
    weeks = found.weeks
    edges = [
        edge for w in weeks for edge in (*w.required, *w.available, w.with_plan, w.moved_required, w.moved_available)
    ]
    low, high = min(edges), max(edges)
    pad = max((high - low) * 0.1, 1)
    low, high = max(low - pad, 0.0), high + pad
    ink, good = view.colours["ink-1"], view.colours["good"]
    data = [
        _band(weeks, [w.required for w in weeks], view.colours["ink-2"]),
        _band(weeks, [w.available for w in weeks], good),
        *_shortage(weeks, view),
        _line(weeks, [w.with_plan for w in weeks], _("With the plan"), good, 1.25, dash="2px,3px"),
        _line(weeks, [w.required[1] for w in weeks], _("Required"), ink, 2.0),
        _line(weeks, [w.available[1] for w in weeks], _("Available"), good, 2.4),
    ]
    if found.moves.is_moved:
        data.append(_line(weeks, [w.moved_required for w in weeks], _("Required, what if"), ink, 1.2, dash="5px,4px"))
        data.append(
            _line(weeks, [w.moved_available for w in weeks], _("Available, what if"), good, 1.2, dash="5px,4px")
        )
    ticks, texts = value_axis(low, high, "", whole=True)
    months, names = month_ticks(weeks[0].day, weeks[-1].day, most=3 if view.is_phone else 8)
    layout: Plot = {
        "hovermode": "x unified",
        "yaxis": {"range": [low, high], "tickvals": ticks, "ticktext": texts, "tickmode": "array"},
        "xaxis": {
            "type": "date",
            "range": [weeks[0].day.isoformat(), weeks[-1].day.isoformat()],
            "tickvals": months,
            "ticktext": names,
            "tickmode": "array",
            "ticklabelposition": "outside right",
            "hoverformat": "%-d %b %Y",
        },
        "annotations": _ends(weeks[-1], view, low, high, height),
    }
    return finish({"data": data, "layout": layout}, view, height=height)


def _days(weeks: Sequence[Week]) -> list[str]:
    return [week.day.isoformat() for week in weeks]


def _band(weeks: Sequence[Week], bands: Sequence[tuple[float, float, float]], colour: str) -> Plot:
    days = _days(weeks)
    return {
        "type": "scatter",
        "mode": "none",
        "x": days + days[::-1],
        "y": [band[0] for band in bands] + [band[2] for band in bands][::-1],
        "fill": "toself",
        "fillcolor": f"{colour}{BAND_ALPHA}",
        "hoverinfo": "skip",
        "line": {"width": 0},
    }


def _line(weeks: Sequence[Week], values: Sequence[float], name: str, colour: str, width: float, dash: str = "") -> Plot:
    return {
        "type": "scatter",
        "mode": "lines",
        "name": name,
        "x": _days(weeks),
        "y": list(values),
        "line": {"color": colour, "width": width, "dash": dash or "solid"},
        "customdata": [formats.number(value, 1) for value in values],
        "hovertemplate": "%{customdata}",
    }


def _shortage(weeks: Sequence[Week], view: View) -> list[Plot]:
    """One hatched shape per run of weeks in which the middle runs cross, cut where they cross."""
    shapes: list[list[tuple[float, float, float]]] = []
    points = [(float(w.day.toordinal()), w.required[1], w.available[1]) for w in weeks]
    current: list[tuple[float, float, float]] = []
    for place, (x, need, have) in enumerate(points):
        if place:
            current, done = _crossing(points[place - 1], (x, need, have), current)
            shapes += [done] if done else []
        if need > have:
            current.append((x, need, have))
    return [_hatch(shape, view) for shape in [*shapes, current] if len(shape) > 1]


def _crossing(
    before: tuple[float, float, float], now: tuple[float, float, float], current: list[tuple[float, float, float]]
) -> tuple[list[tuple[float, float, float]], list[tuple[float, float, float]]]:
    first, second = before[1] - before[2], now[1] - now[2]
    if (first > 0) == (second > 0):
        return current, []
    share = first / (first - second)
    cut = tuple(a + share * (b - a) for a, b in zip(before, now, strict=True))
    point = (cut[0], cut[1], cut[1])
    return ([point], []) if second > 0 else ([], [*current, point])


def _hatch(shape: list[tuple[float, float, float]], view: View) -> Plot:
    from datetime import datetime, timedelta

    def day(x: float) -> str:
        return (datetime.fromordinal(int(x)) + timedelta(days=x % 1)).isoformat(sep=" ", timespec="minutes")

    days = [day(x) for x, _need, _have in shape]
    return {
        "type": "scatter",
        "mode": "none",
        "x": days + days[::-1],
        "y": [need for _x, need, _have in shape] + [have for _x, _need, have in shape][::-1],
        "fill": "toself",
        "fillpattern": {"shape": "/", "fgcolor": view.colours["bad"], "bgcolor": view.colours["bad-soft"], "size": 6,
                        "solidity": 0.18},
        "hoverinfo": "skip",
        "line": {"width": 0},
    }  # fmt: skip


def _ends(last: Week, view: View, low: float, high: float, height: int) -> list[Plot]:
    told = [
        (_("Required {people}"), last.required[1], "ink-1"),
        (_("Available {people}"), last.available[1], "good"),
        (_("With the plan {people}"), last.with_plan, "ink-2"),
    ]
    pixels = (min(height, 270) if view.is_phone else height) - 48
    places = spread([value for _w, value, _c in told], [17 * (high - low) / pixels] * len(told))
    return [
        {
            "xref": "paper",
            "x": 1,
            "y": y,
            "xanchor": "left",
            "yanchor": "middle",
            "showarrow": False,
            "xshift": 8,
            "text": f"<b>{words.format(people=formats.number(value, 0))}</b>" if colour != "ink-2"
            else words.format(people=formats.number(value, 0)),
            "font": {"size": 12, "color": view.colours[colour]},
        }
        for (words, value, colour), y in zip(told, places, strict=True)
    ]  # fmt: skip


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


def team_table(teams: dict[str, list[tuple[date, float, float]]]) -> Table:
    """The weeks of the teams as rows."""
    columns = (
        Column("team", _("Team")),
        Column("week", _("Week from"), "date"),
        Column("gap", _("Gap"), "count", strong=True),
        Column("probability_short", _("Runs short"), "ratio"),
    )
    rows = [
        {"team": team, "week": day, "gap": round(gap, 1), "probability_short": share}
        for team, line in teams.items()
        for day, gap, share in line
    ]
    return Table(columns, tuple(rows))


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


def week_table(found: Outlook) -> Table:
    """The weeks behind the figure."""
    columns = (
        Column("week", _("Week from"), "date"),
        Column("required_p10", _("Required, 10th")),
        Column("required_p50", _("Required, middle"), strong=True),
        Column("required_p90", _("Required, 90th")),
        Column("available_p10", _("Available, 10th")),
        Column("available_p50", _("Available, middle"), strong=True),
        Column("available_p90", _("Available, 90th")),
        Column("gap", _("Gap")),
        Column("probability_short", _("Runs short"), "ratio"),
        Column("with_plan", _("With the plan")),
        Column("service_level", _("Service level"), "ratio"),
    )
    rows = [
        {
            "week": w.day,
            **{f"required_p{p}": round(w.required[k], 1) for k, p in enumerate((10, 50, 90))},
            **{f"available_p{p}": round(w.available[k], 1) for k, p in enumerate((10, 50, 90))},
            "gap": round(w.gap, 1),
            "probability_short": w.probability_short,
            "with_plan": round(w.with_plan, 1),
            "service_level": w.level,
        }
        for w in found.weeks
    ]
    return Table(tuple(_counted(column) for column in columns), tuple(rows))


def _counted(column: Column) -> Column:
    plain = column.kind == "text"
    return Column(column.key, column.label, "count" if plain else column.kind, strong=column.strong)


def heat_table(cells: Sequence[Cell]) -> Table:
    """The heat map as rows."""
    columns = (
        Column("weekday", _("Weekday")),
        Column("time", _("Half-hour")),
        Column("required", _("Required"), "count"),
        Column("available", _("Available"), "count"),
        Column("gap", _("Gap"), "count", strong=True),
    )
    rows = [
        {
            "weekday": formats.weekday_long(c.weekday),
            "time": clock(c.minute),
            "required": c.required,
            "available": round(c.available, 1),
            "gap": round(c.gap, 1),
        }
        for c in cells
    ]
    return Table(columns, tuple(rows))


def plan_table(rows: Sequence[dict[str, Any]], currency: str) -> Table:
    """The hiring plan."""
    columns = (
        Column("wave", _("Wave")),
        Column("team", _("Team")),
        Column("people", _("People"), "count", strong=True),
        Column("open_by", _("Open by"), "date"),
        Column("offers_by", _("Offers by"), "date"),
        Column("start_on", _("Start"), "date"),
        Column("productive_on", _("Productive"), "date"),
        Column("covers", _("Covers")),
        Column("cost_a_month", _("Cost a month"), "currency"),
        Column("on_time_probability", _("On time"), "ratio"),
        Column("state", _("State")),
    )
    shown = [
        {
            **row,
            "state": plan_state(row["state"]),
            "covers": formats.say_list([shown_value("channel", part) for part in row["covers"].split(" + ")]),
        }
        for row in rows
    ]
    return Table(columns, tuple(shown), currency)


def lever_table(rows: Sequence[dict[str, Any]]) -> Table:
    """What each lever buys."""
    columns = (
        Column("lever", _("Lever")),
        Column("people_mean", _("People, mean week"), "count", strong=True),
        Column("people_worst_week", _("People, worst week"), "count"),
        Column("worst_gap_after", _("Worst gap then"), "count"),
    )
    shown = [
        {
            "lever": lever_name(row["lever"]),
            **{key: round(row[key], 1) for key in ("people_mean", "people_worst_week", "worst_gap_after")},
        }
        for row in rows
    ]
    return Table(columns, tuple(shown))


def backtest_table(rows: Sequence[dict[str, Any]]) -> Table:
    """The chosen model of every queue beside the naive one."""
    columns = (
        Column("channel", _("Queue")),
        Column("model", _("Model")),
        Column("wape", _("Error (WAPE)"), "ratio", strong=True),
        Column("naive", _("Last week again"), "ratio"),
        Column("coverage", _("Inside 80\u202f%"), "ratio"),
        Column("origins", _("Origins"), "count"),
        Column("left_out", _("Days left out"), "count"),
    )
    shown = [
        {**row, "channel": queue_name(row), "model": model_name(row["model"])}
        for row in rows
    ]  # fmt: skip
    return Table(columns, tuple(shown))


def queue_name(row: dict[str, Any]) -> str:
    """A queue by its channel, with the pool where that says more."""
    if row["channel"] == "tickets":
        return _("Tickets, items a day")
    name = shown_value("channel", row["channel"])
    known = shown_value("channel", row["pool"])
    return f"{name} · {row['pool']}" if known == row["pool"] and row["pool"] != row["channel"] else name


def curve_figure(points: Sequence[tuple[float, float]], view: View, *, height: int = 250) -> Plot:
    """People of live work by change of volume; today is marked."""
    top = max(y for _x, y in points) * 1.08
    ticks, texts = value_axis(0.0, top, "", whole=True)
    changes = [x - 1 for x, _y in points]
    line = {
        "type": "scatter",
        "mode": "lines",
        "name": _("People"),
        "x": changes,
        "y": [y for _x, y in points],
        "line": {"color": view.colours["ink-1"], "width": 2.0},
        "customdata": [formats.number(y, 1) for _x, y in points],
        "hovertemplate": "%{customdata}<extra></extra>",
    }
    now = next((y for x, y in points if abs(x - 1) < 1e-6), points[0][1])
    marker = {
        "type": "scatter",
        "mode": "markers",
        "x": [0],
        "y": [now],
        "marker": {"size": 8, "color": view.colours["ink-1"]},
        "hoverinfo": "skip",
    }
    shown = [-0.3, -0.2, -0.1, 0, 0.1, 0.2, 0.3, 0.4]
    layout: Plot = {
        "yaxis": {"range": [0, top], "tickvals": ticks, "ticktext": texts, "tickmode": "array"},
        "xaxis": {
            "range": [changes[0], changes[-1]],
            "tickvals": shown,
            "ticktext": [f"{formats.signed(x * 100)}\u202f%" if x else _("forecast") for x in shown],
            "tickmode": "array",
        },
        "annotations": [
            {
                "x": 0,
                "y": now,
                "yshift": 16,
                "showarrow": False,
                "text": f"<b>{formats.number(now, 1)}</b>",
                "font": {"size": 12, "color": view.colours["ink-1"]},
            }
        ],
    }
    return finish({"data": [line, marker], "layout": layout}, view, height=height, right=24)


def curve_table(points: Sequence[tuple[float, float]]) -> Table:
    """The curve as rows."""
    columns = (Column("change", _("Change of volume"), "ratio"), Column("people", _("People"), "count", strong=True))
    return Table(columns, tuple({"change": round(x - 1, 4), "people": round(y, 1)} for x, y in points))
