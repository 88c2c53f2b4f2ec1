"""What the SWOT board asks: one entity's document of the release, its history, whom else it can be asked for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from analytics import swot
from analytics.metrics import MetricRow, parse_where
from analytics.metrics.periods import add_months, last_of_month
from dashboards.filters import Filters
from dashboards.reading import Reading

QUADRANTS = ("strength", "weakness", "opportunity", "threat")
HISTORY = 24
_FAMILY = "select count(*) as n from swot.evidence where period = ? and p is not null"
_STANDINGS = (
    "select * from swot.history where factor = ? and entity_dimension = ? and entity is not distinct from ? "
    "qualify row_number() over (partition by period order by sequence desc) = 1 order by period"
)
_JUDGED = (
    "select distinct period, entity_dimension, entity from swot.items "
    "order by period desc, entity_dimension <> 'organisation', entity_dimension, entity"
)


@dataclass(frozen=True)
class SwotItem:
    """An item as the document tells it; positions count smallest worthwhile differences, right is better."""

    told: Mapping[str, Any]

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return self.told.get(name)

    @property
    def comparisons(self) -> list[Mapping[str, Any]]:
        """Everything it was held against."""
        return list(self.told.get("comparisons") or [])

    @property
    def lead(self) -> Mapping[str, Any]:
        """The comparison that leads the item."""
        return next((c for c in self.comparisons if c["comparator"] == self.comparator), {})

    def position(self, comparison: Mapping[str, Any] | None = None) -> tuple[float, float | None, float | None] | None:
        """(value, low, high) of a comparison for the evidence strip; None where nothing was compared."""
        source = comparison if comparison is not None else self.told
        difference, swd = source.get("difference"), self.swd
        if difference is None or not swd:
            return None
        sign = -1 if self.direction == "lower" else 1
        ends = [None if source.get(k) is None else sign * source[k] / swd for k in ("low", "high")]
        low, high = sorted(ends) if None not in ends else (None, None)  # type: ignore[type-var]
        return sign * difference / swd, low, high


@dataclass(frozen=True)
class Board:
    """One entity's SWOT in a period."""

    period: date | None
    dimension: str
    value: str | None
    items: dict[str, list[SwotItem]]
    contested: list[SwotItem]
    watch: list[SwotItem]
    insufficient: list[Mapping[str, Any]]
    withdrawn: list[Mapping[str, Any]]
    ife: float | None
    notes: Mapping[str, str]
    tested: int
    asked: str | None = None
    trends: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    efe: float | None = None
    tows: list[Mapping[str, Any]] = field(default_factory=list)
    chain: list[Mapping[str, Any]] = field(default_factory=list)
    moved: Sequence[Mapping[str, Any]] = ()
    forecasts: Mapping[str, Any] | None = None

    @property
    def placed(self) -> int:
        """How many items stand in a quadrant."""
        return sum(len(found) for found in self.items.values())

    def ordered(self) -> list[SwotItem]:
        """Every item a drawer can open, in reading order."""
        return [item for quadrant in QUADRANTS for item in self.items[quadrant]] + self.contested + self.watch

    def move(self, factor: str) -> Mapping[str, Any] | None:
        """What a factor did since the judgement before; None where it did nothing."""
        return next((move for move in self.moved if move["factor"] == factor), None)

    def item(self, factor: str | None) -> SwotItem | None:
        """The item of a factor."""
        return next((item for item in self.ordered() if item.factor == factor), None)


def entity_of(filters: Filters, reading: Reading) -> tuple[str, str | None]:
    """Whose SWOT is asked for: the entity of the address where the release has it, else the organisation."""
    dimension, _colon, value = (filters.extra("entity") or "").partition(":")
    return (dimension, value) if value in kinds(reading).get(dimension, []) else ("organisation", None)


def kinds(reading: Reading) -> dict[str, list[str]]:
    """Entities with a SWOT, by dimension."""
    return reading.kept("swot kinds", lambda: _kinds(reading))


def _kinds(reading: Reading) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    newest = periods(reading)[:1]
    for row in reading.table(_JUDGED):
        if row["entity"] is not None and row["period"] in newest:
            found[row["entity_dimension"]].append(row["entity"])
    return dict(found)


def periods(reading: Reading) -> list[date]:
    """Months the release has judged, newest first."""
    return list(dict.fromkeys(row["period"] for row in reading.table(_JUDGED)))


def board(reading: Reading, filters: Filters) -> Board:
    """The board of the filters' entity and month; the newest judged month where the asked one was not judged."""
    entity = entity_of(filters, reading)
    wanted = filters.period.start if filters.given and filters.period.start in periods(reading) else None
    return reading.kept(("swot", entity, wanted), lambda: _board(reading, entity, wanted))


def _board(reading: Reading, entity: tuple[str, str | None], wanted: date | None) -> Board:
    judged = periods(reading)
    period = wanted or (judged[0] if judged else None)
    told = swot.board(reading.release, *entity, period)
    grouped: dict[str, list[SwotItem]] = {quadrant: [] for quadrant in QUADRANTS}
    for one in sorted(told["items"], key=lambda one: one["rank"] or 99):
        grouped[one["quadrant"]].append(SwotItem(one))
    family = reading.table(_FAMILY, (period,)) if period else []
    return Board(
        period=period,
        dimension=entity[0],
        value=entity[1],
        items=grouped,
        contested=[SwotItem(one) for one in told["contested"]],
        watch=[SwotItem(one) for one in told["watch"]],
        insufficient=told["insufficient"],
        withdrawn=told["withdrawn"],
        ife=told["ife"],
        notes=told["notes"],
        tested=int(family[0]["n"]) if family else 0,
        efe=told["efe"],
        moved=told["moved"],
    )


def with_decisions(reading: Reading, made: Board) -> Board:
    """The board with what is decided from it: pairs, the chain's stages, dated statements."""
    whose = (made.dimension, made.value, made.period)
    told = reading.kept(("swot decisions", *whose), lambda: swot.decisions(reading.release, *whose))
    return replace(made, tows=told["tows"], chain=told["chain"], forecasts=told["forecasts"])


def with_pairs(reading: Reading, made: Board) -> Board:
    """The board with its pairs, and the objectives these propose."""
    whose = (made.dimension, made.value, made.period)
    return replace(made, tows=reading.kept(("swot pairs", *whose), lambda: list(swot.pairs(reading.release, *whose))))


def with_evidence(reading: Reading, made: Board, item: SwotItem) -> SwotItem:
    """The item with all that is known of its comparisons: the SQL, its definition, the checks it rests on."""
    whose = (made.dimension, made.value, made.period, item.factor)
    told = reading.kept(("swot evidence", *whose), lambda: swot.comparisons(reading.release, *whose))
    return SwotItem({**item.told, "comparisons": told or item.comparisons})


def standings(reading: Reading, made: Board, factor: str) -> list[dict[str, Any]]:
    """Where a factor of the board's entity stood in each judged month, the newest last."""
    return reading.table(_STANDINGS, (factor, made.dimension, made.value))


def where_of(made: Board) -> tuple[tuple[str, str], ...]:
    """The entity as a filter."""
    return () if made.value is None else ((made.dimension, made.value),)


def with_trends(reading: Reading, made: Board) -> Board:
    """The board with the direction of each placed metric's last months and for how many of them; not a test.

    The release says it with each item; where it does not, it is asked of the metrics.
    """
    placed = [item for found in made.items.values() for item in found if item.metric]
    if all("trend_months" in item.told for item in placed):
        told = {item.metric: (item.trend_direction or 0, item.trend_months or 0) for item in placed}
        return replace(made, trends=told)
    names = tuple(sorted({item.metric for item in placed}))
    key = ("swot trends", made.dimension, made.value, made.period)
    return replace(made, trends=reading.kept(key, lambda: _trends(reading, made, names)))


def _trends(reading: Reading, made: Board, names: Sequence[str]) -> dict[str, tuple[int, int]]:
    if made.period is None:
        return {}
    rows = reading.ask(
        names,
        grain="month",
        where=where_of(made),
        start=add_months(made.period, -HISTORY + 1),
        end=last_of_month(made.period),
    )
    return {
        name: run_of([row.value for row in _until([r for r in rows if r.metric == name], made.period)])
        for name in names
    }


def _until(rows: Sequence[MetricRow], period: date) -> list[MetricRow]:
    kept = [row for row in rows if row.period and row.period <= period]
    return sorted(kept, key=lambda row: str(row.period))


def run_of(values: Sequence[float | None]) -> tuple[int, int]:
    """(direction, months) of the last run of changes in one direction: (1, 4) is four months up."""
    known = [value for value in values if value is not None]
    direction, months = 0, 0
    for later, earlier in zip(reversed(known[1:]), reversed(known[:-1]), strict=True):
        step = (later > earlier) - (later < earlier)
        if not step or (direction and step != direction):
            break
        direction, months = step, months + 1
    return direction, months


def history(reading: Reading, made: Board, item: SwotItem) -> list[MetricRow]:
    """The item's metric over the 24 months to the last one it was judged by: the board's, or an earlier one whose
    cases are through."""
    if made.period is None:
        return []
    told = item.lead.get("window_to")
    last = min(made.period, date.fromisoformat(str(told)[:10]).replace(day=1)) if told else made.period
    start = add_months(last, -HISTORY + 1)
    where = (*parse_where(item.slice), *where_of(made))
    rows = reading.ask((item.metric,), grain="month", where=where, start=start, end=last_of_month(last))
    return _until(rows, last)
