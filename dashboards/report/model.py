"""What a report consists of, before anybody knows whether it becomes HTML, PDF or slides.

Texts are ready to print in the report's language; ``**…**`` marks what is set bold.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from dashboards.components.tables import Table
from dashboards.figures.series import LineChart


@dataclass(frozen=True)
class Text:
    """A paragraph; a ``quiet`` one is a remark under something else."""

    text: str
    quiet: bool = False


@dataclass(frozen=True)
class Heading:
    """A heading inside a section."""

    text: str


@dataclass(frozen=True)
class Grid:
    """A table with its own title and, below it, a remark."""

    title: str
    table: Table
    note: str = ""


@dataclass(frozen=True)
class Lines:
    """A line chart: the title is the finding, ``sub`` says measure, span and interval."""

    title: str
    sub: str
    chart: LineChart
    note: str = ""


@dataclass(frozen=True)
class Mark:
    """A difference in smallest worthwhile differences, right is better."""

    value: float
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Finding:
    """One SWOT item: its rank, its sentence and what it rests on."""

    rank: int | None
    sentence: str
    evidence: str
    mark: Mark | None = None
    robustness: float | None = None


@dataclass(frozen=True)
class Quadrant:
    """A quadrant with its findings; an empty one says why."""

    kind: str
    name: str
    letter: str
    findings: tuple[Finding, ...]
    remark: str = ""


@dataclass(frozen=True)
class Cross:
    """The four quadrants, strengths and weaknesses above opportunities and threats."""

    quadrants: tuple[Quadrant, ...]


Block = Text | Heading | Grid | Lines | Cross


@dataclass(frozen=True)
class Section:
    """A part of the report with its heading."""

    key: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Report:
    """The whole: conclusion first. ``made_at`` is when its release was built (aware), so that it can be made again."""

    language: str
    title: str
    organisation: str
    period: str
    made_at: datetime
    conclusion: str
    lede: str
    facts: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...] = field(default=())
