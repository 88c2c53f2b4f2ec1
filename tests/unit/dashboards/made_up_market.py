"""A made-up market: series beside our own, competitors of whom one says no n, prices, dated rules, moving channels."""

from __future__ import annotations

from datetime import date
from typing import Any

from analytics.metrics.periods import add_months

LAST = date(2026, 9, 1)
BASE = date(2024, 10, 1)
ADDRESSES = [("/market", ""), ("/market", "?period=2025"), ("/market", "?period=2026-08")]


def _span() -> list[dict[str, Any]]:
    return [{"newest": LAST, "oldest": date(2023, 5, 1), "own": LAST}]


def _series() -> list[dict[str, Any]]:
    """Two years of our contacts and of two published series."""
    rows: list[dict[str, Any]] = []
    kinds = (("i", "job_postings_index", "Customer Service", 0.2), ("m", "job_openings", "all", 0.1))
    for source, indicator, segment, step in (*kinds, ("own", "own_contacts", "all", 0.4)):
        for k in range(24):
            rows.append(
                {
                    "month_on": add_months(BASE, k),
                    "source": source,
                    "indicator": indicator,
                    "subject": "us" if source == "own" else "market",
                    "segment": segment,
                    "region": "DE",
                    "index_value": 100 + step * k,
                    "value": 118.0,
                    "base_on": BASE,
                    "revisions": 0,
                    "published_on": None,
                }
            )
    return sorted(rows, key=lambda row: (row["source"], row["indicator"]))


def newest_row(indicator: str, value: float, unit: str, **more: Any) -> dict[str, Any]:
    """The last figure of a series; ``more`` says what is special about it."""
    row = {
        "source": "m",
        "indicator": indicator,
        "subject": "market",
        "segment": "all",
        "region": "DE",
        "month_on": LAST,
        "value": value,
        "unit": unit,
        "growth_year": 0.031,
        "value_year_before": value / 1.031,
        "growth_state": "known",
        "seasonally_adjusted": None,
        "adjustment": "under three years",
        "revised_by": None,
        "revisions": 0,
        "published_on": date(2026, 10, 15),
        "is_gone": False,
    }
    return row | more


def _newest() -> list[dict[str, Any]]:
    return [
        newest_row("job_openings", 1_407_200, "jobs", revised_by=0.004, revisions=1, seasonally_adjusted=1_392_848),
        newest_row("labour_tightness", 0.58, "score"),
        newest_row("wage_growth", 0.062, "ratio"),
        newest_row("new_entrants", 4, "count", growth_year=None, growth_state="base is zero"),
        newest_row("job_postings_index", 131.2, "index", segment="Customer Service", growth_year=0.0496),
        newest_row("job_postings_index", 101.0, "index", segment="Sales"),
        newest_row("job_postings_index", 99.0, "index", segment="Old trades", is_gone=True),
        newest_row("annual_wage_median", 41_000, "EUR", growth_year=None, growth_state="no value a year before"),
        newest_row("price", 16.57, "EUR", segment="Home light", subject="us"),
        newest_row("price", 11.9, "EUR", segment="Home light", subject="Casa Luz"),
        newest_row("price", 17.1, "EUR", segment="Home light", subject="Brightwell"),
    ]


def score_row(subject: str, attribute: str, difference: float | None, error: float | None) -> dict[str, Any]:
    """A competitor beside us on an attribute."""
    return {
        "subject": subject,
        "attribute": attribute,
        "region": "DE",
        "value": 4.0,
        "our_value": 4.0 + (difference or 0),
        "n": 1_400 if error else None,
        "our_n": 1_411,
        "difference": difference,
        "difference_error": error,
        "is_nearest": subject == "Lichtkontor",
    }


def _scores() -> list[dict[str, Any]]:
    return [
        score_row("Brightwell", "price", 0.21, 0.034),
        score_row("Casa Luz", "price", -0.32, 0.034),
        score_row("Lichtkontor", "price", 0.06, 0.034),
        score_row("Blog", "price", -0.9, None),
        score_row("us", "price", None, None),
    ]


def _events() -> list[dict[str, Any]]:
    def event(kind: str, name: str, holds: date, state: str, until: date | None = None) -> dict[str, Any]:
        return {
            "kind": kind,
            "event": name,
            "announced_on": date(2025, 5, 1),
            "holds_from": holds,
            "until_on": until,
            "state": state,
        }

    return [
        event("rule", "Say when a bot answers", date(2027, 2, 1), "announced"),
        event("support_programme", "Training grant", date(2025, 5, 1), "in force", date(2027, 4, 30)),
        event("entrant", "Nordlampe", date(2025, 8, 1), "in force"),
    ]


def shift_row(dimension: str, entity: str, share: float, before: float, state: str = "both years") -> dict[str, Any]:
    """How a channel or topic moved."""
    return {
        "dimension": dimension,
        "entity": entity,
        "share": share,
        "share_before": before,
        "change": share - before,
        "change_error": 0.002,
        "contacts": round(share * 100_000),
        "state": state,
    }


def _shift() -> list[dict[str, Any]]:
    return [
        shift_row("channel", "messaging", 0.21, 0.18),
        shift_row("channel", "voice", 0.48, 0.50),
        shift_row("channel", "fax", 0.0, 0.01, "gone"),
        shift_row("topic", "Refund", 0.081, 0.080),
    ]


TABLES = {
    "as newest": _span,
    "index_value, value, base_on": _series,
    "qualify row_number() over (partition by source, indicator": _newest,
    "marts.competitor_position": _scores,
    "marts.market_events": _events,
    "marts.contact_shift": _shift,
}
