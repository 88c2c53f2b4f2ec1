"""Made-up rows of ``swot.items``, ``swot.evidence`` and ``swot.factors``, in the columns the SWOT writes."""

from __future__ import annotations

from datetime import date
from typing import Any

PERIOD = date(2026, 10, 1)

# factor, metric, unit, direction, quadrant, value, comparator value, swd, interval half, n, p, sentence
_ITEMS: list[tuple[Any, ...]] = [
    (
        "service_level",
        "service_level",
        "ratio",
        "higher",
        "strength",
        0.851,
        0.80,
        0.02,
        0.004,
        31204,
        0.0004,
        "**85.1 %** of contacts were answered in time, 5.1 points above target.",
    ),
    (
        "automation",
        "containment_rate",
        "ratio",
        "higher",
        "strength",
        0.315,
        0.254,
        0.03,
        0.008,
        14022,
        0.0006,
        "**31.5 %** of contacts that met automation needed nobody, 6.1 points above October 2025.",
    ),
    (
        "cost_per_contact",
        "cost_per_contact",
        "currency",
        "lower",
        "strength",
        4.12,
        4.30,
        0.1,
        None,
        None,
        0.012,
        "A handled contact cost **4.12**, 0.18 below target.",
    ),
    (
        "errors",
        "error_rate",
        "ratio",
        "lower",
        "weakness",
        0.0071,
        0.005,
        0.001,
        0.002,
        6240,
        0.03,
        "**0.71 %** of quality checks found an error, 0.21 points above target.",
    ),
    (
        "satisfaction",
        "csat",
        "ratio",
        "higher",
        "weakness",
        0.82,
        0.90,
        0.02,
        0.012,
        3918,
        0.0001,
        "**82.0 %** of the customers asked were satisfied, 8.0 points below target.",
    ),
    (
        "training",
        "training_hours_per_agent",
        "hours",
        "higher",
        "weakness",
        3.4,
        4.0,
        0.3,
        0.4,
        219,
        0.004,
        "Agents had **3.4 h** of training a month, 0.6 h below target.",
    ),
    (
        "promises",
        "sla_attainment",
        "ratio",
        "higher",
        "weakness",
        0.61,
        0.90,
        0.03,
        0.01,
        9400,
        0.0001,
        "**61.0 %** of promises that fell due were kept, 29.0 points below target.",
    ),
    (
        "first_reply",
        "first_reply_business_minutes_p50",
        "minutes",
        "lower",
        "contested",
        186.0,
        240.0,
        15.0,
        9.0,
        9204,
        0.0001,
        "Half of all first replies came within **3.1 h** of business time, 54 min below target. "
        "Other comparisons say the opposite.",
    ),
    (
        "recommendation",
        "nps",
        "points",
        "higher",
        "watch",
        34.0,
        36.0,
        4.0,
        3.1,
        3918,
        0.21,
        "The net promoter score was **+34**, 2 points below October 2025. It could be chance.",
    ),
    (
        "turnover",
        "turnover_annualised",
        "ratio",
        "lower",
        "watch",
        0.338,
        0.30,
        0.05,
        0.08,
        74,
        0.4,
        "Staff turnover ran at **33.8 %** a year, 3.8 points above target. It could be chance.",
    ),
    ("hiring_speed", "time_to_fill_days_p50", "days", "lower", "insufficient", None, None, 5.0, None, None, None, None),
    (
        "first_contact_resolution",
        "fcr_internal",
        "ratio",
        "higher",
        "withdrawn",
        None,
        None,
        0.02,
        None,
        None,
        None,
        None,
    ),
]


def items() -> list[dict[str, Any]]:
    """Rows of ``swot.items`` for the organisation and one channel."""
    rows: list[dict[str, Any]] = []
    ranks: dict[str, int] = {}
    for factor, metric, unit, direction, quadrant, value, comparator, swd, half, n, p, sentence in _ITEMS:
        ranks[quadrant] = ranks.get(quadrant, 0) + 1
        difference = None if value is None else value - comparator
        rows.append(
            {
                "period": PERIOD,
                "entity_dimension": "organisation",
                "entity": None,
                "factor": factor,
                "quadrant": quadrant,
                "rank": ranks[quadrant] if quadrant in ("strength", "weakness") else None,
                "score": 0.4,
                "robustness": 0.99 - 0.2 * ranks[quadrant],
                "metric": metric,
                "value": value,
                "comparator": "previous"
                if factor in ("automation", "recommendation")
                else "target"
                if value is not None
                else None,
                "comparator_value": comparator,
                "difference": difference,
                "low": None if half is None else difference - half,
                "high": None if half is None else difference + half,
                "n": n,
                "p_adjusted": p,
                "test": "score_test_clustered_by_day" if p else None,
                "swd": swd,
                "weight": 0.05,
                "strength": 3.0,
                "rating": 4.0 if quadrant == "strength" else 1.0,
                "note": None,
                "missing": "31 filled openings in 12 months; 50 are needed" if quadrant == "insufficient" else None,
                "withdrawn_by": "contacts_rows_balance" if quadrant == "withdrawn" else None,
                "sentence_key": None,
                "slots": "{}",
                "sentence": sentence,
                "valid_until": date(2026, 11, 30),
                "scope": "internal",
                "theme": "service_quality",
                "chain_stage": "wait",
                "owner_role": "Head of operations",
                "dimension": "service_quality",
                "direction": direction,
                "unit": unit,
            }
        )
    return rows


def evidence() -> list[dict[str, Any]]:
    """Rows of ``swot.evidence``: the leading comparison of each item and, for some, a second one."""
    rows = []
    for item in items():
        if item["value"] is None:
            continue
        base = {
            "period": PERIOD,
            "entity_dimension": "organisation",
            "entity": None,
            "factor": item["factor"],
            "metric": item["metric"],
            "window_from": date(2026, 10, 1),
            "window_to": date(2026, 10, 31),
            "value": item["value"],
            "value_low": None if item["low"] is None else item["low"] + item["comparator_value"],
            "value_high": None if item["high"] is None else item["high"] + item["comparator_value"],
            "comparator_label": None,
            "n": item["n"],
            "comparator_n": None,
            "clusters": 31,
            "design_effect": 1.4,
            "test": item["test"],
            "p": item["p_adjusted"],
            "p_adjusted": item["p_adjusted"],
            "swd": item["swd"],
            "definition_hash": "x",
            "sql_text": "select sum(sl_answered) / sum(sl_base)\nfrom rollups.rollup_contacts_month",
            "sql_hash": "x",
            "rests_on": "contacts_rows_balance",
        }
        verdict = {"strength": "better", "weakness": "worse", "contested": "better"}.get(item["quadrant"], "none")
        rows.append(
            {
                **base,
                "comparator": item["comparator"],
                "comparator_value": item["comparator_value"],
                "difference": item["difference"],
                "low": item["low"],
                "high": item["high"],
                "verdict": verdict,
                "missing": None,
            }
        )
        if item["quadrant"] == "contested":
            rows.append(
                {
                    **base,
                    "comparator": "previous",
                    "comparator_value": 144.0,
                    "difference": 42.0,
                    "low": 30.0,
                    "high": 54.0,
                    "verdict": "worse",
                    "missing": None,
                }
            )
        else:
            rows.append(
                {
                    **base,
                    "comparator": "peer",
                    "comparator_value": None,
                    "difference": None,
                    "low": None,
                    "high": None,
                    "p": None,
                    "p_adjusted": None,
                    "verdict": "missing",
                    "missing": "peers are compared per entity only",
                }
            )
    return rows


def answer(sql: str) -> list[dict[str, Any]] | None:
    """Rows for the statements put to the SWOT's tables; None for any other statement."""
    if "from swot.evidence" in sql:
        return [{"n": 126}] if "count(*)" in sql else evidence()
    if "from swot.factors" in sql:
        return [{"factor": f"outside_{k}", "metric": f"market_{k}"} for k in range(8)]
    if "from swot.items" not in sql:
        return None
    if "distinct period" in sql:
        known = (("organisation", None), ("channel", "chat"), ("channel", "voice"))
        return [{"period": PERIOD, "entity_dimension": kind, "entity": name} for kind, name in known]
    return items()
