"""Whether what is to be planted can be in the rows: by the entities, the months and the levels that there are.

A list of effects is held to the company it is planted in before anything is written; what would be claimed in
``truth.json`` and stand in no row is refused with a sentence.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator
from itertools import chain
from pathlib import Path

from demo.effects import PLANTINGS, Effect, Effects, signed
from demo.story import AT_TARGET, CHANNELS, LIVE, REGIONS, SEGMENTS, TEAM_NAMES, TEAMS, TOPIC_NAMES
from warehouse.errors import SwotlightError

NAMES = {"channel": CHANNELS, "team": TEAM_NAMES, "region": REGIONS, "topic": TOPIC_NAMES, "segment": SEGMENTS}
LIVE_ONLY = ("service_level", "abandonment_rate", "aht_seconds", "transfer_rate", "offered")
"""What happens while somebody waits: not in channels that are written to, nor in teams that answer those."""
BOTS = ("containment_rate", "automation_seconds_saved")
WITH_BOTS = [name for name in LIVE if name != "callback"]
LIVE_TEAMS = [name for name, _, kind, _ in TEAMS if kind != "care"]
SHARE, POINTS, AMOUNT = (0.0, 1.0), (-66.0, 66.0), (0.0, math.inf)
"""What rows hold of a share, of promoters less detractors beside three in ten who are neither, and of an amount."""
SHARES = ("service_level", "abandonment_rate", "transfer_rate", "csat", "resolution_rate", "reopen_rate",
          "fcr_internal", "complaint_rate", "complaints_resolved_24h", "error_rate", "response_rate")  # fmt: skip
AMOUNTS = ("aht_seconds", "first_reply_business_minutes_p50", "full_resolution_business_minutes_p50",
           "training_hours_per_agent", "turnover_annualised", "cost_per_contact", "offered")  # fmt: skip
HELD = {
    **dict.fromkeys(SHARES, SHARE),
    **dict.fromkeys(AMOUNTS, AMOUNT),
    **dict.fromkeys(("nps", "enps"), POINTS),
    "containment_rate": (0.0, 0.93),
    "occupancy": (0.5, 0.98),
}


def refuse_what_does_not_fit(effects: Effects, path: Path, teams: Collection[str]) -> None:
    """Raise `SwotlightError` for the first effect of a list that the rows of this company cannot hold.

    ``teams`` are those with people in them: a small company has not all.
    """
    alone = ((number, fault) for number, one in enumerate(effects.items, 1) for fault in _faults(effects, one, teams))
    together = ((number, fault) for number in range(2, len(effects.items) + 1) for fault in _sums(effects, number))
    for number, (key, why) in chain(alone, together):
        raise SwotlightError(f"Effect {number} of {path.name}: {why}.", code="effects", file=str(path), key=key)


def _faults(effects: Effects, effect: Effect, teams: Collection[str]) -> Iterator[tuple[str, str]]:
    dimension, sign, name = effect.entity.partition("=")
    known = entities(effect.metric, dimension, teams)
    if sign and name not in known:
        yield "entity", f"{effect.metric} has no {dimension} '{name}' here; there is {', '.join(known) or 'none'}"
    if not sign and effect.entity != "organisation":
        yield "entity", f"the {effect.entity} wants a name, such as {dimension}={next(iter(known), 'x')}"
    yield from _months(effects, effect)
    yield from _sizes(effects, effect)


def entities(metric: str, dimension: str, teams: Collection[str]) -> list[str]:
    """The names of a dimension that the metric has rows of."""
    allowed: Collection[str] = NAMES.get(dimension, [])
    if dimension == "team":
        allowed = teams
    if metric in (*LIVE_ONLY, *BOTS):
        narrower = {"channel": WITH_BOTS if metric in BOTS else LIVE, "team": LIVE_TEAMS}
        allowed = [name for name in narrower.get(dimension, allowed) if name in allowed]
    return [name for name in NAMES.get(dimension, []) if name in allowed]


def _months(effects: Effects, effect: Effect) -> Iterator[tuple[str, str]]:
    first, last = effects.months[0], effects.months[-1]
    for key, month in (("from", effect.since), ("to", effect.until)):
        if month and not first <= month <= last:
            yield key, f"{month} is no month of this company, which goes from {first} to {last}"
    if effect.since and effect.until and effect.until < effect.since:
        yield "to", f"it ends in {effect.until}, before it begins in {effect.since}"


def _sizes(effects: Effects, effect: Effect) -> Iterator[tuple[str, str]]:
    if effect.metric not in HELD:
        return
    low, high = HELD[effect.metric]
    level = AT_TARGET[effect.metric] / PLANTINGS[effect.metric].unit
    room = high - level if signed(effect) > 0 else level - low
    # Something of an amount is in every row: no time and no money cannot be.
    is_all = (low, high) == AMOUNT and signed(effect) < 0 and effect.amount >= room
    if is_all or effect.amount > room + 1e-9:
        most = math.floor(10 * room / effects.swd(effect.metric) + 1e-6) / 10
        limit = f"as much as {most:g}" if is_all else f"more than {most:g}"
        yield (
            "size",
            f"{effect.metric} is {level:g} without effects, and rows end at {high if signed(effect) > 0 else low:g}: "
            f"it cannot be made {limit} worthwhile differences {effect.direction}",
        )


def _sums(effects: Effects, number: int) -> Iterator[tuple[str, str]]:
    """What the first so many effects come to where the last of them meets the others."""
    known, added = effects.items[:number], effects.items[number - 1]
    mine = [e for e in known if e.metric == added.metric]
    if added.metric not in HELD or len(mine) < 2:
        return
    low, high = HELD[added.metric]
    level = AT_TARGET[added.metric] / PLANTINGS[added.metric].unit
    for entity in dict.fromkeys(e.entity for e in mine if added.entity in ("organisation", e.entity)):
        met = [e for e in mine if e.entity in ("organisation", entity)]
        for month in effects.months:
            reached = level + sum(signed(e) * e.strength(month, effects.months[0]) for e in met)
            if not low - 1e-9 <= reached <= high + 1e-9:
                yield (
                    "size",
                    f"with those before it {added.metric} comes to {reached:g} in {month} for {entity}, and rows end "
                    f"at {low if reached < low else high:g}",
                )
