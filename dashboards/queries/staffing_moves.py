"""What moving an assumption does to people and service levels: read from the curves of the release, week by week."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from dashboards.filters import Filters

YEAR_WEEKS = 52.0
# The curve of what one opening becomes, by weeks after it is posted.
OPENING = "opening"
# An address may say anything.
LIMITS = {
    "volume": (-90, 300), "aht": (-90, 300), "shrinkage": (0, 80), "turnover": (0, 300), "fill": (0, 400),
    "wave": (0, 200), "opens": (0, 25),
}  # fmt: skip
EXTRAS = tuple(LIMITS)
Lines = dict[tuple[str, str, date], list[tuple[float, float]]]


@dataclass(frozen=True)
class Moves:
    """What-if settings: relative changes of volume and handling time, new levels of the others (None: as today).

    ``wave`` openings more are posted in week ``opens`` (0 is the first one ahead).
    """

    volume: int = 0
    aht: int = 0
    shrinkage: int | None = None
    turnover: int | None = None
    fill: int | None = None
    wave: int = 0
    opens: int = 0

    @property
    def is_moved(self) -> bool:
        """Whether anything differs from today."""
        return self != Moves()


def moves_of(filters: Filters) -> Moves:
    """The what-if settings in the address."""
    told = {name: filters.extra(name) for name in EXTRAS}
    known = {name: _within(name, int(value)) for name, value in told.items() if value is not None}
    return Moves(**known)  # type: ignore[arg-type]


def _within(name: str, value: int) -> int:
    low, high = LIMITS[name]
    return min(max(value, low), high)


def read_at(line: Sequence[tuple[float, float]], x: float) -> float:
    """A curve of points read at x, straight between them and flat beyond its ends."""
    if x <= line[0][0]:
        return line[0][1]
    for (left, low), (right, high) in pairwise(line):
        if x <= right:
            return low + (high - low) * (x - left) / (right - left)
    return line[-1][1]


def moved_people(
    row: dict[str, Any],
    number: int,
    parts: Sequence[dict[str, Any]],
    lines: Lines,
    moves: Moves,
    summary: dict[str, Any],
    wave_team: str | None = None,
) -> tuple[float, float]:
    """(required, available) of a team in a week under the settings, from the middle run and the curves."""
    need, have = float(row["required_p50"]), float(row["available_p50"])
    volume, work = 1 + moves.volume / 100, (1 + moves.volume / 100) * (1 + moves.aht / 100)
    line = lines.get((row["pool"] or "", "people", row["week_on"]))
    if line and work != 1:
        need += row["live_people"] * (read_at(line, work) / max(read_at(line, 1.0), 1e-9) - 1)
    need += row["deferred_people"] * (volume - 1)
    if moves.shrinkage is not None and summary.get("shrinkage") is not None:
        need *= (1 - summary["shrinkage"]) / (1 - moves.shrinkage / 100)
    if moves.turnover is not None and summary.get("turnover") is not None:
        more = moves.turnover / 100 - summary["turnover"]
        have += row["survivors"] * (math.exp(-more * (number + 0.5) / YEAR_WEEKS) - 1)
    if moves.fill is not None and summary.get("fill_days") is not None:
        own = [one["joiners"] for one in parts if one["team"] == row["team"]]
        place = number - (moves.fill - summary["fill_days"]) / 7
        have += _between(own, place) - own[number]
    if moves.wave and row["team"] == wave_team and number >= moves.opens:
        have += moves.wave * _productive(lines, row["team"], number - moves.opens)
    return max(need, 0.0), max(have, 0.0)


def _productive(lines: Lines, team: str, weeks: int) -> float:
    """What one opening of a team has become so many weeks after it was posted, in productive people."""
    line = next((points for (name, curve, _day), points in lines.items() if (name, curve) == (team, OPENING)), None)
    return read_at(line, weeks) if line else 0.0


def _between(values: Sequence[float], place: float) -> float:
    if place < 0:
        return 0.0
    low = min(int(place), len(values) - 1)
    high = min(low + 1, len(values) - 1)
    return values[low] + (values[high] - values[low]) * (place - low if high > low else 0)


def moved_levels(
    teams: Sequence[dict[str, Any]],
    moved: dict[str, tuple[float, float]],
    lines: Lines,
    week: date,
    only: str | None,
) -> tuple[float | None, float | None]:
    """Service level today and under the settings: by the share of each pool's need that is there, weighted by it."""
    pools: dict[str, list[tuple[float, float, float, float, float]]] = defaultdict(list)
    for row in teams:
        if row["pool"] and only in (None, row["pool"]):
            need, have = moved[row["team"]]
            pools[row["pool"]].append((row["required_p50"], row["available_p50"], need, have, row["live_people"]))
    total, now, then = 0.0, 0.0, 0.0
    for pool, rows in pools.items():
        line = lines.get((pool, "service_level", week))
        if not line:
            continue
        sums = [sum(row[k] for row in rows) for k in range(5)]
        total += sums[4]
        now += sums[4] * read_at(line, sums[1] / max(sums[0], 1e-9))
        then += sums[4] * read_at(line, sums[3] / max(sums[2], 1e-9))
    return (now / total, then / total) if total else (None, None)
