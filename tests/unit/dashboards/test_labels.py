"""Names of a scatter's points stand clear of each other, of bars and of lines."""

from __future__ import annotations

import pytest

from dashboards.figures.customers import gaps_chart
from dashboards.figures.labels import Box, Label, place_labels, width_of
from dashboards.figures.plotting import View, value_axis
from dashboards.queries.customers import gaps
from tests.unit.dashboards.made_up import made_up_reading

SIZE = (800.0, 300.0)


def box(point: tuple[float, float], name: str, label: Label) -> Box:
    """The pixels a placed name covers."""
    left = point[0] + label.right - {"left": 0.0, "right": 1.0, "center": 0.5}[label.anchor] * width_of(name)
    return left, point[1] + label.up - 6.5, left + width_of(name), point[1] + label.up + 6.5


def touch(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


@pytest.mark.parametrize("gap", [0, 4, 9, 14], ids=["same", "near", "less near", "apart"])
def test_names_of_near_points_do_not_cover_each_other(gap: int) -> None:
    points, names = [(400.0, 150.0), (400.0 + gap, 150.0 + gap)], ["Password reset", "Product question"]
    placed = place_labels(points, names, SIZE)
    boxes = [box(p, n, label) for p, n, label in zip(points, names, placed, strict=True) if label]
    assert len(boxes) == 2 and not touch(*boxes)


def test_a_name_gives_way_where_a_later_one_has_no_other_place() -> None:
    points = [(214.0, 64.0), (240.0, 40.0), (246.0, 20.0)]
    names = ["Empathy", "Assurance", "Tangibles"]
    bars = [
        (190.0, 63.0, 238.0, 65.0),
        (213.0, 40.0, 215.0, 88.0),
        (212.0, 39.0, 262.0, 41.0),
        (239.0, 20.0, 241.0, 64.0),
    ]
    placed = place_labels(points, names, (282.0, 200.0), bars)
    boxes = [box(p, n, label) for p, n, label in zip(points, names, placed, strict=True) if label]
    assert not any(touch(boxes[a], boxes[b]) for a, b in ((0, 1), (0, 2), (1, 2)))


def test_a_name_stands_clear_of_its_own_bars_and_of_a_line() -> None:
    bars = [(340.0, 149.0, 460.0, 151.0), (399.0, 90.0, 401.0, 210.0)]
    line = (0.0, 158.0, 800.0, 160.0)
    (placed,) = place_labels([(400.0, 150.0)], ["Tangibles"], SIZE, bars, [line])
    assert placed is not None
    assert not any(touch(box((400.0, 150.0), "Tangibles", placed), other) for other in (*bars, line))


def test_a_name_that_could_only_stand_over_points_is_left_out_of_a_crowd() -> None:
    crowd = [(400.0 + 12 * a, 150.0 + 12 * b) for a in range(-9, 10) for b in range(-4, 5)]
    names = ["Correct bill and refund" if point == (400.0, 150.0) else "" for point in crowd]
    assert not any(place_labels(crowd, names, SIZE, is_all=False))
    assert any(place_labels(crowd, names, SIZE))


def test_a_name_at_the_edge_stays_inside_and_a_point_without_one_has_none() -> None:
    placed = place_labels([(795.0, 150.0), (10.0, 150.0)], ["Responsiveness", ""], SIZE)
    assert placed[1] is None and placed[0] is not None
    assert box((795.0, 150.0), "Responsiveness", placed[0])[2] <= 800


def test_a_quarter_of_a_point_is_told_as_a_quarter() -> None:
    assert value_axis(-0.8, 0.05, "", most=4)[1] == ["−0.75", "−0.50", "−0.25", "0.00"]


def test_gaps_are_drawn_by_dimension_with_their_items_and_an_only_item_is_not_told_twice() -> None:
    rows = gaps(made_up_reading())
    assert [row["item_or_dimension"] for row in rows] == [
        "reliability", "servqual_reliability_2", "servqual_reliability_1", "empathy", "overall",
    ]  # fmt: skip
    figure = gaps_chart(rows, View())
    assert figure["layout"]["yaxis"]["ticktext"] == [
        "<b>Reliability</b>", "Reliability 2", "Reliability 1", "<b>Empathy</b>", "<b>All together</b>",
    ]  # fmt: skip
    assert figure["data"][0]["text"][1] == "Reliability 2 −0.70: seen 4.70, expected 5.40, n 1,899"
