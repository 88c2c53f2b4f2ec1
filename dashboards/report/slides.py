"""The report as PPTX: wide slides with native charts and tables that can be edited."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from dashboards.components.markup import typeset
from dashboards.report.model import Cross, Grid, Heading, Lines, Quadrant, Report, Section, Text
from dashboards.report.page import cell, is_left
from dashboards.report.slide_charts import chart_data, colour, style_chart

_WIDE, _HIGH = 13.333, 7.5
_LEFT, _TOP, _ROOM = 0.6, 1.35, 5.45
_FINDING, _EVIDENCE = 12.0, 9.0
_WIDTH = _WIDE - 2 * _LEFT
_ROWS = 12
_LATIN, _HAN = "Inter", "Noto Sans SC"


class Deck:
    """The presentation being made, and where the next block of the slide goes (inches from the top)."""

    def __init__(self, report: Report) -> None:
        from pptx import Presentation
        from pptx.util import Inches

        self.report = report
        self.file = Presentation()
        self.file.slide_width, self.file.slide_height = Inches(_WIDE), Inches(_HIGH)
        self.slide: Any = None
        self.title = ""
        self.y = _TOP

    def new(self, title: str) -> None:
        """A slide with a title over a rule, and its number."""
        self.slide = self.file.slides.add_slide(self.file.slide_layouts[6])
        self.title, self.y = title, _TOP
        self.box(title, _LEFT, 0.5, _WIDTH, 0.6, size=24, bold=True)
        self.rule(_LEFT, 1.15, _WIDTH)
        foot = f"{self.report.title} · {self.report.organisation} · {self.report.period}"
        self.box(foot, _LEFT, _HIGH - 0.42, _WIDTH - 1, 0.3, size=10, ink="ink-3")
        self.box(str(len(self.file.slides)), _WIDE - _LEFT - 1, _HIGH - 0.42, 1, 0.3, size=10, ink="ink-3", right=True)

    def need(self, height: float) -> None:
        """Go on with the next slide when the block does not fit."""
        if self.y > _TOP and self.y + height > _TOP + _ROOM:
            self.new(self.title)

    def box(
        self,
        text: str,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        size: float = 14,
        bold: bool = False,
        ink: str = "ink-1",
        right: bool = False,
    ) -> Any:
        """A text box of one paragraph; ``**…**`` is bold."""
        from pptx.util import Inches

        frame = self.slide.shapes.add_textbox(Inches(x), Inches(y), Inches(width), Inches(height)).text_frame
        frame.word_wrap = True
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        write(frame.paragraphs[0], text, size=size, bold=bold, ink=ink, right=right)
        return frame

    def rule(self, x: float, y: float, width: float) -> None:
        """An ink rule."""
        from pptx.util import Inches, Pt

        line = self.slide.shapes.add_connector(1, Inches(x), Inches(y), Inches(x + width), Inches(y))
        line.line.color.rgb, line.line.width = colour("ink-1"), Pt(1.5)


def write(
    paragraph: Any, text: str, *, size: float, bold: bool = False, ink: str = "ink-1", right: bool = False
) -> None:
    """Fill a paragraph; its fonts have the signs of all three languages."""
    from pptx.enum.text import PP_ALIGN
    from pptx.oxml.ns import qn
    from pptx.util import Pt

    paragraph.alignment = PP_ALIGN.RIGHT if right else PP_ALIGN.LEFT
    for k, part in enumerate(re.split(r"\*\*(.+?)\*\*", typeset(text))):
        if not part:
            continue
        run = paragraph.add_run()
        run.text = part
        run.font.size, run.font.bold, run.font.name = Pt(size), bold or bool(k % 2), _LATIN
        run.font.color.rgb = colour(ink)
        east = run._r.get_or_add_rPr().makeelement(qn("a:ea"), {"typeface": _HAN})
        run._r.get_or_add_rPr().append(east)


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
    deck.box(report.conclusion.replace("**", ""), _LEFT, 1.5, _WIDTH, 1.9, size=36, bold=True)
    deck.box(report.lede, _LEFT, 3.6, _WIDTH, 1.4, size=18)
    facts = "   ".join(f"{name}: {value}" for name, value in report.facts)
    deck.box(facts, _LEFT, 5.6, _WIDTH, 0.8, size=12, ink="ink-3")


def _section(deck: Deck, section: Section) -> None:
    deck.new(section.title)
    for block in section.blocks:
        _WRITERS[type(block)](deck, block)


def _height(text: str, size: float, width: float = _WIDTH) -> float:
    wide = sum(2 if ord(sign) > 0x2E80 else 1 for sign in text)
    return (1 + int(wide * size * 0.0073 / width)) * size * 0.0195


def _text(deck: Deck, block: Text) -> None:
    size = 11 if block.quiet else 14
    height = _height(block.text, size)
    deck.need(height)
    deck.box(block.text, _LEFT, deck.y, _WIDTH, height, size=size, ink="ink-3" if block.quiet else "ink-1")
    deck.y += height + 0.12


def _heading(deck: Deck, block: Heading) -> None:
    deck.need(1.2)
    deck.box(block.text, _LEFT, deck.y, _WIDTH, 0.35, size=15, bold=True)
    deck.y += 0.42


def _grid(deck: Deck, block: Grid) -> None:
    rows = list(block.table.rows)
    for start in range(0, max(len(rows), 1), _ROWS):
        part = rows[start : start + _ROWS]
        heights = [max(_row_height(block, row), 0.3) for row in part]
        is_last = start + _ROWS >= len(rows)
        deck.need(0.85 + sum(heights) + (0.45 if block.note and is_last else 0.0))
        if block.title:
            _heading(deck, Heading(block.title))
        _table(deck, block, part, heights)
    if block.note:
        _text(deck, Text(block.note, quiet=True))


def _row_height(block: Grid, row: Any) -> float:
    widths = _widths(block)
    texts = [cell(row, column, block.table.currency) for column in block.table.columns]
    return max(_height(text, 11, width - 0.15) for text, width in zip(texts, widths, strict=True)) + 0.08


def _widths(block: Grid) -> list[float]:
    table = block.table
    sizes = [
        min(max([len(c.label), 6, *(len(cell(row, c, table.currency)) for row in table.rows)]), 60)
        for c in table.columns
    ]
    return [_WIDTH * size / sum(sizes) for size in sizes]


def _table(deck: Deck, block: Grid, rows: Sequence[Any], heights: Sequence[float]) -> None:
    from pptx.util import Inches

    columns = block.table.columns
    place = (Inches(_LEFT), Inches(deck.y), Inches(_WIDTH), Inches(0.3 + sum(heights)))
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


def _lines(deck: Deck, block: Lines) -> None:
    from pptx.enum.chart import XL_CHART_TYPE
    from pptx.util import Inches

    if deck.y > _TOP:
        deck.new(deck.title)
    deck.box(block.title, _LEFT, deck.y, _WIDTH, 0.4, size=16, bold=True)
    deck.box(block.sub, _LEFT, deck.y + 0.42, _WIDTH, 0.3, size=11, ink="ink-3")
    place = (Inches(_LEFT), Inches(deck.y + 0.8), Inches(_WIDTH), Inches(4.4))
    made = deck.slide.shapes.add_chart(XL_CHART_TYPE.LINE, *place, chart_data(block.chart)).chart
    style_chart(made, block.chart, _LATIN)
    deck.y += 5.3
    if block.note:
        deck.box(block.note, _LEFT, deck.y, _WIDTH, 0.3, size=11, ink="ink-3")
        deck.y += 0.3


def _cross(deck: Deck, block: Cross) -> None:
    width = _WIDTH / 2 - 0.25
    for row in range(0, len(block.quadrants), 2):
        pair = block.quadrants[row : row + 2]
        height = max(_quadrant_height(quadrant, width) for quadrant in pair)
        deck.need(height)
        for place, quadrant in enumerate(pair):
            _quadrant(deck, quadrant, _LEFT + place * _WIDTH / 2, deck.y, width)
        deck.y += height + 0.15
        deck.rule(_LEFT, deck.y - 0.1, _WIDTH)


def _quadrant_height(quadrant: Quadrant, width: float) -> float:
    said = sum(
        _height(f.sentence, _FINDING, width) + _height(f.evidence, _EVIDENCE, width) + 0.05 for f in quadrant.findings
    )
    return 0.45 + said + (_height(quadrant.remark, 10.5, width) if quadrant.remark else 0)


def _quadrant(deck: Deck, quadrant: Quadrant, x: float, y: float, width: float) -> None:
    from pptx.util import Pt

    helps = quadrant.kind in ("strength", "opportunity")
    ink = "good" if helps else "bad"
    deck.box(f"{quadrant.letter}  {quadrant.name}", x, y, width, 0.35, size=16, bold=True, ink=ink)
    height = _quadrant_height(quadrant, width) - 0.45
    frame = deck.box(quadrant.remark, x, y + 0.4, width, height, size=10.5, ink="ink-3")
    for k, finding in enumerate(quadrant.findings):
        paragraph = frame.paragraphs[0] if k == 0 and not quadrant.remark else frame.add_paragraph()
        write(paragraph, f"{finding.rank or ''} {finding.sentence}".strip(), size=_FINDING)
        below = frame.add_paragraph()
        below.space_after = Pt(5)
        write(below, finding.evidence, size=_EVIDENCE, ink="ink-3")


_WRITERS: dict[type, Callable[[Deck, Any], None]] = {
    Text: _text,
    Heading: _heading,
    Lines: _lines,
    Grid: _grid,
    Cross: _cross,
}
