"""Waves and groups of surveys from sums: hidden groups, vanished ones, two scales; bias and segments."""

from __future__ import annotations

from typing import Any

import pytest

from analytics.customers.answering import bias_of
from analytics.customers.segments import segments_of
from analytics.customers.surveys import results_of


def sums(wave: str, group: tuple[str, str], n: int, satisfied: int = 0, **fields: Any) -> dict[str, Any]:
    row = {
        "source": "q", "survey": "s", "instrument": "csat", "item": "i", "item_dimension": None, "audience": "customer",
        "wave": wave, "group_dimension": group[0], "group_name": group[1], "scale_min": 1.0, "scale_max": 5.0,
        "scales": 1, "n": n, "satisfied_base": n, "satisfied": satisfied, "nps_base": 0, "nps_sum": 0, "promoters": 0,
        "detractors": 0, "value_sum": 4.0 * n, "value_sq_sum": 17.0 * n,
    }  # fmt: skip
    return row | fields


def found(rows: list[dict[str, Any]]) -> dict[tuple[str, str], dict[str, Any]]:
    return {(row["wave"], row["group_name"]): row for row in results_of(rows)}


def test_nine_of_ten_is_90_with_wilson() -> None:
    row = found([sums("1", ("all", "all"), 10, 9)])["1", "all"]
    assert (row["value"], row["n"]) == (0.9, 10)
    assert (row["low"], row["high"]) == (pytest.approx(0.596, abs=5e-4), pytest.approx(0.982, abs=5e-4))


def test_450_of_500() -> None:
    row = found([sums("1", ("all", "all"), 500, 450)])["1", "all"]
    assert (row["low"], row["high"]) == (pytest.approx(0.871, abs=5e-4), pytest.approx(0.923, abs=5e-4))


def test_fifty_thirty_twenty_is_plus_thirty() -> None:
    parts = {"instrument": "nps", "nps_base": 100, "nps_sum": 30, "promoters": 50, "detractors": 20,
             "satisfied_base": 0, "satisfied": None}  # fmt: skip
    row = found([sums("1", ("all", "all"), 100, **parts)])["1", "all"]
    assert (row["measure"], row["value"]) == ("nps", pytest.approx(30))
    assert (row["low"], row["high"]) == (pytest.approx(14.1, abs=0.05), pytest.approx(44.2, abs=0.05))


def test_a_wave_of_three_respondents_is_hidden_with_all_its_groups() -> None:
    rows = found([sums("1", ("all", "all"), 3, 3), sums("1", ("region", "n"), 3, 3)])
    assert {(r.get("value"), r["note"]) for r in rows.values()} == {(None, "small")}


def test_a_small_group_takes_a_neighbour_along_and_no_number_of_theirs_is_told() -> None:
    rows = found([
        sums("1", ("all", "all"), 60, 50), sums("1", ("region", "n"), 4, 4), sums("1", ("region", "s"), 16, 12),
        sums("1", ("region", "w"), 40, 34),
    ])  # fmt: skip
    assert [rows["1", g].get("note") for g in ("n", "s", "w")] == ["small", "complement", None]
    assert all(rows["1", g].get(k) is None for g in ("n", "s") for k in ("n", "value", "low", "high", "change"))


def test_a_segment_that_vanishes_is_said() -> None:
    rows = found([
        sums("1", ("all", "all"), 40, 30), sums("1", ("region", "n"), 20, 15), sums("1", ("region", "s"), 20, 15),
        sums("2", ("all", "all"), 20, 15), sums("2", ("region", "n"), 20, 15),
    ])  # fmt: skip
    assert (rows["2", "s"]["n"], rows["2", "s"]["note"], rows["2", "s"].get("value")) == (0, "vanished", None)


def test_two_scales_under_one_question_have_no_mean_but_a_share() -> None:
    mixed = {"instrument": "ces", "satisfied_base": 0, "satisfied": None, "scales": 2, "scale_max": 7.0}
    row = found([sums("1", ("all", "all"), 50, **mixed)])["1", "all"]
    assert (row["note"], row.get("value"), row["n"]) == ("two scales", None, 50)
    row = found([sums("1", ("all", "all"), 50, 40, scales=2)])["1", "all"]
    assert (row.get("note"), row["value"]) == (None, 0.8)


def test_a_wave_is_compared_with_the_one_before_it() -> None:
    row = found([sums("1", ("all", "all"), 100, 50), sums("2", ("all", "all"), 100, 60)])["2", "all"]
    assert (row["previous_wave"], row["change"], row["p"]) == ("1", pytest.approx(0.1), pytest.approx(0.155, abs=1e-3))


def test_who_answers_more_than_their_share_speaks_too_loud() -> None:
    rows = {r["group_name"]: r for r in bias_of("channel", {"voice": 800, "chat": 200}, {"voice": 20, "chat": 80})}
    assert (rows["chat"]["ratio"], rows["chat"]["verdict"]) == (pytest.approx(4.0), "over")
    assert (rows["voice"]["verdict"], rows["voice"]["distance"]) == ("under", pytest.approx(0.6))
    assert bias_of("channel", {}, {"voice": 3}) == []


def people(dimension: str, name: str, customers: int, **fields: Any) -> dict[str, Any]:
    return {
        "dimension": dimension, "segment_name": name, "customers": customers, "spend": 10.0 * customers,
        "spending": customers, "currency": "EUR", "requests": 3 * customers, "complaints": 0, "satisfied": customers,
        "answers": customers, "left_count": 10, "customer_years": float(customers), **fields,
    }  # fmt: skip


def test_segments_tell_value_contacts_and_the_chance_of_leaving() -> None:
    rows = {r["segment_name"]: r for r in segments_of([people("region", "n", 100), people("region", "s", 300)])}
    assert (rows["n"]["customer_share"], rows["n"]["spend_per_customer"]) == (0.25, 10.0)
    assert (rows["n"]["requests_per_customer"], rows["n"]["churn_risk"]) == (3.0, pytest.approx(0.0952, abs=1e-4))


def test_a_segment_of_four_and_its_complement_are_hidden_and_twenty_have_no_risk() -> None:
    rows = {r["segment_name"]: r for r in segments_of(
        [people("gender", "a", 4), people("gender", "b", 20), people("gender", "c", 90)]
    )}  # fmt: skip
    assert (rows["a"]["note"], rows["b"]["note"]) == ("small", "complement")
    assert not {"customers", "spend_total", "churn_risk", "requests"} & (rows["a"].keys() | rows["b"].keys())
    twenty = segments_of([people("gender", "b", 20), people("gender", "c", 90)])
    assert "churn_risk" not in next(r for r in twenty if r["segment_name"] == "b")


def test_three_leavers_are_not_told_nor_the_group_that_would_give_them_away() -> None:
    rows = segments_of([people("region", "n", 100, left_count=3), people("region", "s", 300, left_count=40),
                        people("region", "w", 300, left_count=90)])  # fmt: skip
    told = {r["segment_name"] for r in rows if "churn_risk" in r}
    assert told == {"w"}
