"""`python -m benchmarks.swot_speed`: CPU seconds of the whole engine for a made-up catalogue of 40 factors, 60 entities
and 24 months before the period. The limit is 10."""

from __future__ import annotations

import json
import sys
import tempfile
import time
from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np
import pandas as pd

from analytics.metrics import write_catalogue
from analytics.swot import build
from warehouse.store import Connection, connect

FACTORS, LIMIT = 40, 10.0
ENTITIES = {"channel": 5, "team": 15, "region": 6, "segment": 6, "topic": 28}
AS_OF = datetime(2026, 11, 1)


def main() -> int:
    """Measure and print; 1 when the limit is missed."""
    with connect(None, threads=2) as con:
        _load(con)
        began = time.process_time()
        report = build(con, AS_OF)
        seconds = time.process_time() - began
    print(f"{report.factors} factors × {report.entities - 1} entities × 24 months, {report.evidence:,} comparisons: "
          f"{seconds:.1f} CPU s (limit {LIMIT:g})")  # fmt: skip
    return int(seconds > LIMIT)


def _load(con: Connection) -> None:
    rng = np.random.default_rng(1)
    days = [date(2024, 9, 1) + timedelta(days=i) for i in range((date(2026, 11, 1) - date(2024, 9, 1)).days)]
    per_day = 60
    n = len(days) * per_day
    frame = pd.DataFrame({"arrived_on": [day for day in days for _ in range(per_day)]})
    for name, size in ENTITIES.items():
        frame[name] = [f"{name} {code:02}" for code in rng.integers(0, size, n)]
    for factor in range(FACTORS):
        frame[f"x{factor}"] = rng.poisson(12, n)
        frame[f"y{factor}"] = rng.binomial(frame[f"x{factor}"], 0.6)
    for schema in ("rollups", "marts", "quality"):
        con.execute(f"create schema {schema}")
    con.register("made_up", frame)
    con.execute(
        "create table rollups.rollup_cases_day as "
        "select * replace (cast(arrived_on as date) as arrived_on) from made_up"
    )
    con.execute("create table quality.withdrawn (metric varchar, check_name varchar, reason varchar)")
    con.execute(
        "create table marts.targets as select 'm' || i as metric, 'organisation' as entity_dimension, "
        "null::varchar as entity, '>=' as comparison, 0.6 as value, null::date as valid_from, null::date as valid_to, "
        "null::varchar as owner, null::varchar as dimension from range(40) t(i)"
    )
    con.execute(
        "create table marts.swot_factors as select 'f' || i as factor, 'internal' as scope, 'x' as theme, "
        "null::varchar as bears_on, 'wait' as chain_stage, 'm' || i as metric, 'higher' as direction, "
        "'target|peer|previous|trend' as comparators, 0.02 as swd, 0.025 as weight, null::double as rating, "
        "100 as minimum_n, 'x' as owner_role, 'y' as dimension from range(40) t(i)"
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "semantic_manifest.json"
        path.write_text(json.dumps(_manifest()), encoding="utf-8")
        write_catalogue(con, path)


def _manifest() -> dict:
    model = {
        "name": "cases",
        "node_relation": {"alias": "rollup_cases_day", "schema_name": "rollups", "database": "w", "relation_name": ""},
        "defaults": {"agg_time_dimension": "arrived_on"},
        "entities": [{"name": "cases", "type": "primary", "expr": "1"}],
        "dimensions": [
            {"name": "arrived_on", "type": "time", "type_params": {"time_granularity": "day"}, "expr": None},
            *({"name": d, "type": "categorical", "type_params": None, "expr": None} for d in ENTITIES),
        ],
        "measures": [{"name": f"{s}{i}", "agg": "sum", "expr": f"{s}{i}"} for i in range(FACTORS) for s in "xy"],
    }
    metrics = []
    for i in range(FACTORS):
        meta = {"unit": "ratio", "direction": "higher", "interval": "wilson"}
        metrics += [_metric(f"{s}m{i}", "simple", {"measure": {"name": f"{s}{i}"}}, {}) for s in "xy"]
        given = {"numerator": {"name": f"ym{i}"}, "denominator": {"name": f"xm{i}"}}
        metrics.append(_metric(f"m{i}", "ratio", given, meta))
    return {"semantic_models": [model], "metrics": metrics}


def _metric(name: str, kind: str, parameters: dict, meta: dict) -> dict:
    return {
        "name": name, "description": name, "label": name, "type": kind, "type_params": parameters, "filter": None,
        "config": {"meta": meta},
    }  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
