"""Made-up input of the Efficiency page."""

from __future__ import annotations

from typing import Any

_SLICE = ("channel", "team", "region", "topic")
_TIME = ("channel", "team", "region")
# name: label, unit, direction, dimension, interval, base value, numbers a month, dimensions
METRICS: dict[str, tuple[Any, ...]] = {
    "aht_talk_seconds": ("Talk time per contact", "seconds", "lower", "none", "none", 250, 0, _SLICE),
    "aht_hold_seconds": ("Hold time per contact", "seconds", "lower", "none", "none", 20, 0, _SLICE),
    "aht_wrap_seconds": ("After-contact work per contact", "seconds", "lower", "none", "none", 70, 0, _SLICE),
    "occupancy": ("Occupancy", "ratio", "none", "none", "none", 0.82, 9000, _TIME),
    "utilisation": ("Utilisation", "ratio", "higher", "none", "none", 0.78, 9000, _TIME),
    "shrinkage": ("Shrinkage", "ratio", "lower", "none", "none", 0.27, 9000, _TIME),
    "contacts_per_paid_hour": ("Contacts per paid hour", "score", "higher", "none", "poisson", 4.2, 11000, ("team",)),
    "transfer_rate": ("Transfer rate", "ratio", "lower", "none", "wilson", 0.09, 46000, _SLICE),
    "touches": ("Touches per ticket", "score", "lower", "none", "none", 1.8, 9000, (*_SLICE, "priority")),
}


def _agents() -> list[dict[str, Any]]:
    made = []
    for k in range(24):
        ratio = 1.5 if k == 3 else 0.7 if k == 7 else 0.97 + 0.005 * (k % 12)
        daily = 3000.0
        made.append(
            {
                "agent_key": f"{k:02}f1c2d3e4b5a697",
                "team": ("Berlin voice", "Hanoi chat")[k % 2],
                "contacts": 200.0 + 31 * k,
                "seconds": 20 * daily * ratio,
                "expected": 20 * daily,
                "days": 20,
                "tops": 20 * (daily * ratio) ** 2 * 1.02,
                "products": 20 * daily * daily * ratio,
                "bottoms": 20 * daily**2,
            }
        )
    return made


def _paid() -> list[dict[str, Any]]:
    parts = {"break": 0.10, "absence": 0.06, "holiday": 0.05, "training": 0.03, "meeting": 0.02, "coaching": 0.01}
    others = {"project": 0.0, "system_down": None, "other": 0.0}
    return [{"paid": 1_000_000.0, **{name: 1_000_000 * share for name, share in parts.items()}, **others}]


TABLES = {"rollup_agent_contacts_day": _agents, "rollup_agent_time_day": _paid}
ADDRESSES = [
    ("/efficiency", ""),
    ("/efficiency", "?channel=voice"),
    ("/efficiency", "?topic=Billing"),
    ("/efficiency", "?period=2025&compare=year"),
]
