"""The same requests through MetricFlow give the same numbers: dbt's semantic layer is the one definition.

MetricFlow writes its SQL in this process (20 ms a request); the SQL runs on the release. Quantiles it takes from single
rows, we from log buckets: they agree within the 1 % the buckets promise. Only Kaplan–Meier quantiles are left out:
MetricFlow's percentile knows nothing of what is still open.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from analytics.metrics import Metric, MetricRequest, ask, catalogue
from orchestration.dbt_runner import semantic_manifest_path
from warehouse.errors import UsageError
from warehouse.releases import Release
from warehouse.settings import load_settings

pytest.importorskip("metricflow", reason="dbt-metricflow is a dependency of the tests only")
_TIME = "metric_time__month"
# What such a metric must be held to, to mean anything (meta.needs_filter).
_HELD_TO = {
    "indicator": "unemployed",
    "subject": "us",
    "stage": "interview",
    "is_own": "true",
    "currency": "EUR",
}


class _Written:
    """A client that runs nothing: MetricFlow only writes the SQL."""

    def __init__(self) -> None:
        from metricflow.protocols.sql_client import SqlEngine
        from metricflow.sql.render.duckdb_renderer import DuckDbSqlPlanRenderer

        self.sql_engine_type = SqlEngine.DUCKDB
        self.sql_plan_renderer = DuckDbSqlPlanRenderer()

    def close(self) -> None:
        """Nothing is open."""

    def render_bind_parameter_key(self, bind_parameter_key: str) -> str:
        """Unused: filters are texts."""
        return bind_parameter_key


@dataclass(frozen=True)
class _MetricFlow:
    """MetricFlow over the semantic manifest the workspace was built with."""

    engine: Any
    release: Release
    models: dict[str, Any]

    def months(
        self, names: list[str], group_by: str | None = None, where: str | None = None, time: str = _TIME
    ) -> list[dict[str, Any]]:
        """Rows per month (and one dimension) with a column per metric."""
        from metricflow.engine.metricflow_engine import MetricFlowQueryRequest

        groups = [time, *([group_by] if group_by else [])]
        asked = MetricFlowQueryRequest.create(
            metric_names=names, group_by_names=groups, where_constraints=[where] if where else None
        )
        return self.release.rows(self.engine.explain(asked).sql_statement.sql.replace('"warehouse".', ""))


@pytest.fixture(scope="session")
def metricflow(workspace: Path, release: Release) -> _MetricFlow:
    from metricflow.engine.metricflow_engine import MetricFlowEngine
    from metricflow_semantics.model.dbt_manifest_parser import parse_manifest_from_dbt_generated_manifest
    from metricflow_semantics.model.semantic_manifest_lookup import SemanticManifestLookup

    text = semantic_manifest_path(load_settings(workspace)).read_text(encoding="utf-8")
    lookup = SemanticManifestLookup(parse_manifest_from_dbt_generated_manifest(text))
    models = {model["name"]: model for model in json.loads(text)["semantic_models"]}
    return _MetricFlow(MetricFlowEngine(lookup, _Written()), release, models)  # type: ignore[arg-type]


def _summed(metrics: dict[str, Metric]) -> list[Metric]:
    return [metric for metric in metrics.values() if metric.quantile is None]


def _is_weekly(metric: Metric) -> bool:
    """Whether some part of it is kept by week only: such weeks make no months."""
    return any(all(r.grain == "week" for r in part.rollups) for part in metric.components.values())


def _month(value: Any) -> str:
    return str(value)[:7]


def _is_state(metric: Metric) -> bool:
    return any(part.last_by is not None for part in metric.components.values())


def _is_share_of_nothing(metric: Metric, value: float | None) -> bool:
    """A share of a state that the slice does not have on the period's last day.

    It is nothing with us; MetricFlow goes back to the last day on which the slice had any.
    """
    return value is None and _is_state(metric) and metric.denominator is not None


def _same(ours: float | None, theirs: Any) -> bool:
    if theirs is None or (isinstance(theirs, float) and math.isnan(theirs)):
        return ours is None
    return ours is not None and math.isclose(ours, float(theirs), rel_tol=1e-9, abs_tol=1e-9)


def test_every_metric_is_the_same_through_metricflow_month_by_month(metricflow: _MetricFlow, release: Release) -> None:
    metrics, wrong, compared = catalogue(release), [], 0
    for metric in _summed(metrics):
        if metric.needs_filter:
            continue
        grain = "week" if _is_weekly(metric) else "month"
        time = f"metric_time__{grain}"
        theirs = {str(row[time])[:10]: row[metric.name] for row in metricflow.months([metric.name], time=time)}
        rows = ask(release, MetricRequest((metric.name,), grain=grain))  # type: ignore[arg-type]
        ours = {str(row.period): row.value for row in rows if not row.withdrawn_by and not row.suppressed}
        wrong += [
            f"{metric.name} {month}: ours {value}, MetricFlow {theirs.get(month)}"
            for month, value in ours.items()
            if not _same(value, theirs.get(month))
        ]
        compared += sum(value is not None for value in ours.values())
    assert not wrong, "\n".join(wrong[:20])
    assert compared > 1000


@pytest.mark.parametrize("where", [None, "chat"])
def test_quantiles_are_those_of_metricflow_within_one_per_cent(
    metricflow: _MetricFlow, release: Release, where: str | None
) -> None:
    wrong, compared = [], 0
    for name, metric in catalogue(release).items():
        if metric.quantile is None or metric.quantile.survival:
            continue
        entity = "contacts_row" if metric.quantile.measure == "wait_seconds" else "tickets_row"
        text = f"{{{{ Dimension('{entity}__channel') }}}} = '{where}'" if where else None
        theirs = {_month(row[_TIME]): row[name] for row in metricflow.months([name], where=text)}
        held = (("channel", where),) if where else ()
        for row in ask(release, MetricRequest((name,), (), "month", held)):
            exact = theirs.get(_month(row.period))
            compared += row.value is not None
            if row.value is None or exact is None or abs(row.value - exact) > 0.01 * exact:
                wrong.append(f"{name} {row.period}: ours {row.value}, MetricFlow {exact}")
    assert not wrong, "\n".join(wrong[:20])
    assert compared > 100


@pytest.mark.parametrize("dimension", ["channel", "team"])
def test_a_cut_is_the_same_through_metricflow(metricflow: _MetricFlow, release: Release, dimension: str) -> None:
    """Every metric whose parts all stand in one semantic model that has the dimension."""
    metrics, wrong, compared = catalogue(release), [], 0
    for metric in _summed(metrics):
        entity = _entity(metricflow, metric, dimension)
        if entity is None or metric.needs_filter or dimension not in metric.dimensions() or _is_weekly(metric):
            continue
        column = f"{entity}__{dimension}"
        theirs = {
            (_month(row[_TIME]), str(row[column])): row[metric.name] for row in metricflow.months([metric.name], column)
        }
        for row in ask(release, MetricRequest((metric.name,), (dimension,), "month")):
            if row.suppressed or row.withdrawn_by:
                continue
            key = (_month(row.period), str(row.dimensions[dimension]))
            compared += row.value is not None
            if _is_share_of_nothing(metric, row.value):
                continue
            # A state that a slice no longer has on the last day is zero with us; MetricFlow leaves the slice out.
            if not _same(row.value, theirs.get(key, 0 if _is_state(metric) else None)):
                wrong.append(f"{metric.name} {key}: ours {row.value}, MetricFlow {theirs.get(key)}")
    assert not wrong, "\n".join(wrong[:20])
    assert compared > 1000


def test_a_filter_is_the_same_through_metricflow(metricflow: _MetricFlow, release: Release) -> None:
    metrics, wrong, compared = catalogue(release), [], 0
    for metric in _summed(metrics):
        held = {name: _HELD_TO[name] for name in metric.needs_filter} or {"channel": "chat"}
        entities = {name: _entity(metricflow, metric, name) for name in held}
        if None in entities.values():
            continue
        where = " and ".join(
            f"{{{{ Dimension('{entities[name]}__{name}') }}}} = '{value}'" for name, value in held.items()
        )
        theirs = {_month(row[_TIME]): row[metric.name] for row in metricflow.months([metric.name], where=where)}
        try:
            rows = ask(release, MetricRequest((metric.name,), (), "month", tuple(held.items())))
        except UsageError:
            continue
        for row in rows:
            if row.suppressed or row.withdrawn_by:
                continue
            compared += row.value is not None
            if _is_share_of_nothing(metric, row.value):
                continue
            if not _same(row.value, theirs.get(_month(row.period))):
                wrong.append(
                    f"{metric.name} {row.period}: ours {row.value}, MetricFlow {theirs.get(_month(row.period))}"
                )
    assert not wrong, "\n".join(wrong[:20])
    assert compared > 500


def _entity(metricflow: _MetricFlow, metric: Metric, dimension: str) -> str | None:
    """The entity of the one semantic model all parts of a metric stand in, where it has the dimension."""
    tables = {component.rollups[0].table for component in metric.components.values()}
    found = [
        model
        for model in metricflow.models.values()
        if f"{model['node_relation']['schema_name']}.{model['node_relation']['alias']}" in tables
    ]
    if len(tables) != 1 or len(found) != 1:
        return None
    has = {one["name"] for one in found[0].get("dimensions") or []}
    return str(found[0]["primary_entity"]) if dimension in has else None
