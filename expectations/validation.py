"""Great Expectations on DuckDB: the only module that imports it, and only when checks are run.

Everything is pushed down as SQL through SQLAlchemy; no row comes into Python and no value into a result. Results are
``BOOLEAN_ONLY``: anything more would carry the values that failed.
"""

from __future__ import annotations

import logging
import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any

from expectations.parts import NO_ROWS, Part
from warehouse.store import Connection

_BIND_NAME = re.compile(r"(?<![:\w\\]):(\w+)(?!:)")


@dataclass(frozen=True)
class Outcome:
    """Whether a part holds; ``error`` is the kind of trouble when it could not be evaluated."""

    passed: bool
    error: str | None = None


def validate(con: Connection, wanted: Mapping[str, Sequence[Part]]) -> dict[tuple[str, int], Outcome]:
    """Evaluate the parts of each table in one validation a table.

    ``wanted`` maps ``schema.table`` to its parts; the answer maps (table, position) to the outcome.
    """
    outcomes: dict[tuple[str, int], Outcome] = {}
    with warnings.catch_warnings(), _datasource(con) as source:
        # Its advice to name the schema in the connection would cost one data source a schema.
        warnings.simplefilter("ignore", DeprecationWarning)
        for table, table_parts in wanted.items():
            found = _validate_or_say_why_not(source, table, table_parts)
            outcomes |= {(table, place): outcome for place, outcome in found.items()}
    return outcomes


def _validate_or_say_why_not(source: Any, table: str, table_parts: Sequence[Part]) -> dict[int, Outcome]:
    """A table that cannot be read at all (a view over something that is gone) fails its checks, not the run."""
    from great_expectations.datasource.fluent.interfaces import TestConnectionError

    try:
        return _validate_table(source, table, table_parts)
    except TestConnectionError as error:
        trouble = _kind_of_trouble(str(error.__cause__ or error))
        return {
            place: Outcome(passed=False, error=f"{table} cannot be read, {trouble}")
            for place in range(len(table_parts))
        }


def _validate_table(source: Any, table: str, table_parts: Sequence[Part]) -> dict[int, Outcome]:
    import great_expectations as gx

    schema, name = table.split(".", 1)
    asset = source.add_table_asset(name=table, table_name=name, schema_name=schema)
    batch = asset.add_batch_definition_whole_table(table).get_batch()
    suite = gx.ExpectationSuite(
        name=table, expectations=[_expectation(part, place) for place, part in enumerate(table_parts)]
    )
    answer = batch.validate(suite, result_format="BOOLEAN_ONLY")
    # Results come back in an order of their own; the place travels along in the meta.
    return {result.expectation_config.meta["place"]: _outcome(result) for result in answer.results}


def _outcome(result: Any) -> Outcome:
    trouble = _first_trouble(result.exception_info or {})
    return Outcome(passed=bool(result.success) and trouble is None, error=trouble)


def _first_trouble(info: Mapping[str, Any]) -> str | None:
    """The kind of exception only: a message may quote the value that could not be converted."""
    entries = [info] if "raised_exception" in info else list(info.values())
    for entry in entries:
        if entry.get("raised_exception"):
            return _kind_of_trouble(str(entry.get("exception_message") or ""))
    return None


def _kind_of_trouble(message: str) -> str:
    for kind in ("Catalog Error", "Binder Error", "Parser Error"):
        # These speak of names of tables and columns, never of values.
        if kind in message:
            return message[message.index(kind) :].split("\n", 1)[0][:200]
    return "the query failed"


def _expectation(part: Part, place: int) -> Any:
    import great_expectations.expectations as expectations

    if part.expectation == NO_ROWS:
        return _no_rows_expectation()(unexpected_rows_query=_literal(part.breaking), meta={"place": place})
    return getattr(expectations, part.expectation)(**part.settings, meta={"place": place})


def _literal(sql: str) -> str:
    """The query so that Great Expectations finds no braces and SQLAlchemy no ``:names`` to fill in."""
    return _BIND_NAME.sub(r"\\:\1", sql.replace("{", "{{").replace("}", "}}"))


@cache
def _no_rows_expectation() -> Any:
    """Great Expectations' SQL expectation, asking only for the count: it would run every query twice.

    Our queries name their table themselves, so the reminder to use ``{batch}`` is left out.
    """
    from great_expectations.compatibility import pydantic
    from great_expectations.expectations import UnexpectedRowsExpectation

    class ExpectNoRows(UnexpectedRowsExpectation):
        metric_dependencies = ("unexpected_rows_query.row_count",)

        @pydantic.validator("unexpected_rows_query", allow_reuse=True)
        def _validate_query(cls, query: str) -> str:
            return query

        def _validate(self, metrics: dict[str, Any], *_: Any, **__: Any) -> dict[str, bool]:
            return {"success": metrics["unexpected_rows_query.row_count"] == 0}

    return ExpectNoRows


@contextmanager
def _datasource(con: Connection) -> Iterator[Any]:
    """A data source over our own connection, so that its settings (UTC, no extensions) and its lock are ours."""
    import great_expectations as gx
    from duckdb_engine import ConnectionWrapper
    from sqlalchemy import event
    from sqlalchemy.dialects import registry
    from sqlalchemy.engine import Engine
    from sqlalchemy.pool import StaticPool

    logging.getLogger("great_expectations").setLevel(logging.ERROR)
    context: Any = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False, "metric_calculations": False}
    registry.register("duckdb.checks", "expectations.dialect", "ChecksDialect")
    event.listen(Engine, "after_cursor_execute", _buffer_result)
    source = context.data_sources.add_sql(
        name="build",
        connection_string="duckdb+checks:///:memory:",
        kwargs={"creator": lambda: ConnectionWrapper(con.cursor().raw), "poolclass": StaticPool},
        create_temp_table=False,
    )
    try:
        yield source
    finally:
        event.remove(Engine, "after_cursor_execute", _buffer_result)


def _buffer_result(conn: Any, cursor: Any, statement: str, parameters: Any, context: Any, executemany: bool) -> None:
    """duckdb-engine loses a result that is read after the next statement; hold it in memory (it is a count)."""
    from sqlalchemy.engine.cursor import FullyBufferedCursorFetchStrategy

    if conn.dialect.name == "duckdb" and context is not None and cursor.description:
        context.cursor_fetch_strategy = FullyBufferedCursorFetchStrategy(cursor, initial_buffer=cursor.fetchall())
