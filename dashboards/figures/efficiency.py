"""Efficiency's figures: lines of the parts of handling time, agents beside peers, bars of paid time, and the tables."""

from __future__ import annotations

from collections.abc import Sequence

from analytics.metrics import MetricRow
from dashboards import formats
from dashboards.components.tables import Column, Table
from dashboards.figures.efficiency_sentences import part_name
from dashboards.figures.overview import points_of
from dashboards.figures.plotting import Plot, View, finish, value_axis
from dashboards.figures.series import LineChart, Series
from dashboards.filters import dimension_label, shown_value
from dashboards.language import _
from dashboards.queries.efficiency import HANDLING, PARTS, Agent, CostRow, Shrinkage, Split
from dashboards.queries.trends import Trend

_REACH = 2.5


def parts_chart(found: Trend) -> LineChart:
    """The whole handling time and its parts, from zero."""
    series = []
    for metric, name in ((HANDLING, _("Handling")), *zip(PARTS, part_names(), strict=True)):
        points = points_of([row for row in found.rows if row.metric == metric])
        if sum(point.value is not None for point in points) >= 2:
            series.append(Series(name, points))
    note = _("last week") if found.is_weekly else _("last month")
    return LineChart(tuple(series), "seconds", _("Handling"), from_zero=True, end_note=note)


def part_names() -> tuple[str, str, str]:
    """Talk, hold and after-contact work."""
    return _("Talk"), _("Hold"), _("After work")


def parts_table(found: Trend) -> Table:
    """A row per period."""
    columns = (
        Column("period", _("Week from") if found.is_weekly else _("Month"), "date"),
        Column(HANDLING, _("Handling"), "seconds", strong=True),
        *(Column(metric, name, "seconds") for metric, name in zip(PARTS, part_names(), strict=True)),
        Column("n", _("n"), "count"),
    )
    values: dict[object, dict[str, object]] = {}
    for row in found.rows:
        cells = values.setdefault(row.period, {"period": row.period})
        cells[row.metric] = row.value
        if row.metric == HANDLING:
            cells["n"] = row.n
    return Table(columns, tuple(values[period] for period in sorted(values, key=str, reverse=True)))


def agent_scatter(agents: Sequence[Agent], view: View, *, height: int = 320) -> Plot:
    """Contacts handled across, handling time against peers upwards; bars are 95 % intervals over days."""
    ink = view.colours
    looks = {"alike": (ink["peer"], True), "slower": (ink["bad"], False), "faster": (ink["good"], True)}
    data = [
        _agent_trace([a for a in agents if a.verdict == verdict], colour, ink["canvas"], is_filled=filled)
        for verdict, (colour, filled) in looks.items()
    ]
    ends = [end for a in agents for end in (a.ratio.low, a.ratio.high, a.ratio.value) if end is not None]
    low, high = max(0.0, min(ends) - 0.03), min(_REACH, max(ends) + 0.03)
    ticks = formats.nice_steps((low - 1) * 100, (high - 1) * 100, 5)
    texts = [f"{formats.signed(tick)}" if tick else _("as peers") for tick in ticks]
    texts[-1] = formats.with_unit(texts[-1], "%")
    across, labels = value_axis(0, max(a.contacts for a in agents) * 1.06, "", most=6, whole=True)
    layout: Plot = {
        "hovermode": "closest",
        "yaxis": {"range": [low, high], "tickvals": [1 + tick / 100 for tick in ticks], "ticktext": texts},
        "xaxis": {
            "range": [0, max(a.contacts for a in agents) * 1.06],
            "tickvals": across,
            "ticktext": labels,
            "title": {"text": _("Contacts handled"), "font": {"size": 11, "color": ink["ink-3"]}, "standoff": 6},
        },
        "shapes": [
            {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": 1, "y1": 1,
             "line": {"color": ink["ink-1"], "width": 1.25}}
        ],
    }  # fmt: skip
    figure = finish(
        {"data": [trace for trace in data if trace["x"]], "layout": layout}, view, height=height, right=12, left=64
    )
    figure["layout"]["margin"]["b"] = 44
    return figure


def _agent_trace(agents: Sequence[Agent], colour: str, canvas: str, *, is_filled: bool) -> Plot:
    up = [(a.ratio.high or a.ratio.value) - a.ratio.value for a in agents]
    down = [a.ratio.value - (a.ratio.low or a.ratio.value) for a in agents]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [a.contacts for a in agents],
        "y": [a.ratio.value for a in agents],
        "error_y": {"type": "data", "array": up, "arrayminus": down, "color": colour, "thickness": 1, "width": 0},
        "marker": {"size": 8, "color": colour if is_filled else canvas, "line": {"color": colour, "width": 1.75}},
        "customdata": [
            f"{a.team} · {a.key[:6]} · {formats.quantity(a.seconds, 'seconds')} · n {formats.count(a.contacts)}"
            for a in agents
        ],
        "hovertemplate": "%{customdata}<extra></extra>",
    }


def agent_table(agents: Sequence[Agent]) -> Table:
    """A row per agent, by pseudonym."""
    columns = (
        Column("agent", _("Agent")),
        Column("team", _("Team")),
        Column("contacts", _("Contacts"), "count"),
        Column("handling_seconds", _("Handling"), "seconds"),
        Column("against_peers", _("Of peers’ time"), "ratio", strong=True),
        Column("low", _("Interval from"), "ratio"),
        Column("high", _("Interval to"), "ratio"),
        Column("days", _("Days"), "count"),
        Column("verdict", _("Verdict")),
        Column("per_hour", _("Contacts per paid hour"), "score"),
        Column("per_hour_low", _("Interval from"), "score"),
        Column("per_hour_high", _("Interval to"), "score"),
    )
    words = {"slower": _("longer"), "faster": _("less"), "alike": _("could be chance")}
    rows = [
        {
            "agent": a.key[:6],
            "team": a.team,
            "contacts": a.contacts,
            "handling_seconds": a.seconds,
            "against_peers": a.ratio.value,
            "low": a.ratio.low,
            "high": a.ratio.high,
            "days": a.ratio.days,
            "verdict": words[a.verdict],
            "per_hour": a.productivity.value if a.productivity else None,
            "per_hour_low": a.productivity.low if a.productivity else None,
            "per_hour_high": a.productivity.high if a.productivity else None,
        }
        for a in agents
    ]
    return Table(columns, tuple(rows))


def shrinkage_table(parts: Sequence[Shrinkage]) -> Table:
    """Parts of paid time."""
    columns = (Column("part", _("Time")), Column("share", _("Share of paid time"), "ratio", strong=True))
    return Table(columns, tuple({"part": part_name(p.part), "share": p.share} for p in parts))


def split_table(splits: Sequence[Split], labels: dict[str, str], currency: str) -> Table:
    """A row per metric and cut: before, now, the change, of which mix and rate."""
    columns = (
        Column("metric", _("Measure")),
        Column("by", _("Cut by")),
        Column("before", _("Before"), unit_key="unit", kind="unit"),
        Column("now", _("Now"), unit_key="unit", kind="unit"),
        Column("change", _("Change"), "change", "unit"),
        Column("mix", _("Mix"), "change", "unit"),
        Column("rate", _("Rate"), "change", "unit"),
        Column("note", _("Reversal")),
    )
    rows = [
        {
            "metric": labels[s.metric],
            "by": dimension_label(s.by),
            "unit": s.unit,
            "before": s.before,
            "now": s.now,
            "change": s.change,
            "mix": s.mix,
            "rate": s.rate,
            "note": _("against every part") if s.is_reversed else _("no"),
        }
        for s in splits
    ]
    return Table(columns, tuple(rows), currency)


def cost_table(rows: Sequence[CostRow], currency: str) -> Table:
    """A row per channel."""
    columns = (
        Column("channel", _("Channel")),
        Column("value", _("Cost per contact"), "currency", strong=True),
        Column("change", _("Change"), "change", "unit"),
        Column("n", _("Handled"), "count"),
    )
    return Table(
        columns,
        tuple(
            {
                "channel": shown_value("channel", r.channel) if r.channel else _("All"),
                "value": r.row.value,
                "change": r.change.difference if r.change else None,
                "unit": "currency",
                "n": r.row.n if r.row.n is not None else r.row.denominator,
            }
            for r in rows
        ),
        currency,
    )


def team_table(teams: Sequence[tuple[str, dict[str, MetricRow]]], labels: dict[str, str]) -> Table:
    """A row per team with its measures."""
    names = [name for name in labels if any(name in cells for _team, cells in teams)]
    units = {name: next(cells[name].unit for _team, cells in teams if name in cells) for name in names}
    columns = [Column("team", _("Team"))]
    for place, name in enumerate(names):
        columns.append(Column(name, labels[name], units[name], strong=not place))
        if not place:
            columns += [Column("low", _("Interval from"), units[name]), Column("high", _("Interval to"), units[name])]
    rows = []
    for team, cells in teams:
        lead = cells.get(names[0]) if names else None
        rows.append(
            {
                "team": shown_value("team", team),
                **{name: cells[name].value if name in cells else None for name in names},
                "low": lead.low if lead else None,
                "high": lead.high if lead else None,
            }
        )
    return Table(tuple(columns), tuple(rows))
