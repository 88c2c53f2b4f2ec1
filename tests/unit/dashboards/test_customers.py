"""Sentences, words and tables of Customers and needs, and what the scorecard adds."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from analytics.metrics import MetricRow
from dashboards.components.markup import render
from dashboards.components.scorecard import chance_words, standing_line
from dashboards.components.tables import cell_text
from dashboards.figures import customers_said as speech
from dashboards.figures import customers_sentences as sentences
from dashboards.figures import customers_tables as tabled
from dashboards.figures.benefit import spending_table, spending_title, without_contacts_words
from dashboards.figures.customers import needs_map, performance_map
from dashboards.figures.customers_words import group_name, note_words, wave_name
from dashboards.figures.plotting import View
from dashboards.queries.benefit import Spent
from dashboards.queries.customers import complaint_topics, drivers, needs
from dashboards.queries.scorecard import Standing
from dashboards.reading import in_order
from tests.unit.dashboards import made_up_customers as made
from tests.unit.dashboards.made_up import made_up_reading


def test_a_wave_without_a_name_is_its_quarter() -> None:
    assert [wave_name(w) for w in ("2026-10-01", "2026-05", "spring")] == ["Q4 2026", "May 2026", "spring"]


def test_a_hidden_group_says_why_and_shows_nothing() -> None:
    table = tabled.segments_table(made.SEGMENTS, "segment", "EUR")
    assert table.rows[2]["customers"] is None and table.rows[2]["_missing"] == "hidden, n < 5"
    assert note_words("complement") == "hidden to protect a small group"


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [(0.01, 0.07, "more often"), (-0.07, -0.01, "less often"), (-0.01, 0.07, "cannot be told")],
    ids=["sure", "the other way", "unsure"],
)  # fmt: skip
def test_the_loyalty_link_is_said_only_as_surely_as_its_interval(low: float, high: float, said: str) -> None:
    row = {"kind": "retention", "difference": 0.04, "difference_low": low, "difference_high": high}
    assert said in sentences.link_words(row)


def test_costs_that_bought_no_contact_are_told_beside_the_figure_of_all() -> None:
    assert "holds € 86,382 of teams" in without_contacts_words(86_382.38, "EUR").replace("\u202f", " ")
    assert without_contacts_words(0.0, "EUR") == ""


def test_a_group_is_said_to_leave_more_often_only_where_intervals_are_apart() -> None:
    assert sentences.segments_title(made.SEGMENTS, "segment").startswith("Private: 14")
    close = [{**row, "churn_low": 0.05, "churn_high": 0.2} for row in made.SEGMENTS[:2]]
    assert "no group clearly stands out" in sentences.segments_title(close, "segment")


def test_what_weighs_most_and_is_weak_leads_the_page() -> None:
    assert "rated below the mean" in sentences.map_title(made.DRIVERS)
    unsure: list[dict[str, Any]] = [{**made.DRIVERS[0], "is_clear": False}, *made.DRIVERS[1:]]
    assert "rated below" not in sentences.map_title(unsure)


def test_questions_of_two_surveys_are_two_maps_and_the_one_with_most_answers_is_shown() -> None:
    first = [{**r, "outcome": "csat", "survey": "a", "question": "q1"} for r in made.DRIVERS]
    other = [{**r, "outcome": "csat", "survey": "b", "question": "q1", "n": 40} for r in made.DRIVERS]

    class Both:
        def table(self, _sql: str, *, order: tuple[str, ...]) -> list[dict[str, Any]]:
            return in_order([*other, *first], order)

    shown = drivers(Both())  # type: ignore[arg-type]
    assert [row["survey"] for row in shown] == ["a", "a", "a"]
    assert "of satisfaction" in sentences.map_title(shown)


def test_a_fix_is_praised_only_where_complaints_fell() -> None:
    assert "fell by 5" in sentences.complaints_title(made.FIXES, [])
    unsure = [{**made.FIXES[0], "verdict": "no change shown"}]
    assert sentences.complaints_title(unsure, []) == "No complaints in this period"


def test_the_maps_cross_at_the_published_means() -> None:
    figure = performance_map(made.DRIVERS, View())
    assert [shape["x0"] for shape in figure["layout"]["shapes"]][:1] == [5.3]


def test_topics_and_needs_of_comments_stand_on_one_map_each_beside_the_mean_of_its_kind() -> None:
    rows = needs(made_up_reading())
    figure = needs_map(rows, View())
    assert figure["layout"]["shapes"][0]["x0"] == figure["layout"]["shapes"][1]["y0"] == 1.0
    (points,) = figure["data"]
    assert points["y"] == pytest.approx([0.11 / 0.08, 0.05 / 0.08, 0.3 / 0.12])
    assert points["marker"]["symbol"] == ["circle", "circle", "diamond-open"]
    assert sentences.axes_words(rows) == "topics 28\u202f% · 8.0\u202f%, comments 27\u202f% · 12.0\u202f%"


def test_a_mean_of_nought_places_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    reading = made_up_reading()
    rows = [{**row, "importance": 0.0, "importance_axis": 0.0} for row in needs(reading)]
    monkeypatch.setattr(reading, "table", lambda *_asked, **_options: rows)
    assert {(r["place"], r["importance_of_mean"]) for r in needs(reading)} == {(None, None)}


def test_a_hidden_score_is_not_said_to_be_unasked() -> None:
    filters = made_up_reading().filters("")
    hidden = SimpleNamespace(state="suppressed", value=None)
    assert "Fewer than five" in sentences.conclusion(hidden, [], filters)  # type: ignore[arg-type]
    assert "Nobody" in sentences.conclusion(None, [], filters)


def test_complaints_without_a_topic_are_told_where_no_complaint_has_one(monkeypatch: pytest.MonkeyPatch) -> None:
    reading = made_up_reading()

    def asked(topics: tuple[str, ...]) -> list[str]:
        rows = [
            MetricRow("complaint_rate", None, {"topic": name}, 0.2, 2, 10, 10, 0.1, 0.4, "ratio") for name in topics
        ]
        monkeypatch.setattr(reading, "ask", lambda *_names, **_options: rows)
        return [row["topic"] for row in complaint_topics(reading, reading.filters(""))]

    assert asked(("unknown", "Refund")) == ["Refund"]
    assert asked(("unknown",)) == ["unknown"]
    assert sentences.complaints_title([], [{"topic": "unknown"}]) == "No complaint carries a topic"


def test_a_wave_says_who_answered_and_whether_it_moved() -> None:
    rows = tabled.waves_table(made.RESULTS, made.WAVES).rows
    assert [(r["response"], r["note"]) for r in rows] == [(0.215, "moved beyond chance"), (None, "hidden, n < 5")]
    hidden = tabled.waves_table(made.RESULTS, made.WAVES)
    value = next(column for column in hidden.columns if column.key == "value")
    assert cell_text(None, value, hidden.rows[1], "EUR") == "hidden, n < 5"
    assert "At least" not in sentences.response_title(made.WAVES)
    assert "21.5" in sentences.response_title(made.WAVES)


def test_a_comment_of_fewer_than_ten_is_told_without_its_number() -> None:
    few = [{**made.EXAMPLES[0], "times": 9}]
    assert (speech.comments_table(few).rows[0]["times"], speech.comments_table(few).rows[0]["_missing"]) == (
        None, "under ten",
    )  # fmt: skip


def test_costs_add_up_and_say_what_was_planned() -> None:
    rows = [Spent("labour", 80.0, 0.8, 0.75), Spent("rest", 20.0, 0.2, 0.25), Spent("all", 100.0, 1.0, None)]
    assert spending_title(rows, (100.0, 125.0), "EUR") == "**€\u202f100** was spent, 80.0\u202f% of what was planned"
    table = spending_table(rows, "EUR")
    assert [r["change"] for r in table.rows] == [pytest.approx(0.05), pytest.approx(-0.05), 0.0]


def test_chances_near_the_ends_are_not_certainties() -> None:
    assert [chance_words(c) for c in (0.001, 0.42, 0.9999)] == ["under 1\u202f%", "42\u202f%", "over 99\u202f%"]


def test_a_standing_says_streak_chance_and_owner() -> None:
    words = render(standing_line(Standing(0.006, "missed", 3, "Customer care manager")))
    assert "Missed 3 months in a row" in words and "under 1" in words and "owner: Customer care manager" in words
    assert "in a row" not in render(standing_line(Standing(0.5, "undecided", 0, None)))


def test_names_from_data_stay_as_they_are() -> None:
    assert [group_name(n) for n in ("Enterprise", "18-27", "secure-payment")] == [
        "Enterprise", "18-27", "Secure payment",
    ]  # fmt: skip
