"""The Overview's figures from its frames: the trend per channel, and the tables behind the charts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from analytics.metrics import MetricRow
from analytics.metrics.periods import next_period
from dashboards import formats
from dashboards.components.tables import Column, Table
from dashboards.figures.sentences import tidy
from dashboards.figures.series import Goal, LineChart, Point, Series
from dashboards.filters import shown_value
from dashboards.language import _
from dashboards.queries.judging import Target
from dashboards.queries.overview import ChannelLevel
from dashboards.queries.trends import Trend


def points_of(rows: Sequence[MetricRow], settling_from: date | None = None) -> tuple[Point, ...]:
    """Rows of one series as points, in order of time; a week or month without a row is a gap.

    Periods that end after ``settling_from`` are marked as still settling.
    """
    by_day = {row.period: Point(row.period, row.value, row.low, row.high, row.n) for row in rows if row.period}
    days = sorted(by_day)
    if len(days) < 2:
        return tuple(by_day[day] for day in days)
    grain = "month" if all(day.day == 1 for day in days) else "week" if len({d.weekday() for d in days}) == 1 else "day"
    points, day = [], days[0]
    while day <= days[-1]:
        following = next_period(day, grain)  # type: ignore[arg-type]
        point = by_day.get(day) or Point(day, None)
        is_settling = settling_from is not None and following > settling_from
        points.append(replace(point, is_settling=True) if is_settling else point)
        day = following
    return tuple(points)


def goal_of(target: Target | None, unit: str, *, inside: str = "") -> Goal | None:
    """The target line with its words."""
    if target is None:
        return None
    value = tidy(target.value, unit)
    words = (
        _("Target: at least {value}", value=value) if target.higher_meets else _("Target: at most {value}", value=value)
    )
    return Goal(target.value, target.higher_meets, f"{words} {inside}".strip())


def channel_chart(
    rows: Sequence[MetricRow], channels: Sequence[ChannelLevel], target: Target | None, *, weekly: bool
) -> LineChart:
    """A line per channel; the title speaks of the worst one."""
    verdicts = {c.channel: c.verdict for c in channels}
    names = list(dict.fromkeys(str(row.dimensions.get("channel") or "unknown") for row in rows))
    series = []
    for channel in names:
        mine = [row for row in rows if str(row.dimensions.get("channel") or "unknown") == channel]
        points = points_of(mine)
        if sum(p.value is not None for p in points) >= 2:
            series.append(Series(shown_value("channel", channel), points, verdicts.get(channel, "no-target")))
    focus = _focus(channels, {s.name for s in series})
    return LineChart(
        tuple(series),
        "ratio",
        focus,
        goal_of(target, "ratio", inside=_("inside threshold")),
        end_note=_("last week") if weekly else _("last month"),
    )


def _focus(channels: Sequence[ChannelLevel], drawn: set[str]) -> str | None:
    single = [c for c in channels if c.channel and shown_value("channel", c.channel) in drawn]
    if not single:
        return next(iter(sorted(drawn)), None)
    missed = [c for c in single if c.verdict == "missed"]
    return shown_value("channel", (missed or single)[-1].channel)


def trend_table(trend: Trend) -> Table:
    """What the lines show, a row per channel and period."""
    columns = (
        Column("period", _("Week from") if trend.is_weekly else _("Month"), "date"),
        Column("channel", _("Channel")),
        Column("value", _("Inside threshold"), "ratio", strong=True),
        Column("low", _("Interval from"), "ratio"),
        Column("high", _("Interval to"), "ratio"),
        Column("n", _("n"), "count"),
    )
    ordered = sorted(trend.rows, key=lambda r: (r.period, str(r.dimensions.get("channel"))), reverse=True)
    return Table(
        columns,
        tuple(
            {
                "period": r.period,
                "channel": shown_value("channel", r.dimensions.get("channel")),
                "value": r.value,
                "low": r.low,
                "high": r.high,
                "n": r.n,
            }
            for r in ordered
        ),
    )


def channel_table(channels: Sequence[ChannelLevel]) -> Table:
    """The channel table as raw values."""
    columns = (
        Column("channel", _("Channel")),
        Column("threshold_seconds", _("Threshold"), "seconds"),
        Column("value", _("Inside threshold"), "ratio"),
        Column("low", _("Interval from"), "ratio"),
        Column("high", _("Interval to"), "ratio"),
        Column("n", _("n"), "count"),
        Column("target", _("Target"), "ratio"),
        Column("verdict", _("Verdict")),
    )
    rows = tuple(
        {
            "channel": shown_value("channel", c.channel) if c.channel else _("All"),
            "threshold_seconds": c.threshold_seconds,
            "value": c.row.value,
            "low": c.row.low,
            "high": c.row.high,
            "n": c.row.n,
            "target": c.target.value if c.target else None,
            "verdict": c.verdict,
        }
        for c in channels
    )
    return Table(columns, rows)


def thresholds_note(channels: Sequence[ChannelLevel]) -> str:
    """``thresholds: voice and callback 20 s, chat 30 s``."""
    groups: dict[float, list[str]] = {}
    for channel in channels:
        if channel.channel and channel.threshold_seconds is not None:
            groups.setdefault(channel.threshold_seconds, []).append(shown_value("channel", channel.channel).lower())
    if not groups:
        return ""
    said = [
        f"{formats.say_list(sorted(names))} {tidy(seconds, 'seconds')}" for seconds, names in sorted(groups.items())
    ]
    return _("thresholds: {list}", list=", ".join(said))
