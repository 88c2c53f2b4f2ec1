"""Known effects: read from a list, applied to rows while they are made, written to ``truth.json``.

An effect says: this metric, for this entity, is so much better or worse than at target, from one month to another.
Lists count in smallest worthwhile differences (SWD). The generator asks `Effects.delta` for every level it draws from,
so a factor is planted in rows and nowhere else. SWDs come from the factor catalogue where it has the factor.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path

import numpy as np
import yaml

from demo.catalogue import factor_catalogue
from demo.power import power, share_of
from warehouse.errors import SwotlightError


@dataclass(frozen=True)
class Planting:
    """How a factor is planted: its SWD, which way is better, the dimensions it may differ in.

    ``unit`` is the size of the metric's unit on the generator's scale: 1, or one over a typical level where the
    generator counts in shares of a level. ``worst`` and ``best``: the largest changes that the rows can hold.
    """

    swd: float
    better: int
    dimensions: tuple[str, ...]
    about: str
    unit: float = 1.0
    worst: float = math.inf
    best: float = math.inf


EVERY = ("organisation", "channel", "team", "region", "topic", "segment")
PEOPLE = ("organisation", "team", "region")
CALLERS = ("organisation", "region", "topic", "segment")
# By metric: the table of what can be planted.
PLANTINGS = {
    "service_level": Planting(0.03, 1, EVERY, "chance that a contact is answered inside its threshold"),
    "abandonment_rate": Planting(0.01, -1, EVERY, "chance that a contact gives up"),
    "aht_seconds": Planting(15.0, -1, EVERY, "handling time, seconds", 1 / 545),
    "transfer_rate": Planting(0.02, -1, EVERY, "chance that a handled contact is passed on"),
    "containment_rate": Planting(0.03, 1, ("channel", *CALLERS), "chance that the bot ends a contact it met"),
    "csat": Planting(0.02, 1, EVERY, "chance that a rating is a good one"),
    "nps": Planting(5.0, 1, ("organisation", "region", "segment"), "promoters less detractors, points"),
    "enps": Planting(10.0, 1, PEOPLE, "promoters less detractors among staff, points"),
    "first_reply_business_minutes_p50": Planting(
        15.0, -1, EVERY, "median business minutes to a person's first reply", 1.05
    ),
    "full_resolution_business_minutes_p50": Planting(60.0, -1, EVERY, "median business minutes to the solution", 1.43),
    "resolution_rate": Planting(0.02, 1, EVERY, "chance of being solved inside 30 days"),
    "reopen_rate": Planting(0.01, -1, EVERY, "chance that a solved ticket comes back"),
    # A repeat takes the place of a ticket that came in writing; there are only so many.
    "fcr_internal": Planting(
        0.03, 1, ("organisation", "team", "region", "topic"), "chance of no repeat in 7 days", worst=0.2
    ),
    "complaint_rate": Planting(0.005, -1, CALLERS, "chance that a contact or ticket is a complaint"),
    "complaints_resolved_24h": Planting(0.05, 1, EVERY, "chance that a complaint is solved inside 24 hours"),
    "error_rate": Planting(0.005, -1, ("organisation", "team", "channel"), "chance that a quality check fails"),
    "training_hours_per_agent": Planting(0.5, 1, PEOPLE, "hours a month"),
    "turnover_annualised": Planting(0.05, -1, PEOPLE, "leavers a year per post"),
    "occupancy": Planting(0.03, -1, ("organisation",), "handling time in open time"),
    "cost_per_contact": Planting(0.2, -1, ("organisation",), "costs per handled contact, EUR", 1 / 15),
    "response_rate": Planting(0.03, 1, ("organisation", "channel", "region", "segment"), "chance of an answer"),
    # How many contacts there are in all is the plan's; what moves is a channel's share of them.
    "offered": Planting(0.05, 1, ("channel",), "share of the contacts of a channel"),
    # Teams are alike at first: no company can be more even.
    "team_spread_csat": Planting(
        0.03, -1, ("organisation",), "good ratings, best third of the teams less worst", worst=0.18, best=0.0
    ),
    "automation_seconds_saved": Planting(
        15.0, 1, ("organisation", "channel", "topic"), "seconds that a conversation with the bot is shorter", best=120.0
    ),
    "leaving_within_reach": Planting(
        0.1, -1, ("organisation",), "chance that a leaver names pay, shifts or workload", worst=0.4, best=0.5
    ),
    # Only who comes back can complain: a few of a hundred do without any effect.
    "standard_answer_complaint_gap": Planting(
        0.005, -1, ("organisation",), "complaints beyond those after own words", worst=0.1, best=0.01
    ),
    "training_error_gap": Planting(
        0.005, -1, ("organisation",), "failed checks after more training", worst=0.0125, best=0.0125
    ),
    "wage_gap": Planting(0.01, -1, ("organisation",), "the market's yearly growth of wages less ours", best=0.2),
}
SPREADS = {"csat": "team_spread_csat"}
"""Levels that a spread between teams is planted in: the first third of the teams rises, the last third falls."""


@dataclass(frozen=True)
class Effect:
    """One planted truth; ``amount`` in the metric's unit, months as ``YYYY-MM``, ``ramp`` months until it is full."""

    metric: str
    entity: str
    amount: float
    direction: str
    since: str | None = None
    until: str | None = None
    ramp: int = 0

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
    is_calm: bool = False

    def swd(self, metric: str) -> float:
        """The smallest worthwhile difference in the metric's unit: the catalogue's, else the one planted with."""
        stated = self.catalogue.get(metric, {}).get("swd")
        if stated:
            return abs(float(stated))
        return PLANTINGS[metric].swd if metric in PLANTINGS else 0.0

    def step(self, metric: str) -> float:
        """The smallest worthwhile difference on the generator's scale."""
        return self.swd(metric) * (PLANTINGS[metric].unit if metric in PLANTINGS else 1.0)

    def delta(self, metric: str, month: int, codes: dict[str, tuple[list[str], np.ndarray]], n: int) -> np.ndarray:
        """What the effects add to the metric's level in a month, for each of ``n`` rows.

        ``codes`` gives for each known dimension its names and each row's code.
        """
        total = np.zeros(n)
        for effect in self.items:
            strength = effect.strength(self.months[month], self.months[0]) if effect.metric == metric else 0.0
            if strength:
                total += signed(effect) * strength * PLANTINGS[metric].unit * _mask(effect, codes)
        if metric in SPREADS and "team" in codes:
            total += float(self.delta(SPREADS[metric], month, {}, 1)[0]) * _side(*codes["team"])
        return total

    def truth(self, tickets: int = 300_000, agents: int = 60) -> list[dict[str, object]]:
        """The rows of ``truth.json``; ``size`` counts SWDs.

        ``net_size``: all effects on the metric at the entity in the last month, those of its parts by their share.
        """
        return [
            {
                "factor": self.catalogue.get(effect.metric, {}).get("factor", effect.metric),
                "metric": effect.metric,
                "entity": effect.entity,
                "quadrant": self._quadrant(effect),
                "direction": effect.direction,
                "amount": effect.amount,
                "size": round(effect.amount / self.swd(effect.metric), 3),
                "swd": self.swd(effect.metric),
                "ramp_months": effect.ramp,
                "net_size": round(self.net(effect) / self.swd(effect.metric), 3),
                "power": power(
                    effect.metric,
                    effect.entity,
                    effect.amount,
                    self.swd(effect.metric),
                    tickets,
                    len(self.months),
                    agents,
                    minimum_n=int(self.catalogue.get(effect.metric, {}).get("minimum_n") or 1),
                    is_new=len(self.months) > 12 and not effect.strength(self.months[-13], self.months[0]),
                ),
                "from": f"{effect.since or self.months[0]}-01",
                "to": f"{effect.until}-01" if effect.until else None,
            }
            for effect in self.items
        ]

    def net(self, planted: Effect) -> float:
        """What all effects on the metric come to at the effect's entity in the last month; better is above zero."""
        last, total = self.months[-1], 0.0
        for effect in self.items:
            if effect.metric == planted.metric:
                whole = planted.entity == "organisation"
                reach = 1.0 if effect.entity in (planted.entity, "organisation") else share_of(effect.entity) * whole
                sign = 1 if effect.direction == "better" else -1
                total += sign * effect.amount * effect.strength(last, self.months[0]) * reach
        return total

    def _quadrant(self, effect: Effect) -> str:
        scope = self.catalogue.get(effect.metric, {}).get("scope", "internal")
        names = ("opportunity", "threat") if scope == "external" else ("strength", "weakness")
        return names[effect.direction == "worse"]


def signed(effect: Effect) -> float:
    """The effect's amount with the sign it has in the metric's own unit."""
    better = PLANTINGS[effect.metric].better
    return effect.amount * (better if effect.direction == "better" else -better)


def _mask(effect: Effect, codes: dict[str, tuple[list[str], np.ndarray]]) -> np.ndarray | float:
    if effect.entity == "organisation":
        return 1.0
    dimension, _, value = effect.entity.partition("=")
    if dimension not in codes:
        return 0.0
    names, code = codes[dimension]
    return (code == names.index(value)).astype(float) if value in names else 0.0


def _side(teams: list[str], code: np.ndarray) -> np.ndarray:
    """Half above for the first third of the teams, half below for the last; what is nobody's stays."""
    third = len(teams) // 3
    return np.where((code >= 0) & (code < third), 0.5, np.where(code >= len(teams) - third, -0.5, 0.0))


def load_effects(source: Path | str | None, months: list[str], default: list[Effect]) -> Effects:
    """The effects asked for: the default story, ``'none'``, or a YAML or JSON file with a list of them.

    Raises `SwotlightError` naming the effect and the key for a list that cannot be planted.
    """
    catalogue = factor_catalogue()
    if source is None:
        return Effects(months, default, catalogue)
    known = Effects(months, [], catalogue, is_calm=True)
    if str(source) != "none":
        path = Path(source)
        known.items = [_parse(row, number, path, known) for number, row in enumerate(_read(path), 1)]
    return known


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


def _parse(row: dict[str, object], number: int, path: Path, known: Effects) -> Effect:
    def refuse(key: str, why: str) -> SwotlightError:
        return SwotlightError(f"Effect {number} of {path.name}: {why}.", code="effects", file=str(path), key=key)

    for key in sorted(set(row) - {"factor", "entity", "size", "from", "to", "direction", "ramp"}):
        raise refuse(key, f"{key} is not a key of an effect")
    factor, entity = str(row.get("factor", "")), str(row.get("entity", "organisation"))
    metric = known.catalogue.get(factor, {}).get("metric", factor)
    if metric not in PLANTINGS:
        raise refuse("factor", f"{factor or 'nothing'} cannot be planted; these can: {', '.join(PLANTINGS)}")
    if entity.partition("=")[0] not in PLANTINGS[metric].dimensions:
        raise refuse("entity", f"{metric} can differ by {', '.join(PLANTINGS[metric].dimensions)}, not by {entity}")
    if row.get("direction") not in ("better", "worse"):
        raise refuse("direction", "the direction is better or worse")
    try:
        size, ramp = float(str(row.get("size"))), int(str(row.get("ramp", 0)))
    except ValueError as error:
        raise refuse("size", "the size is a number of smallest worthwhile differences") from error
    if ramp < 0:
        raise refuse("ramp", "the ramp is a number of months from 0 on")
    if not 0 < size < 1_000:
        raise refuse("size", "the size is above 0; the direction says which way")
    word = str(row["direction"])
    most = (PLANTINGS[metric].worst if word == "worse" else PLANTINGS[metric].best) / known.swd(metric)
    if size > most:
        raise refuse(
            "size", f"{factor} cannot be made more than {most:.1f} worthwhile differences {word}: rows end there"
        )
    since, until = (_month(row.get(key), partial(refuse, key)) for key in ("from", "to"))
    return Effect(metric, entity, size * known.swd(metric), word, since, until, ramp)


def _month(value: object, refuse: Callable[[str], SwotlightError]) -> str | None:
    if value is None:
        return None
    text = f"{value:%Y-%m}" if isinstance(value, date) else str(value)
    if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])(-\d{2})?", text):
        raise refuse(f"{text} is not a month such as 2026-06")
    return text[:7]
