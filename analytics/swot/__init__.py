"""The SWOT as a table that anyone can recompute: factors, evidence beside comparators, items with rank and sentence.

``build`` judges a period and writes schema ``swot``; ``judge_period`` judges without writing; ``items`` reads one
entity's document back; ``entities`` lists whom it can be asked for; ``what_moved`` sets two months or releases side by
side. Method: each module's docstring.

Names are looked up in their modules when they are first used: who only reads a board does not load what judges one.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from analytics.swot.building import Judgement, judge_period
    from analytics.swot.document import board, comparisons, decisions, entities, items, pairs
    from analytics.swot.goals import Goal
    from analytics.swot.objectives import Objectives
    from analytics.swot.reasons import render_missing
    from analytics.swot.releasing import BuildReport, Earlier, build, read_earlier
    from analytics.swot.sentences import factor_label, render, templates

_MODULES = {
    "building": ("Judgement", "judge_period"),
    "document": ("board", "comparisons", "decisions", "entities", "items", "pairs"),
    "goals": ("Goal",),
    "objectives": ("Objectives",),
    "reasons": ("render_missing",),
    "releasing": ("BuildReport", "Earlier", "build", "read_earlier"),
    "sentences": ("factor_label", "render", "templates"),
}
_PLACES = {name: module for module, names in _MODULES.items() for name in names}

__all__ = [
    "BuildReport",
    "Earlier",
    "Goal",
    "Judgement",
    "Objectives",
    "board",
    "build",
    "comparisons",
    "decisions",
    "entities",
    "factor_label",
    "items",
    "judge_period",
    "pairs",
    "read_earlier",
    "render",
    "render_missing",
    "templates",
]


def __getattr__(name: str) -> Any:
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_PLACES[name]}"), name)
