"""What the evidence drawer shows of one item."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from analytics.metrics import Metric
from dashboards.components.figure import Foot
from dashboards.components.worst import Worst
from dashboards.figures.plotting import Plot
from dashboards.queries.swot import Board, SwotItem


@dataclass(frozen=True)
class Drawer:
    """What the drawer shows of one item; links are addresses of the same board."""

    board: Board
    item: SwotItem
    metric: Metric | None
    currency: str
    figure: Plot | None
    figure_title: str
    figure_sub: str
    foot: Foot
    checks: Sequence[Mapping[str, Any]]
    definition: Sequence[tuple[str, str]]
    close: str
    previous: str | None
    following: str | None
    standings: Sequence[Mapping[str, Any]] = ()
    worst: Sequence[Worst] = ()
    proposed: Mapping[str, Any] | None = None
    as_of: date = date.min

    @property
    def unit(self) -> str:
        """The unit of the item's metric."""
        return str(self.item.unit or (self.metric.unit if self.metric else "count"))
