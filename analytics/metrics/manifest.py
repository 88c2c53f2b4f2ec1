"""Reading dbt's semantic manifest: semantic models, their measures, and the metrics that name them.

Belongs here: finding the SQL, filter and rollups of one part of a metric. What the parts add up to: ``compile.py``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from analytics.metrics.model import Component, Dimension, Grain, Rollup
from warehouse.errors import SwotlightError

Columns = Mapping[str, Sequence[tuple[str, str]]]
"""Per table (``rollups.rollup_x``) its columns as (name, SQL type); what is there decides over what is written."""

SLICE = ("source", "channel", "team", "region", "topic", "segment")
_NUMBERED_DIMENSIONS = ("iso_weekday", "minute_of_day", "interval_minutes")
_REFERENCE = re.compile(r"\{\{\s*(?:Time)?Dimension\(\s*['\"](?:\w+__)*(\w+)['\"][^)]*\)\s*\}\}")
_AGGREGATES = {
    "sum": "sum({0})",
    "count": "count({0})",
    "sum_boolean": "count_if({0})",
    "min": "min({0})",
    "max": "max({0})",
    "average": "avg({0})",
    "count_distinct": "count(distinct {0})",
}


def refuse(metric: str, what: str) -> SwotlightError:
    """The refusal of a definition, in a sentence that names the metric."""
    return SwotlightError(f"The metric {metric} cannot be compiled: {what}", code="metric_definition", key=metric)


@dataclass(frozen=True)
class Measure:
    """A measure with the semantic model it stands in."""

    model: dict[str, Any]
    spec: dict[str, Any]


class Manifest:
    """dbt's ``semantic_manifest.json`` with look-ups by name."""

    def __init__(self, document: dict[str, Any], columns: Columns | None, rows: Mapping[str, int] | None) -> None:
        self.columns = columns or {}
        self.rows = rows or {}
        self.metrics: dict[str, dict[str, Any]] = {m["name"]: m for m in document.get("metrics", [])}
        self.models: dict[str, dict[str, Any]] = {m["name"]: m for m in document.get("semantic_models", [])}
        self.measures = {
            spec["name"]: Measure(model, spec) for model in self.models.values() for spec in model.get("measures") or []
        }

    def component(self, metric: str, source: dict[str, Any], others: Sequence[str]) -> Component:
        """The part a simple metric stands for; ``others`` are further rollups that hold the same measures."""
        given = source["type_params"].get("measure") or {}
        measure = self.measures.get(given.get("name", ""))
        if measure is None:
            raise refuse(metric, f"its measure '{given.get('name')}' is in no semantic model.")
        aggregate = measure.spec["agg"]
        if aggregate not in _AGGREGATES:
            raise refuse(metric, f"'{aggregate}' does not add up over a rollup; give it meta.quantile or a sum.")
        if measure.spec.get("non_additive_dimension") and aggregate not in ("sum", "count", "sum_boolean"):
            raise refuse(metric, f"the last day of a state is added up over slices, so it cannot be a '{aggregate}'.")
        filters = [self._filter(metric, measure, holder.get("filter")) for holder in (source, given)]
        condition = " and ".join(text for text in filters if text) or None
        rollups = self.rollups_of(metric, measure, others)
        return Component(
            sql=_AGGREGATES[aggregate].format(measure.spec.get("expr") or measure.spec["name"]),
            rollups=rollups,
            filter=condition,
            last_by=_last_by(measure, rollups[0]),
            fill=given.get("fill_nulls_with"),
        )

    def measured(self, metric: str, name: str, others: Sequence[str]) -> Component:
        """The part that is one measure by its name."""
        return self.component(metric, {"type_params": {"measure": {"name": name}}}, others)

    def _filter(self, metric: str, measure: Measure, holder: dict[str, Any] | None) -> str | None:
        texts = []
        for part in (holder or {}).get("where_filters") or []:
            text = _REFERENCE.sub(
                lambda m: self._dimension_sql(metric, measure, m.group(1)), part["where_sql_template"]
            )
            if "{{" in text:
                raise refuse(metric, f'its filter "{part["where_sql_template"]}" names more than its own dimensions.')
            texts.append(f"({text.strip()})")
        return " and ".join(texts) or None

    def _dimension_sql(self, metric: str, measure: Measure, name: str) -> str:
        for dimension in measure.model.get("dimensions") or []:
            if dimension["name"] == name:
                return str(dimension.get("expr") or name)
        raise refuse(metric, f"its filter names '{name}', which {measure.model['name']} does not have.")

    def rollups_of(self, metric: str, measure: Measure, others: Sequence[str]) -> tuple[Rollup, ...]:
        """The measure's own rollup, then the others that (as far as is known) have the columns it needs."""
        table = table_of(measure.model)
        time, grain = self._time(metric, measure)
        own = self._rollup(table, time, grain, self._declared(measure.model))
        found = [own]
        for name in others:
            other = name if "." in name else f"{table.split('.', maxsplit=1)[0]}.{name}"
            if other != table and self._holds(other, measure):
                found.append(self.rollup(metric, other, declared=own.dimensions))
        return tuple(found)

    def _holds(self, table: str, measure: Measure) -> bool:
        if not self.columns:
            return True
        have = {name for name, _ in self.columns.get(table, ())}
        text = str(measure.spec.get("expr") or measure.spec["name"])
        mine = {name for name, _ in self.columns.get(table_of(measure.model), ())}
        needed = {word for word in re.findall(r"[a-z_][a-z0-9_]*", text.lower()) if word in mine}
        return bool(have) and needed <= have

    def _time(self, metric: str, measure: Measure) -> tuple[str, Grain]:
        defaults = measure.model.get("defaults") or {}
        name = measure.spec.get("agg_time_dimension") or defaults.get("agg_time_dimension")
        for dimension in measure.model.get("dimensions") or []:
            if dimension["name"] == name:
                parameters = dimension.get("type_params") or {}
                return str(dimension.get("expr") or name), parameters.get("time_granularity") or grain_of(name)
        raise refuse(metric, f"the semantic model {measure.model['name']} names no time dimension for it.")

    def _declared(self, model: dict[str, Any]) -> tuple[Dimension, ...]:
        types = dict(self.columns.get(table_of(model), ()))
        return tuple(
            Dimension(d["name"], str(d.get("expr") or d["name"]), _is_text(types.get(d.get("expr") or d["name"])))
            for d in model.get("dimensions") or []
            if d["type"] == "categorical"
        )

    def _rollup(self, table: str, time: str, grain: Grain, declared: Sequence[Dimension]) -> Rollup:
        known = {d.name for d in declared} | {d.sql for d in declared} | {"measure"}
        further = [
            Dimension(name, name, _is_text(kind))
            for name, kind in self.columns.get(table, ())
            if (_is_text(kind) or name in _NUMBERED_DIMENSIONS) and name not in known
        ]
        return Rollup(table, time, grain, (*declared, *further), self.rows.get(table))

    def rollup(self, metric: str, table: str, declared: Sequence[Dimension] = ()) -> Rollup:
        """A rollup known by its name only: its columns say what it can be cut by, its date column how finely."""
        columns = self.columns.get(table, ())
        if self.columns and not columns:
            raise refuse(metric, f"it names the rollup {table}, which is not there.")
        if not columns:
            time = "month_on" if "month" in table else "counted_on"
            kept = declared or tuple(Dimension(name, name) for name in SLICE)
            return Rollup(table, time, grain_of(time), tuple(kept), self.rows.get(table))
        dates = [name for name, kind in columns if kind.upper() in ("DATE", "TIMESTAMP")]
        if not dates:
            raise refuse(metric, f"the rollup {table} has no date column.")
        names = {name for name, _ in columns}
        return self._rollup(table, dates[0], grain_of(dates[0]), [d for d in declared if d.sql in names])


def _last_by(measure: Measure, rollup: Rollup) -> tuple[str, ...] | None:
    """Per what the last day of a state is taken: as the measure says, else per source, for each has its own as-of."""
    last = measure.spec.get("non_additive_dimension")
    if not last:
        return None
    return tuple(last.get("window_groupings") or ()) or (("source",) if rollup.dimension("source") else ())


def table_of(model: dict[str, Any]) -> str:
    """``schema.table`` of a semantic model."""
    relation = model["node_relation"]
    return f"{relation['schema_name']}.{relation['alias']}"


def grain_of(time: str) -> Grain:
    """The grain a date column promises by its name: ``month_on`` is a month, anything else a day."""
    for grain in ("week", "month", "quarter", "year"):
        if time.startswith(grain):
            return grain  # type: ignore[return-value]
    return "day"


def _is_text(kind: str | None) -> bool:
    return kind is None or kind.upper().startswith(("VARCHAR", "ENUM"))
