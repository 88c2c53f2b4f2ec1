"""What pages ask and how they judge it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from analytics.metrics import Metric, MetricRequest, MetricRow
from dashboards.components.markup import render
from dashboards.components.scorecard import change_line, measure_row
from dashboards.drawing import draw
from dashboards.figures.overview import points_of
from dashboards.figures.plotting import View
from dashboards.figures.sentences import targets_met, targets_tally
from dashboards.filters import Filters, Period
from dashboards.language import speaking
from dashboards.queries.judging import change_between, target_for
from dashboards.queries.measures import history_of, measures
from dashboards.queries.settling import settles_in
from dashboards.queries.trends import trend
from dashboards.reading import Memory, Reading, in_order
from tests.unit.dashboards.made_up import MadeUpReading, MadeUpReadings, made_up_reading


def _row(day: date | None, value: float | None, low: float | None = None, high: float | None = None) -> MetricRow:
    return MetricRow("service_level", day, {}, value, None, None, 100, low, high, "ratio")


def test_a_week_or_month_without_a_row_is_a_gap() -> None:
    monday = date(2026, 5, 4)
    weeks = points_of([_row(monday + timedelta(weeks=k), 0.8) for k in (0, 1, 4)])
    assert [p.value for p in weeks] == [0.8, 0.8, None, None, 0.8]
    months = points_of([_row(date(2026, m, 1), 0.8) for m in (9, 6)])
    assert [p.day.month for p in months] == [6, 7, 8, 9]
    assert [p.value for p in months] == [0.8, None, None, 0.8]


def test_a_missing_month_of_the_history_is_none() -> None:
    found = history_of(
        [_row(date(2026, 10, 1), 0.8), _row(date(2026, 8, 1), 0.7)], "service_level", date(2026, 10, 31), 3
    )
    assert found == ((date(2026, 8, 1), 0.7), (date(2026, 9, 1), None), (date(2026, 10, 1), 0.8))


def test_a_metric_of_a_span_and_a_slice_is_asked_for_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, ...]] = []

    def answers(_release: object, question: MetricRequest) -> list[MetricRow]:
        asked.append(question.metrics)
        return [replace(_row(question.start, 0.5), metric=name) for name in question.metrics if name != "openings"]

    monkeypatch.setattr("dashboards.reading.ask", answers)
    made_up = made_up_reading()
    reading = _Counted(made_up.release, made_up.settings, Memory())
    may, june = date(2026, 5, 1), date(2026, 6, 1)
    assert [row.metric for row in reading.ask(("csat", "offered", "openings"), start=may)] == ["csat", "offered"]
    assert [row.metric for row in reading.ask(("nps", "offered", "openings"), start=may)] == ["nps", "offered"]
    assert [row.period for row in reading.ask(("offered",), start=june)] == [june]
    assert asked == [("csat", "offered", "openings"), ("nps",), ("offered",)]


class _Counted(Reading):
    def metrics(self) -> dict[str, Metric]:
        return made_up_reading().metrics()


class _Monthly(MadeUpReading):
    def ask(self, metrics: Any, **options: Any) -> list[MetricRow]:
        rows = super().ask(metrics, **options)
        return [row for row in rows if options.get("grain") != "week" or (row.period and row.period.day <= 7)]


def test_months_are_drawn_where_sources_give_no_weeks() -> None:
    base = made_up_reading()
    assert trend(base, base.filters(""), ("service_level",)).is_weekly
    monthly = _Monthly(base.release, base.settings, base._kept)
    found = trend(monthly, monthly.filters(""), ("service_level",))
    assert not found.is_weekly
    assert len(found.rows) == 24


class _OneWeek(MadeUpReading):
    def ask(self, metrics: Any, **options: Any) -> list[MetricRow]:
        rows = super().ask(metrics, **options)
        last = max((row.period for row in rows if row.period), default=None)
        return [row for row in rows if options.get("grain") is None or row.period == last]


@pytest.mark.parametrize("address", ["/", "/service-level", "/efficiency"])
def test_one_week_of_contacts_is_not_said_to_be_none(address: str) -> None:
    base = made_up_reading()
    reading = _OneWeek(base.release, base.settings, Memory())
    page = "".join(draw(MadeUpReadings(reading=reading), address, "", View()))  # type: ignore[arg-type]
    assert "One week or month is known" in page
    assert "No contacts were counted in this span" not in page and "No handling time is known" not in page


class _Stray(MadeUpReading):
    def ask(self, metrics: Any, **options: Any) -> list[MetricRow]:
        rows = super().ask(metrics, **options)
        last = date(2026, 10, 1)
        return [replace(row, value=1) if row.period == last and row.unit == "count" else row for row in rows]


def test_a_page_does_not_open_with_a_stray_row_in_a_later_month() -> None:
    base = made_up_reading()
    assert base.choices().default == date(2026, 10, 1)
    stray = _Stray(base.release, base.settings, type(base._kept)())
    assert stray.choices().default == date(2026, 9, 1)
    assert date(2026, 10, 1) in stray.choices().months


def test_a_change_could_be_chance_unless_its_interval_leaves_zero_out() -> None:
    sure = change_between(_row(None, 0.82, 0.815, 0.825), _row(None, 0.80, 0.795, 0.805))
    chance = change_between(_row(None, 0.82, 0.80, 0.84), _row(None, 0.81, 0.79, 0.83))
    counted = change_between(_row(None, 4.12), _row(None, 4.3))
    assert sure is not None and sure.is_sure is True
    assert chance is not None and chance.is_sure is False
    assert counted is not None and counted.is_sure is None
    assert change_between(_row(None, None), _row(None, 0.8)) is None


def test_a_verdict_needs_the_whole_interval_on_one_side() -> None:
    reading = made_up_reading()
    target = target_for(reading, "service_level", {}, date(2026, 10, 31))
    assert target is not None
    assert target.verdict(0.82, 0.81, 0.83) == "met"
    assert target.verdict(0.82, 0.79, 0.83) == "undecided"
    assert target.verdict(0.75, 0.74, 0.76) == "missed"
    assert target.verdict(None) == "no-target"


def test_targets_are_told_in_words() -> None:
    assert targets_met(4, 8, "October") == "Four of eight targets were met in October."
    assert targets_met(0, 3, "May") == "Of three targets none was met in May."
    assert targets_met(0, 1, "May") == "The one target that can be judged was not met in May."
    assert targets_tally(1, 1) == "The one target was met."
    assert targets_tally(1, 4) == "One of four targets was met."
    assert targets_met(1, 3, "May") == "One of three targets was met in May."


def test_what_is_too_close_to_call_is_not_said_to_be_missed() -> None:
    assert targets_tally(0, 3, 0) == "None of three targets was met."
    assert targets_tally(0, 3, 3) == "Three targets are too close to call."
    assert targets_tally(0, 3, 2) == "Of three targets one missed; too close to call: two."
    assert targets_tally(0, 1, 1) == "The one target is too close to call."
    assert targets_met(0, 3, "May", 3) == "Three targets are too close to call."
    with speaking("zh"):
        assert targets_tally(0, 3, 3) == "3 项目标尚无定论。"
        assert targets_tally(0, 3, 2) == "3 项目标中 1 项未达标，2 项尚无定论。"


def test_short_tables_are_sorted_by_columns_and_what_is_empty_comes_last_either_way() -> None:
    rows = [{"team": t, "gap": g} for t, g in (("b", 1.0), ("a", None), ("a", 2.0), ("c", 1.0))]
    falling = in_order(rows, ("gap desc", "team"))
    assert [(r["team"], r["gap"]) for r in falling] == [("a", 2.0), ("b", 1.0), ("c", 1.0), ("a", None)]
    rising = in_order(rows, ("gap", "team desc"))
    assert [(r["team"], r["gap"]) for r in rising] == [("c", 1.0), ("b", 1.0), ("a", 2.0), ("a", None)]


def _settling(made_up: MadeUpReading, days: int) -> Any:
    known = {**made_up.metrics()}
    known["service_level"] = replace(known["service_level"], settles_after_days=days)
    made_up.metrics = lambda: known  # type: ignore[method-assign]
    (found,) = measures(made_up, ["service_level"], Filters(Period(date(2026, 10, 1), date(2026, 10, 31)))).values()
    return found


def test_a_month_whose_cases_are_not_through_is_met_and_missed_by_nothing_and_says_for_how_long() -> None:
    """Data to 1 November: cases of 2 October and later have not had thirty days; the last of them has in thirty."""
    before, settling = _settling(made_up_reading(), 0), _settling(made_up_reading(), 30)
    assert (before.settles_in, before.verdict != "undecided") == (0, True)
    assert (settling.settles_in, settling.verdict) == (30, "undecided")
    october = Filters(Period(date(2026, 10, 1), date(2026, 10, 31)))
    told = render(change_line(settling, october, "EUR"))
    assert "still settling: 30 days" in told and "is-good" not in told and "is-bad" not in told
    assert "still settling: 30 days" in render(measure_row(settling, "EUR"))
    assert "still settling" not in render(measure_row(before, "EUR"))


def test_a_quarter_settles_with_its_last_month_and_an_old_month_has() -> None:
    metric = replace(made_up_reading().metrics()["service_level"], settles_after_days=30)
    ends = [date(2026, 10, 31), date(2026, 10, 2), date(2026, 10, 1), date(2026, 9, 30)]
    assert [settles_in(made_up_reading(), metric, end) for end in ends] == [30, 1, 0, 0]
