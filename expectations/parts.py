"""What the kinds of expectation mean: parts, each a Great Expectations type and the same as SQL.

A part carries both the expectation that Great Expectations evaluates and a query for the rows that break it, which is
only run to count them after a failure. No import of Great Expectations here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from warehouse.store import quote_name, quote_text

NO_ROWS = "no_rows"

Tables = dict[str, dict[str, str]]
"""``schema.table`` → column → type."""


@dataclass(frozen=True)
class Part:
    """One expectation of a check.

    ``expectation`` is the type's name in Great Expectations, or ``no_rows`` for a query that must find nothing;
    ``breaking`` is a query for the rows that break it, with ``{batch}`` in the place of the table. ``table`` is set
    where a check spans several tables, each part having its own.
    """

    label: str
    expectation: str
    settings: dict[str, Any]
    breaking: str
    table: str | None = None

    def on(self, table: str, as_of: str) -> Part:
        """The same for a table and an instant, given as an SQL literal: the query can be run as it is."""
        breaking = self.breaking.replace("{batch}", table).replace("{as_of}", as_of)
        return replace(self, breaking=breaking, table=table)


def no_rows(label: str, sql: str, table: str | None = None) -> Part:
    """A part that holds when ``sql`` finds nothing."""
    return Part(label, NO_ROWS, {}, sql, table)


def _not_null(columns: list[str]) -> list[Part]:
    return [
        Part(
            column,
            "ExpectColumnValuesToNotBeNull",
            {"column": column},
            f"select * from {{batch}} as t where {quote_name(column)} is null",
        )
        for column in columns
    ]


def _unique(columns: list[str]) -> list[Part]:
    """Nulls count as equal. Only rows whose hash repeats are compared in full: a third of the memory and the time."""
    names = ", ".join(quote_name(column) for column in columns)
    return [
        no_rows(
            ", ".join(columns),
            f"select {names}, count(*) as rows_ from {{batch}} as t where hash({names}) in "
            f"(select hash({names}) from {{batch}} as t group by 1 having count(*) > 1) "
            f"group by {names} having count(*) > 1",
        )
    ]


def _key(columns: list[str]) -> list[Part]:
    """Unique and never empty."""
    empty = " or ".join(f"{quote_name(column)} is null" for column in columns)
    return [
        *_unique(columns),
        no_rows(f"{', '.join(columns)} told", f"select * from {{batch}} as t where {empty}"),
    ]


def _between(columns: list[str], minimum: float | None = None, maximum: float | None = None) -> list[Part]:
    found = []
    for column in columns:
        name = quote_name(column)
        outside = [f"{name} < {minimum}"] if minimum is not None else []
        outside += [f"{name} > {maximum}"] if maximum is not None else []
        found.append(
            Part(
                column,
                "ExpectColumnValuesToBeBetween",
                {"column": column, "min_value": minimum, "max_value": maximum},
                f"select * from {{batch}} as t where {' or '.join(outside)}",
            )
        )
    return found


def _in_set(columns: dict[str, list[Any]]) -> list[Part]:
    found = []
    for column, values in columns.items():
        listed = ", ".join(quote_text(str(value)) for value in values)
        found.append(
            Part(
                column,
                "ExpectColumnValuesToBeInSet",
                {"column": column, "value_set": values},
                f"select * from {{batch}} as t where {quote_name(column)} not in ({listed})",
            )
        )
    return found


def _ordered(pairs: list[list[str]]) -> list[Part]:
    """Each pair ``[earlier, later]``: the later is never before the earlier; a null is not judged."""
    return [
        Part(
            f"{later} after {earlier}",
            "ExpectColumnPairValuesAToBeGreaterThanB",
            {"column_A": later, "column_B": earlier, "or_equal": True, "ignore_row_if": "either_value_is_missing"},
            f"select * from {{batch}} as t where {quote_name(later)} < {quote_name(earlier)}",
        )
        for earlier, later in pairs
    ]


def _not_empty() -> list[Part]:
    return [
        Part("rows", "ExpectTableRowCountToBeBetween", {"min_value": 1}, "select 1 where not exists (from {batch})")
    ]


def _no_rows(sql: str) -> list[Part]:
    return [no_rows("rows", " ".join(sql.split()))]


def _share(bad: str, at_most: float, of: str = "true", by: str | None = None, at_least_n: int = 20) -> list[Part]:
    """At most a share of the rows ``of`` may be ``bad``; ``by`` judges each group by itself.

    A group of fewer than ``at_least_n`` rows is not judged: one row of eight is no share.
    """
    group = f"{by} as group_, " if by else ""
    tail = " group by 1" if by else ""
    sql = (
        f"select {group}count(*) filter (where ({of}) and ({bad})) as bad_, count(*) filter (where {of}) as rows_ "
        f"from {{batch}} as t{tail} having rows_ >= {at_least_n} and bad_ > {at_most} * rows_"
    )
    return [no_rows("share", sql)]


def _same(here: str, there: str, tolerance: float = 0) -> list[Part]:
    """Two queries over the same groups, each giving the group columns and ``n``, agree group by group."""
    sql = (
        f"with here as ({' '.join(here.split())}), there as ({' '.join(there.split())}) "
        "select coalesce(here.group_, there.group_) as group_, here.n, there.n as n_there "
        "from here full outer join there on here.group_ is not distinct from there.group_ "
        f"where not coalesce(abs(coalesce(here.n, 0) - coalesce(there.n, 0)) <= {tolerance}, false)"
    )
    return [no_rows("groups", sql)]


Kind = Callable[..., list[Part]]

KINDS: dict[str, Kind] = {
    "not_null": _not_null,
    "unique": _unique,
    "key": _key,
    "between": _between,
    "in_set": _in_set,
    "ordered": _ordered,
    "not_empty": _not_empty,
    "no_rows": _no_rows,
    "share": _share,
    "same": _same,
}
