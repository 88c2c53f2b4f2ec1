"""``build``: look ahead and write the staffing tables of the database at hand; nothing when its inputs are the same.

It is ``prepare``, which only reads and may run beside other readers, and ``store``, which writes in a moment.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from analytics.staffing import leaving_rows, plan_rows, rows, tables
from analytics.staffing.headline import headline
from analytics.staffing.inputs import fingerprint, read
from analytics.staffing.outlook import Outlook, look_ahead
from warehouse.errors import SwotlightError

# One for all runs: what changes from one refresh to the next is the data's doing, never the dice's.
SEED = 20_250_101


@dataclass(frozen=True)
class BuildReport:
    """What was done: the conclusion, or why there is none; ``fitted`` is False when the inputs had not changed."""

    headline: str
    queues: int
    fitted: bool


@dataclass(frozen=True)
class Prepared:
    """What is to be written: rows by table (None: what stands is right) and the fingerprint they were made from."""

    rows: dict[str, list[tuple[Any, ...]]] | None
    mark: str
    report: BuildReport


def build(con: Any, as_of: date) -> BuildReport:
    """Write the tables of `tables.TABLES` into schema ``marts``. Without arrivals they are written empty."""
    return store(con, prepare(con, as_of))


def prepare(con: Any, as_of: date) -> Prepared:
    """Read the marts and look ahead; nothing is written."""
    try:
        inputs = read(con, as_of)
    except SwotlightError as error:
        if error.code != "insufficient":
            raise
        return Prepared({}, "", BuildReport(str(error), 0, fitted=True))
    mark = fingerprint(inputs)
    if _is_written(con, mark):
        told = str(con.scalar("select headline from marts.staffing_summary"))
        return Prepared(None, mark, BuildReport(told, 0, fitted=False))
    outlook = look_ahead(inputs, SEED)
    report = BuildReport(headline(outlook).sentence, len(outlook.demand.queues), fitted=True)
    return Prepared(all_rows(outlook), mark, report)


def store(con: Any, prepared: Prepared) -> BuildReport:
    """Write what was prepared. The metric's table is filled in any case: the marts may have been built anew."""
    if prepared.rows is not None:
        tables.write(con, prepared.rows)
    tell_weeks(con)
    if prepared.rows is not None:
        _note(con, prepared.mark)
    return prepared.report


def tell_weeks(con: Any) -> None:
    """The weeks of every team into ``rollups.rollup_staffing_week``, from which the staffing ratio is asked."""
    known = con.scalar(
        "select count(*) from duckdb_tables() where schema_name = 'rollups' and table_name = 'rollup_staffing_week'"
    )
    if known:
        con.execute("delete from rollups.rollup_staffing_week")
        con.execute(
            "insert into rollups.rollup_staffing_week select week_on, team, available_p50, required_p50 "
            "from marts.staffing_supply_demand where team is not null order by all"
        )


def all_rows(outlook: Outlook) -> dict[str, list[tuple[Any, ...]]]:
    """The rows of every table."""
    return {
        tables.DEMAND.name: list(rows.demand_rows(outlook)),
        tables.BACKTEST.name: list(rows.backtest_rows(outlook)),
        tables.INTERVALS.name: list(rows.interval_rows(outlook)),
        tables.GAP.name: list(rows.week_rows(outlook)),
        tables.PLAN.name: list(plan_rows.plan_rows(outlook)),
        tables.LEVERS.name: list(plan_rows.lever_rows(outlook)),
        tables.CURVES.name: list(rows.curve_rows(outlook)),
        tables.ASSUMPTIONS.name: list(plan_rows.assumption_rows(outlook)),
        tables.SUPPLY.name: list(plan_rows.people_rows(outlook)),
        tables.LEAVING.name: list(leaving_rows.curve_rows(outlook.supply.hazard)) if outlook.supply else [],
        tables.SUMMARY.name: [plan_rows.summary_row(outlook, headline(outlook))],
    }


def _is_written(con: Any, mark: str) -> bool:
    """Whether all tables stand, made from the same inputs by the same code."""
    names = ", ".join(f"'{table.name}'" for table in tables.TABLES)
    standing = con.scalar(
        f"select count(*) from duckdb_tables() where schema_name = 'marts' and table_name in ({names})"
    )
    known = con.scalar(
        "select count(*) from duckdb_tables() where schema_name = 'staffing' and table_name = 'fingerprint'"
    )
    return (
        bool(known) and standing == len(tables.TABLES) and con.scalar("select mark from staffing.fingerprint") == mark
    )


def _note(con: Any, mark: str) -> None:
    con.execute("create schema if not exists staffing")
    con.execute("create or replace table staffing.fingerprint (mark varchar)")
    con.execute("insert into staffing.fingerprint values (?)", [mark])
