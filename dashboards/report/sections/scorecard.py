"""The scorecard in four dimensions, and service level by channel over time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from analytics.metrics import MetricRow
from dashboards import formats
from dashboards.components.marks import verdict_word
from dashboards.components.scorecard import dimension_name, over_words
from dashboards.components.tables import Column, Table
from dashboards.figures import overview as figures
from dashboards.figures import sentences
from dashboards.figures.trend_sentences import trend_title
from dashboards.filters import Filters
from dashboards.language import _, current
from dashboards.queries import overview
from dashboards.queries.measures import Measure
from dashboards.reading import Reading
from dashboards.report.model import Block, Grid, Lines, Section


def section(reading: Reading, filters: Filters) -> Section | None:
    """Values, targets, intervals and verdicts, then the trend."""
    blocks: list[Block] = []
    for score in overview.scorecard(reading, filters):
        rows = [_row(one, reading) for one in (score.lead, *score.further) if one]
        if rows:
            tally = sentences.targets_tally(score.met, len(score.judged), score.undecided)
            title = f"{dimension_name(score.dimension)}: {tally}"
            blocks.append(
                Grid(title if score.judged else dimension_name(score.dimension), Table(_columns(), tuple(rows)))
            )
    trend = _trend(reading, filters)
    return Section("scorecard", _("Scorecard"), (*blocks, *([trend] if trend else [])))


def _columns() -> tuple[Column, ...]:
    return (
        Column("measure", _("Measure")),
        Column("value", _("Value"), "words", strong=True),
        Column("interval", _("95\u202f% interval"), "words"),
        Column("n", _("n"), "words"),
        Column("target", _("Target"), "words"),
        Column("verdict", _("Verdict")),
    )


def _row(one: Measure, reading: Reading) -> Mapping[str, Any]:
    unit, currency = one.metric.unit, reading.currency
    return {
        "measure": one.metric.label_in(current()) + over_words(one),
        **_numbers(one.row if one.state == "shown" else None, one.state, unit, currency),
        "target": f"{one.target.sign} {sentences.tidy(one.target.value, unit, currency)}" if one.target else _("none"),
        "verdict": verdict_word(one.verdict) if one.state == "shown" else "",
    }


def _numbers(row: MetricRow | None, state: str, unit: str, currency: str) -> Mapping[str, str]:
    if row is None or row.value is None:
        states = {"withdrawn": _("withheld: a check failed"), "suppressed": _("hidden, n < 5")}
        return {"value": states.get(state, _("no data"))}
    has_interval = row.low is not None and row.high is not None
    return {
        "value": str(formats.quantity(row.value, unit, currency=currency)),
        "interval": formats.interval(row.low or 0, row.high or 0, unit, currency=currency) if has_interval else "",
        "n": formats.count(row.n) if row.n is not None else _("full count"),
    }


def _trend(reading: Reading, filters: Filters) -> Lines | None:
    trend = overview.level_trend(reading, filters)
    channels = overview.channel_levels(reading, filters)
    target = overview.level_target(reading, dict(filters.values), filters.period.end)
    chart = figures.channel_chart(trend.rows, channels, target, weekly=trend.is_weekly)
    focus = next((s for s in chart.series if s.name == chart.focus), None)
    if focus is None:
        return None
    first = min(p.day for s in chart.series for p in s.points)
    span = {"start": formats.date_short(first), "end": formats.date_long(filters.period.end)}
    sub = (
        _(
            "Share answered inside the channel’s threshold, weekly, {start} to {end}. Shaded: 95\u202f% interval.",
            **span,
        )
        if trend.is_weekly
        else _(
            "Share answered inside the channel’s threshold, monthly, {start} to {end}. Shaded: 95\u202f% interval.",
            **span,
        )
    )
    title = trend_title(focus.name, focus.points, chart.goal, weekly=trend.is_weekly)
    return Lines(title, sub, chart, figures.thresholds_note(channels))
