"""Figures and findings are pure functions of their frames."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from analytics.metrics import MetricRow
from analytics.metrics.targets import Target as Promise
from dashboards.components.marks import evidence_strip, place
from dashboards.figures.bars import share_bars
from dashboards.figures.lines import line_figure, value_range
from dashboards.figures.plotting import View, month_ticks, spread, within
from dashboards.figures.sentences import tidy
from dashboards.figures.series import Goal, LineChart, Point, Series, falling_months, longest_below
from dashboards.figures.service_level import has_hours, heat_class, wait_bars
from dashboards.figures.service_sentences import backlog_title, priority_title, team_title, waits_title
from dashboards.figures.targets import target_words
from dashboards.figures.trend_sentences import trend_title
from dashboards.queries.judging import Target
from dashboards.queries.service_level import HourCell, Judged, bins, hardest_hour, worst_hours
from dashboards.queries.swot import SwotItem, run_of

GOAL = Goal(0.8, True, "Target: at least 80 %")


def _points(*values: float | None) -> tuple[Point, ...]:
    return tuple(
        Point(
            date(2026, 5, 4) + timedelta(weeks=k),
            v,
            None if v is None else v - 0.02,
            None if v is None else v + 0.02,
            100,
        )
        for k, v in enumerate(values)
    )


def _chart(*values: float | None, verdict: str = "missed") -> dict[str, Any]:
    return line_figure(LineChart((Series("Chat", _points(*values), verdict),), "ratio", "Chat", GOAL), View())


def test_a_missing_week_is_a_gap_and_parts_the_band() -> None:
    figure = _chart(0.81, 0.8, None, 0.7, 0.69)
    bands = [trace for trace in figure["data"] if trace.get("fill") == "toself"]
    assert len(bands) == 2
    line = next(trace for trace in figure["data"] if trace["mode"] == "lines+markers")
    assert line["y"][2] is None and line["connectgaps"] is False


def test_the_verdict_colours_the_line_and_fills_its_end() -> None:
    missed, met = _chart(0.8, 0.7), _chart(0.8, 0.9, verdict="met")
    colours = View().colours
    assert missed["data"][-1]["marker"]["color"] == colours["canvas"]
    assert met["data"][-1]["marker"]["color"] == colours["good"]
    assert missed["data"][-1]["marker"]["line"]["color"] == colours["bad"]


def test_the_unit_stands_once_on_the_top_tick() -> None:
    texts = _chart(0.81, 0.62)["layout"]["yaxis"]["ticktext"]
    assert texts[-1].endswith("%") and not any(text.endswith("%") for text in texts[:-1])


def test_the_side_that_meets_the_target_is_shaded() -> None:
    shape = _chart(0.81, 0.62)["layout"]["shapes"][0]
    assert shape["y0"] == 0.8 and shape["y1"] > 0.8 and shape["fillcolor"] == View().colours["good-soft"]


def test_end_labels_never_overlap_and_keep_their_order() -> None:
    places = spread([0.70, 0.71, 0.705, 0.9], [0.02, 0.02, 0.04, 0.02])
    assert sorted(range(4), key=lambda k: places[k]) == [0, 2, 1, 3]
    assert places[2] - places[0] >= 0.03 - 1e-6 and places[1] - places[2] >= 0.03 - 1e-6


def test_the_year_stands_only_where_it_changes() -> None:
    _days, texts = month_ticks(date(2025, 11, 1), date(2026, 4, 30))
    assert texts == ["Nov 2025", "Dec", "Jan 2026", "Feb", "Mar", "Apr"]


def test_an_end_label_stays_inside_the_axis_and_apart_from_the_others() -> None:
    assert within([9.5, 10.6], [1, 1], 0, 10) == [9, 10]
    assert within([-0.4, 0.7, 5], [1, 1, 1], 0, 10) == [0, 1, 5]
    assert within([3, 7], [1, 1], 0, 10) == [3, 7]


def test_ticks_thin_out_on_a_long_axis() -> None:
    assert len(month_ticks(date(2022, 1, 1), date(2026, 10, 1))[0]) <= 8


@pytest.mark.parametrize(
    ("values", "title"),
    [
        ((0.83, 0.81, 0.77, 0.76, 0.75), "Chat fell below its target in May and has not come back"),
        ((0.83, 0.81, 0.77, 0.795, 0.75), "Chat fell below its target in May and has not come back"),
        ((0.77, 0.795, 0.75), "Chat kept its target in 0 of 3 weeks and missed it in 2"),
        ((0.77, 0.76, 0.75), "Chat missed its target in every one of 3 weeks"),
        ((0.83, 0.84, 0.85), "Chat kept its target in all 3 weeks"),
        (
            (0.83, 0.81, 0.85),
            "Chat kept its target in 2 of 3 weeks; the others are too close to call",
        ),
        ((0.81, 0.79), "Chat, period by period"),
        ((0.81, 0.79, 0.8), "Chat is too close to its target to call in all 3 weeks"),
        ((0.83, 0.71, 0.85, 0.79), "Chat kept its target in 2 of 4 weeks and missed it in 1"),
    ],
)
def test_a_title_says_what_the_line_did(values: tuple[float, ...], title: str) -> None:
    assert trend_title("Chat", _points(*values), GOAL, weekly=True) == title


def test_one_team_is_told_alone() -> None:
    row = MetricRow("service_level", None, {}, 0.51, 51, 100, 100, 0.41, 0.61, "ratio")
    target = Target(Promise("service_level", "organisation", None, ">=", 0.8, date(2024, 1, 1), None, None))
    one, two = (Judged(name, row, target, "missed", {}) for name in ("Berlin", "Hanoi"))
    assert team_title([one]) == "Berlin answered 51.0 % in time"
    assert team_title([one, two]) == "None of two teams met the target; Berlin was lowest at 51.0 %"


def test_a_priority_that_is_undecided_is_named() -> None:
    def titled(**verdicts: str) -> str:
        row = MetricRow("sla_attainment", None, {}, 0.9, 90, 100, 100, 0.85, 0.95, "ratio")
        target = Target(Promise("sla_attainment", "organisation", None, ">=", 0.9, date(2024, 1, 1), None, None))
        return priority_title([Judged(name, row, target, verdict, {}) for name, verdict in verdicts.items()])

    assert titled(urgent="undecided", low="met") == "No priority missed its promise; urgent is too close to call"
    assert titled(urgent="met", low="met") == "Every priority kept its promise"
    assert (
        titled(urgent="missed", high="undecided", low="met")
        == "Urgent tickets missed their promise; high is too close to call"
    )


@pytest.mark.parametrize(
    ("first", "last", "begins", "title"),
    [
        (4, 161, date(2026, 5, 1), "**161** are open; the data begin in May 2026"),
        (4, 161, date(2025, 5, 1), "The backlog went from 4 to 161 open since May 2026"),
        (400, 500, date(2025, 5, 1), "The backlog grew by 25 % since May 2026, to 500 open"),
        (400, 500, None, "The backlog grew by 25 % since May 2026, to 500 open"),
        (400, 300, date(2025, 5, 1), "The backlog shrank by 25 % since May 2026, to 300 open"),
    ],
)
def test_a_backlog_that_fills_up_is_no_growth(first: float, last: float, begins: date | None, title: str) -> None:
    points = [Point(date(2026, 5, 4), first), Point(date(2026, 10, 26), last)]
    assert backlog_title(points, begins) == title


def test_runs_are_counted_from_the_end() -> None:
    assert longest_below(_points(0.7, 0.9, 0.7, 0.6), GOAL) == 2
    # 79.5 % is too close to call and does not end the row; 80.5 % does.
    assert longest_below(_points(0.9, 0.795, 0.7, 0.795, 0.6), GOAL) == 3
    assert longest_below(_points(0.9, 0.7, 0.805, 0.6), GOAL) == 1
    assert longest_below(_points(0.7, 0.795), GOAL) == 0
    assert falling_months([0.9, 0.8, 0.85, 0.8, 0.7]) == 2
    assert run_of([1, 2, 3, 4]) == (1, 3)
    assert run_of([3, 2, None, 1]) == (-1, 2)
    assert run_of([1.0]) == (0, 0)


def test_a_target_is_written_without_needless_decimals() -> None:
    assert [tidy(0.8, "ratio"), tidy(0.005, "ratio"), tidy(0.125, "ratio")] == [
        "80\u202f%",
        "0.5\u202f%",
        "12.5\u202f%",
    ]
    assert [tidy(4, "hours"), tidy(180, "seconds"), tidy(60, "seconds"), tidy(240, "minutes")] == [
        "4\u202fh",
        "3\u202fmin",
        "60\u202fs",
        "4\u202fh",
    ]


@pytest.mark.parametrize(
    ("value", "step"),
    [(0.8, ""), (0.815, "g1"), (0.84, "g2"), (0.85, "g3"), (0.785, "b1"), (0.765, "b2"), (0.6, "b3"), (None, "closed")],
)
def test_a_heat_cell_is_coloured_by_its_distance_in_points(value: float | None, step: str) -> None:
    assert heat_class(value, 0.8) == step


def test_a_week_without_an_hour_of_ten_contacts_is_not_drawn() -> None:
    assert not has_hours([HourCell(1, 9, 3, 9), HourCell(1, None, 30, 90)])
    assert has_hours([HourCell(1, 9, 3, 10)])


def test_an_hour_divides_last_and_a_small_one_is_not_the_worst() -> None:
    small, bad, good = HourCell(1, 9, 2, 12), HourCell(1, 17, 400, 1000), HourCell(2, 9, 900, 1000)
    assert HourCell(1, 9, 725, 1092).value == pytest.approx(0.6639, abs=1e-4)
    assert worst_hours([good, bad, small])[0] in (bad, small)
    assert hardest_hour([good, bad], 0.8) == bad
    assert hardest_hour([good], 0.8) is None
    assert worst_hours([HourCell(1, 9, 0, 9)]) == []


def test_an_hour_is_named_only_where_it_is_below_the_whole_beside_all_the_hours_looked_at() -> None:
    # 2 of 10: alone its interval (5.7 to 51.0 %) ends below 55 %; as the worst of thirty hours it could be chance.
    chance = HourCell(5, 9, 2, 10)
    others = [HourCell(day, hour, 55, 100) for day in range(1, 6) for hour in range(10, 16)]
    assert hardest_hour([chance], 0.55) == chance
    assert hardest_hour([chance, *others], 0.55) is None
    sure = HourCell(5, 9, 20, 100)
    assert hardest_hour([sure, *others], 0.55) == sure


def test_waits_are_gathered_into_spans_that_add_up() -> None:
    found = bins([(-1000, 5), (0, 5), (100, 20), (400, 10)])
    assert sum(b.n for b in found) == 40
    assert sum(b.share for b in found) == pytest.approx(1)
    assert found[0].n == 10 + 0 and found[1].n == 20 and found[-1].n == 10
    assert bins([]) == []


def test_a_wait_of_just_the_threshold_is_within_it() -> None:
    """A wait of 20 s is in the bucket of 1.02^152 at most, a whole second more in a later one."""
    found = bins([(152, 3), (154, 5)])
    assert [b.n for b in found if b.end == 20] == [3] and [b.n for b in found if b.start == 20] == [5]
    assert waits_title(found).startswith("37.5")


@pytest.mark.parametrize("width", ["wide", "phone"])
def test_every_bar_of_waits_is_named_on_two_lines_at_most(width: str) -> None:
    figure = share_bars(wait_bars(bins([(100, 20)]), None), View(width=width))
    written = figure["layout"]["xaxis"]["ticktext"]
    assert written[0] == "0–5<br>s" and written[-1] == "over 5<br>min"
    assert len(written) == 8 and all(text.count("<br>") == 1 for text in written)


def test_a_point_between_gaps_is_seen() -> None:
    context = Series("Voice", _points(0.9, None, 0.8, None, 0.85, 0.86))
    figure = line_figure(LineChart((Series("Chat", _points(0.7, 0.7)), context), "ratio", "Chat"), View())
    dots = [trace for trace in figure["data"] if trace["mode"] == "markers" and trace["marker"]["size"] == 5]
    assert [trace["y"] for trace in dots] == [[0.9, 0.8]]


def test_right_is_better_whichever_way_the_metric_points() -> None:
    lower = SwotItem({"direction": "lower", "difference": 0.02, "low": 0.01, "high": 0.03, "swd": 0.01})
    higher = SwotItem({"direction": "higher", "difference": 0.02, "low": 0.01, "high": 0.03, "swd": 0.01})
    assert lower.position() == pytest.approx((-2, -3, -1))
    assert higher.position() == pytest.approx((2, 1, 3))
    assert SwotItem({"direction": "higher", "difference": None, "swd": 0.01}).position() is None


def test_a_mark_beyond_the_scale_sits_at_the_edge_with_an_arrow() -> None:
    assert place(12, (-7, 7)) == 100
    assert 'class="edge high"' in evidence_strip([(12, 10, 14)], state="helps")
    assert 'class="edge' not in evidence_strip([(2, 1, 3)], state="helps")


def test_insufficient_evidence_has_no_mark_and_withdrawn_a_cross() -> None:
    assert "dot" not in evidence_strip([], state="insufficient") and "dashes" in evidence_strip(
        [], state="insufficient"
    )
    assert "cross" in evidence_strip([(1, None, None)], state="withdrawn")
    assert evidence_strip([(3, None, None), (-3, None, None)], state="contested").count('class="dot"') == 2


def test_the_words_of_a_target_at_the_foot_stand_above_it_where_no_months_are() -> None:
    chart = LineChart((Series("Gap", _points(0.05, 0.09, 0.13), "missed"),), "ratio", "Gap", Goal(0.0, False, "At 0"))
    (foot,), (higher,) = target_words(chart, View(), 0.0, 0.14), target_words(chart, View(), -0.05, 0.14)
    assert (foot["y"], foot["yanchor"]) == (0.0, "bottom")
    # With room below the line its words stand inside the side that meets it, as ever.
    assert higher["yanchor"] == "bottom" and higher["y"] == -0.05


def test_a_difference_of_shares_may_lie_below_nought_and_a_share_may_not() -> None:
    def foot(*values: float) -> float:
        return value_range(LineChart((Series("Gap", _points(*values)),), "ratio", None, Goal(0.0, False, "0")))[0]

    assert foot(-0.03, 0.05) < -0.03
    assert foot(0.01, 0.05) == 0.0
