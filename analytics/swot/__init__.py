"""The SWOT as a table that anyone can recompute: factors, evidence beside comparators, items with rank and sentence.

``build`` judges a period and writes ``swot.factors``, ``swot.evidence`` and ``swot.items``; ``items`` reads one
entity's document back; ``entities`` lists whom it can be asked for. Method: each module's docstring.
"""

from analytics.swot.building import BuildReport, build
from analytics.swot.document import entities, items
from analytics.swot.sentences import render, templates

__all__ = ["BuildReport", "build", "entities", "items", "render", "templates"]
