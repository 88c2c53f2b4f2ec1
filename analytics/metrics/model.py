"""The shapes metrics are told in: what is defined, what is asked, what is answered. No SQL is written here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any, Literal, Protocol

Grain = Literal["15min", "30min", "60min", "day", "week", "month", "quarter", "year"]
GRAINS: tuple[Grain, ...] = ("day", "week", "month", "quarter", "year")
CLOCK_GRAINS: dict[Grain, int] = {"15min": 15, "30min": 30, "60min": 60}
"""Intervals of the local day in minutes. Their period is the instant (UTC) they begin at."""
UNITS = ("ratio", "seconds", "minutes", "count", "points", "days", "currency", "score", "hours", "index")
DIRECTIONS = ("higher", "lower", "none")
INTERVALS = ("wilson", "nps", "t", "poisson", "none")
GAMMA = 1.02
"""Base of the duration histograms; with the representative value 2·γ^b/(γ+1) a quantile is right within 1 %."""


class Database(Protocol):
    """What metrics are asked of: a release, or the connection to a database being built."""

    def rows(self, sql: str, params: Any = None) -> list[dict[str, Any]]:
        """Every row as a dict."""
        ...


@dataclass(frozen=True)
class Dimension:
    """A column a rollup can be cut by; ``text`` says whether it may be compared with a text as it is."""

    name: str
    sql: str
    text: bool = True


@dataclass(frozen=True)
class Rollup:
    """A table of additive parts: its date column, the grain of that date, what it can be cut by, how many rows."""

    table: str
    time: str
    grain: Grain
    dimensions: tuple[Dimension, ...]
    rows: int | None = None

    def dimension(self, name: str) -> Dimension | None:
        """The dimension of that name, if the rollup has it."""
        return next((d for d in self.dimensions if d.name == name), None)


@dataclass(frozen=True)
class Component:
    """One additive part of a metric: an aggregate, its own filter, and every rollup that can answer it.

    ``last_by`` is set for states such as a backlog: the last day of a period counts, per each of these columns.
    """

    sql: str
    rollups: tuple[Rollup, ...]
    filter: str | None = None
    last_by: tuple[str, ...] | None = None
    fill: float | None = None

    def text(self) -> str:
        """The aggregate as SQL, with its own filter."""
        return f"{self.sql} filter (where {self.filter})" if self.filter else self.sql


@dataclass(frozen=True)
class Quantile:
    """Where a duration's quantile comes from: log buckets, or a survival table that keeps the still open ones."""

    q: float
    rollups: tuple[Rollup, ...]
    measure: str | None = None
    survival: bool = False


@dataclass(frozen=True)
class Metric:
    """One row of ``metrics.catalogue``: what a name means, how it is computed and how it is told.

    ``numerator``, ``denominator`` and ``n`` are arithmetic over the names of ``components``.
    """

    name: str
    label: str
    description: str
    unit: str
    direction: str
    components: dict[str, Component]
    numerator: str | None
    denominator: str | None
    n: str | None
    interval: str
    quantile: Quantile | None = None
    labels: dict[str, str] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)
    format: str | None = None
    owner: str | None = None
    dimension: str = "none"
    swd: float | None = None
    counted_on: str | None = None
    scale: float = 1.0
    additivity: str = "sum"
    hide_below: int = 0
    parts: dict[str, str] = field(default_factory=dict)
    rests_on: tuple[str, ...] = ()
    definition_hash: str = ""
    swd_is_relative: bool = False
    variant_of: str | None = None
    leads_when_null: str | None = None
    needs_filter: tuple[str, ...] = ()
    vintages: str | None = None
    settles_after_days: int = 0
    """Days that cases counted on the day they began may need until their figure stays as it is."""

    def rollups(self) -> tuple[Rollup, ...]:
        """Every rollup that can answer a part of this metric."""
        sources: list[Component | Quantile] = list(self.components.values())
        if self.quantile:
            sources.append(self.quantile)
        return tuple(dict.fromkeys(r for s in sources for r in s.rollups))

    def dimensions(self) -> tuple[str, ...]:
        """Dimensions that all parts of the metric can be cut by, in the order of its first rollup."""
        return self._shared_dimensions

    @cached_property
    def _shared_dimensions(self) -> tuple[str, ...]:
        sources: list[Component | Quantile] = list(self.components.values())
        if self.quantile:
            sources.append(self.quantile)
        shared: list[str] | None = None
        for source in sources:
            mine = list(dict.fromkeys(d.name for r in source.rollups for d in r.dimensions))
            shared = mine if shared is None else [name for name in shared if name in mine]
        return tuple(shared or ())

    def is_sampled(self) -> bool:
        """Whether its values carry an interval; a count of everything does not."""
        return self.interval != "none" or self.quantile is not None

    def label_in(self, language: str) -> str:
        """The label in ``en``, ``zh`` or ``vi``; English where a language has none."""
        return self.labels.get(language) or self.label

    def description_in(self, language: str) -> str:
        """The description in ``en``, ``zh`` or ``vi``; English where a language has none."""
        return self.descriptions.get(language) or self.description


@dataclass(frozen=True)
class MetricRequest:
    """A question: these metrics, cut by these dimensions, per this grain, from ``start`` to ``end`` (inclusive).

    Several values of one dimension in ``where`` are alternatives; different dimensions must all hold. ``known_on``
    asks for published figures as they stood on that day; without it the latest count. ``beside`` is a second span of
    days or months, read in the same pass (`columns.cluster_sums`).
    """

    metrics: tuple[str, ...]
    by: tuple[str, ...] = ()
    grain: Grain | None = None
    where: tuple[tuple[str, str], ...] = ()
    start: date | None = None
    end: date | None = None
    known_on: date | None = None
    beside: tuple[date, date] | None = None


@dataclass(frozen=True)
class MetricRow:
    """One number. ``value`` is null where there is no data, where it is hidden, or where the metric is withdrawn."""

    metric: str
    period: date | None
    dimensions: dict[str, Any]
    value: float | None
    numerator: float | None
    denominator: float | None
    n: float | None
    low: float | None
    high: float | None
    unit: str
    withdrawn_by: str | None = None
    suppressed: bool = False
    pending: float | None = None

    def to_dict(self) -> dict[str, Any]:
        """The ``metric --json`` object: dimensions beside the fields, the period as its first day in ISO form."""
        flat = asdict(self)
        dimensions = flat.pop("dimensions")
        flat["period"] = _written(self.period)
        head = {"metric": flat.pop("metric"), "period": flat.pop("period")}
        return {**head, **dimensions, **flat}


def _written(period: date | None) -> str | None:
    if isinstance(period, datetime):
        return f"{period.isoformat()}Z"
    return period.isoformat() if period else None


def request(metrics: str | Sequence[str], **options: Any) -> MetricRequest:
    """A `MetricRequest` from lists as well as tuples: ``request("csat", by=["channel"])``."""
    names = (metrics,) if isinstance(metrics, str) else tuple(metrics)
    for key in ("by", "where"):
        if key in options:
            options[key] = tuple(tuple(x) if isinstance(x, list) else x for x in options[key])
    return MetricRequest(names, **options)
