"""The four quadrants on a slide: one ink cross, set smaller where that keeps it on one slide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboards.report.model import Cross, Quadrant
from dashboards.report.slide_deck import LEFT, ROOM, TOP, WIDTH, Deck, height_of, signs, write

_COLUMN = WIDTH / 2 - 0.25


@dataclass(frozen=True)
class _Sizes:
    """Points of a finding's sentence, of its evidence, and of the quadrant's name."""

    finding: float
    evidence: float
    name: float

    @property
    def head(self) -> float:
        return self.name * 0.028


# Nothing smaller than ten points: a board too full for that stands on two slides.
_SETTINGS = (_Sizes(12, 10.5, 16), _Sizes(11, 10, 15), _Sizes(10.5, 10, 14))


def cross(deck: Deck, block: Cross) -> None:
    """All four on one slide where a readable size allows it, else two and two."""
    sizes = _sizes(block, TOP + ROOM - deck.y) or _SETTINGS[0]
    pairs = _pairs(block)
    for pair in pairs:
        height = _pair_height(pair, sizes)
        deck.need(height)
        for place, quadrant in enumerate(pair):
            _quadrant(deck, quadrant, LEFT + place * WIDTH / 2, deck.y, sizes)
        deck.y += height + 0.15
        if pair is not pairs[-1]:
            deck.rule(LEFT, deck.y - 0.1, WIDTH)


def fits(block: Cross, room: float) -> bool:
    """Whether all four stand in so many inches at a readable size."""
    return _sizes(block, room) is not None


def _pairs(block: Cross) -> list[Sequence[Quadrant]]:
    return [block.quadrants[row : row + 2] for row in range(0, len(block.quadrants), 2)]


def _sizes(block: Cross, room: float) -> _Sizes | None:
    """The largest setting in which the whole fits."""
    pairs = _pairs(block)
    fitting = (sizes for sizes in _SETTINGS if sum(_pair_height(pair, sizes) + 0.15 for pair in pairs) <= room)
    return next(fitting, None)


def _pair_height(pair: Sequence[Quadrant], sizes: _Sizes) -> float:
    return max(_quadrant_height(quadrant, sizes) for quadrant in pair)


def _quadrant_height(quadrant: Quadrant, sizes: _Sizes) -> float:
    said = sum(
        _lines(f.sentence, sizes.finding) + _lines(f.evidence, sizes.evidence) + sizes.evidence * 0.007
        for f in quadrant.findings
    )
    return sizes.head + said + (height_of(quadrant.remark, 10.5, _COLUMN) if quadrant.remark else 0)


def _lines(text: str, size: float) -> float:
    """Inches of a text in a quadrant's column, set solid."""
    return (1 + int(signs(text) * size * 0.0076 / _COLUMN)) * size * 0.0168


def _quadrant(deck: Deck, quadrant: Quadrant, x: float, y: float, sizes: _Sizes) -> None:
    from pptx.util import Pt

    ink = "good" if quadrant.kind in ("strength", "opportunity") else "bad"
    deck.box(f"{quadrant.letter}  {quadrant.name}", x, y, _COLUMN, 0.35, size=sizes.name, bold=True, ink=ink)
    height = _quadrant_height(quadrant, sizes) - sizes.head
    frame = deck.box(quadrant.remark, x, y + sizes.head * 0.9, _COLUMN, height, size=10.5, ink="ink-3")
    for k, finding in enumerate(quadrant.findings):
        paragraph = frame.paragraphs[0] if k == 0 and not quadrant.remark else frame.add_paragraph()
        write(paragraph, f"{finding.rank or ''} {finding.sentence}".strip(), size=sizes.finding)
        below = frame.add_paragraph()
        below.space_after = Pt(sizes.evidence / 2)
        write(below, finding.evidence, size=sizes.evidence, ink="ink-3")
