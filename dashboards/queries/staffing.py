"""Staffing questions: weeks of people against work, what moving an assumption does, half-hours, plan, backtest."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from analytics.staffing.scenarios import Scenario, Scenarios
from dashboards.filters import Filters
from dashboards.queries.staffing_moves import Lines, Moves, moved_levels, moved_people, moves_of
from dashboards.reading import Reading

_WEEKS = "select * from marts.staffing_supply_demand order by week_on, team nulls first"
_CURVES = "select week_on, pool, curve, x, y from marts.staffing_curves order by pool, curve, week_on, x"
_SUMMARY = "select * from marts.staffing_summary"
_FACTS = "select * from marts.staffing_assumptions"
_PLAN = "select * from marts.hiring_plan order by length(wave), wave"
_LEVERS = "select * from marts.staffing_levers"
_HALF_HOURS = """
    select cast(date_part('isodow', day_on) as integer) as weekday, minute_of_day, sum(required) as required,
        sum(available) as available, sum(gap) as gap
    from marts.staffing_intervals where day_on >= ? and day_on < cast(? as date) + 7
        and (cast(? as varchar) is null or pool = ?) group by all order by all"""
_BACKTEST = """
    select pool, channel, model, bool_or(is_chosen) as is_chosen, avg(wape) as wape, avg(bias) as bias,
        avg(coverage) as coverage, count(origin_on) as origins, max(history_days) as history_days,
        max(missing_days) + max(outlier_days) as left_out, max(state) as state
    from marts.forecast_backtest group by all order by pool, channel, wape"""
SHORT_FROM = 0.5


@dataclass(frozen=True)
class Week:
    """A week of the chosen slice, in full-time people; ``moved_*`` under the what-if settings."""

    day: date
    required: tuple[float, float, float]
    available: tuple[float, float, float]
    gap: float
    probability_short: float
    with_plan: float
    moved_required: float
    moved_available: float
    moved_gap: float
    level: float | None
    moved_level: float | None


@dataclass(frozen=True)
class Outlook:
    """Weeks ahead, the conclusion's key and values, and today's assumptions."""

    weeks: tuple[Week, ...]
    key: str
    slots: dict[str, Any]
    summary: dict[str, Any]
    target: float | None
    moves: Moves = field(default_factory=Moves)
    wave_team: str | None = None

    @property
    def worst(self) -> Week:
        """The week with the largest shortage in the middle run."""
        return min(self.weeks, key=lambda week: week.gap)

    @property
    def short(self) -> list[Week]:
        """Weeks short by at least half a person in the middle run."""
        return [week for week in self.weeks if week.gap <= -SHORT_FROM]


def outlook(reading: Reading, filters: Filters) -> Outlook:
    """The weeks of the chosen team, or of all; empty where the release has none."""
    summary = next(iter(reading.table(_SUMMARY)), {})
    moves, team = moves_of(filters), filters.value("team")
    rows = reading.table(_WEEKS)
    wave_team = team or shortest_team(rows)
    weeks = _weeks(reading, rows, team, moves, summary, wave_team)
    target = next((row["service_level_target"] for row in rows if row["team"] == team), None)
    slots = json.loads(summary.get("slots") or "{}")
    key = str(summary.get("headline_key", "insufficient"))
    return Outlook(tuple(weeks), key, slots, summary, target, moves, wave_team)


def shortest_team(rows: Sequence[dict[str, Any]]) -> str | None:
    """The team that lacks most people over the weeks ahead: whom further openings are for, unless one is chosen."""
    gaps: dict[str, float] = defaultdict(float)
    for row in rows:
        if row["team"] is not None:
            gaps[row["team"]] += row["gap_p50"]
    return min(gaps, key=lambda team: (gaps[team], team), default=None)


def scenarios(reading: Reading) -> list[Scenario]:
    """What was saved, by name."""
    return Scenarios(reading.settings.paths.scenarios).all()


def _weeks(
    reading: Reading,
    rows: Sequence[dict[str, Any]],
    team: str | None,
    moves: Moves,
    summary: dict[str, Any],
    wave_team: str | None,
) -> list[Week]:
    own = [row for row in rows if row["team"] == team]
    parts = [row for row in rows if row["team"] is not None]
    by_week: dict[date, list[dict[str, Any]]] = defaultdict(list)
    for row in parts:
        by_week[row["week_on"]].append(row)
    lines = _curves(reading)
    found = []
    for number, row in enumerate(own):
        teams = by_week[row["week_on"]]
        moved = {one["team"]: moved_people(one, number, parts, lines, moves, summary, wave_team) for one in teams}
        chosen = [one for one in teams if team in (None, one["team"])]
        more_need = sum(moved[one["team"]][0] - one["required_p50"] for one in chosen)
        more_have = sum(moved[one["team"]][1] - one["available_p50"] for one in chosen)
        levels = moved_levels(teams, moved, lines, row["week_on"], row["pool"])
        found.append(_week(row, more_need, more_have, levels))
    return found


def _week(row: dict[str, Any], more_need: float, more_have: float, levels: tuple[float | None, float | None]) -> Week:
    return Week(
        day=row["week_on"],
        required=(row["required_p10"], row["required_p50"], row["required_p90"]),
        available=(row["available_p10"], row["available_p50"], row["available_p90"]),
        gap=row["gap_p50"],
        probability_short=row["probability_short"],
        with_plan=row["available_with_plan_p50"],
        moved_required=row["required_p50"] + more_need,
        moved_available=row["available_p50"] + more_have,
        moved_gap=row["gap_p50"] + more_have - more_need,
        level=levels[0],
        moved_level=levels[1],
    )


def _curves(reading: Reading) -> Lines:
    def make() -> Lines:
        lines: Lines = defaultdict(list)
        for row in reading.table(_CURVES):
            lines[row["pool"], row["curve"], row["week_on"]].append((row["x"], row["y"]))
        return dict(lines)

    return reading.kept("staffing curves", make)


def team_gaps(reading: Reading, filters: Filters) -> dict[str, list[tuple[date, float, float]]]:
    """Per team its weeks: (day, gap of the middle run, share of runs short), the shortest team first."""
    found: dict[str, list[tuple[date, float, float]]] = defaultdict(list)
    for row in reading.table(_WEEKS):
        if row["team"] is not None and filters.value("team") in (None, row["team"]):
            found[row["team"]].append((row["week_on"], row["gap_p50"], row["probability_short"]))
    return dict(sorted(found.items(), key=lambda item: (sum(gap for _d, gap, _p in item[1]), item[0])))


@dataclass(frozen=True)
class Cell:
    """Heads over or under in a half-hour of the shown week."""

    weekday: int
    minute: int
    gap: float
    required: float
    available: float


def half_hours(reading: Reading, filters: Filters, week: date) -> list[Cell]:
    """The half-hours of a week, of all pools or of the chosen team's; none where no people are known."""
    pool = pool_of(reading, filters)
    rows = reading.table(_HALF_HOURS, (week, week, pool, pool))
    return [
        Cell(row["weekday"], row["minute_of_day"], row["gap"], row["required"], row["available"])
        for row in rows
        if row["gap"] is not None
    ]


def pool_of(reading: Reading, filters: Filters) -> str | None:
    """The pool of the chosen team."""
    team = filters.value("team")
    return next((row["pool"] for row in reading.table(_WEEKS) if team and row["team"] == team), None)


def plan(reading: Reading, filters: Filters) -> list[dict[str, Any]]:
    """Waves of the chosen team, or all."""
    team = filters.value("team")
    return [row for row in reading.table(_PLAN) if team in (None, row["team"])]


def levers(reading: Reading) -> list[dict[str, Any]]:
    """What each lever buys, the largest first."""
    return sorted(reading.table(_LEVERS), key=lambda row: -row["people_mean"])


def backtest(reading: Reading) -> list[dict[str, Any]]:
    """Mean error of every model of every queue over its origins."""
    return reading.table(_BACKTEST)


def chosen_models(reading: Reading) -> list[dict[str, Any]]:
    """Per queue the chosen model beside the seasonal naive one."""
    found = []
    rows = backtest(reading)
    for row in rows:
        if row["is_chosen"] or row["state"] != "judged":
            same = [r for r in rows if (r["pool"], r["channel"]) == (row["pool"], row["channel"])]
            naive = next((r["wape"] for r in same if r["model"] == "seasonal_naive"), None)
            found.append({**row, "naive": naive})
    return found


def insufficient(reading: Reading) -> list[dict[str, Any]]:
    """What could not be judged, with the reason."""
    return [row for row in reading.table(_FACTS) if row["state"] == "insufficient data"]


def need_curve(reading: Reading, filters: Filters) -> list[tuple[float, float]]:
    """People of live work by volume, mean of the weeks: (factor, people)."""
    pool = pool_of(reading, filters)
    sums: dict[float, float] = defaultdict(float)
    weeks = set()
    for (name, curve, week), line in _curves(reading).items():
        if curve == "people" and pool in (None, name):
            weeks.add(week)
            for x, y in line:
                sums[x] += y
    return [(x, y / len(weeks)) for x, y in sorted(sums.items()) if 0.7 <= x <= 1.4]
