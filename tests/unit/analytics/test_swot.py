"""The first form of the SWOT: planted truths come out, thin evidence is called thin, and nothing depends on luck."""

from __future__ import annotations

import itertools
import json
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
import pytest

from analytics.metrics.periods import add_months
from analytics.swot import build, entities, items, read_earlier, render, templates
from tests.unit.analytics.conftest import Put, bucket
from warehouse.errors import SwotlightError, UsageError
from warehouse.store import Connection

AS_OF = datetime(2026, 11, 1)
FACTORS = [
    # factor, metric, direction, comparators, swd, weight, rating, minimum_n
    ("service_level", "service_level", "higher", "target|peer|previous|trend", 0.03, 0.09, None, 400),
    ("waiting", "asa_seconds", "lower", "target|previous", 5, 0.05, None, 400),
    ("satisfaction", "csat", "higher", "target|previous", 0.02, 0.09, None, 100),
    ("recommendation", "nps", "higher", "target|previous", 5, 0.06, None, 100),
    ("brand_complaints", "complaint_rate", "lower", "target|previous", 0.005, 0.04, None, 400),
    ("median_wait", "wait_seconds_p50", "lower", "target|previous", 5, 0.04, None, 200),
    ("cost_per_contact", "cost_per_contact", "lower", "previous", 0.2, 0.05, None, 6),
    ("hiring_speed", "time_to_fill_days_p50", "lower", "target", 5, 0.03, None, 10),
    ("backlog", "backlog", "lower", "previous", 50, 0.02, None, 12),
]


@pytest.fixture
def swot(db: Connection) -> Connection:
    """The rollups with a factor catalogue and targets, and no data yet."""
    db.execute("create schema marts")
    db.execute(
        "create table marts.targets (metric varchar, entity_dimension varchar, entity varchar, comparison varchar, "
        "value double, valid_from date, valid_to date, owner varchar, dimension varchar)"
    )
    db.execute(
        "create table marts.swot_factors (factor varchar, scope varchar, theme varchar, bears_on varchar, "
        "chain_stage varchar, metric varchar, direction varchar, comparators varchar, swd double, weight double, "
        "rating double, minimum_n integer, owner_role varchar, dimension varchar)"
    )
    for row in FACTORS:
        add_factor(db, *row)
    add_factor(db, "contact_demand", "offered", "none", "trend", 0.05, 0.04, None, 12, scope="external")
    for metric, sign, value in (("service_level", ">=", 0.8), ("csat", ">=", 0.9), ("asa_seconds", "<=", 60.0),
                                ("wait_seconds_p50", "<=", 60.0), ("time_to_fill_days_p50", "<=", 30)):  # fmt: skip
        db.execute("insert into marts.targets values (?, 'organisation', null, ?, ?, null, null, 'ops', 'x')",
                   [metric, sign, value])  # fmt: skip
    return db


def add_factor(
    db: Connection, factor: str, metric: str, direction: str, comparators: str, swd: float, weight: float,
    rating: float | None, minimum_n: int, scope: str = "internal",
) -> None:  # fmt: skip
    db.execute(
        "insert into marts.swot_factors values (?, ?, 'service_quality', null, 'wait', ?, ?, ?, ?, ?, ?, ?, 'x', 'y')",
        [factor, scope, metric, direction, comparators, swd, weight, rating, minimum_n],
    )


def fill(db: Connection, seed: int = 1, **effects: float) -> None:
    """Two Octobers (2025 and 2026) of contacts and answers in two channels; ``effects`` shift 2026's figures."""
    rng = np.random.default_rng(seed)
    tables: dict[str, list[tuple]] = {"contacts_day": [], "surveys_day": [], "tickets_created_day": [], "durations": []}
    for year, offset, channel in itertools.product((2025, 2026), range(31), ("voice", "chat")):
        planted = effects if year == 2026 else {}
        day = date(year, 10, 1) + timedelta(days=offset)
        n, asked = int(rng.poisson(300)), int(rng.poisson(12))
        level = 0.8 + 0.02 * rng.normal() + planted.get(f"level_{channel}", planted.get("level", 0.0))
        good, waited = int(rng.binomial(n, min(level, 1))), n * (60 + 4 * rng.normal() + planted.get("wait", 0.0))
        satisfied = int(rng.binomial(asked, 0.9 + planted.get("csat", 0.0)))
        complaints = int(rng.poisson(8 * (1 + planted.get("complaints", 0.0))))
        middle = np.log(60 * (1 + planted.get("median", 0.0)))
        tables["contacts_day"].append((day, channel, n, 0, good, n, waited))
        tables["surveys_day"].append((day, channel, "csat", asked, satisfied))
        tables["tickets_created_day"].append((day, channel, 100, complaints))
        for wait in np.exp(rng.normal(middle, 0.8, 20)):
            tables["durations"].append((day, channel, "wait_seconds", bucket(float(wait)), 1))
    for columns, rows in zip(_FILLED, tables.values(), strict=True):
        db.execute(f"insert into rollups.rollup_{columns} values {', '.join(map(_literal, rows))}")


_FILLED = (
    "contacts_day (arrived_on, channel, answered, abandoned, sl_answered, sl_base, wait_seconds)",
    "surveys_day (responded_on, channel, instrument, n, satisfied)",
    "tickets_created_day (created_on, channel, tickets, complaints)",
    "durations_day (counted_on, channel, measure, bucket, n)",
)


def _literal(row: tuple) -> str:
    return "(" + ", ".join(f"'{v}'" if isinstance(v, date | str) else repr(v) for v in row) + ")"


def placed(db: Connection, entity: Any = None) -> dict[str, str]:
    rows = db.rows(
        "select factor, quadrant from swot.items where entity_dimension = ? and entity is not distinct from ?",
        list(entity or ("organisation", None)),
    )
    return {row["factor"]: row["quadrant"] for row in rows}


def test_what_was_planted_comes_out_in_its_quadrant(swot: Connection) -> None:
    fill(swot, level=0.1, csat=-0.12, complaints=1.0, median=0.6, wait=30.0)
    build(swot, AS_OF)
    found = placed(swot)
    assert found["service_level"] == "strength"
    assert found["satisfaction"] == "weakness"
    assert found["brand_complaints"] == "weakness"
    assert found["median_wait"] == "weakness"
    assert found["waiting"] == "weakness"


def test_a_company_at_target_has_nothing_but_watch(swot: Connection) -> None:
    fill(swot)
    build(swot, AS_OF)
    found = placed(swot)
    judged = {f: q for f, q in found.items() if q != "insufficient"}
    assert len(judged) >= 5 and set(judged.values()) == {"watch"}


def test_a_channel_is_judged_for_itself(swot: Connection) -> None:
    fill(swot, level_chat=-0.2, level_voice=0.1)
    build(swot, AS_OF)
    assert placed(swot, ("channel", "chat"))["service_level"] == "weakness"
    assert placed(swot, ("channel", "voice"))["service_level"] == "strength"
    assert entities(swot) == [("organisation", None), ("channel", "chat"), ("channel", "voice")]


def test_better_than_last_year_but_below_target_is_contested(swot: Connection) -> None:
    fill(swot, level=0.06)
    swot.execute("update marts.targets set value = 0.95 where metric = 'service_level'")
    build(swot, AS_OF)
    assert placed(swot)["service_level"] == "contested"
    told = items(swot)["contested"][0]
    assert {c["comparator"]: c["verdict"] for c in told["comparisons"]} == {
        "target": "worse", "previous": "better", "trend": "missing"
    }  # fmt: skip
    assert told["sentence"].endswith("points below target. But: 6.1 points above October 2025.")
    assert render(told["sentence_key"], told["slots"], "zh").endswith("。然而：比2025 年 10 月高 6.1 个百分点。")
    in_vietnamese = render(told["sentence_key"], told["slots"], "vi")
    assert in_vietnamese.endswith(". Nhưng: cao hơn 6,1 điểm phần trăm so với tháng 10/2025.")
    of_before = {**told["slots"], "contrary": None}
    assert render(told["sentence_key"], of_before).endswith("Other comparisons say the opposite.")


def test_the_sql_behind_a_value_gives_that_value(swot: Connection, put: Put) -> None:
    fill(swot)
    for month in range(25):
        day = add_months(date(2024, 10, 1), month)
        put("backlog_day", day_on=add_months(day, 1) - timedelta(days=1), source="z", open_at_end=100 + 7 * month)
    build(swot, AS_OF)
    told = swot.rows("select factor, value, sql_text from swot.evidence where value is not null")
    assert {"backlog", "service_level"} <= {row["factor"] for row in told}
    for row in told:
        assert float(swot.rows(row["sql_text"])[0]["value"]) == pytest.approx(row["value"]), row["factor"]


def test_thin_evidence_says_what_is_missing(swot: Connection, put: Put) -> None:
    fill(swot)
    for offset in range(10):
        put("surveys_day", responded_on=date(2026, 10, 1 + offset), instrument="nps", n=5, promoters=3, passives=1,
            detractors=1)  # fmt: skip
    for day in (1, 15, 31):
        put("backlog_day", day_on=date(2026, 10, day), source="z", open_at_end=100)
    build(swot, AS_OF)
    missing = {i["factor"]: i["missing"] for i in items(swot)["insufficient"]}
    assert missing["recommendation"] == "n = 50 from November 2025 to October 2026; 100 are needed"
    assert missing["hiring_speed"] == "no data from November 2025 to October 2026"
    few = "1 month with data from November 2025 to October 2026; 12 are needed to see how they vary"
    assert missing["backlog"] == few
    assert missing["contact_demand"] == "2 months with data; 24 are needed for a trend"


def test_a_factor_without_any_comparator_is_insufficient(swot: Connection) -> None:
    fill(swot)
    swot.execute("delete from marts.targets")
    swot.execute("update marts.swot_factors set comparators = 'target'")
    build(swot, AS_OF)
    assert set(placed(swot).values()) == {"insufficient"}
    assert {i["missing"] for i in items(swot)["insufficient"] if i["factor"] == "satisfaction"} == {"no target is set"}


def test_a_withdrawn_metric_withdraws_its_items_and_they_come_back(swot: Connection) -> None:
    fill(swot, csat=-0.2)
    swot.execute("insert into quality.withdrawn values ('csat', 'survey_scale', 'scale changed')")
    build(swot, AS_OF)
    assert items(swot)["withdrawn"] == [
        {"factor": "satisfaction", "metric": "csat", "check": "survey_scale", "was": None}
    ]
    assert swot.scalar("select count(*) from swot.evidence where metric = 'csat' and p is not null") == 0
    swot.execute("delete from quality.withdrawn")
    # A history that an earlier version kept lacks the check.
    old = read_earlier(swot)
    for row in old.history:
        del row["withdrawn_by"], row["before_withdrawn_by"]
    build(swot, AS_OF, earlier=old)
    assert placed(swot)["satisfaction"] == "weakness"


def test_what_a_check_moved_is_told_with_its_name_both_ways(swot: Connection) -> None:
    fill(swot, csat=-0.2)
    build(swot, AS_OF)
    swot.execute("insert into quality.withdrawn values ('csat', 'survey_scale', 'scale changed')")
    build(swot, AS_OF, earlier=read_earlier(swot))
    (away,) = (move for move in items(swot)["moved"] if move["factor"] == "satisfaction")
    assert (away["change"], away["cause"], away["quadrant"], away["check"]) == (
        "left", "data", "withdrawn", "survey_scale",
    )  # fmt: skip
    swot.execute("delete from quality.withdrawn")
    build(swot, AS_OF, earlier=read_earlier(swot))
    (back,) = (move for move in items(swot)["moved"] if move["factor"] == "satisfaction")
    assert (back["change"], back["cause"], back["quadrant"], back["check"]) == (
        "entered", "data", "weakness", "survey_scale",
    )  # fmt: skip


def test_one_family_holds_everything_tested_in_the_period(swot: Connection) -> None:
    fill(swot, level=0.1)
    build(swot, AS_OF)
    rows = swot.rows("select p, p_adjusted from swot.evidence where p is not null order by p")
    expected, running = [], 1.0
    for place, row in reversed(list(enumerate(rows, start=1))):
        running = min(running, row["p"] * len(rows) / place)
        expected.append(running)
    assert [r["p_adjusted"] for r in rows] == pytest.approx(expected[::-1])


def test_a_difference_too_small_to_matter_is_watched_however_certain(swot: Connection) -> None:
    fill(swot, level=0.1)
    swot.execute("update marts.swot_factors set swd = 0.5 where factor = 'service_level'")
    build(swot, AS_OF)
    item = next(i for i in items(swot)["watch"] if i["factor"] == "service_level")
    assert item["p_adjusted"] < 1e-6 and item["sentence"].endswith("It is too little to matter.")


def test_running_again_gives_the_same_bytes(swot: Connection) -> None:
    fill(swot, level=0.1, csat=-0.12, complaints=1.0, median=0.6, wait=30.0)
    written = []
    for _ in range(2):
        build(swot, AS_OF)
        tables = [swot.rows(f"select * from swot.{name}") for name in ("factors", "evidence", "items")]
        written.append(json.dumps([tables, items(swot)], default=str))
    assert written[0] == written[1]
    shaken = swot.rows("select robustness from swot.items where robustness not in (0, 1)")
    assert shaken, "a robustness that nothing shakes would be the same by itself"


def test_score_rank_robustness_and_ife(swot: Connection) -> None:
    fill(swot, level=0.1, csat=-0.12, complaints=1.0, median=0.6, wait=30.0)
    build(swot, AS_OF)
    document = items(swot)
    weak = [i for i in document["items"] if i["quadrant"] == "weakness"]
    assert [i["rank"] for i in weak] == list(range(1, len(weak) + 1))
    assert [i["score"] for i in weak] == sorted((i["score"] for i in weak), reverse=True)
    assert all(0 <= i["robustness"] <= 1 for i in weak) and sum(i["robustness"] for i in weak) == pytest.approx(3)
    waiting = next(i for i in weak if i["factor"] == "waiting")
    near = min((c["low"] for c in waiting["comparisons"] if c["comparator"] == waiting["comparator"]), default=0)
    assert waiting["score"] == pytest.approx(waiting["weight"] * min(near / 5, 10))
    rated = document["items"]
    assert document["ife"] == pytest.approx(
        sum(i["weight"] * i["rating"] for i in rated) / sum(i["weight"] for i in rated)
    )
    assert all(1 <= i["rating"] <= 2 for i in weak)


def test_a_rating_that_contradicts_its_quadrant_is_refused_in_a_sentence(swot: Connection) -> None:
    fill(swot, level=0.15)
    swot.execute("update marts.swot_factors set rating = 2 where factor = 'service_level'")
    build(swot, AS_OF)
    item = next(i for i in items(swot)["items"] if i["factor"] == "service_level")
    assert item["quadrant"] == "strength" and item["rating"] >= 3
    assert "a strength is rated 3 to 4: the rating is refused" in item["note"]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ("rating = 5", "is rated 5; a rating is 1 to 4"),
        ("weight = -0.1", "has the weight -0.1; a weight is 0 or more"),
        ("swd = 0", "must be above 0"),
        ("metric = 'csta'", "Did you mean csat"),
        ("direction = 'up'", "must be higher or lower"),
        ("comparators = 'target|neighbour'", "compared with 'neighbour'"),
        ("comparators = 'target|peer:region+planet'", "peers among 'planet'"),
    ],
)
def test_a_factor_that_cannot_be_right_is_refused(swot: Connection, change: str, says: str) -> None:
    swot.execute(f"update marts.swot_factors set {change} where factor = 'satisfaction'")
    with pytest.raises(SwotlightError, match=says) as refused:
        build(swot, AS_OF)
    assert refused.value.file == "reference/swot_factors.csv" and refused.value.key == "satisfaction"


def test_only_the_kinds_that_a_factor_names_are_set_beside_each_other(swot: Connection) -> None:
    # Complaints come in writing: a channel of letters beside one of calls says which is which, and nothing of either.
    told = "select comparator from swot.evidence where factor = 'service_level' and entity = 'chat' order by 1"
    fill(swot, level_chat=-0.2)
    build(swot, AS_OF)
    assert "peer" in [row["comparator"] for row in swot.rows(told)]
    swot.execute("update marts.swot_factors set comparators = 'target|peer:region' where factor = 'service_level'")
    build(swot, AS_OF)
    assert [row["comparator"] for row in swot.rows(told)] == ["target"]
    (row,) = swot.rows("select comparators from swot.factors where factor = 'service_level'")
    assert row["comparators"] == "target|peer:region"


def test_a_target_in_per_cent_is_refused(swot: Connection) -> None:
    swot.execute("update marts.targets set value = 90 where metric = 'csat'")
    with pytest.raises(SwotlightError, match=r"wrong unit.*did you mean 0\.9"):
        build(swot, AS_OF)


def test_the_sql_of_the_evidence_gives_its_value(swot: Connection) -> None:
    fill(swot, level=0.1)
    build(swot, AS_OF)
    rows = swot.rows("select sql_text, value, entity from swot.evidence where metric in ('service_level', 'csat')")
    assert len(rows) >= 8
    for row in rows:
        assert swot.rows(row["sql_text"])[0]["value"] == pytest.approx(row["value"])


def test_a_stage_whose_factors_have_no_data_is_not_called_free_of_cost(swot: Connection) -> None:
    build(swot, AS_OF)
    stages = items(swot)["chain"]
    assert stages and {stage["missing"] for stage in stages} == {"no factor of this stage is measured"}


def test_the_document_knows_its_entities_and_periods(swot: Connection) -> None:
    fill(swot, level=0.1)
    build(swot, AS_OF)
    document = items(swot, "channel=chat", "2026-10")
    assert document["entity"] == {"dimension": "channel", "value": "chat"} and document["period"] == "2026-10-01"
    assert document["tows"] == [] and next(stage["stage"] for stage in document["chain"]) == "contact"
    assert all(i["valid_until"] == "2026-11-30" for i in document["items"])
    with pytest.raises(UsageError, match="channel=chat"):
        items(swot, "channel=chatt")
    with pytest.raises(UsageError, match="there is: 2026-10"):
        items(swot, period="2026-09")
    with pytest.raises(UsageError, match="write it as 2026-10"):
        items(swot, period="October")


def test_sentences_are_whole_and_carry_their_numbers(swot: Connection) -> None:
    fill(swot, level=0.1)
    build(swot, AS_OF)
    item = next(i for i in items(swot, ("channel", "chat"))["items"] if i["factor"] == "service_level")
    assert item["sentence"].startswith("chat: **") and "of contacts were answered in time, " in item["sentence"]
    row = swot.rows("select sentence_key, slots from swot.items where sentence is not null limit 1")[0]
    assert row["sentence_key"] in templates()
    told = json.loads(row["slots"])
    assert render(row["sentence_key"], told, "zh").endswith("。") and render(row["sentence_key"], told, "vi").endswith(
        "."
    )
    for key, text in [pair for language in ("en", "zh", "vi") for pair in templates(language).items()]:
        assert "{subject}" not in text and "{outcome}" not in text, key


def test_an_empty_warehouse_has_a_swot_of_what_is_missing(swot: Connection) -> None:
    build(swot, AS_OF)
    assert set(placed(swot).values()) == {"insufficient"}
    assert items(swot)["ife"] is None


def test_nobody_leaving_a_small_team_proves_nothing(swot: Connection, put: Put) -> None:
    # Seven people for a year at a target of 30 %: 2.1 leavers expected, none seen; exact p = 2·e^(−2.1) = 0.245.
    add_factor(swot, "turnover", "turnover_annualised", "lower", "target", 0.05, 0.05, None, 12)
    swot.execute(
        "insert into marts.targets values ('turnover_annualised', 'organisation', null, '<', 0.3, null, null, '', '')"
    )
    for months in range(12):
        put("headcount_month", month_on=add_months(date(2025, 11, 1), months), team="A", leavers=0, heads=7.0)
    build(swot, AS_OF)
    row = swot.rows("select p, test from swot.evidence where factor = 'turnover' and entity is null and p is not null")[
        0
    ]
    assert row["p"] == pytest.approx(0.245, abs=1e-3) and row["test"] == "quasi-Poisson by month"
    assert placed(swot)["turnover"] == "watch"


def test_only_the_comparators_a_factor_allows_stand_in_its_evidence(swot: Connection) -> None:
    fill(swot)
    swot.execute("update marts.swot_factors set comparators = 'trend' where factor = 'waiting'")
    build(swot, AS_OF)
    rows = swot.rows("select distinct factor, comparator, missing from swot.evidence where entity is null")
    assert {r["comparator"] for r in rows if r["factor"] == "cost_per_contact"} == {"previous"}
    assert [r["missing"] for r in rows if r["factor"] == "waiting"] == ["2 months with data; 24 are needed for a trend"]


def test_the_same_release_twice_gives_the_same_rows_and_a_correction_is_told_as_data(swot: Connection) -> None:
    fill(swot, level=0.1)
    build(swot, AS_OF)
    first = {name: swot.rows(f"select * from swot.{name}") for name in TABLES}
    build(swot, AS_OF, earlier=read_earlier(swot))
    assert {name: swot.rows(f"select * from swot.{name}") for name in TABLES} == first
    swot.execute(
        "update rollups.rollup_contacts_day set sl_answered = sl_answered * 0.6 where arrived_on >= '2026-10-01'"
    )
    build(swot, AS_OF, earlier=read_earlier(swot))
    moved = {row["factor"]: (row["change"], row["cause"]) for row in items(swot)["moved"]}
    assert moved["service_level"] == ("quadrant", "data")
    corrected = {name: swot.rows(f"select * from swot.{name}") for name in TABLES}
    build(swot, AS_OF, earlier=read_earlier(swot))
    assert {name: swot.rows(f"select * from swot.{name}") for name in TABLES} == corrected


def test_a_rising_outside_factor_is_a_threat_and_pairs_with_what_it_bears_on(swot: Connection) -> None:
    fill(swot, level=-0.1)
    swot.execute(
        "update marts.swot_factors set comparators = 'previous', direction = 'lower', bears_on = 'service_quality' "
        "where factor = 'contact_demand'"
    )
    swot.execute("update rollups.rollup_contacts_day set answered = answered * 2 where arrived_on >= '2026-10-01'")
    build(swot, AS_OF)
    document = items(swot)
    assert placed(swot)["contact_demand"] == "threat" and document["efe"] is not None
    kinds = {(pair["kind"], pair["inside_factor"]) for pair in document["tows"]}
    assert ("WT", "service_level") in kinds
    pair = next(p for p in document["tows"] if p["inside_factor"] == "service_level")
    assert pair["goal_to"] == 0.8 and pair["due"] == "2027-04-30", "a missed target is where to go"


TABLES = ("factors", "evidence", "items", "tows", "chain", "history", "forecasts", "objectives")


def test_what_is_kept_per_month_is_asked_for_customers_and_months_and_never_for_as_many_months(
    swot: Connection, put: Put
) -> None:
    for place in range(24):
        month = add_months(date(2024, 11, 1), place)
        put("headcount_month", month_on=month, team="care", leavers=2 + place % 5, heads=60)
    add_factor(swot, "leaving", "turnover_annualised", "lower", "previous", 0.05, 0.05, None, 200)
    add_factor(swot, "leaving_asked_of_many", "turnover_annualised", "lower", "previous", 0.05, 0.05, None, 900)
    build(swot, AS_OF)
    assert placed(swot)["leaving"] == "watch"
    missing = {i["factor"]: i["missing"] for i in items(swot)["insufficient"]}
    assert missing["leaving_asked_of_many"].startswith("n = 720 from November 2025")
