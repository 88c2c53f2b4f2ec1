"""Where the names of a scatter's points stand: beside their point, clear of bars, lines, points and each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

Box = tuple[float, float, float, float]
"""Left, bottom, right, top in pixels of the plot."""
Ways = Sequence[tuple[Sequence[Box], float]]
"""What lies in the way, and how bad it is to lie over each of it."""
LINE, POINT, ROUNDS = 13, 5, 3
# Pixels of a letter at 11 px, of a Chinese one, and of what a label may lie over, by how bad that is.
_LETTER, _WIDE = 5.9, 11.0
_OVER_LABEL, _OVER_POINT, _OVER_BAR, _OVER_LINE, _OUTSIDE = 60.0, 30.0, 12.0, 5.0, 100.0
_LATER = 0.1
# Anchor and shift of every place tried, the most natural first.
_PLACES = (
    ("left", 9, 0), ("right", -9, 0), ("left", 6, 11), ("right", -6, 11), ("left", 6, -11), ("right", -6, -11),
    ("center", 0, 14), ("center", 0, -14), ("left", 6, 22), ("right", -6, 22), ("left", 6, -22), ("right", -6, -22),
)  # fmt: skip


@dataclass(frozen=True)
class Label:
    """Where a name stands from its point: Plotly's anchor, and the shift in pixels to the right and up."""

    anchor: str
    right: float
    up: float


def width_of(text: str) -> float:
    """About how wide a label is, in pixels."""
    return sum(_WIDE if letter >= "\u2e80" else _LETTER for letter in text)


def place_labels(
    points: Sequence[tuple[float, float]], names: Sequence[str], size: tuple[float, float],
    bars: Sequence[Box] = (), lines: Sequence[Box] = (), *, is_all: bool = True,
) -> list[Label | None]:  # fmt: skip
    """A place for each named point, in their order; none for a point without a name. All in pixels of the plot.

    Unless `is_all`, a name that could only stand over a point or another name is left out.
    """
    dots = [(x - POINT, y - POINT, x + POINT, y + POINT) for x, y in points]
    named = [k for k, name in enumerate(names) if name]
    tried = {k: [_box(points[k], width_of(names[k]), *place) for place in _PLACES] for k in named}
    chosen: dict[int, int] = {}
    price: dict[int, float] = {}
    # The first name may have taken the only place of a later one: each is asked again when all stand.
    for _round in range(ROUNDS):
        for k in named:
            taken = [tried[other][place] for other, place in chosen.items() if other != k]
            others = [dot for place, dot in enumerate(dots) if place != k]
            in_way = ((taken, _OVER_LABEL), (others, _OVER_POINT), (bars, _OVER_BAR), (lines, _OVER_LINE))
            chosen[k], price[k] = _cheapest(tried[k], size, in_way)
    told = {k for k in chosen if is_all or price[k] < _OVER_POINT}
    return [Label(*_PLACES[chosen[k]]) if k in told else None for k in range(len(points))]


def _cheapest(boxes: Sequence[Box], size: tuple[float, float], in_way: Ways) -> tuple[int, float]:
    """The place that is least in the way, and how much it is; a later place is the dearer one."""
    best, price = 0, float("inf")
    for place, box in enumerate(boxes):
        if _LATER * place >= price:
            break
        cost = _cost(box, size, in_way) + _LATER * place
        if cost < price:
            best, price = place, cost
    return best, price


def _box(point: tuple[float, float], width: float, anchor: str, right: float, up: float) -> Box:
    left = point[0] + right - {"left": 0.0, "right": width, "center": width / 2}[anchor]
    return left, point[1] + up - LINE / 2, left + width, point[1] + up + LINE / 2


def _cost(box: Box, size: tuple[float, float], in_way: Ways) -> float:
    outside = box[0] < 0 or box[1] < 0 or box[2] > size[0] or box[3] > size[1]
    return _OUTSIDE * outside + sum(weight * sum(_touch(box, other) for other in boxes) for boxes, weight in in_way)


def _touch(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
