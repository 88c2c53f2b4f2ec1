"""The report as PPTX: wide slides with native charts and tables that can be edited."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from dashboards.report.model import Cross, Grid, Heading, Lines, Report, Section, Text
from dashboards.report.slide_charts import chart_data, style_chart
from dashboards.report.slide_cross import cross, fits
from dashboards.report.slide_deck import LATIN, LEFT, ROOM, TOP, WIDTH, Deck, heading, height_of, text_block
from dashboards.report.slide_tables import grid

_HIGHEST, _LOWEST = 4.4, 3.0
"""Inches of a chart."""


def write_slides(report: Report, target: Path) -> None:
    """Write the report to `target`."""
    deck = Deck(report)
    _opening(deck, report)
    for section in report.sections:
        _section(deck, section)
    deck.file.core_properties.title = f"{report.title} · {report.organisation} · {report.period}"
    deck.file.core_properties.author = report.organisation
    deck.file.save(str(target))


def _opening(deck: Deck, report: Report) -> None:
    deck.new(f"{report.title} · {report.organisation} · {report.period}")
    deck.box(report.conclusion.replace("**", ""), LEFT, 1.5, WIDTH, 1.9, size=36, bold=True)
    deck.box(report.lede, LEFT, 3.6, WIDTH, 1.4, size=18)
    facts = "   ".join(f"{name}: {value}" for name, value in report.facts)
    deck.box(facts, LEFT, 5.6, WIDTH, 0.8, size=12, ink="ink-3")


def _section(deck: Deck, section: Section) -> None:
    deck.new(section.title)
    for block in _in_order(section.blocks):
        _WRITERS[type(block)](deck, block)


def _in_order(blocks: Sequence[Any]) -> list[Any]:
    """The quadrants before the words about them, where that keeps all four on one slide."""
    found = list(blocks)
    for place in range(1, len(found)):
        words, quadrants = found[place - 1], found[place]
        if isinstance(quadrants, Cross) and isinstance(words, Text):
            if not fits(quadrants, ROOM - height_of(words.text, 14) - 0.12):
                found[place - 1], found[place] = quadrants, words
            break
    return found


def _lines(deck: Deck, block: Lines) -> None:
    from pptx.enum.chart import XL_CHART_TYPE
    from pptx.util import Inches

    below = 0.8 + (0.35 if block.note else 0.0)
    if TOP + ROOM - deck.y - below < _LOWEST:
        deck.new(deck.title)
    height = min(_HIGHEST, TOP + ROOM - deck.y - below)
    deck.box(block.title, LEFT, deck.y, WIDTH, 0.4, size=16, bold=True)
    deck.box(block.sub, LEFT, deck.y + 0.42, WIDTH, 0.3, size=11, ink="ink-3")
    place = (Inches(LEFT), Inches(deck.y + 0.8), Inches(WIDTH), Inches(height))
    made = deck.slide.shapes.add_chart(XL_CHART_TYPE.LINE, *place, chart_data(block.chart)).chart
    style_chart(made, block.chart, LATIN)
    deck.y += 0.9 + height
    if block.note:
        deck.box(block.note, LEFT, deck.y, WIDTH, 0.3, size=11, ink="ink-3")
        deck.y += 0.3


_WRITERS: dict[type, Callable[[Deck, Any], None]] = {
    Text: text_block,
    Heading: heading,
    Lines: _lines,
    Grid: grid,
    Cross: cross,
}
