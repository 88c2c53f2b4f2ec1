"""A made-up outlook: two pools, a shortage in spring, two waves, a queue without history."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

FIRST = date(2026, 11, 2)
MONDAYS = [FIRST + timedelta(days=7 * week) for week in range(26)]
TEAMS = (("Berlin voice", "voice", 20.0), ("Lisbon chat", "chat", 10.0), ("Berlin care", None, 8.0))
SLOTS = {"pool": "chat", "target": 0.8, "month": "2027-04-01", "probability": 0.69, "people": 3, "by": "2026-11-29"}
ADDRESSES = [
    ("/staffing", ""),
    ("/staffing", "?team=Lisbon+chat"),
    ("/staffing", "?volume=10&aht=-5&shrinkage=33&turnover=40&fill=60"),
    ("/staffing", "?volume=999&shrinkage=999"),
]


def week_row(monday: date, number: int, team: str | None, pool: str | None, people: float) -> dict[str, Any]:
    """People fall, work does not: short from the sixteenth week on."""
    need, have = people, people * (1.08 - 0.005 * number)
    return {
        "week_on": monday,
        "team": team,
        "pool": pool,
        **{f"required_p{p}": need * k for p, k in ((10, 0.95), (50, 1.0), (90, 1.06))},
        **{f"available_p{p}": have * k for p, k in ((10, 0.96), (50, 1.0), (90, 1.03))},
        **{f"gap_p{p}": (have - need) + k for p, k in ((10, -2), (50, 0), (90, 2))},
        "probability_short": 0.02 * number,
        **{f"service_level_p{p}": (0.86 - 0.004 * number) + k for p, k in ((10, -0.05), (50, 0), (90, 0.05))},
        "service_level_target": 0.8,
        "live_people": need * 0.6,
        "deferred_people": need * 0.4,
        "survivors": have * 0.9,
        "joiners": have * 0.1 * min(number / 8, 1),
        "plan_added": 0.2 * number,
        "available_with_plan_p50": have + 0.2 * number,
        "hours_a_person": 28.0,
    }


def _weeks() -> list[dict[str, Any]]:
    rows = []
    for number, monday in enumerate(MONDAYS):
        rows.append(week_row(monday, number, None, None, 38.0))
        rows += [week_row(monday, number, *team) for team in TEAMS]
    return rows


def _curves() -> list[dict[str, Any]]:
    return [
        {"week_on": monday, "pool": pool, "curve": curve, "x": x / 20, "y": y}
        for pool in ("chat", "voice")
        for curve in ("people", "service_level")
        for monday in MONDAYS
        for x in range(10, 41)
        for y in [10 * x / 20 if curve == "people" else min(0.3 + 0.025 * (x - 10), 0.99)]
    ] + [
        # One opening: nobody for two weeks, then half a person, then a whole one.
        {"week_on": FIRST, "pool": team, "curve": "opening", "x": float(week), "y": min(max(week - 1, 0) / 2, 1.0)}
        for team, _pool, _people in TEAMS
        for week in range(26)
    ]


def _summary() -> list[dict[str, Any]]:
    return [
        {"first_week_on": FIRST, "weeks": 26, "runs": 1000, "headline_key": "post", "slots": json.dumps(SLOTS),
         "headline": "Post three openings.", "turnover": 0.33, "shrinkage": 0.29, "fill_days": 37.0, "wape": 0.29,
         "coverage": 0.8, "start_lag_days": 23.5, "ramp_weeks": 9}
    ]  # fmt: skip


def _plan() -> list[dict[str, Any]]:
    both = {"offers_by": date(2026, 12, 9), "start_on": date(2027, 1, 1), "productive_on": date(2027, 3, 5),
            "currency": "EUR", "on_time_probability": 0.82, "offers_needed": 2.5, "people": 2}  # fmt: skip
    first = {"wave": "A", "team": "Berlin voice", "pool": "voice", "open_by": date(2026, 10, 12), "covers": "voice"}
    second = {"wave": "B", "team": "Lisbon chat", "pool": "chat", "open_by": FIRST, "covers": "chat + messaging"}
    return [
        {**first, **both, "cost_a_month": 11_004.5, "state": "approved"},
        {**second, **both, "cost_a_month": None, "state": "proposed"},
    ]


def _levers() -> list[dict[str, Any]]:
    return [
        {"lever": name, "change": -0.05, "unit": "share", "people_mean": worth, "people_worst_week": worth,
         "worst_gap_before": -3.0, "worst_gap_after": worth - 3.0}
        for name, worth in (("shrinkage", 0.9), ("deflection", 2.7), ("target", 1.5))
    ]  # fmt: skip


def _half_hours() -> list[dict[str, Any]]:
    return [
        {"weekday": day, "minute_of_day": minute, "required": 6.0, "available": 5.0 + minute / 600 - day, "gap": gap}
        for day in range(1, 7)
        for minute in range(480, 1200, 30)
        for gap in [minute / 600 - 1.0 - day / 2]
    ]


def _backtest() -> list[dict[str, Any]]:
    one = {"pool": "voice", "channel": "voice", "bias": -0.02, "origins": 4, "history_days": 900, "left_out": 2,
           "state": "judged"}  # fmt: skip
    return [
        {**one, "model": "season", "is_chosen": True, "wape": 0.21, "coverage": 0.8},
        {**one, "model": "seasonal_naive", "is_chosen": False, "wape": 0.3, "coverage": None},
        {**one, "channel": "chat", "model": None, "is_chosen": False, "wape": None, "coverage": None, "origins": 0,
         "history_days": 7, "state": "insufficient data"},
    ]  # fmt: skip


RATIO = {
    "assumption": "leaving_ratio",
    "scope": "team: Hanoi chat",
    "value": 1.34,
    "low": 0.7,
    "high": 2.7,
    "n": 7.0,
    "state": "measured",
    "note": "",
}
TABLES = {
    "marts.staffing_supply_demand": _weeks,
    "marts.staffing_curves": _curves,
    "marts.staffing_summary": _summary,
    "where assumption = 'leaving_ratio'": lambda: [RATIO],
    "marts.staffing_assumptions": lambda: [
        {
            "assumption": "people",
            "scope": "Night line",
            "state": "insufficient data",
            "note": "Nobody’s time is known.",
        },
        RATIO,
    ],
    "marts.hiring_plan": _plan,
    "marts.staffing_levers": _levers,
    "marts.staffing_intervals": _half_hours,
    "marts.forecast_backtest": _backtest,
}
