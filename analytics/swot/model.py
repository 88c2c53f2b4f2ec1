"""The shapes of the SWOT: a factor to judge, a piece of evidence, an item placed in a quadrant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from analytics.metrics.periods import add_months
from analytics.swot.reasons import Reason

FALSE_DISCOVERY_RATE = 0.05
SCORE_CAP = 10.0
FEWEST_CLUSTERS = 8
"""With fewer days (or months) than this a variance between them is a guess, and no test is made."""
FEWEST_MONTHS = 6
TREND_MONTHS = 24
"""Months before the period that a trend is judged over, and that tell how far a level wanders."""

ORGANISATION = "organisation"
ENTITY_DIMENSIONS = ("region", "team", "channel", "segment", "topic")
SCOPES = ("internal", "external")
COMPARATORS = ("target", "peer", "previous", "trend", "expectation")
IMPORTANCE = "importance"
"""The comparator of attributes that customers rate, beside the mean of all they rate."""
_GAP = "servqual_gap_"
STAGES = ("contact", "wait", "first_reply", "handling", "resolution", "after_care")
INSIDE, OUTSIDE = ("strength", "weakness"), ("opportunity", "threat")
PLACED = INSIDE + OUTSIDE
QUADRANTS = (*PLACED, "contested", "watch", "insufficient", "withdrawn")
Entity = tuple[str, str | None]
"""(dimension, value); the organisation as a whole is ``("organisation", None)``."""
WHOLE: Entity = (ORGANISATION, None)
Where = tuple[tuple[str, str], ...]
"""A slice: dimension and value, of which all hold."""


def entity_of(dimension: str, value: object) -> Entity:
    """The entity of a value of a dimension."""
    return (dimension, None) if dimension == ORGANISATION else (dimension, str(value))


def attribute_of(metric: str) -> str | None:
    """The attribute whose gap a metric tells; ``None`` for any other metric."""
    return metric.removeprefix(_GAP) if metric.startswith(_GAP) else None


def check_of(now: str | None, before: str | None) -> str | None:
    """The check that a move is told with: the one that withdraws the item, else the one that gave it back."""
    return now or before


class Voice(NamedTuple):
    """Coded statements of one audience on one theme: how many, and how often mentioned."""

    audience: str
    kind: str
    theme: str
    statements: int
    mentions: int


class Measure(NamedTuple):
    """What a factor is measured by: a metric, and the slice of it that is meant."""

    metric: str
    where: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Factor:
    """A row of the factor catalogue."""

    factor: str
    scope: str
    theme: str
    bears_on: str | None
    chain_stage: str | None
    metric: str
    direction: str
    comparators: tuple[str, ...]
    swd: float
    weight: float
    rating: float | None
    minimum_n: int
    owner_role: str | None
    dimension: str | None
    slice: str | None = None
    where: tuple[tuple[str, str], ...] = ()
    peers: tuple[str, ...] = ()
    """Kinds of entities that are set beside each other; all of them where none is named."""

    @cached_property
    def measure(self) -> Measure:
        """The metric and its slice."""
        return Measure(self.metric, self.where)

    def compared_with(self) -> tuple[str, ...]:
        """The comparators as the catalogue writes them: ``peer:region+topic`` where only these have peers."""
        return tuple(f"peer:{'+'.join(self.peers)}" if c == "peer" and self.peers else c for c in self.comparators)

    def touches(self) -> tuple[str, ...]:
        """Internal themes an external factor bears on."""
        return tuple(t.strip() for t in (self.bears_on or "").split("|") if t.strip())


@dataclass(frozen=True)
class Window:
    """The days an observation is taken over: one, three or twelve months that end with the period."""

    months: int
    start: date
    end: date
    grain: str = "day"


@dataclass
class Evidence:
    """A factor of an entity beside one comparator. ``low`` and ``high`` bound the *difference*.

    ``verdict``: better, worse, none (could be chance, or too small to matter), or missing (then ``missing`` says what).
    ``comparator_raw`` is the comparator before it was adjusted to this period's mix.
    """

    period: date
    entity: Entity
    factor: str
    metric: str
    comparator: str
    window: Window
    swd: float
    direction: str
    slice: str | None = None
    value: float | None = None
    value_low: float | None = None
    value_high: float | None = None
    comparator_value: float | None = None
    comparator_raw: float | None = None
    comparator_label: str | None = None
    is_reversed: bool = False
    difference: float | None = None
    low: float | None = None
    high: float | None = None
    n: float | None = None
    comparator_n: float | None = None
    clusters: int | None = None
    design_effect: float | None = None
    test: str | None = None
    p: float | None = None
    p_naive: float | None = None
    p_adjusted: float | None = None
    verdict: str = "missing"
    missing: Reason | None = None
    definition_hash: str = ""
    sql_text: str = ""
    sql_hash: str = ""
    rests_on: tuple[str, ...] = ()

    def near_end(self) -> float:
        """Distance of the interval end nearer to the comparator, in smallest worthwhile differences, 0 to 10."""
        if self.difference is None or self.low is None or self.high is None or not self.swd:
            return 0.0
        near = self.low if self.difference > 0 else -self.high
        return min(max(near / self.swd, 0.0), SCORE_CAP)

    def helps(self) -> bool:
        """Whether the difference is on the good side."""
        return ((self.difference or 0.0) > 0) == (self.direction == "higher")


@dataclass
class Item:
    """A factor of an entity in its place, told by its strongest comparison."""

    period: date
    entity: Entity
    factor: Factor
    quadrant: str
    evidence: Evidence | None
    comparisons: list[Evidence]
    valid_until: date
    weight: float = 0.0
    strength: float = 0.0
    score: float | None = None
    rank: int | None = None
    robustness: float | None = None
    rating: float | None = None
    note: str | None = None
    missing: Reason | None = None
    withdrawn_by: str | None = None
    sentence_key: str | None = None
    sentence: str | None = None
    slots: dict[str, Any] = field(default_factory=dict)
    support: list[Voice] = field(default_factory=list)
    """What people say about it; it goes with an item and never makes one."""
    trend_direction: int = 0
    trend_months: int = 0
    """Which way the last months ran, and for how many of them; to be looked at, not a test."""

    @property
    def id(self) -> str:
        """A name for the item that stays the same from run to run: ``channel=chat:service_level``."""
        dimension, name = self.entity
        return f"{dimension}:{self.factor.factor}" if name is None else f"{dimension}={name}:{self.factor.factor}"


def is_past(evidence: Sequence[Evidence], period: date) -> bool:
    """Whether the newest data are from before the year to the period: told as evidence of then, not as how things
    stand."""
    return evidence[0].window.end < add_months(period, -11)
