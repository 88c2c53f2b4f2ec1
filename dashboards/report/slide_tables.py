"""Tables on slides, which can be edited there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dashboards.report.model import Grid, Heading, Text
from dashboards.report.page import cell, is_left
from dashboards.report.slide_deck import LEFT, ROOM, TOP, WIDTH, Deck, heading, height_of, signs, text_block, write

_ROWS, _FEWEST = 12, 4
_HEAD = 0.92
_LETTER, _SHORT = 0.088, 13


def grid(deck: Deck, block: Grid) -> None:
    """A table, parted between slides where it is long; each part stands under the title."""
    rows, start = list(block.table.rows), 0
    heights = [max(_row_height(block, row), 0.3) for row in rows]
    note = 0.45 if block.note else 0.0
    while start < len(rows) or not start:
        fits = _rows_that_fit(deck, heights[start:], note)
        if fits < min(_FEWEST, len(rows) - start) and deck.y > TOP:
            deck.new(deck.title)
            fits = _rows_that_fit(deck, heights[start:], note)
        left = len(rows) - start - fits
        # No slide for a row or two.
        fits = max(fits - max(_FEWEST - left, 0) if 0 < left < _FEWEST and fits >= 2 * _FEWEST else fits, 1)
        if block.title:
            heading(deck, Heading(block.title))
        _table(deck, block, rows[start : start + fits], heights[start : start + fits])
        start += fits
    if block.note:
        text_block(deck, Text(block.note, quiet=True))


def _rows_that_fit(deck: Deck, heights: Sequence[float], note: float) -> int:
    """How many of the rows the slide has room for; the note comes with the last of them."""
    room, count = TOP + ROOM - deck.y - _HEAD, 0
    for place, height in enumerate(heights[:_ROWS], start=1):
        room -= height
        if room < (note if place == len(heights) else 0.0):
            break
        count = place
    return count


def _row_height(block: Grid, row: Any) -> float:
    widths = _widths(block)
    texts = [cell(row, column, block.table.currency) for column in block.table.columns]
    return max(height_of(text, 11, width - 0.15) for text, width in zip(texts, widths, strict=True)) + 0.08


def _widths(block: Grid) -> list[float]:
    """Inches of the columns: figures and dates keep what they need, sentences share the rest."""
    table = block.table
    sizes = [
        min(max([signs(c.label), 6, *(signs(cell(row, c, table.currency)) for row in table.rows)]), 60)
        for c in table.columns
    ]
    needed = [size * _LETTER + 0.14 for size in sizes]
    if sum(needed) <= WIDTH:
        return [WIDTH * width / sum(needed) for width in needed]
    fixed = sum(width for width, size in zip(needed, sizes, strict=True) if size <= _SHORT)
    shared = sum(width for width, size in zip(needed, sizes, strict=True) if size > _SHORT)
    if not shared or fixed > WIDTH * 0.75:
        return [WIDTH * width / sum(needed) for width in needed]
    return [
        width if size <= _SHORT else width * (WIDTH - fixed) / shared for width, size in zip(needed, sizes, strict=True)
    ]


def _table(deck: Deck, block: Grid, rows: Sequence[Any], heights: Sequence[float]) -> None:
    from pptx.util import Inches

    columns = block.table.columns
    place = (Inches(LEFT), Inches(deck.y), Inches(WIDTH), Inches(0.3 + sum(heights)))
    made = deck.slide.shapes.add_table(len(rows) + 1, len(columns), *place).table
    made.first_row, made.horz_banding = False, False
    for k, width in enumerate(_widths(block)):
        made.columns[k].width = Inches(width)
    made.rows[0].height = Inches(0.3)
    for k, column in enumerate(columns):
        _cell(made.cell(0, k), column.label, ink="ink-3", right=not is_left(column))
    for r, row in enumerate(rows, start=1):
        made.rows[r].height = Inches(heights[r - 1])
        for k, column in enumerate(columns):
            text = cell(row, column, block.table.currency)
            _cell(made.cell(r, k), text, bold=column.strong, right=not is_left(column))
    deck.y += 0.3 + sum(heights) + 0.2


def _cell(made: Any, text: str, *, ink: str = "ink-1", bold: bool = False, right: bool = False) -> None:
    from pptx.util import Inches

    made.fill.background()
    made.margin_left = made.margin_right = Inches(0.06)
    made.margin_top = made.margin_bottom = Inches(0.03)
    write(made.text_frame.paragraphs[0], text, size=11, ink=ink, bold=bold, right=right)
