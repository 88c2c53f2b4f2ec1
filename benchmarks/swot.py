"""`make bench-swot`: companies with nothing to find and companies with known effects, through the SWOT engine.

    python -m benchmarks.swot --seed 1 --null 400 --effects 120 --end-to-end 20

Prints, of the null companies, the share that reports any item with its Clopper–Pearson interval, and what naive and
clustered variances reject side by side; of the others recall, quadrants and false items, each with its Wilson interval,
and what was found by decile of the power that was worked out before. End to end: small demo companies from files to
release, with `--effects none` and with a few large effects (`--planted-end-to-end 3`).
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import numpy as np
from scipy import stats

from analytics.statistics.intervals import wilson
from analytics.swot import judge_period
from analytics.swot.model import PLACED
from benchmarks.swot_company import BY_NAME, MONTHS, PERIOD, SPREAD, SPREAD_OF, TEAMS, Effect, draw, swds
from benchmarks.swot_files import planted, report_planted, reported
from benchmarks.swot_power import SHARES, choose, power
from benchmarks.swot_release import load
from warehouse.store import Connection, connect

AS_OF = datetime(2026, 11, 1)
TOO_SMALL = 0.05
"""A true difference below this share of the SWD is none."""


@dataclass
class Tally:
    """What the companies of one kind came to."""

    companies: int = 0
    with_items: int = 0
    tests: int = 0
    rejected: dict[str, int] = field(default_factory=lambda: {"naive": 0, "clustered": 0})
    compared: int = 0
    any_naive: int = 0
    planted: list[tuple[float, bool, bool]] = field(default_factory=list)
    items: int = 0
    false_items: list[str] = field(default_factory=list)


def judged(con: Connection, seed: int, effects: list[Effect]) -> Any:
    """A company of this seed, as the engine judges it."""
    load(con, draw(seed, effects))
    return judge_period(con, AS_OF, PERIOD)


def count(tally: Tally, result: Any, effects: list[Effect]) -> None:
    """Add a company to the tally."""
    placed = [item for item in result.items if item.quadrant in PLACED]
    tested = [e for e in result.evidence if e.p is not None]
    both = [e for e in tested if e.p_naive is not None]
    tally.companies += 1
    tally.with_items += bool(placed)
    tally.tests += len(tested)
    tally.compared += len(both)
    tally.rejected["naive"] += sum(e.p_naive <= 0.05 for e in both)
    tally.rejected["clustered"] += sum(e.p <= 0.05 for e in both)
    tally.any_naive += _naive_items(both)
    tally.items += len(placed)
    for effect in effects:
        dimension, _, name = effect.entity.partition("=")
        mine = [i for i in placed if i.factor.factor == effect.factor and i.entity == (dimension, name or None)]
        right = [i for i in mine if (i.quadrant == "strength") == (effect.direction == "better")]
        tally.planted.append((power(effect), bool(mine), bool(right)))
    tally.false_items += [f"{i.id} {i.quadrant}" for i in placed if not is_true(i, effects)]


def _naive_items(both: list[Any]) -> bool:
    """Whether independence, the same family and the same SWDs would have reported anything."""
    from analytics.statistics.families import benjamini_hochberg

    adjusted = benjamini_hochberg([e.p_naive for e in both])
    return any(p <= 0.05 and abs(e.difference or 0) >= e.swd for p, e in zip(adjusted, both, strict=True))


def is_true(item: Any, effects: list[Effect]) -> bool:
    """Whether some comparator truly differs in the item's direction."""
    if item.factor.factor == SPREAD:
        return _is_spread(item, [e for e in effects if e.factor == SPREAD_OF])
    mine = [e for e in effects if e.factor == item.factor.factor]
    swd, better = swds()[item.factor.factor], BY_NAME[item.factor.factor].better
    sign = better if item.quadrant in ("strength", "opportunity") else -better
    entity = "organisation" if item.entity[1] is None else f"{item.entity[0]}={item.entity[1]}"
    last, before = (_level(entity, mine, swd, month) for month in (MONTHS - 1, MONTHS - 13))
    gaps = {"target": last, "previous": last - before, "trend": last - before}
    if entity != "organisation":
        gaps["peer"] = last - _others(entity, mine, swd)
    return any(sign * gap > TOO_SMALL * swd for gap in gaps.values())


def _is_spread(item: Any, effects: list[Effect]) -> bool:
    """Whether the best and the worst team truly drew apart, or nearer, in the year."""
    swd = swds()[SPREAD_OF]
    now, before = (
        [_level(f"team={team}", effects, swd, month) for team in TEAMS] for month in (MONTHS - 1, MONTHS - 13)
    )
    wider = (max(now) - min(now)) - (max(before) - min(before))
    return (wider if item.quadrant == "weakness" else -wider) > TOO_SMALL * swds()[SPREAD]


def _level(entity: str, effects: list[Effect], swd: float, month: int) -> float:
    """By how much an entity's true level is off in a month: channels and teams are crossed."""
    total = 0.0
    for effect in effects:
        if month >= effect.since:
            same_kind = effect.entity.partition("=")[0] == entity.partition("=")[0]
            share = 1.0 if effect.entity in (entity, "organisation") else 0.0 if same_kind else SHARES[effect.entity]
            total += effect.signed(swd) * share
    return total


def _others(entity: str, effects: list[Effect], swd: float) -> float:
    kind = entity.partition("=")[0]
    others = {name: share for name, share in SHARES.items() if name.startswith(kind) and name != entity}
    return sum(s * _level(n, effects, swd, MONTHS - 1) for n, s in others.items()) / sum(others.values())


def clopper_pearson(events: int, n: int) -> tuple[float, float]:
    """The exact 95 % interval of a share."""
    low = float(stats.beta.ppf(0.025, events, n - events + 1)) if events else 0.0
    return low, float(stats.beta.ppf(0.975, events + 1, n - events)) if events < n else 1.0


def report_null(tally: Tally, name: str) -> None:
    """The share of null companies that report any item."""
    low, high = clopper_pearson(tally.with_items, tally.companies)
    print(f"{name}: {tally.with_items} of {tally.companies} report an item "
          f"({tally.with_items / max(tally.companies, 1):.1%}, {low:.1%} to {high:.1%}); at most 5 % may.")  # fmt: skip
    if tally.compared:
        print(f"  single tests of shares at 5 %: naive {tally.rejected['naive'] / tally.compared:.1%}, clustered "
              f"{tally.rejected['clustered'] / tally.compared:.1%} of {tally.compared:,}; naive variances would report "
              f"items for {tally.any_naive} of {tally.companies}.")  # fmt: skip


def report_effects(tally: Tally) -> None:
    """Recall among the powerful, quadrants, false share, and all effects by decile of power."""
    strong = [p for p in tally.planted if p[0] >= 0.99]
    found = [p for p in tally.planted if p[1]]
    print(f"effects: {len(tally.planted)} planted, {len(strong)} of power ≥ 0.99, of which "
          f"{_share(sum(p[1] for p in strong), len(strong))} found (≥ 95 %); quadrant right in "
          f"{_share(sum(p[2] for p in found), len(found))} of those found (≥ 99 %); false items "
          f"{_share(len(tally.false_items), tally.items)} (≤ 5 %).")  # fmt: skip
    deciles: dict[int, list[bool]] = defaultdict(list)
    for chance, is_found, _ in tally.planted:
        deciles[min(int(chance * 10), 9)].append(is_found)
    for decile in sorted(deciles):
        mine = deciles[decile]
        print(f"  power {decile / 10:.1f}–{(decile + 1) / 10:.1f}: {sum(mine)} of {len(mine)} found")
    for wrong in tally.false_items[:20]:
        print(f"  false: {wrong}")


def _share(events: int, n: int) -> str:
    low, high = wilson(events, n)
    return "none" if low is None else f"{events / n:.1%} ({events} of {n}, {low:.1%} to {high:.1%})"


def main(arguments: list[str] | None = None) -> int:
    """Run what is asked for; 0 when every limit holds."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=1, help="first seed")
    parser.add_argument("--null", type=int, default=400, help="companies with nothing to find")
    parser.add_argument("--effects", type=int, default=120, help="companies with effects")
    parser.add_argument("--end-to-end", type=int, default=0, help="null companies from files to release")
    parser.add_argument("--planted-end-to-end", type=int, default=0, help="companies with effects, files to release")
    parser.add_argument("--tickets", type=int, default=6_000, help="size of those")
    asked = parser.parse_args(arguments)
    began, null, found = time.process_time(), Tally(), Tally()
    with connect(None, threads=1) as con:
        for seed in range(asked.seed, asked.seed + asked.null):
            count(null, judged(con, seed, []), [])
        for seed in range(asked.seed + 10_000, asked.seed + 10_000 + asked.effects):
            effects = choose(np.random.default_rng([7, seed]))
            count(found, judged(con, seed, effects), effects)
    if null.companies:
        report_null(null, "null, observation level")
    if found.companies:
        report_effects(found)
    if asked.end_to_end:
        told = [reported(seed, asked.tickets) for seed in range(asked.seed, asked.seed + asked.end_to_end)]
        report_null(Tally(companies=len(told), with_items=sum(map(bool, told))), "null, end to end")
    if asked.planted_end_to_end:
        report_planted([planted(seed) for seed in range(asked.seed, asked.seed + asked.planted_end_to_end)])
    print(f"{time.process_time() - began:.0f} CPU seconds at observation level.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
