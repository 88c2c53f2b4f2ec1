"""Other views of a judged board: one theme, one comparator, a second entity beside it, where a factor is worst.

None of these judges anew: an item keeps its quadrant and rank, whatever is left out of view.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from analytics.metrics import parse_where
from analytics.swot import templates
from analytics.swot.words import gap_text
from dashboards.filters import DIMENSIONS, Filters
from dashboards.queries.swot import QUADRANTS, Board, SwotItem, board, entity_of, kinds, where_of
from dashboards.reading import Reading

COMPARATORS = ("target", "peer", "previous", "trend", "expectation", "importance", "rival")
_FAVOURABLE = ("strength", "opportunity")
_SHOWN_WORST = 4
_FEWEST = 30
_CUTS = (
    "select entity_dimension, entity, value, value_low, value_high, n, direction from swot.evidence where factor = ? "
    "and period = ? and entity is not null and value is not null and n >= ? and comparator = 'peer'"
)
_THEMES = "select factor, theme from swot.factors"


def themes(made: Board) -> list[str]:
    """Themes of the board's items, in the order of their names."""
    return sorted({str(item.theme) for item in made.ordered() if item.theme})


def comparators(made: Board) -> list[str]:
    """What the board's items were held against, in a fixed order."""
    known = {c["comparator"] for item in made.ordered() for c in item.comparisons if c.get("difference") is not None}
    return [name for name in COMPARATORS if name in known]


def narrowed(reading: Reading, made: Board, filters: Filters) -> Board:
    """The board held to the theme and the comparator of the address, where it has them."""
    theme, against = filters.extra("theme"), filters.extra("against")
    if theme in themes(made):
        of_factor = {row["factor"]: row["theme"] for row in reading.table(_THEMES)}
        made = _kept(made, lambda item: item if item.theme == theme else None)
        made = replace(
            made,
            insufficient=[row for row in made.insufficient if of_factor.get(row["factor"]) == theme],
            withdrawn=[row for row in made.withdrawn if of_factor.get(row["factor"]) == theme],
        )
    if against in comparators(made):
        made = _kept(made, lambda item: _as_against(item, str(against)))
    return made


def _kept(made: Board, view: Any) -> Board:
    def of(items: Sequence[SwotItem]) -> list[SwotItem]:
        return [seen for item in items if (seen := view(item)) is not None]

    items = {name: of(made.items[name]) for name in QUADRANTS}
    return replace(made, items=items, contested=of(made.contested), watch=of(made.watch))


def _as_against(item: SwotItem, comparator: str) -> SwotItem | None:
    """The item as held against one comparator; None where that comparison did not put it where it stands."""
    row = next((c for c in item.comparisons if c["comparator"] == comparator), None)
    if row is None or row.get("difference") is None:
        return None
    if item.quadrant in QUADRANTS and row.get("verdict") != ("better" if item.quadrant in _FAVOURABLE else "worse"):
        return None
    if comparator == item.comparator:
        return item
    names = ("comparator", "comparator_value", "comparator_label", "difference", "low", "high", "n", "p_adjusted")
    told = {**item.told, **{name: row.get(name) for name in names}, "test": row.get("test")}
    return SwotItem({**told, **_sentence(item, row)})


def _sentence(item: SwotItem, row: Mapping[str, Any]) -> dict[str, Any]:
    """Key and slots of the sentence that tells this comparison."""
    slots = dict(item.slots or {})
    side = "above" if row["difference"] > 0 else "below"
    unit = slots.get("unit") or item.unit or "count"
    if gap_text(row["difference"], unit) == gap_text(0.0, unit):
        side = "level"
    name = "attribute" if row["comparator"] == "importance" else str(item.sentence_key or "any").split(".")[0]
    key = f"{name}.{row['comparator']}.{side}"
    if not slots or key not in templates():
        return {"sentence_key": None, "sentence": item.sentence}
    first, last = _day(row["window_from"]), _day(row["window_to"])
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    new = {
        "value": row.get("value"),
        "gap": abs(row["difference"]),
        "comparator_label": row.get("comparator_label"),
        "comparator_months": months,
        "comparator_from": first.replace(year=first.year - 1, day=1).isoformat(),
        "tail": None,
    }
    return {"sentence_key": key, "slots": {**slots, **new}}


def _day(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value)[:10])


@dataclass(frozen=True)
class Pairing:
    """One factor on two boards; None where it stands on neither list of that one."""

    factor: str
    here: SwotItem | None
    there: SwotItem | None


def beside(reading: Reading, filters: Filters) -> Board | None:
    """The board of the second entity that the address names; None where it names none or the same."""
    wanted = filters.extra("beside")
    if not wanted:
        return None
    dimension, _colon, value = wanted.partition(":")
    is_known = wanted == "organisation:all" or value in kinds(reading).get(dimension, [])
    asked = filters.with_(entity=None if wanted == "organisation:all" else wanted)
    if not is_known or entity_of(asked, reading) == entity_of(filters, reading):
        return None
    return board(reading, asked)


def pairings(here: Board, there: Board) -> list[Pairing]:
    """Factors placed on one of two boards, those that are placed differently first, then by their score."""
    left, right = ({item.factor: item for item in made.ordered()} for made in (here, there))
    placed = {i.factor for made in (here, there) for found in made.items.values() for i in found}
    found = [Pairing(factor, left.get(factor), right.get(factor)) for factor in placed]
    return sorted(found, key=lambda p: (_alike(p), -_score(p), p.factor))


def _alike(one: Pairing) -> bool:
    return one.here is not None and one.there is not None and one.here.quadrant == one.there.quadrant


def _score(one: Pairing) -> float:
    return max((float(item.score or 0.0) for item in (one.here, one.there) if item is not None), default=0.0)


@dataclass(frozen=True)
class Cut:
    """A factor's value in one part of the board's entity."""

    dimension: str
    value: str
    amount: float
    low: float | None
    high: float | None
    n: float | None
    has_board: bool


def worst(reading: Reading, made: Board, item: SwotItem) -> list[Cut]:
    """Where the item's metric is worst, the worst first: of the organisation the judged entities, else its parts."""
    key = ("swot worst", made.dimension, made.value, made.period, item.factor)
    return reading.kept(key, lambda: _worst(reading, made, item))


def _worst(reading: Reading, made: Board, item: SwotItem) -> list[Cut]:
    if made.period is None or item.value is None or item.direction not in ("higher", "lower"):
        return []
    cuts = _judged_cuts(reading, made, item) if made.value is None else _parts(reading, made, item)
    sign = 1 if item.direction == "higher" else -1
    short = [cut for cut in cuts if sign * (cut.amount - float(item.value)) < 0]
    return sorted(short, key=lambda cut: (sign * cut.amount, cut.dimension, cut.value))[:_SHOWN_WORST]


def _judged_cuts(reading: Reading, made: Board, item: SwotItem) -> list[Cut]:
    rows = reading.table(_CUTS, (item.factor, made.period, _FEWEST))
    return [
        Cut(r["entity_dimension"], r["entity"], r["value"], r["value_low"], r["value_high"], r["n"], has_board=True)
        for r in rows
    ]


def _parts(reading: Reading, made: Board, item: SwotItem) -> list[Cut]:
    lead = item.lead
    if not lead.get("window_from"):
        return []
    start, end = _day(lead["window_from"]), _day(lead["window_to"])
    where = (*parse_where(item.slice), *where_of(made))
    held = {name for name, _value in where}
    found = []
    for dimension in DIMENSIONS:
        if dimension in held or not reading.knows(item.metric, (dimension, *held)):
            continue
        rows = reading.ask((item.metric,), by=(dimension,), where=where, start=start, end=end)
        for row in rows:
            name = row.dimensions.get(dimension)
            if name is not None and row.value is not None and (row.n or 0) >= _FEWEST:
                found.append(Cut(dimension, str(name), row.value, row.low, row.high, row.n, has_board=False))
    return found
