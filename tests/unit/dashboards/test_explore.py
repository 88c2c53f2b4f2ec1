"""Explore: what its title, bars and table say of an answer."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from analytics.metrics import MetricRow
from dashboards.figures.explore import cut_bars, title


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
