"""Importance and performance: judged by the answers of the period's own window, told as the rating that it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from analytics.metrics.periods import add_months, last_of_month
from analytics.swot.adopting import by_hand
from analytics.swot.family import attach_sql
from analytics.swot.importance import importance
from analytics.swot.model import WHOLE, Evidence, Factor, Item, Window
from analytics.swot.sentences import render, tell
from analytics.swot.tows import propose
from analytics.swot.words import LANGUAGES
from warehouse.store import Connection, connect

FACTOR = Factor("assurance_expected", "internal", "customer_value", None, None, "servqual_gap_assurance", "higher",
                ("previous",), 0.2, 0.01, None, 100, None, None)  # fmt: skip
METRIC: Any = SimpleNamespace(
    name="servqual_gap_assurance", label="Service quality gap: assurance", unit="score", definition_hash="x",
    rests_on=(), hide_below=5, label_in=lambda _code: "Service quality gap: assurance",
)  # fmt: skip


def answered(con: Connection, first: date, days: int, rating: int, label: str) -> None:
    """One respondent a day: assurance near ``rating``, empathy near 4, and how likely it is that they recommend us."""
    rng, rows = np.random.default_rng(3), []
    for place in range(days):
        day, sure, kind = first + timedelta(days=place), rating + int(rng.integers(-1, 2)), int(rng.integers(3, 6))
        told = (
            ("nps_1", "nps", "null", min(10, sure + kind), 0, 10),
            ("a_1", "servqual", "'assurance'", sure, 1, 7),
            ("e_1", "servqual", "'empathy'", kind, 1, 7),
        )
        rows += [
            f"('s', 'q', '{label}{place}', '{kind_}', '{item}', {of}, 'perception', {value}, {low}, {high}, "
            f"date '{day}')"
            for item, kind_, of, value, low, high in told
        ]
    con.execute(f"insert into marts.fct_survey_answers values {', '.join(rows)}")


@pytest.fixture
def asked() -> Iterator[Connection]:
    """150 answers of 2025 that rate assurance near 2, and 150 of 2026 that rate it near 6."""
    with connect(None) as con:
        con.execute("create schema marts")
        con.execute(
            "create table marts.fct_survey_answers (source varchar, survey_id varchar, response_id varchar, "
            "instrument varchar, item_id varchar, dimension varchar, role varchar, value double, scale_min double, "
            "scale_max double, responded_on date)"
        )
        con.execute("create table marts.driver_importance as select unnest(['assurance', 'empathy']) as attribute")
        answered(con, date(2025, 1, 1), 150, 2, "old")
        answered(con, date(2026, 1, 1), 150, 6, "new")
        yield con


def judged(con: Connection, period: date, months: int = 12) -> Evidence:
    window = Window(months, add_months(period, 1 - months), last_of_month(period))
    (found,) = importance(con, [FACTOR], {METRIC.name: METRIC}, {FACTOR.measure: window}, period)
    return found


def test_a_period_is_judged_by_the_answers_of_its_own_window(asked: Connection) -> None:
    then, now = judged(asked, date(2025, 12, 1)), judged(asked, date(2026, 12, 1))
    assert (then.n, now.n) == (150, 150)
    assert then.value == pytest.approx(2, abs=0.2) and now.value == pytest.approx(6, abs=0.2)
    assert now.difference is not None and now.difference > 0.5 and now.p is not None


def test_answers_that_came_later_say_nothing_of_a_month_before_them(asked: Connection) -> None:
    before = judged(asked, date(2019, 1, 1))
    assert before.p is None and before.value is None and before.n is None
    assert before.missing is not None
    assert before.missing.text() == "no data from February 2018 to January 2019"


def test_a_window_with_too_few_answers_says_how_many_it_has(asked: Connection) -> None:
    few = judged(asked, date(2026, 1, 1), 1)
    assert few.p is None and few.missing is not None
    assert few.missing.text() == "n = 31 in January 2026; 100 are needed"
    asked.execute("delete from marts.fct_survey_answers where responded_on > date '2026-01-03'")
    hidden = judged(asked, date(2026, 1, 1), 1)
    assert hidden.n is None and hidden.missing is not None
    assert hidden.missing.text() == "fewer than 5 answers in January 2026"


def test_its_sql_gives_the_rating_and_not_the_gap(asked: Connection) -> None:
    evidence = judged(asked, date(2026, 12, 1))
    assert asked.rows(evidence.sql_text)[0]["value"] == pytest.approx(evidence.value)
    attach_sql([evidence], {}, {})
    assert "avg(rating)" in evidence.sql_text and len(evidence.sql_hash) == 16


def test_what_was_never_rated_has_no_such_comparison(asked: Connection) -> None:
    asked.execute("delete from marts.driver_importance where attribute = 'assurance'")
    window = Window(12, date(2026, 1, 1), date(2026, 12, 31))
    assert importance(asked, [FACTOR], {METRIC.name: METRIC}, {FACTOR.measure: window}, date(2026, 12, 1)) == []


def test_the_sentence_tells_the_rating_and_calls_it_no_gap(asked: Connection) -> None:
    evidence = judged(asked, date(2026, 12, 1))
    evidence.value, evidence.difference = 5.44, 0.17
    item = Item(evidence.period, WHOLE, FACTOR, "strength", evidence, [evidence], date(2027, 1, 31))
    tell(item, METRIC)
    assert item.sentence == "Customers rate assurance **5.44**, 0.17 above the mean of what matters to customers."
    told = {code: render(str(item.sentence_key), item.slots, code) for code in LANGUAGES}
    assert told["zh"].startswith("客户对保证性评分") and told["vi"].startswith("Khách hàng chấm độ bảo đảm")


def test_an_objective_goes_from_the_gap_and_never_from_the_rating(asked: Connection) -> None:
    rated = judged(asked, date(2026, 12, 1))
    gap = replace(rated, comparator="previous", value=-0.4, comparator_value=-0.1)
    item = Item(rated.period, WHOLE, FACTOR, "weakness", rated, [rated, gap], date(2027, 1, 31))
    metric: Any = SimpleNamespace(name=METRIC.name, unit="score", interval="t")
    assert propose(item, metric, []) == -0.1
    asked.execute("create schema swot")
    asked.execute(
        "create table swot.evidence as select * from (values "
        "('servqual_gap_assurance', 'organisation', null, null, 'importance', 5.49::double), "
        "('servqual_gap_assurance', 'organisation', null, null, 'previous', -0.4)) "
        "as t (metric, entity_dimension, entity, slice, comparator, value)"
    )
    assert by_hand(asked, METRIC.name, "organisation", None)["goal_from"] == pytest.approx(-0.4)
