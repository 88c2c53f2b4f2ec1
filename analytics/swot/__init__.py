"""The SWOT as a table that anyone can recompute: factors, evidence beside comparators, items with rank and sentence.

``build`` judges a period and writes schema ``swot``; ``judge_period`` judges without writing; ``items`` reads one
entity's document back; ``entities`` lists whom it can be asked for; ``what_moved`` sets two months or releases side by
side. Method: each module's docstring.
"""

from analytics.swot.building import Judgement, judge_period
from analytics.swot.document import entities, items
from analytics.swot.objectives import Objectives
from analytics.swot.progress import Goal
from analytics.swot.reasons import render_missing
from analytics.swot.releasing import BuildReport, Earlier, build, read_earlier
from analytics.swot.sentences import factor_label, render, templates

__all__ = [
    "BuildReport",
    "Earlier",
    "Goal",
    "Judgement",
    "Objectives",
    "build",
    "entities",
    "factor_label",
    "items",
    "judge_period",
    "read_earlier",
    "render",
    "render_missing",
    "templates",
]
