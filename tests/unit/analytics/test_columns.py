"""Sums as columns are the sums that rows would give: nulls, filters, parts of two tables, a zero below the line."""

from __future__ import annotations

import math

import numpy as np
import pytest

from analytics.metrics.arithmetic import evaluate, evaluate_columns
from analytics.metrics.columns import cluster_sums
from analytics.metrics.model import MetricRequest
from analytics.metrics.table import Frozen
from analytics.swot.panels import Panel
from tests.unit.analytics.conftest import Put
from warehouse.errors import SwotlightError, UsageError
from warehouse.store import Connection

VALUES: dict[str, list[float | None]] = {"a": [6.0, None, 3.0, 0.0], "b": [2.0, 5.0, 0.0, None]}


@pytest.mark.parametrize(
    "expression", ["a", "missing", "a / b", "a + b * 2", "-a", "coalesce(a, b)", "nullif(a, 0)", "a / nullif(b, 2)"]
)
def test_arithmetic_over_columns_is_that_over_rows(expression: str) -> None:
    columns = {k: np.array([math.nan if x is None else x for x in v]) for k, v in VALUES.items()}
    told = evaluate_columns(expression, columns, 4)
    rows = [evaluate(expression, {k: v[place] for k, v in VALUES.items()}) for place in range(4)]
    assert [None if math.isnan(x) else x for x in told] == rows


def test_anything_but_arithmetic_is_refused_for_columns_too() -> None:
    with pytest.raises(SwotlightError):
        evaluate_columns("a ** 2", {"a": np.ones(1)}, 1)


class RowsOnly:
    """A database that gives rows and nothing else, as a release does."""

    def __init__(self, db: Connection) -> None:
        self._db = db

    def rows(self, sql: str, params: object = None) -> list[dict[str, object]]:
        return self._db.rows(sql, params)  # type: ignore[arg-type]


def test_a_database_gives_the_same_sums_as_columns_and_as_rows(db: Connection, put: Put) -> None:
    put("contacts_day", arrived_on="2026-03-01", channel="chat", answered=9, abandoned=1, sl_answered=8, sl_base=10)
    put("contacts_day", arrived_on="2026-03-01", channel=None, answered=3, abandoned=1, sl_answered=2, sl_base=4)
    put("contacts_day", arrived_on="2026-03-02", channel="chat", answered=0, abandoned=0, sl_answered=0, sl_base=0)
    put("contacts_day", arrived_on="2026-03-03", channel="chat", answered=5, abandoned=None, sl_answered=5, sl_base=5)
    asked = MetricRequest(("service_level",), by=("channel",), grain="day")
    for told in (cluster_sums(Frozen(db), asked), cluster_sums(RowsOnly(db), asked)):
        sums = told["service_level"]
        found = {
            (sums.cuts[cut][0], int(day)): (top, bottom)
            for cut, day, top, bottom in zip(sums.cut, sums.day, sums.numerator, sums.denominator, strict=True)
        }
        # Nobody's contacts keep no name; the day without a base has no value and is left out.
        assert found == {("chat", 20513): (8.0, 10.0), ("None", 20513): (2.0, 4.0), ("chat", 20515): (5.0, 5.0)}


def test_a_numerator_on_a_day_without_a_denominator_is_part_of_the_whole(db: Connection, put: Put) -> None:
    put("contacts_day", arrived_on="2026-03-01", channel="chat", answered=8, abandoned=2, sl_answered=8, sl_base=10)
    put("contacts_day", arrived_on="2026-03-02", channel="chat", answered=1, abandoned=0, sl_answered=1, sl_base=0)
    put("contacts_day", arrived_on="2026-03-02", channel="voice", answered=1, abandoned=0, sl_answered=1, sl_base=0)
    sums = cluster_sums(Frozen(db), MetricRequest(("service_level",), by=("channel",), grain="day"))["service_level"]
    panel = Panel.of_sums(sums)
    assert [side.tolist() for side in panel.clusters("chat")] == [[8.0, 1.0], [10.0, 0.0]]
    # Only the day that has something to divide by counts as observed, and has a value of its own.
    assert panel.size("chat") == 10.0
    assert panel.size("voice") == 0.0
    assert panel.values("chat").tolist()[0] == 0.8 and math.isnan(panel.values("chat")[1])


def test_a_part_of_another_table_meets_its_day_and_a_count_is_refused(db: Connection, put: Put) -> None:
    put("contacts_day", arrived_on="2026-03-01", channel="chat", answered=9, abandoned=1)
    put("tickets_created_day", created_on="2026-03-01", channel="chat", tickets=10, complaints=1)
    sums = cluster_sums(Frozen(db), MetricRequest(("complaint_rate",), grain="day"))["complaint_rate"]
    assert sums.numerator.tolist() == [1.0] and sums.denominator.tolist() == [20.0]
    with pytest.raises(UsageError, match="no ratio of sums"):
        cluster_sums(Frozen(db), MetricRequest(("offered",), grain="day"))
