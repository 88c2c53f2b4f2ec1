"""Made-up people: stages, durations, sources, facets, pay, reasons, training, teams, roles, requirements."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

SLICE = ("team", "region")
_STAGES = {"Review": 0.5, "Interview": 0.25, "Offer": 0.8}
_FACETS = {"environment": 0.74, "pay-and-benefits": 0.42, "work-content": 0.65}
VALUES = {
    "stage": tuple(_STAGES),
    "source_channel": ("Job board", "Referral"),
    "dimension": tuple(_FACETS),
}


def _metric(label: str, unit: str, direction: str, interval: str, base: Any, n: int, *more: str) -> tuple[Any, ...]:
    return (label, unit, direction, "employee_development", interval, base, n, (*SLICE, *more))


METRICS: dict[str, tuple[Any, ...]] = {
    "headcount": _metric("Headcount", "count", "none", "none", 60, 0),
    "tenure_days_mean": _metric("Tenure, mean", "days", "higher", "none", 783, 60),
    "turnover_voluntary_annualised": _metric("Voluntary turnover", "ratio", "lower", "poisson", 0.3, 60),
    "turnover_involuntary_annualised": _metric("Involuntary turnover", "ratio", "lower", "poisson", 0.04, 60),
    "turnover_early_annualised": _metric("Early turnover", "ratio", "lower", "poisson", 0.02, 60),
    "promotion_rate_annualised": _metric("Promotions", "ratio", "higher", "poisson", 0.05, 60),
    "absence_rate": _metric("Absence", "ratio", "lower", "none", 0.03, 0),
    "training_need_met": _metric("Training need met", "ratio", "higher", "none", 0.8, 0),
    "employee_satisfaction": _metric(
        "Employee satisfaction",
        "ratio",
        "higher",
        "wilson",
        lambda cut, day: _FACETS.get(cut.get("dimension", ""), 0.62),
        102,
        "dimension",
    ),
    "cost_per_hire": _metric("Cost per hire", "currency", "lower", "none", 1_600, 24),
    "replacement_cost_per_leaver": _metric("Cost per leaver", "currency", "lower", "none", 3_700, 24),
    "stage_conversion": _metric(
        "Stage conversion",
        "ratio",
        "higher",
        "wilson",
        lambda cut, day: _STAGES.get(cut.get("stage", ""), 0.4),
        40,
        "stage",
    ),
    "openings": _metric("Openings", "count", "none", "none", 24, 0),
    "own_postings": _metric("Own postings", "count", "none", "none", 30, 0),
    "applications": _metric("Applications", "count", "none", "none", 500, 0),
    "applicants": _metric("People who applied", "count", "none", "none", 440, 0),
    "candidates_per_opening": _metric("Candidates per opening", "score", "higher", "none", 18.3, 0),
    "retention_90_days": _metric("There after 90 days", "ratio", "higher", "wilson", 0.94, 4, "source_channel"),
    "retention_365_days": _metric("There after a year", "ratio", "higher", "wilson", 0.8, 4, "source_channel"),
    "hired_csat": _metric("Satisfaction with the hired", "ratio", "higher", "none", 0.9, 20, "source_channel"),
}
ADDRESSES = [("/people", ""), ("/people", "?team=Hanoi+chat"), ("/people", "?period=2025")]


def _stages() -> list[dict[str, Any]]:
    return [{"stage": stage, "position": place} for place, stage in enumerate(_STAGES, 1)]


def _applied() -> list[dict[str, Any]]:
    return [{"source_channel": source, "applications": n} for source, n in {"Job board": 343, "Referral": 90}.items()]


def durations(kind: str, days: tuple[int, ...], waiting: tuple[int, ...]) -> list[dict[str, Any]]:
    """Openings filled after these days, and others still open after those."""
    return [{"kind": kind, "days": d, "filled": 1, "censored": 0} for d in days] + [
        {"kind": kind, "days": d, "filled": 0, "censored": 1} for d in waiting
    ]


def _durations() -> list[dict[str, Any]]:
    return [
        *durations("fill", (20, 30, 31, 40, 55), (90, 120)),
        *durations("hire", (15, 20, 22, 30, 41), ()),
        *durations("start", (40, 50, 61, 70, 85), (95,)),
        *durations("stay", (40, 150, 261, 370, 485), (95, 500, 600, 700)),
    ]


def pay_row(city: str, ours: float, standing: str, gap: float | None) -> dict[str, Any]:
    """Our pay in a city beside 60 postings of others, or beside too few."""
    known = gap is not None
    return {
        "city": city,
        "role_type": "inbound_service",
        "level": "agent",
        "tier": "technical" if standing == "below" else "skill",
        "currency": "EUR",
        "until_on": date(2026, 10, 31),
        "own_postings": 4,
        "own_pay": ours,
        "market_postings": 60 if known else 3,
        "market_pay_p25": 33_000.0 if known else None,
        "market_pay_p50": 35_000.0 if known else None,
        "market_pay_p75": 37_000.0 if known else None,
        "gap": gap,
        "standing": standing,
    }


def _reasons() -> list[dict[str, Any]]:
    def row(span: str, reason: str, reasons: int, leavers: int, share: float) -> dict[str, Any]:
        return {
            "span": span,
            "reason": reason,
            "reasons": reasons,
            "leavers": leavers,
            "leavers_in_all": 24,
            "share": share,
        }

    return [
        row("last 12 months", "other reasons", 7, 18, 0.75),
        row("last 12 months", "better pay elsewhere", 1, 6, 0.25),
        row("12 months before", "other reasons", 6, 11, 0.65),
    ]


def _training() -> list[dict[str, Any]]:
    def row(band: str, errors: float) -> dict[str, Any]:
        return {"band": band, "people": 17, "error_rate": errors, "aht_seconds": 551.0, "csat": 0.906}

    return [row("under 2 hours a month", 0.0098), row("4 hours a month and more", 0.0068)]


def plan_row(effect: float, error: float) -> dict[str, Any]:
    """What 36 improvement plans brought."""
    return {"plans": 36, "plans_pending": 6, "people": 17, "effect": effect, "effect_error": error}


def _teams() -> list[dict[str, Any]]:
    def row(measure: str, team: str, value: float) -> dict[str, Any]:
        return {"measure": measure, "team": team, "people": 9, "value": value, "reliability": 0.6}

    return [
        row("aht_seconds", "Hanoi chat", 696.0),
        row("csat", "Hanoi chat", 0.894),
        row("csat", "small groups", 0.9),
        row("quality", "Hanoi chat", 0.991),
    ]


def _roles() -> list[dict[str, Any]]:
    def row(own: bool, role: str, change: float | None) -> dict[str, Any]:
        return {"is_own": own, "role": role, "openings": 63, "postings": 35, "share": 0.29, "change": change}

    return [row(False, "Technical Support", 0.21), row(True, "Agent", None)]


def _requirements() -> list[dict[str, Any]]:
    def row(own: bool, requirement: str, value: str, share: float) -> dict[str, Any]:
        return {"is_own": own, "requirement": requirement, "value": value, "share": share, "postings_stating": 469}

    return [
        row(False, "language", "english", 0.49),
        row(True, "language", "english", 0.35),
        row(False, "skill", "crm", 0.57),
    ]


WEEK = date(2026, 10, 26)


def _sought() -> list[dict[str, Any]]:
    """Berlin: two postings a week for three people each; Lisbon: one for one, twice as many a quarter before."""
    rows = []
    for ago in range(26):
        week = WEEK - timedelta(days=7 * ago)
        rows.append({"week_on": week, "entity": "Berlin", "postings": 2, "openings": 6})
        rows.append({"week_on": week, "entity": "Lisbon", "postings": 1, "openings": 1 if ago < 13 else 2})
    return [{"is_own": False, "until_on": WEEK, **row} for row in rows]


def _leaving() -> list[dict[str, Any]]:
    def row(team: str | None, days: int, share: float) -> dict[str, Any]:
        return {"dimension": team and "team", "entity": team, "tenure_days": days, "at_risk": 20, "survival": share,
                "low": share - 0.1, "high": share + 0.1, "people": 40, "leavers": 12}  # fmt: skip

    return [row(None, 100, 0.9), row(None, 300, 0.7), row(None, 800, 0.5), row("Hanoi chat", 200, 0.6)]


TABLES = {
    "as entity, sum(postings)": _sought,
    "marts.staffing_leaving": _leaving,
    "min(position) as position": _stages,
    "from marts.fct_applications": _applied,
    "sum(censored) as censored": _durations,
    "marts.pay_positions": lambda: [
        pay_row("Hanoi", 27_000.0, "below", -0.229),
        pay_row("Berlin", 34_000.0, "inside", -0.029),
        pay_row("Porto", 34_000.0, "too few market postings", None),
    ],
    "marts.leaving_reasons": _reasons,
    "marts.training_effects": _training,
    "marts.improvement_plans": lambda: [plan_row(-0.0008, 0.002)],
    "marts.team_scorecard": _teams,
    "marts.sought_roles": _roles,
    "marts.requirement_mix": _requirements,
}
