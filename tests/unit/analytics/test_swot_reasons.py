"""What is missing is kept by key and values and said in three languages; statements support and never decide."""

from __future__ import annotations

import json
import string
from datetime import date

import pytest

from analytics.swot import build, items, render_missing
from analytics.swot.reasons import REASONS, Reason, columns, of_comparisons, several, spanned
from tests.unit.analytics.test_swot import AS_OF, fill, swot
from warehouse.store import Connection

__all__ = ["swot"]
OCTOBER = date(2026, 10, 1), date(2026, 10, 31)


@pytest.mark.parametrize("key", sorted(REASONS))
def test_a_reason_names_the_same_values_in_every_language(key: str) -> None:
    named = [{name for _, name, _, _ in string.Formatter().parse(words) if name} for words in REASONS[key]]
    assert named[0] == named[1] == named[2]


def test_a_reason_is_said_in_three_languages_from_its_key_and_values() -> None:
    reason = spanned("small_n", *OCTOBER, n=1_240, needed=4_000)
    assert reason.text() == "n = 1,240 in October 2026; 4,000 are needed"
    assert reason.text("zh") == "2026 年 10 月的样本量 n = 1,240，需要 4,000"
    assert reason.text("vi") == "n = 1.240 trong tháng 10/2026; cần 4.000"
    kept = columns(reason)
    assert render_missing(str(kept["missing_key"]), kept["missing_slots"], "vi") == reason.text("vi")


def test_last_year_holds_what_was_missing_then() -> None:
    reason = spanned("few_clusters", *OCTOBER, clusters=3, grain="week", needed=8).within("last_year")
    assert reason.text() == "last year: 3 weeks with data in October 2026; 8 are needed to see how they vary"
    assert "3 个周" in reason.text("zh")


def test_one_of_a_kind_is_told_in_the_singular() -> None:
    assert Reason("few_months", {"months": 1, "needed": 24}).text().startswith("1 month with data; 24 are")
    assert Reason("few_months", {"months": 21, "needed": 24}).text().startswith("21 months with data")


def test_what_ended_over_a_year_ago_is_no_item_of_today(swot: Connection) -> None:
    fill(swot, level=0.1, csat=-0.12)
    build(swot, AS_OF)
    assert {i["factor"] for i in items(swot)["items"]} >= {"service_level", "satisfaction"}
    build(swot, AS_OF, "2026-12")
    assert "service_level" in {i["factor"] for i in items(swot)["items"]}, "two months old is not past"
    build(swot, AS_OF, "2028-03")
    document = items(swot)
    ended = {row["factor"]: row["missing"] for row in document["insufficient"] if row["missing_key"] == "ended"}
    assert not document["items"]
    assert ended["service_level"] == "the data end in October 2026: too long ago to say how things stand"
    kept = swot.rows("select value, p from swot.evidence where factor = 'service_level' and comparator = 'target'")
    assert kept[0]["value"] > 0.8 and kept[0]["p"] < 0.01


def test_several_reasons_are_told_once_each() -> None:
    both = several([Reason("no_target"), Reason("no_peer"), Reason("no_target")])
    assert both is not None and both.text() == "no target is set; no other of its kind to compare with"
    assert both.text("zh") == "没有设定目标；没有可比较的同类"
    assert several([Reason("no_target")]) == Reason("no_target") and several([]) is None


def test_two_counts_of_one_period_say_what_each_stands_beside() -> None:
    year = date(2025, 11, 1), date(2026, 10, 31)
    gap, rated = (spanned("small_n", *year, n=n, needed=100) for n in (17, 36))
    told = of_comparisons(
        [("expectation", gap), ("previous", gap), ("trend", Reason("few_months", {"months": 3, "needed": 24})),
         ("importance", rated)]
    )  # fmt: skip
    assert told is not None
    assert told.text() == (
        "beside what is expected and last year: n = 17 from November 2025 to October 2026; 100 are needed; "
        "3 months with data; 24 are needed for a trend; "
        "beside what matters to customers: n = 36 from November 2025 to October 2026; 100 are needed"
    )
    assert told.text("zh").startswith("与期望和上一年相比：2025 年 11 月")
    assert "so với những điều khách coi trọng: n = 36" in told.text("vi")
    kept = columns(told)
    assert render_missing(str(kept["missing_key"]), kept["missing_slots"], "vi") == told.text("vi")


def test_one_count_is_told_without_whom_it_stands_beside() -> None:
    gap = spanned("small_n", *OCTOBER, n=17, needed=100)
    assert of_comparisons([("expectation", gap), ("previous", gap)]) == gap
    assert of_comparisons([]) is None
    three = of_comparisons([(name, gap) for name in ("target", "previous", "trend")]
                           + [("importance", spanned("small_n", *OCTOBER, n=36, needed=100))])  # fmt: skip
    assert three is not None and three.text().startswith("beside the target, last year and its trend: n = 17")


def test_tables_and_document_carry_key_and_values(swot: Connection) -> None:
    fill(swot)
    build(swot, AS_OF)
    thin = next(row for row in items(swot)["insufficient"] if row["factor"] == "cost_per_contact")
    assert thin["missing_key"] and thin["missing"] == render_missing(thin["missing_key"], thin["missing_slots"])
    rows = swot.rows("select missing, missing_key, missing_slots from swot.evidence where missing is not null")
    assert rows and all(json.loads(row["missing_slots"]) is not None for row in rows)
    for row in rows:
        assert render_missing(row["missing_key"], row["missing_slots"]) == row["missing"]
        assert render_missing(row["missing_key"], row["missing_slots"], "zh") != row["missing"]


def say(db: Connection, factor: str, audience: str, statements: int) -> None:
    db.execute(
        "create table if not exists rollups.rollup_statements_month (month_on date, source varchar, audience varchar, "
        "kind varchar, theme varchar, factor varchar, team varchar, region varchar, statements bigint, mentions bigint)"
    )
    db.execute(
        "insert into rollups.rollup_statements_month values ('2026-09-01', 's', ?, 'concern', 'waiting', ?, "
        "'unknown', 'unknown', ?, 900)",
        [audience, factor, statements],
    )


def test_statements_go_with_an_item_and_never_make_one(swot: Connection) -> None:
    fill(swot)
    build(swot, AS_OF)
    before = swot.rows("select * exclude (support) from swot.items order by all")
    say(swot, "service_level", "customer", 400)
    say(swot, "asa_seconds", "supplier", 12)
    build(swot, AS_OF)
    assert swot.rows("select * exclude (support) from swot.items order by all") == before
    found = {i["factor"]: i["support"] for i in [*items(swot)["watch"], *items(swot)["items"]]}
    voice = {"audience": "customer", "kind": "concern", "theme": "waiting", "statements": 400, "mentions": 900}
    assert found["service_level"] == [voice] and found["waiting"][0]["statements"] == 12
    assert found["satisfaction"] == []


def test_fewer_than_five_statements_of_staff_are_not_told(swot: Connection) -> None:
    fill(swot)
    say(swot, "service_level", "staff", 4)
    build(swot, AS_OF)
    told = swot.rows("select support from swot.items where factor = 'service_level'")
    assert {row["support"] for row in told} == {None}
