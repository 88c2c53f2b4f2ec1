"""Two years of a wide survey as one source: columns, codes and blanks drift between them."""

from __future__ import annotations

from math import sqrt

import pytest

from warehouse.store import Connection

pytestmark = pytest.mark.real
SFO = "from raw.survey_responses where source = 'sfo_airport'"


def test_both_years_are_waves_of_one_source(raw: Connection) -> None:
    rows = raw.rows(
        f"select wave, count(distinct response_id) as n, min(responded_at) as first, max(responded_at) as last "
        f"{SFO} group by wave order by wave"
    )
    assert [(row["wave"], row["n"]) for row in rows] == [("2016", 3_087), ("2017", 2_831)]
    assert [str(row["first"])[:7] for row in rows] == ["2016-05", "2017-05"]


def test_the_net_promoter_score_of_2017_leaves_out_what_is_no_answer(raw: Connection) -> None:
    values = [
        row["value"]
        for row in raw.rows(f"select value {SFO} and wave = '2017' and instrument = 'nps' and value is not null")
    ]
    n, score = len(values), [100 * ((value >= 9) - (value <= 6)) for value in values]
    mean = sum(score) / n
    half_width = 1.959964 * sqrt(sum((one - mean) ** 2 for one in score) / n / n)
    assert (n, round(mean, 2), round(half_width, 2)) == (2_746, 39.84, 2.61)


def test_nobody_was_asked_for_a_recommendation_in_2016(raw: Connection) -> None:
    assert raw.scalar(f"select count(*) {SFO} and wave = '2016' and instrument = 'nps'") == 0


def test_the_overall_rating_leaves_out_six_and_the_spellings_of_blank(raw: Connection) -> None:
    rows = raw.rows(
        f"select wave, count(value) as n, avg(value) as mean, min(value) as low, max(value) as high {SFO} "
        "and item_id = 'q7_overall' group by wave order by wave"
    )
    assert [(row["n"], round(row["mean"], 4)) for row in rows] == [(2_919, 4.0380), (2_688, 4.0644)]
    assert {(row["low"], row["high"]) for row in rows} == {(1.0, 5.0)}


def test_the_same_passenger_number_of_two_years_is_two_respondents(raw: Connection) -> None:
    assert raw.scalar(f"select count(distinct response_id) {SFO}") == 5_918


def test_ages_and_genders_of_both_years_are_said_in_the_same_words(raw: Connection) -> None:
    rows = raw.rows(
        f"select gender, count(distinct wave) as waves, count(distinct response_id) as n {SFO} group by gender"
    )
    assert {row["gender"]: row["waves"] for row in rows if row["n"] > 500} == {"male": 2, "female": 2}
    assert raw.scalar(f"select count(distinct wave) {SFO} and age_band = '25-34'") == 2


def test_weights_of_both_years_add_up_to_their_respondents(raw: Connection) -> None:
    rows = raw.rows(
        f"select wave, sum(weight) as w "
        f"from (select distinct wave, response_id, weight {SFO}) group by wave order by wave"
    )
    assert [round(row["w"]) for row in rows] == [3_087, 2_831]
