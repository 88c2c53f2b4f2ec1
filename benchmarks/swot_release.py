"""Loads a made-up company into rollup-shaped tables of a database in memory, with a semantic manifest of its own."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

from analytics.metrics import write_catalogue
from benchmarks.swot_company import KINDS, SPREAD, Company, Kind
from warehouse.store import Connection

METRICS = {
    "service_level": ("service_level", "contacts", "wilson", "ratio"),
    "satisfaction": ("csat", "surveys", "wilson", "ratio"),
    "first_contact_resolution": ("fcr_internal", "contacts", "wilson", "ratio"),
    "reopening": ("reopen_rate", "contacts", "wilson", "ratio"),
    "handling_time": ("aht_seconds", "contacts", "t", "seconds"),
}
"""Per factor the metric it is measured by, and how that is told."""
DIMENSIONS = ("channel", "team")


def load(con: Connection, company: Company) -> None:
    """Rollups, cluster rollups, factors, targets and the catalogue of metrics."""
    for schema in ("rollups", "marts", "quality"):
        con.execute(f"create schema if not exists {schema}")
    con.execute("create or replace table quality.withdrawn (metric varchar, check_name varchar, reason varchar)")
    _write(con, "rollups.rollup_cases_day", company.contacts)
    names = ", ".join(f"sum({side}_{k.factor}) as {side}_{k.factor}" for k in KINDS for side in "xy")
    con.execute(
        "create or replace table rollups.rollup_cases_month as select cast(date_trunc('month', arrived_on) as date) "
        f"as month_on, channel, team, {names} from rollups.rollup_cases_day group by all order by all"
    )
    measure = {factor: metric for factor, (metric, *_) in METRICS.items()}
    _write(con, "rollups.rollup_spread_month", company.spread)
    agents = company.agents.assign(measure=company.agents["factor"].map(measure), region="unknown")
    _write(con, "rollups.rollup_agent_clusters_month", agents.drop(columns="factor"))
    customers = company.customers.assign(measure=company.customers["factor"].map(measure))
    _write(con, "rollups.rollup_customer_clusters_month", customers.drop(columns="factor"))
    _catalogues(con)


def _write(con: Connection, table: str, frame: Any) -> None:
    con.register("made_up", frame)
    dates = [c for c in ("arrived_on", "month_on") if c in frame.columns]
    replaced = ", ".join(f"cast({c} as date) as {c}" for c in dates)
    con.execute(f"create or replace table {table} as select * replace ({replaced}) from made_up")


def _catalogues(con: Connection) -> None:
    con.execute(
        "create or replace table marts.targets (metric varchar, entity_dimension varchar, entity varchar, "
        "comparison varchar, value double, valid_from date, valid_to date, owner varchar, dimension varchar)"
    )
    for kind in KINDS:
        if kind.has_target:
            sign = ">=" if kind.better > 0 else "<="
            con.execute("insert into marts.targets values (?, 'organisation', null, ?, ?, null, null, null, null)",
                        [METRICS[kind.factor][0], sign, kind.level])  # fmt: skip
    wanted = ", ".join(f"'{factor}'" for factor in (*METRICS, SPREAD))
    shipped = Path(__file__).resolve().parent.parent / "seeds" / "reference" / "swot_factors.csv"
    con.execute(
        f"create or replace table marts.swot_factors as select * from read_csv('{shipped}', header = true, "
        f"all_varchar = true) where factor in ({wanted})"
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "semantic_manifest.json"
        path.write_text(json.dumps(manifest()), encoding="utf-8")
        write_catalogue(con, path)


def manifest() -> dict[str, Any]:
    """dbt's semantic manifest of the made-up rollups."""
    metrics = [m for kind in KINDS for m in _metrics(kind)] + _spread_metrics()
    return {"semantic_models": [_model(), _spread_model()], "metrics": metrics}


def _spread_model() -> dict[str, Any]:
    return {
        "name": "spread",
        "node_relation": {"alias": "rollup_spread_month", "schema_name": "rollups", "database": "w",
                          "relation_name": ""},
        "defaults": {"agg_time_dimension": "month_on"},
        "entities": [{"name": "spread", "type": "primary", "expr": "1"}],
        "dimensions": [{"name": "month_on", "type": "time", "type_params": {"time_granularity": "month"},
                        "expr": None}],
        "measures": [{"name": f"{side}_spread", "agg": "sum", "expr": f"{side}_spread"} for side in "xy"],
    }  # fmt: skip


def _spread_metrics() -> list[dict[str, Any]]:
    parts = [_metric(f"{side}_spread", "simple", {"measure": {"name": f"{side}_spread"}}, {}) for side in "xy"]
    given = {"numerator": {"name": "y_spread"}, "denominator": {"name": "x_spread"}}
    meta = {"unit": "ratio", "direction": "lower", "interval": "none", "rollups": []}
    return [*parts, _metric("team_spread_csat", "ratio", given, meta)]


def _model() -> dict[str, Any]:
    sums = [f"{side}_{kind.factor}" for kind in KINDS for side in "xy"]
    return {
        "name": "cases",
        "node_relation": {"alias": "rollup_cases_day", "schema_name": "rollups", "database": "w", "relation_name": ""},
        "defaults": {"agg_time_dimension": "arrived_on"},
        "entities": [{"name": "cases", "type": "primary", "expr": "1"}],
        "dimensions": [
            {"name": "arrived_on", "type": "time", "type_params": {"time_granularity": "day"}, "expr": None},
            *({"name": d, "type": "categorical", "type_params": None, "expr": None} for d in DIMENSIONS),
        ],
        "measures": [{"name": name, "agg": "sum", "expr": name} for name in sums],
    }


def _metrics(kind: Kind) -> list[dict[str, Any]]:
    name, _, interval, unit = METRICS[kind.factor]
    direction = "higher" if kind.better > 0 else "lower"
    meta = {"unit": unit, "direction": direction, "interval": interval, "rollups": ["rollup_cases_month"]}
    parts = [_metric(f"{side}_{name}", "simple", {"measure": {"name": f"{side}_{kind.factor}"}}, {}) for side in "xy"]
    given = {"numerator": {"name": f"y_{name}"}, "denominator": {"name": f"x_{name}"}}
    return [*parts, _metric(name, "ratio", given, meta)]


def _metric(name: str, kind: str, parameters: dict[str, Any], meta: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": name, "description": name, "label": name, "type": kind, "type_params": parameters, "filter": None,
        "config": {"meta": meta},
    }  # fmt: skip
