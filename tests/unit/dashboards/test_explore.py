"""Explore: what its title, bars and table say of an answer."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from analytics.metrics import MetricRow
from dashboards.figures.explore import cut_bars, line_chart, settled, title
from dashboards.figures.lines import line_figure
from dashboards.figures.plotting import View


def _asked(by: str | None, grain: str | None) -> Any:
    metric = SimpleNamespace(unit="ratio", label_in=lambda _language: "Service level")
    return SimpleNamespace(metric=metric, by=by, grain=grain)


def _row(value: float | None, *, period: date | None = None, **dimensions: str) -> MetricRow:
    return MetricRow("service_level", period, dimensions, value, None, None, 10, None, None, "ratio")


@pytest.mark.parametrize(
    ("grain", "said"),
    [
        ("month", "in October 2026, 80.0\u202f% in January 2026"),
        ("quarter", "in Q4 2026, 80.0\u202f% in Q1 2026"),
        ("year", "in 2026, 80.0\u202f% in 2026"),
        ("week", "in the last period, 80.0\u202f% in the first"),
    ],
)
def test_a_move_names_the_periods_it_compares(grain: str, said: str) -> None:
    rows = [_row(0.8, period=date(2026, 1, 1)), _row(0.9, period=date(2026, 10, 1))]
    assert title(rows, _asked(None, grain), "2026", "EUR").endswith(said)


def test_a_cut_is_drawn_the_largest_first_and_without_what_has_no_number() -> None:
    rows = [_row(0.5, team="A"), _row(None, team="B"), _row(0.9, team="C")]
    assert [(name, value) for name, value, _words in cut_bars(rows, _asked("team", None), "EUR")] == [
        ("C", 0.9),
        ("A", 0.5),
    ]


def test_bars_are_not_drawn_where_they_would_mislead() -> None:
    assert cut_bars([_row(-0.5, team="A"), _row(0.9, team="C")], _asked("team", None), "EUR") == []
    assert cut_bars([_row(0.5, team="A")], _asked("team", None), "EUR") == []
    assert cut_bars([_row(0.5, team="A"), _row(0.9, team="C")], _asked("team", "month"), "EUR") == []


TOUCHES = [_row(value, period=date(2026, month, 1)) for month, value in ((7, 0.6), (8, 0.7), (9, 0.65), (10, 0.5))]
FROM = date(2026, 10, 2)


def test_what_is_still_settling_is_drawn_dashed_from_the_last_month_that_is_through() -> None:
    chart = line_chart(TOUCHES, _asked(None, "month"), None, "EUR", FROM)
    assert [p.is_settling for p in chart.series[0].points] == [False, False, False, True]
    _bands, dashed, end = line_figure(chart, View())["data"][-3:]
    assert (dashed["x"], dashed["y"]) == (["2026-09-01", "2026-10-01"], [0.65, 0.5])
    assert dashed["line"]["dash"] and "still settling" in dashed["customdata"][-1]
    # The line itself ends where everything is through, and the last dot is hollow.
    solid = next(trace for trace in line_figure(chart, View())["data"] if len(trace["x"]) == 4)
    assert solid["y"] == [0.6, 0.7, 0.65, None]
    assert end["marker"]["color"] == View().colours["canvas"]
    assert chart.end_note == "still settling"


def test_a_chart_of_what_stands_at_once_has_nothing_dashed() -> None:
    chart = line_chart(TOUCHES, _asked(None, "month"), None, "EUR")
    assert chart.end_note == "" and not any(p.is_settling for p in chart.series[0].points)
    assert not any("dash" in trace.get("line", {}) for trace in line_figure(chart, View())["data"])


def test_the_title_speaks_of_the_last_period_that_is_through() -> None:
    asked = _asked(None, "month")
    assert "65.0\u202f% in September 2026" in title(settled(TOUCHES, asked, FROM), asked, "2026", "EUR")
    assert settled(TOUCHES[:1], asked, FROM) == TOUCHES[:1]
