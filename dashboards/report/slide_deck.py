"""Slides being made: where the next block goes, how a text is set."""

from __future__ import annotations

import re
from typing import Any

from dashboards.components.markup import typeset
from dashboards.report.model import Heading, Report, Text
from dashboards.report.slide_charts import colour, speak

_WIDE, _HIGH = 13.333, 7.5
LEFT, TOP, ROOM = 0.6, 1.35, 5.45
WIDTH = _WIDE - 2 * LEFT
LATIN = "Inter"


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
        self.y = TOP

    def new(self, title: str) -> None:
        """A slide with a title over a rule, and its number."""
        # The layout with a title alone: outline view and screen readers know the slide by it.
        self.slide = self.file.slides.add_slide(self.file.slide_layouts[5])
        self.title, self.y = title, TOP
        self._headline(title)
        self.rule(LEFT, 1.15, WIDTH)
        foot = f"{self.report.title} · {self.report.organisation} · {self.report.period}"
        self.box(foot, LEFT, _HIGH - 0.42, WIDTH - 1, 0.3, size=10, ink="ink-3")
        self.box(str(len(self.file.slides)), _WIDE - LEFT - 1, _HIGH - 0.42, 1, 0.3, size=10, ink="ink-3", right=True)

    def _headline(self, title: str) -> None:
        from pptx.enum.text import MSO_ANCHOR
        from pptx.util import Inches

        place = self.slide.shapes.title
        place.left, place.top, place.width, place.height = (Inches(one) for one in (LEFT, 0.5, WIDTH, 0.6))
        frame = place.text_frame
        frame.word_wrap, frame.vertical_anchor = True, MSO_ANCHOR.TOP
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        write(frame.paragraphs[0], title, size=24, bold=True)

    def need(self, height: float) -> None:
        """Go on with the next slide when the block does not fit."""
        if self.y > TOP and self.y + height > TOP + ROOM:
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
    from pptx.util import Pt

    paragraph.alignment = PP_ALIGN.RIGHT if right else PP_ALIGN.LEFT
    for k, part in enumerate(re.split(r"\*\*(.+?)\*\*", typeset(text))):
        if not part:
            continue
        run = paragraph.add_run()
        run.text = part
        run.font.size, run.font.bold, run.font.name = Pt(size), bold or bool(k % 2), LATIN
        run.font.color.rgb = colour(ink)
        speak(run._r.get_or_add_rPr())


def signs(text: str) -> int:
    """How wide a text is in Latin letters: a Han sign takes two."""
    return sum(2 if ord(sign) > 0x2E80 else 1 for sign in text)


def height_of(text: str, size: float, width: float = WIDTH) -> float:
    """Inches that a text of a size needs in a width."""
    return (1 + int(signs(text) * size * 0.0073 / width)) * size * 0.0195


def text_block(deck: Deck, block: Text) -> None:
    """A paragraph."""
    size = 11 if block.quiet else 14
    height = height_of(block.text, size)
    deck.need(height)
    deck.box(block.text, LEFT, deck.y, WIDTH, height, size=size, ink="ink-3" if block.quiet else "ink-1")
    deck.y += height + 0.12


def heading(deck: Deck, block: Heading) -> None:
    """A heading with room for what follows it."""
    deck.need(1.2)
    deck.box(block.text, LEFT, deck.y, WIDTH, 0.35, size=15, bold=True)
    deck.y += 0.42
