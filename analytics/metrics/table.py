"""``metrics.catalogue``: writing the compiled metrics into a database and reading them back from a release."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analytics.metrics.compile import compile_catalogue, replace_words
from analytics.metrics.manifest import refuse, table_of
from analytics.metrics.model import Component, Database, Dimension, Metric, Quantile, Rollup
from warehouse.errors import SwotlightError, UsageError

if TYPE_CHECKING:
    from analytics.metrics.withdrawing import Withdrawals

_COLUMNS = {
    "metric": "varchar",
    "label": "varchar",
    "label_zh": "varchar",
    "label_vi": "varchar",
    "description": "varchar",
    "description_zh": "varchar",
    "description_vi": "varchar",
    "unit": "varchar",
    "direction": "varchar",
    "format": "varchar",
    "owner": "varchar",
    "dimension": "varchar",
    "swd": "double",
    "interval": "varchar",
    "counted_on": "varchar",
    "numerator_sql": "varchar",
    "denominator_sql": "varchar",
    "n_sql": "varchar",
    "dimensions": "varchar[]",
    "rollups": "json",
    "quantile": "json",
    "additivity": "varchar",
    "scale": "double",
    "hide_below": "integer",
    "swd_is_relative": "boolean",
    "variant_of": "varchar",
    "leads_when_null": "varchar",
    "rests_on": "varchar[]",
    "definition_hash": "varchar",
    "definition": "json",
}
_released: dict[tuple[str, str], dict[str, Metric]] = {}


def write_catalogue(con: Any, semantic_manifest_path: Path) -> int:
    """Compile dbt's ``semantic_manifest.json`` against the rollups that are there and replace ``metrics.catalogue``.

    Every metric is tried once on its rollups, so a definition that does not fit the tables is refused here, in a
    sentence, and not on a page. Returns the number of metrics.
    """
    try:
        document = json.loads(Path(semantic_manifest_path).read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise SwotlightError(
            f"{semantic_manifest_path} does not exist; run dbt (or `dbt parse`) before the catalogue is written.",
            code="missing",
            file=str(semantic_manifest_path),
        ) from error
    tables = {table_of(m) for m in document.get("semantic_models", [])} | _tables_of(con, "rollups")
    columns = _columns_of(con, tables)
    rows = {table: con.rows(f"select count(*) as n from {table}")[0]["n"] for table in columns}
    metrics = compile_catalogue(document, columns, rows)
    _try(con, metrics)
    _replace(con, metrics)
    return len(metrics)


def _tables_of(con: Any, schema: str) -> set[str]:
    found = con.rows(
        "select table_name from information_schema.tables "
        "where table_catalog = current_database() and table_schema = ?",
        [schema],
    )
    return {f"{schema}.{row['table_name']}" for row in found}


def _columns_of(con: Any, tables: Iterable[str]) -> dict[str, list[tuple[str, str]]]:
    found = con.rows(
        "select table_schema || '.' || table_name as name, column_name, data_type "
        "from information_schema.columns where table_catalog = current_database() "
        "order by table_schema, table_name, ordinal_position"
    )
    wanted, columns = set(tables), {}  # type: ignore[var-annotated]
    for row in found:
        if row["name"] in wanted:
            columns.setdefault(row["name"], []).append((row["column_name"], row["data_type"]))
    return columns


def _try(con: Any, metrics: Iterable[Metric]) -> None:
    """Ask each rollup once for everything that is computed on it; only where that fails, one thing after the other."""
    parts: dict[str, list[tuple[str, str]]] = {}
    for metric in metrics:
        for component in metric.components.values():
            for rollup in component.rollups:
                parts.setdefault(rollup.table, []).append((metric.name, component.text()))
    for table, asked in parts.items():
        try:
            con.rows(f"select {', '.join(dict.fromkeys(text for _, text in asked))} from {table} where false")
        except SwotlightError:
            _try_one_by_one(con, table, asked)


def _try_one_by_one(con: Any, table: str, asked: Iterable[tuple[str, str]]) -> None:
    for name, text in asked:
        try:
            con.rows(f"select {text} as value from {table} where false")
        except SwotlightError as error:
            raise refuse(name, f"{text} fails on {table}: {error.message}") from error


def _replace(con: Any, metrics: Sequence[Metric]) -> None:
    con.execute("create schema if not exists metrics")
    columns = ", ".join(f'"{name}" {kind}' for name, kind in _COLUMNS.items())
    con.execute(f"create or replace table metrics.catalogue ({columns})")
    marks = f"({', '.join('?' for _ in _COLUMNS)})"
    if metrics:
        values = [value for metric in metrics for value in _values(metric)]
        con.execute(f"insert into metrics.catalogue values {', '.join([marks] * len(metrics))}", values)


def _values(metric: Metric) -> list[Any]:
    rollups = [{**asdict(r), "dimensions": [d.name for d in r.dimensions]} for r in metric.rollups()]
    told = {
        "metric": metric.name,
        "label_zh": metric.label_in("zh"),
        "label_vi": metric.label_in("vi"),
        "description_zh": metric.description_in("zh"),
        "description_vi": metric.description_in("vi"),
        "numerator_sql": spelt_out(metric, metric.numerator),
        "denominator_sql": spelt_out(metric, metric.denominator),
        "n_sql": spelt_out(metric, metric.n),
        "dimensions": list(metric.dimensions()),
        "rollups": json.dumps(rollups),
        "quantile": json.dumps({**asdict(metric.quantile), "rollups": None}) if metric.quantile else None,
        "rests_on": list(metric.rests_on),
        "definition": json.dumps(asdict(metric)),
    }
    return [told[name] if name in told else getattr(metric, name) for name in _COLUMNS]


def spelt_out(metric: Metric, expression: str | None) -> str | None:
    """The arithmetic of a metric with every part written as its aggregate."""
    return replace_words(expression, {k: c.text() for k, c in metric.components.items()}) if expression else None


class Frozen:
    """A database whose catalogue and withdrawals are read once and kept: for one build, in which neither changes."""

    def __init__(self, db: Database) -> None:
        self._db, self._owns = db, False
        self.catalogue = catalogue(db)
        self.withdrawn: Withdrawals | None = None

    def rows(self, sql: str, params: Any = None) -> list[dict[str, Any]]:
        """Every row as a dict."""
        return self._db.rows(sql, params)

    @property
    def gives_arrays(self) -> bool:
        """Whether a result can be had as columns."""
        return hasattr(self._db, "arrays")

    def arrays(self, sql: str, params: Any = None) -> dict[str, Any]:
        """The result as columns."""
        return self._db.arrays(sql, params)  # type: ignore[attr-defined, no-any-return]

    @property
    def gives_cursors(self) -> bool:
        """Whether other threads can have one each."""
        return hasattr(self._db, "cursor")

    def cursor(self) -> Frozen:
        """The same for another thread."""
        other = Frozen.__new__(Frozen)
        other._db, other._owns = self._db.cursor(), True  # type: ignore[attr-defined]
        other.catalogue, other.withdrawn = self.catalogue, self.withdrawn
        return other

    def close(self) -> None:
        """Give a cursor back."""
        if self._owns:
            self._db.close()  # type: ignore[attr-defined]


def catalogue(db: Database) -> dict[str, Metric]:
    """Every metric by its name, as the database at hand defines them. Unknown names: see `metric_named`.

    A release never changes under its name, so its catalogue is read once; a database being built is read each time.
    """
    if isinstance(db, Frozen):
        return db.catalogue
    key = (str(getattr(db, "path", "")), str(getattr(db, "name", "")))
    if all(key) and key in _released:
        return _released[key]
    try:
        rows = db.rows("select definition from metrics.catalogue order by metric")
    except SwotlightError as error:
        raise SwotlightError(
            "This database has no metric catalogue yet; run `swotlight refresh` first.", code="missing"
        ) from error
    found = {m.name: m for m in (_from_json(row["definition"]) for row in rows)}
    if all(key):
        if len(_released) > 8:
            _released.clear()
        _released[key] = found
    return found


def metric_named(metrics: dict[str, Metric], name: str) -> Metric:
    """The metric of that name; `UsageError` with the nearest names otherwise."""
    if name in metrics:
        return metrics[name]
    raise unknown("metric", name, metrics)


def unknown(kind: str, name: str, known: Iterable[str]) -> UsageError:
    """The refusal of a name, with the nearest ones and, where none is near, all of them."""
    choices = list(dict.fromkeys(known))
    near = difflib.get_close_matches(name, choices, n=3, cutoff=0.5) or [c for c in choices if name in c][:3]
    hint = f"Did you mean {' or '.join(near)}?" if near else f"Known are: {', '.join(choices) or 'none'}."
    return UsageError(f"There is no {kind} '{name}'. {hint}", code=f"unknown_{kind}", key=name, hint=hint)


def _from_json(text: str | dict[str, Any]) -> Metric:
    data = json.loads(text) if isinstance(text, str) else dict(text)
    data["components"] = {k: _component(v) for k, v in data["components"].items()}
    if data["quantile"]:
        data["quantile"] = Quantile(**{**data["quantile"], "rollups": _rollups(data["quantile"]["rollups"])})
    data["rests_on"], data["needs_filter"] = tuple(data["rests_on"]), tuple(data["needs_filter"])
    return Metric(**data)


def _component(data: dict[str, Any]) -> Component:
    last = data["last_by"]
    return Component(
        **{**data, "rollups": _rollups(data["rollups"]), "last_by": tuple(last) if last is not None else None}
    )


def _rollups(data: list[dict[str, Any]]) -> tuple[Rollup, ...]:
    return tuple(Rollup(**{**r, "dimensions": tuple(Dimension(**d) for d in r["dimensions"])}) for r in data)
