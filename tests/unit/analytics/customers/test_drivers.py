"""Shares of explained variance, the map and its axes."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from analytics.customers.drivers import Driver, drivers_of, lmg_shares
from analytics.customers.performance import importance_performance
from analytics.customers.relations import driver_importance
from warehouse.store import connect


def test_uncorrelated_attributes_share_by_their_squared_correlations() -> None:
    shares, r2 = lmg_shares(np.array([[1, 0, 0.6], [0, 1, 0.3], [0.6, 0.3, 1]]))
    assert r2 == pytest.approx(0.45)
    assert shares == pytest.approx([0.8, 0.2])


def test_two_orders_are_averaged_where_attributes_go_together() -> None:
    # r12 = .5, r1y = .6, r2y = .5: R² = (.36 + .25 − 2·.5·.6·.5) ÷ .75 = .41333; first alone .36, second alone .25.
    # Attribute 1: (.36 + .41333 − .25) ÷ 2 = .26167; attribute 2: (.25 + .41333 − .36) ÷ 2 = .15167.
    shares, r2 = lmg_shares(np.array([[1, 0.5, 0.6], [0.5, 1, 0.5], [0.6, 0.5, 1]]))
    assert r2 == pytest.approx(0.413333, abs=1e-6)
    assert shares == pytest.approx([0.26167 / 0.41333, 0.15167 / 0.41333], abs=1e-4)


def test_a_copy_of_an_attribute_gets_half() -> None:
    shares, r2 = lmg_shares(np.array([[1, 1, 0.6], [1, 1, 0.6], [0.6, 0.6, 1]]))
    assert (r2, shares[0], shares[1]) == (pytest.approx(0.36), pytest.approx(0.5), pytest.approx(0.5))


def made_up(n: int = 1_500) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(5)
    ratings = rng.normal(size=(n, 3))
    return ratings, ratings @ np.sqrt([0.6, 0.3, 0.1]) + rng.normal(size=n)


def test_planted_shares_lie_in_their_intervals_and_the_same_answers_give_the_same_interval() -> None:
    ratings, outcome = made_up()
    found = drivers_of("nps", ["a", "b", "c"], ratings, outcome)
    assert [d.attribute for d in found.drivers] == ["a", "b", "c"]
    assert all(d.low <= planted <= d.high for d, planted in zip(found.drivers, (0.6, 0.3, 0.1), strict=True))
    assert sum(d.share for d in found.drivers) == pytest.approx(1)
    turned = np.random.default_rng(1).permutation(len(outcome))
    again = drivers_of("nps", ["a", "b", "c"], ratings[turned], outcome[turned])
    for one, other in zip(found.drivers, again.drivers, strict=True):
        assert (one.low, one.high) == pytest.approx((other.low, other.high), abs=1e-9)


@pytest.mark.parametrize(("n", "k"), [(29, 3), (100, 11), (100, 1)], ids=["too few people", "too many", "only one"])
def test_what_cannot_be_told_is_refused(n: int, k: int) -> None:
    rng = np.random.default_rng(0)
    with pytest.raises(ValueError, match="drivers of nps"):
        drivers_of("nps", [str(i) for i in range(k)], rng.normal(size=(n, k)), rng.normal(size=n))


def test_the_map_crosses_at_the_means_and_says_where_it_is_sure() -> None:
    strong = Driver("reliability", 0.6, 0.5, 0.7, 4.0, 3.9, 4.1)
    weak = Driver("tangibles", 0.1, 0.05, 0.15, 6.0, 5.9, 6.1)
    middling = Driver("empathy", 0.3, 0.2, 0.4, 5.2, 5.1, 5.3)
    found = importance_performance([strong, weak, middling])
    assert found is not None
    assert (found.importance_axis, found.performance_axis) == (pytest.approx(1 / 3), pytest.approx(5.0667, abs=1e-4))
    assert [(p.quarter, p.is_clear) for p in found.places] == [
        ("concentrate here", True),
        ("possible overkill", True),
        ("possible overkill", False),
    ]


def test_one_attribute_has_no_map() -> None:
    assert importance_performance([Driver("a", 1, 1, 1, 5, 4, 6)]) is None


def _asked(con: Any, survey: str, most: int) -> None:
    """Sixty people rate speed from 1 to 5 and price from 1 to `most`, and say how satisfied they are."""
    rng = np.random.default_rng(5)
    for k in range(60):
        speed, price = int(rng.integers(1, 6)), int(rng.integers(1, 6))
        rated = ((f"{survey}-all", "csat", round(0.7 * speed + 0.3 * price), 5), ("speed", "other", speed, 5),
                 ("price", "other", price if most == 5 else 25 * (price - 1), most))  # fmt: skip
        for item, instrument, value, highest in rated:
            lowest = 1 if highest == 5 else 0
            con.execute(
                "insert into marts.fct_survey_answers values "
                f"('s', '{survey}', '{survey}-{k}', '{instrument}', '{item}', null, 'perception', {value}, {lowest}, "
                f"{highest}, date '2026-03-02')"
            )


def test_questions_of_two_surveys_are_told_apart_and_ratings_of_two_scales_are_placed_on_one() -> None:
    with connect(None) as con:
        con.execute("create schema marts")
        con.execute(
            "create table marts.fct_survey_answers (source varchar, survey_id varchar, response_id varchar, "
            "instrument varchar, item_id varchar, dimension varchar, role varchar, value double, scale_min double, "
            "scale_max double, responded_on date)"
        )
        _asked(con, "even", 5)
        _asked(con, "uneven", 100)
        rows = driver_importance(con)
    assert [(r["survey"], r["question"], r["attribute"]) for r in rows] == [
        ("even", "even-all", "speed"), ("even", "even-all", "price"),
        ("uneven", "uneven-all", "speed"), ("uneven", "uneven-all", "price"),
    ]  # fmt: skip
    even, uneven = rows[:2], rows[2:]
    assert [r["importance"] for r in uneven] == pytest.approx([r["importance"] for r in even])
    assert all(1 <= r["performance"] <= 5 for r in even)
    assert [r["performance"] for r in uneven] == pytest.approx([(r["performance"] - 1) / 4 for r in even])


def test_a_dimension_of_several_items_is_rated_by_their_mean() -> None:
    """Of reliability 5 and 1 make 3, and 4 and 3 make 3.5, of half the people each; of responsiveness 1 and 3 make 2 of
    a third, 2 and 3 make 2.5 of the others.
    """
    with connect(None) as con:
        con.execute("create schema marts")
        con.execute(
            "create table marts.fct_survey_answers as select 's' as source, 'v' as survey_id, 'r' || r as response_id, "
            "item.instrument, item.item_id, item.dimension, 'perception' as role, "
            "case when r % item.each = 0 then item.value else item.other end as value, 1.0 as scale_min, "
            "5.0 as scale_max, date '2026-03-02' as responded_on from range(60) as people(r), (values "
            "('csat', 'all', null, 4.0, 2.0, 5), ('servqual', 'r1', 'reliability', 5.0, 4.0, 2), "
            "('servqual', 'r2', 'reliability', 1.0, 3.0, 2), ('servqual', 's1', 'responsiveness', 1.0, 2.0, 3), "
            "('servqual', 's2', 'responsiveness', 3.0, 3.0, 3)) "
            "as item(instrument, item_id, dimension, value, other, each)"
        )
        rows = driver_importance(con)
    assert {row["attribute"]: row["performance"] for row in rows} == {
        "reliability": pytest.approx(3.25),
        "responsiveness": pytest.approx(7 / 3),
    }
