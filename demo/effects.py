"""Known effects: read from a list, applied to rows while they are made, written to ``truth.json``.

An effect says: this factor, for this entity, is so many smallest worthwhile differences (SWD) better or worse than at
target, from one month to another. The generator asks `Effects.delta` for every level it draws from, so a factor is
planted in rows and nowhere else. SWDs and directions come from the factor catalogue where it has the factor.
"""

from __future__ import annotations

import csv
import json
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path

import numpy as np
import yaml

from demo.plan import Plan
from warehouse.errors import SwotlightError
from warehouse.settings import package_path


@dataclass(frozen=True)
class Planting:
    """How a factor is planted: SWD in the metric's unit, which way is better, and the dimensions it may differ in."""

    swd: float
    better: int
    dimensions: tuple[str, ...]
    about: str


LIVE_DIMENSIONS = ("organisation", "channel", "team", "region", "topic", "segment")
PLANTINGS = {
    "service_level": Planting(0.02, 1, LIVE_DIMENSIONS, "chance that a contact is answered inside its threshold"),
    "abandonment_rate": Planting(0.01, -1, LIVE_DIMENSIONS, "chance that a contact gives up"),
    "aht_seconds": Planting(0.05, -1, LIVE_DIMENSIONS, "handling time, as a share of the channel's"),
    "transfer_rate": Planting(0.02, -1, LIVE_DIMENSIONS, "chance that a handled contact is passed on"),
    "containment_rate": Planting(
        0.03, 1, ("organisation", "channel", "region", "topic", "segment"), "chance that the bot ends a contact it met"
    ),
    "csat": Planting(0.02, 1, LIVE_DIMENSIONS, "chance that a rating is a good one"),
    "nps": Planting(5.0, 1, ("organisation", "region", "segment"), "promoters less detractors, in points"),
    "enps": Planting(5.0, 1, ("organisation", "team", "region"), "promoters less detractors among staff, in points"),
    "first_reply_business_minutes": Planting(
        30.0, -1, LIVE_DIMENSIONS, "median business minutes to the first reply by a person"
    ),
    "full_resolution_business_minutes": Planting(90.0, -1, LIVE_DIMENSIONS, "median business minutes to the solution"),
    "resolution_rate": Planting(0.01, 1, LIVE_DIMENSIONS, "chance of being solved inside 30 days"),
    "reopen_rate": Planting(0.01, -1, LIVE_DIMENSIONS, "chance that a solved ticket comes back"),
    "fcr_internal": Planting(0.02, 1, LIVE_DIMENSIONS, "chance that no repeat follows inside 7 days"),
    "complaint_rate": Planting(
        0.005, -1, ("organisation", "region", "topic", "segment"), "chance that a ticket is a complaint"
    ),
    "error_rate": Planting(0.0025, -1, ("organisation", "team", "channel"), "chance that a quality check fails"),
    "training_hours_per_agent": Planting(0.5, 1, ("organisation", "team", "region"), "hours a month"),
    "turnover_annualised": Planting(0.05, -1, ("organisation", "team", "region"), "leavers a year per post"),
    "volume": Planting(0.05, 1, ("organisation", "channel"), "share of the contacts of a channel"),
    "occupancy": Planting(0.03, -1, ("organisation",), "handling time in open time"),
    "cost_per_contact": Planting(0.05, -1, ("organisation",), "costs, as a share of their level"),
    "response_rate": Planting(
        0.03, 1, ("organisation", "channel", "region", "segment"), "chance that an invitation is answered"
    ),
}
# Factors of the catalogue whose metric is one of the above under another name.
METRIC_OF = {
    "first_reply_business_minutes_p50": "first_reply_business_minutes",
    "first_reply_calendar_minutes_p50": "first_reply_business_minutes",
    "full_resolution_business_minutes_p50": "full_resolution_business_minutes",
}


@dataclass(frozen=True)
class Effect:
    """One planted truth; ``size`` in SWDs, months as ``YYYY-MM``, ``ramp`` months until it is full."""

    factor: str
    entity: str
    size: float
    direction: str
    since: str | None = None
    until: str | None = None
    ramp: int = 0

    @property
    def metric(self) -> str:
        return METRIC_OF.get(self.factor, self.factor)

    def strength(self, month: str, first: str) -> float:
        """Share of the effect that is in force in a month."""
        since = max(self.since or first, first)
        if month < since or (self.until and month > self.until):
            return 0.0
        passed = (int(month[:4]) - int(since[:4])) * 12 + int(month[5:]) - int(since[5:]) + 1
        return min(1.0, passed / self.ramp) if self.ramp else 1.0


@dataclass
class Effects:
    """All effects of one company, and the smallest worthwhile differences they are counted in."""

    months: list[str]
    items: list[Effect]
    catalogue: dict[str, dict[str, str]] = field(default_factory=dict)
    is_null: bool = False

    def swd(self, metric: str) -> float:
        """The factor's SWD from the catalogue, else the one it is planted with, else none."""
        stated = self.catalogue.get(metric, {}).get("swd")
        # The catalogue counts these in its own unit, the generator in shares of a level.
        if stated and metric not in ("aht_seconds", "cost_per_contact", "volume"):
            return abs(float(stated))
        return PLANTINGS[metric].swd if metric in PLANTINGS else 0.0

    def delta(self, metric: str, month: int, codes: dict[str, tuple[list[str], np.ndarray]], n: int) -> np.ndarray:
        """What the effects add to the metric's level in a month, for each of ``n`` rows.

        ``codes`` gives for each known dimension its names and each row's code.
        """
        total = np.zeros(n)
        for effect in self.items:
            strength = effect.strength(self.months[month], self.months[0]) if effect.metric == metric else 0.0
            if strength:
                size = signed(effect) * strength * self.swd(metric)
                total += size * _mask(effect, codes)
        return total

    def truth(self) -> list[dict[str, object]]:
        """The rows of ``truth.json``."""
        rows = []
        for effect in self.items:
            row = asdict(effect)
            since, until = row.pop("since"), row.pop("until")
            rows.append(
                {
                    **{key: row[key] for key in ("factor", "entity")},
                    "quadrant": self._quadrant(effect),
                    "size": effect.size,
                    "direction": effect.direction,
                    "swd": self.swd(effect.metric),
                    "ramp_months": effect.ramp,
                    "power": None,
                    "power_reason": "The test it is computed for is not built yet.",
                    "from": f"{since or self.months[0]}-01",
                    "to": f"{until}-01" if until else None,
                }
            )
        return rows

    def _quadrant(self, effect: Effect) -> str:
        scope = self.catalogue.get(effect.factor, {}).get(
            "scope", "external" if effect.factor == "volume" else "internal"
        )
        names = ("strength", "weakness") if scope == "internal" else ("opportunity", "threat")
        return names[effect.direction == "worse"]


def signed(effect: Effect) -> float:
    """The effect's size with the sign it has in the metric's own unit."""
    better = PLANTINGS[effect.metric].better
    return effect.size * (better if effect.direction == "better" else -better)


def _mask(effect: Effect, codes: dict[str, tuple[list[str], np.ndarray]]) -> np.ndarray | float:
    if effect.entity == "organisation":
        return 1.0
    dimension, _, value = effect.entity.partition("=")
    if dimension not in codes:
        return 0.0
    names, code = codes[dimension]
    return (code == names.index(value)).astype(float) if value in names else 0.0


def load_effects(source: Path | str | None, plan: Plan, default: list[Effect]) -> Effects:
    """The effects asked for: the default story, ``'none'``, or a YAML or JSON file with a list of them."""
    months = [f"{day:%Y-%m}" for day in plan.calendar]
    if source is None:
        return Effects(months, default, factor_catalogue())
    if str(source) == "none":
        return Effects(months, [], factor_catalogue(), is_null=True)
    items = [_parse(row, number, Path(source)) for number, row in enumerate(_read(Path(source)), 1)]
    return Effects(months, items, factor_catalogue(), is_null=True)


def factor_catalogue() -> dict[str, dict[str, str]]:
    """The shipped factor catalogue by metric and by factor id; empty where it is not there."""
    path = package_path("seeds") / "reference" / "swot_factors.csv"
    if not path.is_file():
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    by_metric = {METRIC_OF.get(row.get("metric", ""), row.get("metric", "")): row for row in reversed(rows)}
    return by_metric | {row["factor"]: row for row in rows if row.get("factor")}


def _read(path: Path) -> list[dict[str, object]]:
    try:
        text = path.read_text("utf-8")
        content = json.loads(text) if path.suffix == ".json" else yaml.safe_load(text)
    except OSError as error:
        raise SwotlightError(f"{path} cannot be read: {error.strerror}.", code="effects", file=str(path)) from error
    except (ValueError, yaml.YAMLError) as error:
        raise SwotlightError(f"{path} is neither YAML nor JSON.", code="effects", file=str(path)) from error
    rows = content.get("effects") if isinstance(content, dict) else content
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise SwotlightError(
            f"{path} holds no list of effects.",
            code="effects",
            file=str(path),
            hint="Write a list of {factor, entity, size, direction, from}.",
        )
    return rows


def _parse(row: dict[str, object], number: int, path: Path) -> Effect:
    def refuse(key: str, why: str) -> SwotlightError:
        return SwotlightError(f"Effect {number} of {path.name}: {why}.", code="effects", file=str(path), key=key)

    unknown = set(row) - {"factor", "entity", "size", "from", "to", "direction", "ramp"}
    if unknown:
        raise refuse(min(unknown), f"{min(unknown)} is not a key of an effect")
    factor, entity = str(row.get("factor", "")), str(row.get("entity", "organisation"))
    metric = METRIC_OF.get(factor, factor)
    if metric not in PLANTINGS:
        metric = METRIC_OF.get(named := factor_catalogue().get(factor, {}).get("metric", ""), named)
    if metric not in PLANTINGS:
        raise refuse("factor", f"{factor or 'nothing'} cannot be planted; there are {', '.join(PLANTINGS)}")
    if entity.partition("=")[0] not in PLANTINGS[metric].dimensions:
        raise refuse("entity", f"{metric} can differ by {', '.join(PLANTINGS[metric].dimensions)}, not by {entity}")
    if row.get("direction") not in ("better", "worse"):
        raise refuse("direction", "the direction is better or worse")
    try:
        size, ramp = float(str(row.get("size"))), int(str(row.get("ramp", 0)))
    except ValueError as error:
        raise refuse("size", "the size is a number of smallest worthwhile differences") from error
    if size <= 0:
        raise refuse("size", "the size is above 0; the direction says which way")
    return Effect(
        factor if factor in PLANTINGS or factor in METRIC_OF else metric,
        entity,
        size,
        str(row["direction"]),
        _month(row.get("from")),
        _month(row.get("to")),
        ramp,
    )


def _month(value: object) -> str | None:
    if value is None:
        return None
    return f"{value:%Y-%m}" if isinstance(value, date) else str(value)[:7]
