"""What a release leaves out of its rollups because the metrics that rest on it are withdrawn.

A withdrawn metric is null in page, command and query alike. The first two ask `quality.withdrawn`; whoever divides the
rollups in SQL finds its numerator blank, unless a metric that stands needs that measure too. Reads the catalogue of
metrics as rows; knows nothing of how they are asked.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from warehouse.store import Connection, quote_text

EVERY_ROW = "true"
_SUM = re.compile(r"^\s*sum\(\s*([a-z_][a-z0-9_]*)\s*\)\s*$", re.I)


@dataclass(frozen=True)
class _Use:
    """A metric reads a measure of a rollup, in the rows where ``condition`` holds."""

    metric: str
    table: str
    column: str
    condition: str
    is_numerator: bool


def blanked_measures(con: Connection, database: str, tables: list[tuple[str, str]]) -> dict[str, dict[str, str]]:
    """``{"rollups.rollup_contacts_day": {"sl_answered": "true"}}``: table, measure, and the rows where it is blank."""
    present = {f"{schema}.{table}" for schema, table in tables}
    if not {"metrics.catalogue", "quality.withdrawn"} <= present:
        return {}
    withdrawn: dict[str, set[str | None]] = defaultdict(set)
    for row in con.rows(f"select * from {database}.quality.withdrawn"):
        withdrawn[row["metric"]].add(row.get("source"))
    if not withdrawn:
        return {}
    definitions = con.rows(f"select definition::varchar as definition from {database}.metrics.catalogue")
    uses = [use for row in definitions for use in _uses(json.loads(row["definition"]))]
    parted = _parted_by_source(con, database)
    return _blanked(
        [_in_failing_sources(use, withdrawn, parted) for use in uses if use.table in present], set(withdrawn)
    )


def _parted_by_source(con: Connection, database: str) -> set[str]:
    """The tables that tell sources apart."""
    rows = con.rows(
        "select schema_name || '.' || table_name as name from duckdb_columns() "
        f"where database_name = {quote_text(database)} and column_name = 'source'"
    )
    return {row["name"] for row in rows}


def _in_failing_sources(use: _Use, withdrawn: dict[str, set[str | None]], parted: set[str]) -> _Use:
    """A check that failed in some sources blanks their rows only: whoever asks for another one finds it whole."""
    sources = withdrawn.get(use.metric, {None})
    if None in sources or use.table not in parted:
        return use
    failing = f"source in ({', '.join(quote_text(str(source)) for source in sorted(sources, key=str))})"
    return replace(use, condition=failing if use.condition == EVERY_ROW else f"({use.condition}) and {failing}")


def _blanked(uses: list[_Use], withdrawn: set[str]) -> dict[str, dict[str, str]]:
    by_measure: dict[tuple[str, str], list[_Use]] = defaultdict(list)
    for use in uses:
        by_measure[use.table, use.column].append(use)
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for (table, column), readers in by_measure.items():
        taken = sorted({use.condition for use in readers if use.metric in withdrawn and use.is_numerator})
        needed = sorted({use.condition for use in readers if use.metric not in withdrawn})
        if taken and EVERY_ROW not in needed:
            condition = " or ".join(f"({one})" for one in taken)
            if needed:
                condition = f"({condition}) and not coalesce({' or '.join(f'({one})' for one in needed)}, false)"
            found[table][column] = condition
    return dict(found)


def _uses(definition: dict[str, Any]) -> Iterator[_Use]:
    metric, components = definition["name"], definition.get("components") or {}
    for name, component in components.items():
        column = _SUM.match(component["sql"])
        for rollup in component.get("rollups") or []:
            if column:
                condition = component.get("filter") or EVERY_ROW
                yield _Use(metric, rollup["table"], column[1], condition, name == definition.get("numerator"))
    quantile: dict[str, Any] = definition.get("quantile") or {}
    for rollup in quantile.get("rollups") or []:
        measure = quantile.get("measure")
        condition = EVERY_ROW if measure is None else f"measure = {quote_text(measure)}"
        # A survival curve counts who came to the end and who has not yet, a histogram everybody.
        for count in ("filled", "censored") if quantile.get("survival") else ("n",):
            yield _Use(metric, rollup["table"], count, condition, is_numerator=True)
