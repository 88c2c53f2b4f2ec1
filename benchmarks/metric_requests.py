"""How long a metric request takes once it is warm: the questions that pages and analysts put, on one core."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from analytics.metrics import Metric, MetricRequest, ask, catalogue
from analytics.metrics.periods import add_months, last_of_month
from benchmarks.callbacks import quantile
from benchmarks.table import Line
from warehouse.errors import UsageError
from warehouse.releases import ReleaseReader
from warehouse.settings import load_settings

P95_SECONDS = 0.015
_TIMES = 5
_SLOWEST = 3
# Contacts and tickets: what operations asks. Metrics of months and surveys are smaller.
_TABLES = ("rollup_contacts", "rollup_tickets", "rollup_backlog", "rollup_durations", "rollup_demand")


def metric_requests(workspace: Path, times: int = _TIMES) -> list[Line]:
    """p50 and p95 of the best of ``times`` warm askings, over every request of the mix, on the current release."""
    release = ReleaseReader(load_settings(workspace), threads=1).current()
    return measure(release, times)


def measure(database: Any, times: int = _TIMES) -> list[Line]:
    """The same on any database that has a catalogue and rollups."""
    end = last_of_month(add_months(_newest(database), -1))
    found = {asked: _best(database, asked, times) for asked in mix(catalogue(database), end)}
    seconds = {asked: best for asked, best in found.items() if best is not None}
    slowest = sorted(seconds, key=lambda asked: -seconds[asked])[:_SLOWEST]
    values = list(seconds.values())
    p50 = f" (p50 {quantile(values, 0.5) * 1000:.1f} ms, {len(values)} requests)"
    return [
        *(Line("a slow request", f"{seconds[asked] * 1000:.1f} ms: {told(asked)}") for asked in slowest),
        Line.limited(f"metric request warm, p95{p50}", quantile(values, 0.95) * 1000, P95_SECONDS * 1000, "{:.1f} ms"),
    ]


def mix(metrics: dict[str, Metric], end: date) -> Iterator[MetricRequest]:
    """Each metric over a month and a year: whole, per channel, per team, one channel, by week and by month."""
    month, year = end.replace(day=1), add_months(end.replace(day=1), -12)
    for name, metric in metrics.items():
        if metric.needs_filter or not any(kind in rollup.table for rollup in metric.rollups() for kind in _TABLES):
            continue
        for by in ((), ("channel",), ("team",)):
            yield MetricRequest((name,), by, None, (), month, end)
        yield MetricRequest((name,), (), "month", (), year, end)
        yield MetricRequest((name,), (), "week", (), add_months(month, -5), end)
        yield MetricRequest((name,), ("channel",), "month", (), year, end)
        yield MetricRequest((name,), (), None, (("channel", "chat"),), month, end)
        yield MetricRequest((name,), (), "month", (("channel", "chat"),), year, end)


def told(asked: MetricRequest) -> str:
    """A request as it is typed."""
    parts = [", ".join(asked.metrics), *(f"by {name}" for name in asked.by)]
    parts += [f"per {asked.grain}"] if asked.grain else []
    return " ".join([*parts, *(f"where {name} = {value}" for name, value in asked.where)])


def _best(database: Any, asked: MetricRequest, times: int) -> float | None:
    """The quickest of some askings; none where the metric cannot be asked so."""
    seconds = []
    for _ in range(times):
        began = time.perf_counter()
        try:
            ask(database, asked)
        except UsageError:
            return None
        seconds.append(time.perf_counter() - began)
    return min(seconds)


def _newest(database: Any) -> date:
    found = database.rows("select max(created_on) as day from rollups.rollup_tickets_created_day")[0]["day"]
    if not isinstance(found, date):
        raise SystemExit("There are no tickets in this database to ask for.")
    return found
