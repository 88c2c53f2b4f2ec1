"""What moved: items that entered, left, changed quadrant or rank, and whether data, definition or the world did it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple

from analytics.metrics import Metric, MetricRequest, ask
from analytics.metrics.model import Database
from analytics.metrics.periods import add_months, last_of_month
from analytics.swot.model import IMPORTANCE, PLACED, Entity, Evidence, Item, Measure

UNJUDGED = {"insufficient", "withdrawn"}
LATER: dict[str, Any] = dict.fromkeys(("withdrawn_by", "before_withdrawn_by"))
"""Columns that the history of an earlier version lacks."""
SAME = 1e-6
"""Relative difference below which a value counts as unchanged."""


@dataclass(frozen=True)
class Standing:
    """Where a factor of an entity stood in a release, and on what; no quadrant where it was not judged."""

    release: str | None
    period: date
    entity_dimension: str
    entity: str | None
    factor: str
    quadrant: str | None
    rank: int | None
    value: float | None
    comparator: str | None
    comparator_value: float | None
    definition: str
    withdrawn_by: str | None = None

    @property
    def key(self) -> tuple[str, str | None, str]:
        """Whose factor it is."""
        return self.entity_dimension, self.entity, self.factor


class Catalogues(NamedTuple):
    """The factors that a judgement and the one before it were made with."""

    now: Collection[str]
    before: Collection[str]


class Months(NamedTuple):
    """How many months a factor is observed over, and how many before the period the last of them lies."""

    span: int
    lag: int = 0


@dataclass(frozen=True)
class Move:
    """A standing beside the one before: ``entered``, ``left``, ``quadrant``, ``rank``, ``gone``, ``first`` or
    ``none``, and its cause."""

    now: Standing
    before: Standing | None
    change: str
    cause: str | None


def definition_of(item: Item) -> str:
    """All that is set by people and not by the world: the metric's definition and the factor's own row."""
    factor, evidence = item.factor, item.evidence or item.comparisons[0]
    return "|".join(
        [evidence.definition_hash, factor.slice or "", factor.direction, ",".join(factor.compared_with()),
         f"{factor.swd:g}", f"{factor.weight:g}", f"{factor.minimum_n}", _goal(item.comparisons)]
    )  # fmt: skip


def _goal(evidence: Sequence[Evidence]) -> str:
    return next((f"{e.comparator_value:g}" for e in evidence if e.comparator == "target" and e.comparator_value), "")


def standings(items: Iterable[Item], release: str | None = None) -> list[Standing]:
    """The standing of every item."""
    found = []
    for item in items:
        e = item.evidence
        found.append(
            Standing(
                release,
                item.period,
                *item.entity,
                item.factor.factor,
                item.quadrant,
                item.rank,
                _rounded(e.value if e else None),
                e.comparator if e else None,
                _rounded(e.comparator_value if e else None),
                definition_of(item),
                item.withdrawn_by,
            )
        )
    return found


def _rounded(value: float | None) -> float | None:
    return None if value is None else float(f"{value:.10g}")


def moves(
    now: Sequence[Standing],
    before: Sequence[Standing],
    retold: Mapping[tuple, float | None] | None = None,
    catalogues: Catalogues | None = None,
) -> list[Move]:
    """Every standing beside the one before. ``retold``: the earlier period's values as the data tell them today;
    ``catalogues``: the factors both judgements knew, where these standings are only some of theirs."""
    known = catalogues or Catalogues({s.factor for s in now}, {s.factor for s in before})
    earlier, here = {s.key: s for s in before}, {s.key for s in now}
    judged = {entity_key(s): s for s in before}
    gone = [s for s in before if s.key not in here and s.quadrant in PLACED]
    is_reset = {(s.factor, s.definition) for s in now} != {(s.factor, s.definition) for s in before}
    return [
        _move(s, earlier[s.key], retold or {}, is_reset=is_reset)
        if s.key in earlier
        else _arrival(s, judged.get(entity_key(s)), known.before)
        for s in now
    ] + [_departure(s, {entity_key(one) for one in now}, known.now) for s in gone]


def _arrival(now: Standing, peer: Standing | None, known: Collection[str]) -> Move:
    """A factor that the entity was not judged by before: new on the board where the entity was judged by others.

    ``peer`` is any earlier standing of the entity. A factor nobody was judged by is new in the catalogue; of one that
    others were judged by there were no data.
    """
    if peer is None or now.quadrant not in PLACED:
        return Move(now, None, "first", None)
    nothing = replace(
        peer, factor=now.factor, quadrant=None, rank=None, value=None, comparator=None, comparator_value=None,
        definition="",
    )  # fmt: skip
    return Move(now, nothing, "entered", "data" if now.factor in known else "definition")


def _departure(before: Standing, entities: Collection[Entity], known: Collection[str]) -> Move:
    """What is judged no more: struck from the catalogue, without data, or of an entity of which nothing is left."""
    if before.factor not in known:
        return Move(before, before, "gone", "definition")
    return Move(before, before, "gone", "data" if entity_key(before) in entities else "world")


def _move(now: Standing, before: Standing, retold: Mapping[tuple, float | None], *, is_reset: bool) -> Move:
    change = _change(now, before)
    cause = None if change == "none" else _cause(now, before, retold, is_reset=is_reset)
    return Move(now, before, change, cause)


def _change(now: Standing, before: Standing) -> str:
    placed, was = now.quadrant in PLACED, before.quadrant in PLACED
    if placed != was:
        return "entered" if placed else "left"
    if now.quadrant != before.quadrant:
        return "quadrant"
    return "rank" if now.rank != before.rank else "none"


def _cause(now: Standing, before: Standing, retold: Mapping[tuple, float | None], *, is_reset: bool) -> str:
    """A check that fails is the data, whatever was set. Definition: what people set is not what it was. Data: the
    earlier period reads otherwise today, a check gave it back, or only one side has data enough. World: neither, so
    what is measured has moved. Where the value is what it was and other factors came, went or were weighed anew, that
    moved the item (``is_reset``)."""
    if now.quadrant == "withdrawn":
        return "data"
    if _is_redefined(now, before):
        return "definition"
    if not UNJUDGED.isdisjoint((now.quadrant, before.quadrant)):
        return "data"
    if now.period == before.period:
        return "definition" if is_reset and _is_same(now.value, before.value) else "data"
    today = retold.get(before.key, before.value)
    return "world" if today is None or _is_same(today, before.value) else "data"


def _is_redefined(now: Standing, before: Standing) -> bool:
    """Whether people set something anew. Where one side could not be judged its target was not told, which is no
    change of it."""
    if now.definition == before.definition:
        return False
    if UNJUDGED.isdisjoint((now.quadrant, before.quadrant)):
        return True
    (*mine, goal), (*theirs, other) = now.definition.split("|"), before.definition.split("|")
    return mine != theirs or bool(goal and other and goal != other)


def _is_same(value: float | None, other: float | None) -> bool:
    if value is None or other is None:
        return value is other
    return abs(value - other) <= SAME * max(1.0, abs(other))


def months_between(end: date, period: date) -> int:
    """How many months a window's last one lies before the period."""
    return (period.year - end.year) * 12 + period.month - end.month


def retell(
    db: Database,
    before: Sequence[Standing],
    windows: Mapping[str, tuple[Measure, Months]],
    metrics: Mapping[str, Metric],
) -> dict[tuple, float | None]:
    """What an earlier period's values are by today's data; ``windows``: per factor its measure and months."""
    wanted: dict[tuple, dict[str, list[Standing]]] = {}
    for standing in before:
        # A rating beside what matters to customers is not the metric's own value, which is what could be asked again.
        is_told = standing.value is not None and standing.comparator != IMPORTANCE
        if standing.factor in windows and is_told:
            measure, months = windows[standing.factor]
            by = () if standing.entity is None else (standing.entity_dimension,)
            if set(by) <= set(metrics[measure.metric].dimensions()):
                # A measure that lags was observed in an earlier month than it was judged for.
                end = add_months(standing.period, -months.lag)
                span = add_months(end, 1 - months.span), last_of_month(end)
                wanted.setdefault((measure.where, by, *span), {}).setdefault(measure.metric, []).append(standing)
    found: dict[tuple, float | None] = {}
    for (where, by, start, end), members in wanted.items():
        rows = ask(db, MetricRequest(tuple(members), by=by, where=where, start=start, end=end))
        values = {(row.metric, _name(row.dimensions)): row.value for row in rows}
        found |= {one.key: values.get((name, one.entity)) for name, told in members.items() for one in told}
    return found


def _name(dimensions: Mapping[str, Any]) -> str | None:
    return next((str(v) for v in dimensions.values()), None)


def entity_key(standing: Standing) -> Entity:
    """The entity of a standing."""
    return standing.entity_dimension, standing.entity
