"""``build``: judge a period and write schema ``swot``, with what earlier releases and ``state/`` hand on."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from datetime import UTC, date, datetime
from typing import Any

from analytics.metrics.table import Frozen
from analytics.swot.building import Judgement, judge_period
from analytics.swot.chain import Stage, chain
from analytics.swot.forecasts import Forecast, make, score_earlier
from analytics.swot.history import LATER, Months, Standing, months_between, moves, retell, standings
from analytics.swot.model import WHOLE, Entity, Measure
from analytics.swot.progress import Goal, progress
from analytics.swot.tables import history_rows, write_tables
from analytics.swot.tows import Pair, pairs
from warehouse.errors import SwotlightError


@dataclass(frozen=True)
class Earlier:
    """What the release before kept for this one: its history rows and its forecasts."""

    history: list[dict[str, Any]] = field(default_factory=list)
    forecasts: list[Forecast] = field(default_factory=list)


@dataclass(frozen=True)
class BuildReport:
    """What was judged: the period, and how many items stand in which quadrant for the organisation."""

    period: date
    factors: int
    entities: int
    evidence: int
    quadrants: dict[str, int]


def read_earlier(db: Any) -> Earlier:
    """History and forecasts of a release; empty where it has none, or has them in an older form."""
    try:
        history = db.rows("select * from swot.history order by all")
        told = db.rows("select * from swot.forecasts order by id")
        names = [f.name for f in fields(Forecast)]
        return Earlier(history, [Forecast(**{name: row[name] for name in names}) for row in told])
    except (SwotlightError, KeyError):
        return Earlier()


def build(
    con: Any,
    as_of: datetime,
    period: str | date | None = None,
    *,
    earlier: Earlier | None = None,
    goals: Sequence[Goal] = (),
    into: Any = None,
) -> BuildReport:
    """Judge ``period`` (default: the last month that had ended at ``as_of``) and replace the ``swot`` tables.

    Reads ``metrics.catalogue``, ``marts.swot_factors``, ``marts.targets``, ``quality.withdrawn`` and the rollups.
    ``earlier`` is what the release before kept, ``goals`` the objectives of ``state/``; the tables go into the same
    database, or into another one.
    """
    judged, before = judge_period(con, as_of, period), earlier or Earlier()
    grouped: dict[Entity, list] = defaultdict(list)
    for item in judged.items:
        grouped[item.entity].append(item)
    outside = [item for item in grouped.get(WHOLE, []) if item.factor.scope == "external"]
    tows: list[tuple[date, Pair]] = []
    stages: list[tuple[date, Entity, list[Stage]]] = []
    for entity, items in grouped.items():
        own = {item.factor.factor for item in items if item.factor.scope == "external"}
        shared = [item for item in outside if item.factor.factor not in own]
        tows += [(judged.period, p) for p in pairs([*items, *shared], judged.metrics, judged.targets, judged.currency)]
        stages.append((judged.period, entity, chain(items, judged.seen)))
    write_tables(
        con if into is None else into,
        judged.factors,
        judged.evidence,
        judged.items,
        {m.name: m.unit for m in judged.metrics.values()},
        tows,
        stages,
        _history(con, judged, as_of, before),
        _forecasts(judged, before),
        progress(goals, judged),
    )
    whole: dict[str, int] = defaultdict(int)
    for item in grouped.get(WHOLE, []):
        whole[item.quadrant] += 1
    return BuildReport(
        judged.period, len(judged.factors), len(grouped), len(judged.evidence), dict(sorted(whole.items()))
    )


def _history(con: Any, judged: Judgement, as_of: datetime, before: Earlier) -> list[dict[str, Any]]:
    """This judgement beside the last different one, and what earlier ones left worth keeping."""
    mine = standings(judged.items)
    digest = hashlib.sha256(
        json.dumps([[str(v) for name, v in vars(s).items() if name != "withdrawn_by"] for s in mine]).encode()
    ).hexdigest()[:16]
    instant = (as_of if as_of.tzinfo else as_of.replace(tzinfo=UTC)).astimezone(UTC)
    judged_at = instant.strftime("%Y-%m-%dT%H:%M:%SZ")
    # The same judgement again is no event: a rebuild of the same release writes the same history.
    kept = [
        {"sequence": 0, **LATER, **row}
        for row in before.history
        if (row["judged_at"], row["digest"]) != (judged_at, digest)
    ]
    last = max((row["sequence"] for row in kept), default=0)
    old = [_standing(row) for row in kept if row["sequence"] == last and row["change"] != "gone"]
    retold = retell(Frozen(con), old, _measures(judged), judged.metrics) if old else {}
    found = history_rows(last + 1, judged_at, digest, moves(mine, old, retold))
    # Of a month that was judged before only what moved is kept, and the judgement this one is held against.
    return [
        row
        for row in kept
        if row["sequence"] == last or row["period"] != judged.period or row["change"] not in ("none", "first")
    ] + found


def _standing(row: dict[str, Any]) -> Standing:
    names = [f.name for f in fields(Standing) if f.name != "release"]
    return Standing(row["judged_at"], *(row[name] for name in names))


def _measures(judged: Judgement) -> dict[str, tuple[Measure, Months]]:
    """Per factor its measure, and the months it is observed over."""
    found = {}
    for factor in judged.factors:
        seen = judged.seen.windows[factor.measure]
        found[factor.factor] = factor.measure, Months(seen.months, months_between(seen.end, judged.period))
    return found


def _forecasts(judged: Judgement, before: Earlier) -> list[Forecast]:
    mine = make(judged.items, judged.seen, judged.metrics)
    new = {f.id for f in mine}
    carried = [f for f in before.forecasts if f.id not in new and f.kind == "forecast"]
    scored = score_earlier(carried, judged.factors, judged.seen, judged.metrics, judged.period)
    return sorted([*scored, *mine], key=lambda f: f.id)
