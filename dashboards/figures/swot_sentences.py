"""The SWOT board in words: its conclusion, how an item was compared, what would change it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from analytics.swot import factor_label, render
from dashboards import formats
from dashboards.components.words import capital
from dashboards.figures.sentences import tidy
from dashboards.filters import dimension_label, shown_value
from dashboards.language import _, current, plural
from dashboards.queries.swot import Board, SwotItem


def quadrant_name(quadrant: str) -> str:
    """Strengths, Weaknesses, Opportunities, Threats."""
    return {
        "strength": _("Strengths"),
        "weakness": _("Weaknesses"),
        "opportunity": _("Opportunities"),
        "threat": _("Threats"),
    }[quadrant]


def quadrant_one(quadrant: str) -> str:
    """Strength, Weakness …; Watch and Contested for what is not placed."""
    names = {
        "strength": _("Strength"),
        "weakness": _("Weakness"),
        "opportunity": _("Opportunity"),
        "threat": _("Threat"),
        "contested": _("Contested"),
    }
    return names.get(quadrant, _("Watch"))


def standing(quadrant: str, rank: int | None) -> str:
    """``Weakness 1``, ``Watch``, ``Insufficient evidence``."""
    plain = {"insufficient": _("Insufficient evidence"), "withdrawn": _("Withdrawn")}
    return plain.get(quadrant) or (f"{quadrant_one(quadrant)} {rank}" if rank else quadrant_one(quadrant))


def factor_name(factor: str) -> str:
    """A factor in words: ``Service level``."""
    return factor_label(factor, current())


def whose(board: Board) -> str:
    """The board's entity in words: ``Whole organisation``, ``Team Billing``."""
    if board.value is None:
        return _("Whole organisation")
    return _(
        "{dimension} {name}", dimension=dimension_label(board.dimension), name=shown_value(board.dimension, board.value)
    )


def conclusion(board: Board) -> str:
    """What carries the score and what pulls it down, from the first ranks."""
    strong = [factor_name(i.factor).lower() for i in board.items["strength"][:1]]
    weak = [factor_name(i.factor).lower() for i in board.items["weakness"][:2]]
    if strong and weak:
        words = (
            _("{strong} carries the score; {weak} pulls it down.")
            if len(weak) == 1
            else _("{strong} carries the score; {weak} pull it down.")
        )
    elif strong:
        words = _("{strong} carries the score; no weakness stands out.")
    elif weak:
        words = (
            _("{weak} pulls the score down; no strength stands out.")
            if len(weak) == 1
            else _("{weak} pull the score down; no strength stands out.")
        )
    else:
        return _outside_only(board)
    return capital(words.format(strong=formats.say_list(strong), weak=formats.say_list(weak)))


def _outside_only(board: Board) -> str:
    """The conclusion where no strength and no weakness stands."""
    found = sorted(board.items["opportunity"] + board.items["threat"], key=lambda item: -(item.score or 0.0))
    outside = [factor_name(item.factor).lower() for item in found[:2]]
    if not outside:
        if _is_tested(board, "internal") or _is_tested(board, "external"):
            return _("Nothing stands out beyond chance.")
        return _("There is not enough evidence to judge this month.")
    words = (
        _("What stands out is outside: {names}; inside, nothing does.")
        if _is_tested(board, "internal")
        else _("What stands out is outside: {names}; inside, there is too little evidence to judge.")
    )
    return capital(words.format(names=formats.say_list(outside)))


def _is_tested(board: Board, scope: str) -> bool:
    """Whether any factor of the scope had enough evidence to be tested."""
    return any(item.scope == scope for item in board.ordered())


def lede(board: Board) -> str:
    """How many findings from how many comparisons, and what is not placed."""
    found = plural(
        "**{count} finding** from {tested} comparisons, held to a false-discovery rate of 5\u202f%.",
        "**{count} findings** from {tested} comparisons, held to a false-discovery rate of 5\u202f%.",
        board.placed,
        count=formats.count(board.placed),
        tested=formats.count(board.tested),
    )
    rest = []
    if board.watch:
        rest.append(_("{count} on watch", count=formats.count(len(board.watch))))
    if board.contested:
        rest.append(_("{count} contested", count=formats.count(len(board.contested))))
    if board.insufficient:
        rest.append(_("{count} without enough evidence", count=formats.count(len(board.insufficient))))
    if board.withdrawn:
        rest.append(_("{count} withdrawn", count=formats.count(len(board.withdrawn))))
    return found + (" " + capital(formats.say_list(rest)) + "." if rest else "")


def comparator_words(comparison: Mapping[str, Any], unit: str, currency: str) -> str:
    """``Target 80 %`` or ``October 2025 83.6 %``."""
    value = comparison.get("comparator_value")
    name = comparator_name(comparison)
    if comparison.get("comparator") == "trend":
        return _("No change")
    if value is None:
        return name
    written = (
        tidy(value, unit, currency)
        if comparison.get("comparator") == "target"
        else str(formats.quantity(value, unit, currency=currency))
    )
    return f"{name} {written}"


def comparator_name(comparison: Mapping[str, Any]) -> str:
    """What an item is held against."""
    names = {
        "target": _("Target"),
        "previous": _("A year before"),
        "peer": _("Peers"),
        "trend": _("Trend"),
        "expectation": _("Expectation"),
        "importance": _("What matters most"),
        "rival": _("Rivals"),
    }
    kind, label = str(comparison.get("comparator")), str(comparison.get("comparator_label") or "")
    if kind in ("peer", "rival") and label and not label.startswith("other "):
        return label
    if kind == "previous" and comparison.get("window_from"):
        first, last = _day(comparison["window_from"]), _day(comparison["window_to"])
        if (first.year, first.month) == (last.year, last.month):
            return formats.month_axis(first.replace(year=first.year - 1, day=1), year=True)
    return names.get(kind, kind.capitalize())


def _day(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value)[:10])


def n_words(n: float | None) -> str:
    """``n 5,214`` or ``full count``."""
    return f"n\u00a0{formats.count(n)}" if n else _("full count")


def difference_words(difference: float, unit: str, currency: str, like: float | None = None) -> str:
    """A signed difference with its unit."""
    return formats.change(difference, unit, currency=currency, like=like or 1.0)


def gathered(insufficient: Sequence[Mapping[str, Any]], label: Any, missing: Any) -> list[tuple[str, str]]:
    """Factors without evidence, those that lack the same gathered: (names, what is missing)."""
    groups: dict[str, list[str]] = {}
    for row in insufficient:
        groups.setdefault(missing(row), []).append(label(row))
    rows = []
    for missing, names in sorted(groups.items(), key=lambda pair: len(pair[1])):
        rest = len(names) - 3
        shown = names[:3] + ([plural("{count} other", "{count} others", rest, count=rest)] if rest > 0 else [])
        rows.append((capital(formats.say_list(shown)), _sentence_of(missing)))
    return rows


def short_reason(board: Board, quadrant: str) -> str:
    """Why a quadrant is short or empty."""
    count = len(board.items[quadrant])
    if quadrant in ("opportunity", "threat") and board.value is not None and not count:
        return _("Outside factors are judged for the organisation.")
    if not count and not _is_tested(board, "external" if quadrant in ("opportunity", "threat") else "internal"):
        return _("No factor here has enough evidence to be tested.")
    if not count:
        return _("No factor passes both tests: beyond chance, and large enough to matter.")
    if count < 3:
        return plural(
            "Only {count} factor passes both tests. The list is not filled for balance.",
            "Only {count} factors pass both tests. The list is not filled for balance.",
            count,
            count=formats.number_word(count),
        )
    return ""


def finding(board: Board, item: SwotItem, *, elsewhere: bool = False) -> str:
    """The item's sentence; its entity is named only `elsewhere`, where no board says whose it is."""
    if item.slots and item.sentence_key:
        rest = render(item.sentence_key, {**item.slots, "entity": None, "peers_of": board.value}, current())
    else:
        rest = str(item.sentence or factor_name(item.factor)).removeprefix(f"{board.value}: ")
    return f"{shown_value(board.dimension, board.value)}: {rest}" if elsewhere and board.value is not None else rest


def _sentence_of(missing: str) -> str:
    """What lacks, as a sentence; the sign of a sample's size stays small."""
    text = missing.rstrip(".。")
    stop = "。" if current() == "zh" else "."
    return (text if text.startswith("n =") else capital(text)) + stop
