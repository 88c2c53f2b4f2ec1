"""Every worked example of METRICS' Contacts and Tickets: from raw rows through dbt to the metric's own number."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from analytics.metrics import MetricRequest, MetricRow, ask, compare
from tests.oracle.worlds import World
from warehouse.errors import UsageError
from warehouse.store import Connection

Built = tuple[Connection, list[World]]


def asked(built: Built, source: str, metric: str, **options: Any) -> list[MetricRow]:
    return ask(built[0], MetricRequest((metric,), where=(("source", source),), **options))


def value(built: Built, source: str, metric: str, **options: Any) -> float | None:
    (row,) = asked(built, source, metric, **options)
    return row.value


def ticket(built: Built, source: str, name: str = "1") -> dict[str, Any]:
    (row,) = built[0].rows("select * from marts.fct_tickets where source = ? and ticket_id = ?", [source, name])
    return row


@pytest.mark.parametrize(
    ("metric", "per_cent"),
    [
        ("service_level", 81.90),
        ("service_level_f1", 83.02),
        ("service_level_f2", 86.00),
        ("service_level_f3", 81.13),
        ("service_level_f4", 82.69),
        ("service_level_f5", 82.08),
        ("abandonment_rate", 5.66),
        ("abandonment_rate_without_short", 4.76),
    ],
)
def test_answered_1000_and_abandoned_60_by_every_formula(built: Built, metric: str, per_cent: float) -> None:
    found = value(built, "service level", metric)
    assert found is not None and round(100 * found, 2) == per_cent


def test_answered_1000_and_abandoned_60_are_1060_offered(built: Built) -> None:
    assert value(built, "service level", "offered") == 1060


def test_days_of_725_in_1092_and_37_in_74_are_65_35_per_cent_and_not_58_20(built: Built) -> None:
    whole = value(built, "two days", "service_level")
    days = [row.value for row in asked(built, "two days", "service_level", grain="day")]
    assert whole is not None and round(100 * whole, 2) == 65.35
    assert round(100 * sum(day or 0 for day in days) / 2, 2) == 58.20


def test_ten_of_600_seconds_and_ninety_of_300_take_330_on_average_and_not_450(built: Built) -> None:
    assert value(built, "handling", "aht_seconds") == 330
    assert value(built, "handling", "transfer_rate") == 0.2


@pytest.mark.parametrize(
    ("metric", "share"),
    [("occupancy", 300 / 360), ("utilisation", 0.875), ("shrinkage", 0.25), ("shrinkage_compounded", 0.25),
     ("shrinkage_learning", 30 / 480), ("shrinkage_meeting", 30 / 450), ("shrinkage_break", 60 / 420)],
)  # fmt: skip
def test_480_paid_minutes_of_which_360_are_open_to_contacts(built: Built, metric: str, share: float) -> None:
    assert value(built, "paid time", metric) == pytest.approx(share)


def test_20_per_cent_and_then_15_compound_to_32(built: Built) -> None:
    found = [
        value(built, "compound", f"shrinkage{part}") for part in ("_away", "_learning", "_break", "_compounded", "")
    ]
    assert found == pytest.approx([0.20, 0, 0.15, 0.32, 0.32])


def test_parts_of_shrinkage_compound_to_the_whole_in_every_company(built: Built) -> None:
    rows = ask(built[0], MetricRequest(("shrinkage", "shrinkage_compounded"), by=("source",)))
    whole = {row.dimensions["source"]: row.value for row in rows if row.metric == "shrinkage"}
    compounded = {row.dimensions["source"]: row.value for row in rows if row.metric != "shrinkage"}
    # Who was away all the time has left nothing to the later parts.
    known = [source for source, value in compounded.items() if value is not None]
    assert len(known) >= 40
    assert [compounded[source] for source in known] == pytest.approx([whole[source] for source in known])


def test_scheduled_09_to_17_and_worked_10_to_18_is_adherence_87_5_and_conformance_100_per_cent(built: Built) -> None:
    assert value(built, "schedule", "adherence") == 0.875
    assert value(built, "schedule", "conformance") == 1


@pytest.mark.parametrize(("grain", "minute"), [("15min", 15), ("30min", 0), ("60min", 0)])
def test_arrived_07_28_and_answered_07_32_belongs_to_the_interval_of_its_arrival(
    built: Built, grain: Any, minute: int
) -> None:
    (row,) = asked(built, "half-hour", "offered", grain=grain)
    assert (row.period, row.value) == (datetime(2026, 3, 2, 7, minute), 1)
    assert row.to_dict()["period"] == f"2026-03-02T07:{minute:02}:00Z"


def test_a_total_of_half_an_hour_is_in_no_quarter_and_in_every_longer_interval(built: Built) -> None:
    told = {g: asked(built, "service level", "offered", grain=g) for g in ("15min", "30min", "60min")}
    assert not told["15min"]
    assert [row.value for row in (*told["30min"], *told["60min"])] == [1060, 1060]


def test_three_chats_of_22_minutes_in_15_minutes_are_one_and_a_half_at_once(built: Built) -> None:
    assert value(built, "chats", "chat_concurrency") == pytest.approx(22 / 15)


def test_four_callbacks_in_ten_of_which_three_reached_the_customer(built: Built) -> None:
    assert [value(built, "callbacks", m) for m in ("callbacks", "callback_share", "callback_reached_rate")] == [
        4, 0.4, 0.75,
    ]  # fmt: skip


def test_automation_ends_two_of_four_it_met_and_two_of_eleven_in_all(built: Built) -> None:
    assert value(built, "automation", "containment_rate") == 0.5
    assert value(built, "automation", "automation_rate") == pytest.approx(2 / 11)
    assert value(built, "callbacks", "automation_rate") is None


def test_solved_and_open_now_is_one_reopen(built: Built) -> None:
    assert ticket(built, "reopen")["reopens"] == 1
    assert value(built, "reopen", "reopen_rate") == 1


def test_a_note_at_5_minutes_and_a_public_reply_at_40_is_a_first_reply_after_40(built: Built) -> None:
    assert ticket(built, "reply")["first_reply_calendar_minutes"] == 40
    assert value(built, "reply", "first_reply_calendar_minutes_p50") == pytest.approx(40, rel=0.01)


def test_a_backlog_of_100_and_40_and_5_less_38_less_2_is_105(built: Built) -> None:
    (day,) = built[0].rows(
        "select sum(opened_before) as before, sum(created) as created, sum(reopened) as reopened,"
        " sum(solved) as solved, sum(deleted) as deleted, sum(open_at_end) as left from rollups.rollup_backlog_team_day"
        " where source = 'backlog' and day_on = date '2026-03-02'"
    )
    assert day == {"before": 100, "created": 40, "reopened": 5, "solved": 38, "deleted": 2, "left": 105}
    assert value(built, "backlog", "backlog", start=date(2026, 3, 2), end=date(2026, 3, 2)) == 105


def test_offered_bad_good_is_bad_to_good(built: Built) -> None:
    assert value(built, "flip", "rating_flips_to_good") == 1
    assert value(built, "flip", "rating_flips_to_bad") == 0


def test_friday_16_00_to_monday_10_00_in_berlin_is_120_business_and_3900_calendar_minutes(built: Built) -> None:
    told = ticket(built, "berlin")
    assert (told["first_reply_business_minutes"], told["first_reply_calendar_minutes"]) == (120, 3900)
    assert value(built, "berlin", "first_reply_business_minutes_p50") == pytest.approx(120, rel=0.01)
    assert value(built, "berlin", "first_reply_calendar_minutes_p90") == pytest.approx(3900, rel=0.01)


def test_from_10_00_59_to_10_01_01_are_two_seconds(built: Built) -> None:
    assert ticket(built, "two seconds")["first_reply_calendar_minutes"] == pytest.approx(2 / 60)


def test_a_promise_of_480_minutes_kept_at_120_and_raised_to_60_after_the_reply_is_met(built: Built) -> None:
    assert value(built, "raised", "sla_attainment") == 1
    assert value(built, "raised", "sla_attainment_retargeted") == 1


def test_sixty_old_issues_of_which_45_without_repeat_and_40_younger_are_75_per_cent_and_40_pending(
    built: Built,
) -> None:
    (row,) = asked(built, "fcr", "fcr_internal")
    assert (row.value, row.numerator, row.denominator, row.pending) == (0.75, 45, 60, 40)


def test_four_solved_with_none_one_two_and_three_replies_are_a_quarter_of_each_class(built: Built) -> None:
    classes = ("zero_touch_rate", "one_touch_rate", "two_touch_rate", "multi_touch_rate")
    assert [value(built, "touches", name) for name in classes] == [0.25] * 4
    assert value(built, "touches", "touches") == 1.5


def test_customers_who_waited_30_and_10_minutes_for_the_next_reply_waited_20_on_average(built: Built) -> None:
    assert value(built, "next reply", "next_reply_minutes") == 20


def test_an_interval_is_compared_with_no_earlier_period(built: Built) -> None:
    request = MetricRequest(("offered",), grain="30min", where=(("source", "service level"),))
    with pytest.raises(UsageError, match="compared with a target only"):
        compare(built[0], request, "previous")
