"""The report as PDF: A4, selectable text, page numbers, vector charts, fonts inside."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from dashboards.components.markup import typeset
from dashboards.figures.plotting import LIGHT
from dashboards.language import _
from dashboards.report.charts import line_svg, mark_svg
from dashboards.report.fonts import HAN, SANS, SERIF, font_file
from dashboards.report.model import Cross, Finding, Grid, Heading, Lines, Quadrant, Report, Section, Text
from dashboards.report.page import cell, is_left

_MARGIN = 18.0
_WIDTH = 210.0 - 2 * _MARGIN
_BOTTOM = 20.0
_BODY = 9.5
_LINE = 4.9
_PADDING = 2.8
_WIDEST = 78.0
# What a block needs at least, in mm: a figure whole, a table with its head and its first rows.
_STARTS: dict[type, float] = {Grid: 38.0, Lines: 94.0, Heading: 44.0}


def write_paper(report: Report, target: Path) -> None:
    """Write the report to `target`."""
    sheet = _sheet(report)
    _opening(sheet, report)
    for section in report.sections:
        _section(sheet, section)
    sheet.output(str(target))


def _sheet(report: Report) -> Any:
    from fpdf import FPDF

    class Sheet(FPDF):
        def footer(self) -> None:
            self.set_y(-14)
            _ink(self, "ink-3")
            self.set_font(SANS, "", 8)
            self.cell(_WIDTH - 30, 5, f"{report.title} · {report.organisation} · {report.period}")
            page = _("Page {page} of {pages}", page=self.page_no(), pages="{nb}")
            self.cell(30, 5, page, align="R")

    sheet = Sheet(format="A4")
    sheet.set_title(f"{report.title} · {report.organisation} · {report.period}")
    sheet.set_lang(report.language)
    sheet.set_creation_date(report.made_at)
    sheet.set_margins(_MARGIN, 16, _MARGIN)
    sheet.set_auto_page_break(True, _BOTTOM)
    for style in ("", "B"):
        sheet.add_font(SANS, style, font_file(SANS, bold=style == "B"))
        sheet.add_font(HAN, style, font_file(HAN))
    sheet.add_font(SERIF, "", font_file(SERIF))
    sheet.set_fallback_fonts([HAN], exact_match=False)
    sheet.add_page()
    return sheet


def _ink(sheet: Any, token: str) -> None:
    sheet.set_text_color(LIGHT[token])


def _write(
    sheet: Any, text: str, size: float, line: float, *, ink: str = "ink-1", style: str = "", width: float = _WIDTH
) -> None:
    _ink(sheet, ink)
    sheet.set_font(SANS, style, size)
    # Bold inside bold would turn it off.
    text = typeset(text.replace("**", "") if style == "B" else text)
    sheet.multi_cell(width, line, text, align="L", markdown=True, new_x="LEFT", new_y="NEXT")


def _opening(sheet: Any, report: Report) -> None:
    _write(sheet, f"{report.title} · {report.organisation} · {report.period}", 9, 5, ink="ink-3")
    sheet.ln(3)
    _ink(sheet, "ink-1")
    is_han = report.language == "zh"
    sheet.set_font(SANS if is_han else SERIF, "", 21 if is_han else 23)
    conclusion = typeset(report.conclusion.replace("**", "").replace("\u202f", "\u00a0"))
    sheet.multi_cell(_WIDTH, 9.6, conclusion, align="L", new_x="LEFT", new_y="NEXT")
    sheet.ln(3)
    _write(sheet, report.lede, 10.5, 5.6)
    sheet.ln(3)
    for name, value in report.facts:
        _write(sheet, f"{name}: {value}", 8.5, 4.6, ink="ink-3")


def _section(sheet: Any, section: Section) -> None:
    _room(sheet, _beginning(section))
    sheet.ln(9)
    sheet.set_draw_color(LIGHT["ink-1"])
    sheet.set_line_width(0.6)
    sheet.line(_MARGIN, sheet.get_y(), _MARGIN + _WIDTH, sheet.get_y())
    sheet.ln(3)
    sheet.start_section(section.title)
    _write(sheet, section.title, 14, 7, style="B")
    sheet.ln(2)
    for block in section.blocks:
        _WRITERS[type(block)](sheet, block)


def _beginning(section: Section) -> float:
    """The height of a section's title, the texts under it and the start of what they speak of: none stands alone."""
    height = 21.0
    for block in section.blocks:
        if not isinstance(block, Text):
            return height + _STARTS.get(type(block), 44.0)
        height += _rows(block.text, 100) * _LINE + 1.6
    return height


def _room(sheet: Any, height: float) -> None:
    """A new page when what must stay together does not fit any more."""
    if sheet.get_y() + height > sheet.h - _BOTTOM:
        sheet.add_page()


def _text(sheet: Any, block: Text) -> None:
    size, line, ink = (8.5, 4.4, "ink-3") if block.quiet else (_BODY, _LINE, "ink-1")
    _write(sheet, block.text, size, line, ink=ink)
    sheet.ln(1.6)


def _heading(sheet: Any, block: Heading) -> None:
    _room(sheet, 20)
    sheet.ln(2)
    _write(sheet, block.text, 10.5, 5.4, style="B")
    sheet.ln(0.8)


def _lines(sheet: Any, block: Lines) -> None:
    _room(sheet, _STARTS[Lines])
    sheet.ln(2)
    _write(sheet, block.title, 10.5, 5.4, style="B")
    _write(sheet, block.sub, 8.5, 4.4, ink="ink-3")
    sheet.ln(1)
    sheet.image(io.BytesIO(line_svg(block.chart).encode("utf-8")), w=_WIDTH, alt_text=block.title.replace("**", ""))
    sheet.ln(1)
    if block.note:
        _write(sheet, block.note, 8.5, 4.4, ink="ink-3")
    sheet.ln(2)


def _grid(sheet: Any, block: Grid) -> None:
    from fpdf.enums import TableBordersLayout
    from fpdf.fonts import FontFace

    _room(sheet, _STARTS[Grid])
    if block.title:
        _heading(sheet, Heading(block.title))
    columns = block.table.columns
    _ink(sheet, "ink-1")
    sheet.set_font(SANS, "", 8.5)
    sheet.set_draw_color(LIGHT["line"])
    sheet.set_fill_color(LIGHT["surface"])
    sheet.set_line_width(0.2)
    with sheet.table(
        width=_WIDTH,
        col_widths=_widths(sheet, block),
        borders_layout=TableBordersLayout.HORIZONTAL_LINES,
        text_align=["LEFT" if is_left(column) else "RIGHT" for column in columns],
        line_height=4.5,
        padding=(0.9, 1.2),
        markdown=True,
        headings_style=FontFace(emphasis="", color=LIGHT["ink-3"]),
    ) as made:
        made.row([typeset(column.label) for column in columns])
        for row in block.table.rows:
            made.row([cell(row, column, block.table.currency) for column in columns])
    sheet.ln(1.4)
    if block.note:
        _write(sheet, block.note, 8.5, 4.4, ink="ink-3")
    sheet.ln(2)


def _widths(sheet: Any, block: Grid) -> list[float]:
    """Widths in mm by what the columns hold: none narrower than its longest word, long texts share what is left."""
    table = block.table
    columns = [
        [column.label, *(cell(row, column, table.currency).replace("**", "") for row in table.rows)]
        for column in table.columns
    ]
    needed = [max(_word_width(sheet, text) for text in texts) + _PADDING for texts in columns]
    wanted = [
        max(need, min(_WIDEST, max(sheet.get_string_width(text) for text in texts) + _PADDING))
        for need, texts in zip(needed, columns, strict=True)
    ]
    spare, more = _WIDTH - sum(needed), sum(wanted) - sum(needed)
    if spare <= 0:
        return needed
    if more <= spare:
        return [width + (spare - more) * width / sum(wanted) for width in wanted]
    return [need + spare * (want - need) / more for need, want in zip(needed, wanted, strict=True)]


def _word_width(sheet: Any, text: str) -> float:
    """The widest piece that is not to be broken; Chinese may break after any sign, but not every one stands alone."""
    pieces = [piece for word in text.split(" ") for piece in re.split(r"(?<=[\u3400-\u9fff]{4})", word)]
    return max((float(sheet.get_string_width(piece)) for piece in pieces), default=0.0)


def _cross(sheet: Any, block: Cross) -> None:
    for upper in range(0, len(block.quadrants), 2):
        pair = block.quadrants[upper : upper + 2]
        _room(sheet, max(_height(quadrant) for quadrant in pair))
        _pair(sheet, pair)


def _height(quadrant: Quadrant) -> float:
    written = sum(4.6 * _rows(f.sentence, 50) + 4.1 * _rows(f.evidence, 62) + 5.5 for f in quadrant.findings)
    return min(200.0, 10 + written + 4.4 * _rows(quadrant.remark, 56))


def _rows(text: str, signs: int) -> int:
    """Lines a text takes where `signs` Latin letters fit; a Chinese one takes the room of two."""
    return -(-sum(2 if ord(sign) > 0x2E80 else 1 for sign in text) // signs)


def _pair(sheet: Any, pair: tuple[Quadrant, ...]) -> None:
    top, page, ends = sheet.get_y() + 2, sheet.page_no(), []
    for place, quadrant in enumerate(pair):
        sheet.page = page
        sheet.set_xy(_MARGIN + place * (_WIDTH / 2 + 3), top)
        _quadrant(sheet, quadrant, _WIDTH / 2 - 3)
        ends.append((sheet.page_no(), sheet.get_y()))
    sheet.page, bottom = max(ends)
    sheet.set_draw_color(LIGHT["ink-1"])
    sheet.set_line_width(0.25)
    if {page} == {number for number, _y in ends}:
        sheet.line(_MARGIN + _WIDTH / 2, top, _MARGIN + _WIDTH / 2, bottom)
    sheet.line(_MARGIN, bottom + 1.5, _MARGIN + _WIDTH, bottom + 1.5)
    sheet.set_xy(_MARGIN, bottom + 2)


def _quadrant(sheet: Any, quadrant: Quadrant, width: float) -> None:
    _badge(sheet, quadrant)
    x = sheet.get_x()
    sheet.set_x(x + 9)
    _write(sheet, quadrant.name, 11, 6, style="B", width=width - 9)
    sheet.set_x(x)
    sheet.ln(1)
    sheet.set_x(x)
    if quadrant.remark:
        _write(sheet, quadrant.remark, 8.5, 4.4, ink="ink-3", width=width)
    for finding in quadrant.findings:
        sheet.set_x(x)
        _finding(sheet, finding, quadrant.kind, width)


def _badge(sheet: Any, quadrant: Quadrant) -> None:
    x, y, helps = sheet.get_x(), sheet.get_y(), quadrant.kind in ("strength", "opportunity")
    colour = LIGHT["good" if helps else "bad"]
    sheet.set_draw_color(colour)
    sheet.set_fill_color(colour)
    sheet.set_line_width(0.5)
    style = "DF" if helps else "D"
    if quadrant.kind in ("strength", "weakness"):
        sheet.rect(x + 0.4, y + 0.4, 5.4, 5.4, style=style)
    else:
        half = 3.7
        cx, cy = x + 3.2, y + 3.1
        sheet.polygon([(cx, cy - half), (cx + half, cy), (cx, cy + half), (cx - half, cy)], style=style)
    sheet.set_text_color("#FFFFFF" if helps else colour)
    sheet.set_font(SANS, "B", 8)
    sheet.set_xy(x, y + 0.1)
    sheet.cell(6.3, 6, quadrant.letter, align="C")
    sheet.set_xy(x, y)


def _finding(sheet: Any, finding: Finding, kind: str, width: float) -> None:
    x = sheet.get_x()
    _ink(sheet, "ink-3")
    sheet.set_font(SANS, "", 8.5)
    sheet.cell(5, 4.6, str(finding.rank or ""))
    _write(sheet, finding.sentence, 9, 4.6, width=width - 5)
    if finding.mark:
        svg = mark_svg(finding.mark, helps=kind in ("strength", "opportunity"))
        sheet.image(io.BytesIO(svg.encode("utf-8")), x=x + 5, w=36, h=4.1)
    sheet.set_x(x + 5)
    _write(sheet, finding.evidence, 7.8, 4.1, ink="ink-3", width=width - 5)
    sheet.ln(1.4)


_WRITERS: dict[type, Callable[[Any, Any], None]] = {
    Text: _text,
    Heading: _heading,
    Lines: _lines,
    Grid: _grid,
    Cross: _cross,
}
