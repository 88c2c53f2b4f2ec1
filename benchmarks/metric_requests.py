"""How long a metric request takes once it is warm: the questions that pages and analysts put, on one core."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from analytics.metrics import Metric, MetricRequest, ask, catalogue, write_catalogue
from analytics.metrics.periods import add_months, last_of_month
from analytics.metrics.table import Frozen
from benchmarks.callbacks import quantile
from benchmarks.table import Line
from warehouse.errors import UsageError
from warehouse.releases import ReleaseReader
from warehouse.settings import load_settings
from warehouse.store import Connection, connect

P95_SECONDS = 0.015
_TIMES = 5
_SLOWEST = 3
# Contacts and tickets: what operations asks. Metrics of months and surveys are smaller.
_TABLES = ("rollup_contacts", "rollup_tickets", "rollup_backlog", "rollup_durations", "rollup_demand")


def metric_requests(workspace: Path, times: int = _TIMES) -> list[Line]:
    """p50 and p95 of the best of ``times`` warm askings, over every request of the mix, on the current release."""
    release = ReleaseReader(load_settings(workspace), threads=1).current()
    return measure(release, times)


def of_built(database: Path, manifest: Path, times: int = _TIMES) -> list[Line]:
    """The same on a database dbt has just built, of the metrics whose models are there."""
    reduced = database.with_suffix(".semantic.json")
    with connect(database) as con:
        reduced.write_text(json.dumps(measured_only(con, json.loads(manifest.read_text("utf-8")))), encoding="utf-8")
        write_catalogue(con, reduced)
    with connect(database, read_only=True, threads=1) as con:
        return measure(Frozen(con), times)


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


def measured_only(con: Connection, manifest: dict[str, Any]) -> dict[str, Any]:
    """The semantic manifest without what rests on models that were not built here."""
    there = {row["t"] for row in con.rows("select table_name as t from information_schema.tables")}
    models = [m for m in manifest["semantic_models"] if m["node_relation"]["alias"] in there]
    known = {measure["name"] for m in models for measure in m.get("measures") or []}
    metrics = {m["name"]: m for m in manifest["metrics"]}

    def stands(metric: dict[str, Any]) -> bool:
        given = metric["type_params"]
        meta = metric["config"]["meta"] or {}
        quantile = meta.get("quantile") or {}
        meta["rollups"] = [name for name in meta.get("rollups") or [] if name in there]
        if quantile and (quantile.get("histogram") or quantile.get("survival")) not in there:
            return False
        inputs = [
            i["name"] for i in [given.get("numerator"), given.get("denominator"), *(given.get("metrics") or [])] if i
        ]
        measured = metric["type"] != "simple" or given["measure"]["name"] in known
        pending = meta.get("pending") is None or meta["pending"] in known
        return measured and pending and all(stands(metrics[name]) for name in inputs)

    return {**manifest, "semantic_models": models, "metrics": [m for m in metrics.values() if stands(m)]}
