"""Comparisons with a target, the period before and last year."""

from __future__ import annotations

from datetime import date

import pytest

from analytics.metrics import catalogue, compare, read_targets, request
from analytics.metrics.periods import add_months, previous_span, same_span_last_year
from analytics.metrics.targets import Target, verdict
from tests.unit.analytics.conftest import Put
from warehouse.errors import SwotlightError, UsageError
from warehouse.store import Connection

MARCH = {"start": date(2026, 3, 1), "end": date(2026, 3, 31)}


@pytest.fixture
def targets(db: Connection) -> Connection:
    db.execute("create schema marts")
    db.execute(
        "create table marts.targets (metric varchar, entity_dimension varchar, entity varchar, comparison varchar, "
        "value double, valid_from date, valid_to date, owner varchar, dimension varchar)"
    )
    return db


def aim(db: Connection, metric: str, sign: str, value: float, entity: tuple[str, str] = ("organisation", "")) -> None:
    db.execute("insert into marts.targets values (?, ?, ?, ?, ?, null, null, 'ops', 'service_quality')",
               [metric, *entity, sign, value])  # fmt: skip


def surveyed(put: Put, day: str, good: int, n: int, team: str = "A") -> None:
    put("surveys_day", responded_on=day, team=team, instrument="csat", n=n, satisfied=good)


def test_met_and_missed_need_the_whole_interval_on_one_side() -> None:
    target = Target("csat", "organisation", None, ">=", 0.9)
    assert verdict(target, 0.95, 0.92, 0.97) == "met"
    assert verdict(target, 0.95, 0.88, 0.98) == "undecided"
    assert verdict(target, 0.80, 0.75, 0.84) == "missed"
    assert verdict(target, 0.95, None, None) == "met"
    assert verdict(target, 0.95, None, None, sampled=True) == "undecided"
    assert verdict(None, 0.95, 0.92, 0.97) == "no target"
    assert verdict(target, None, None, None) == "no data"


def test_an_entity_is_held_to_its_own_target_before_the_organisations(targets: Connection, put: Put) -> None:
    surveyed(put, "2026-03-02", 850, 1000)
    surveyed(put, "2026-03-02", 850, 1000, team="B")
    aim(targets, "csat", ">=", 0.9)
    aim(targets, "csat", ">=", 0.8, ("team", "B"))
    found = {c.row.dimensions["team"]: c for c in compare(targets, request("csat", by=["team"], **MARCH), "target")}
    assert (found["A"].verdict, found["B"].verdict) == ("missed", "met")
    assert found["A"].difference == pytest.approx(-0.05)
    assert compare(targets, request("csat", where=[("team", "B")]), "target")[0].verdict == "met"


def test_a_metric_without_a_target_says_so(targets: Connection, put: Put) -> None:
    surveyed(put, "2026-03-02", 850, 1000)
    assert compare(targets, request("csat"), "target")[0].verdict == "no target"


def test_a_target_in_the_wrong_unit_is_refused(targets: Connection) -> None:
    aim(targets, "csat", ">=", 90)
    with pytest.raises(SwotlightError, match=r"wrong unit.*did you mean 0\.9\?"):
        read_targets(targets, catalogue(targets))


def test_a_target_of_an_unknown_metric_is_refused(targets: Connection) -> None:
    aim(targets, "csta", ">=", 0.9)
    with pytest.raises(SwotlightError, match="Did you mean csat"):
        read_targets(targets, catalogue(targets))


def test_a_difference_between_two_periods_carries_newcombes_interval(db: Connection, put: Put) -> None:
    # Newcombe (1998), example (a): 56/70 against 48/80 gives 0.2 with limits 0.0524 and 0.3339.
    surveyed(put, "2026-03-02", 56, 70)
    surveyed(put, "2026-02-02", 48, 80)
    found = compare(db, request("csat", **MARCH), "previous")[0]
    assert found.difference == pytest.approx(0.2)
    assert (found.low, found.high) == (pytest.approx(0.0524, abs=1e-4), pytest.approx(0.3339, abs=1e-4))
    assert (found.verdict, found.comparator_n) == ("better", 80)


def test_each_period_meets_the_one_before_it(db: Connection, put: Put) -> None:
    for day, n in (("2025-03-31", 5), ("2026-02-28", 10), ("2026-03-31", 30)):
        put("contacts_day", arrived_on=day, channel="chat", answered=n, abandoned=0)
    asked = request("offered", grain="month", **MARCH)
    assert [c.difference for c in compare(db, asked, "previous")] == [20]
    assert [(c.difference, c.verdict) for c in compare(db, asked, "last_year")] == [(25, "higher")]
    assert compare(db, request("offered", grain="month"), "previous")[0].verdict == "no data"


def test_a_comparison_in_time_needs_both_ends(db: Connection) -> None:
    with pytest.raises(UsageError, match="first and the last day"):
        compare(db, request("offered"), "previous")
    with pytest.raises(UsageError, match="last_year"):
        compare(db, request("offered"), "lastyear")  # type: ignore[arg-type]


def test_spans_shift_by_whole_months_or_by_days() -> None:
    assert previous_span(date(2026, 3, 1), date(2026, 3, 31)) == (date(2026, 2, 1), date(2026, 2, 28))
    assert previous_span(date(2026, 1, 1), date(2026, 3, 31)) == (date(2025, 10, 1), date(2025, 12, 31))
    assert previous_span(date(2026, 3, 2), date(2026, 3, 8)) == (date(2026, 2, 23), date(2026, 3, 1))
    assert same_span_last_year(date(2024, 2, 1), date(2024, 2, 29)) == (date(2023, 2, 1), date(2023, 2, 28))
    assert same_span_last_year(date(2025, 2, 1), date(2025, 2, 28)) == (date(2024, 2, 1), date(2024, 2, 29))
    assert add_months(date(2026, 3, 31), -1) == date(2026, 2, 28)
