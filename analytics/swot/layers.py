"""What agents and customers add to a variance: their own sums, which days cannot show.

Two rollups say how the contacts of one agent, and of one customer, move together. Both hold sums per measure, never
a name. Agents: per entity where they can be told by it, else the organisation's. Where too few agents stand behind a
value to show how much people differ (a team of one), all agents of the history say it. Customers: the organisation's,
per month.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np

from analytics.metrics.model import Database
from analytics.statistics.clustered import Extra, excess
from analytics.swot.model import ORGANISATION, WHOLE, Entity, Window
from warehouse.errors import SwotlightError

AGENT_DIMENSIONS = ("region", "team", "channel")
FEWEST_AGENTS = 10
"""Below so many agents of equal size their spread is taken from the history; the choice rests on their cases alone."""
Sums = tuple[np.ndarray, np.ndarray, float]
"""Per agent Σy and Σx, and the sum of squares of the single observations."""


@dataclass
class Layers:
    """Agents' sums per (measure, entity, window), and the customers' relative excess per (measure, window)."""

    agents: dict[tuple[str, Entity, Window], Sums] = field(default_factory=dict)
    customers: dict[tuple[str, Window], float] = field(default_factory=dict)
    between: dict[str, Extra] = field(default_factory=dict)
    """Per measure the variance between agents of one team, with what it is known by."""

    def extras(self, metric: str, entity: Entity, window: Window, value: float, n: float) -> list[Extra]:
        """The variances that agents and customers add to this value of n observations."""
        found = []
        own = self.agents.get((metric, entity, window))
        sums = own or self.agents.get((metric, WHOLE, window))
        if sums is not None:
            y, x, squares = sums
            total = float(x.sum())
            r = float(y.sum()) / total if total else 0.0
            white = max(squares - total * r * r, 0.0) / total**2 if total else 0.0
            found.append(self._agents(metric, y, x, r, white))
            relative = self.customers.get((metric, window), 0.0)
            found.append(Extra(relative * white * (total / n if n else 1.0), 1_000.0, cause="customers"))
        elif (metric, window) in self.customers and 0 < value < 1 and n:
            found.append(Extra(self.customers[metric, window] * value * (1 - value) / n, 1_000.0, cause="customers"))
        return [e for e in found if e.variance > 0]

    def relative(self, metric: str, entity: Entity, window: Window) -> float:
        """By what share of the independent variance agents and customers add to it; for durations, on logarithms."""
        found = self.customers.get((metric, window), 0.0)
        sums = self.agents.get((metric, entity, window)) or self.agents.get((metric, WHOLE, window))
        if sums is not None:
            y, x, squares = sums
            total = float(x.sum())
            r = float(y.sum()) / total if total else 0.0
            white = max(squares - total * r * r, 0.0) / total**2 if total else 0.0
            found += self._agents(metric, y, x, r, white).variance / white if white > 0 else 0.0
        return found

    def _agents(self, metric: str, y: np.ndarray, x: np.ndarray, r: float, white: float) -> Extra:
        """What agents add to r = Σy ÷ Σx, whose variance would be ``white`` were all cases independent."""
        own = excess(y, x, r, white)
        total, squares = float(x.sum()), float((x * x).sum())
        if metric in self.between and squares * FEWEST_AGENTS > total * total:
            pooled = self.between[metric]
            return Extra(pooled.variance * squares / total**2, pooled.df, cause="agents")
        return Extra(own.variance, own.df, cause="agents")


def between_agents(team: np.ndarray, y: np.ndarray, x: np.ndarray, within: float) -> Extra | None:
    """The variance between agents of one team, from Σy and Σx per agent, y less what the months explain.

    ``within`` is the variance of single cases. Analysis of variance with unequal sizes, the components of method 1 of
    C. R. Henderson, Biometrics 9 (1953). Where no team has had two agents, all are taken for one. ``None`` below three.
    """
    names, group = np.unique(team, return_inverse=True)
    if len(x) - len(names) < 1:
        names, group = names[:1], np.zeros(len(x), int)
    df = len(x) - len(names)
    if len(x) < 3 or df < 1:
        return None
    sizes = np.bincount(group, x)
    means = np.bincount(group, y) / sizes
    spread = float((x * (y / x - means[group]) ** 2).sum()) / df
    typical = (float(x.sum()) - float((np.bincount(group, x * x) / sizes).sum())) / df
    return Extra(max(0.0, spread - within) / typical, df, cause="agents") if typical > 0 else None


def read_layers(db: Database, windows: set[Window]) -> Layers:
    """The layers over each window of days; none where the release has no such rollups."""
    layers = Layers()
    _add_between(layers, db, max((w.end for w in windows), default=None))
    for window in sorted((w for w in windows if w.grain != "month"), key=lambda w: (w.start, w.months)):
        for dimension in (ORGANISATION, *AGENT_DIMENSIONS):
            _add_agents(layers, db, window, dimension)
        _add_customers(layers, db, window)
    return layers


def _add_agents(layers: Layers, db: Database, window: Window, dimension: str) -> None:
    name = "null" if dimension == ORGANISATION else dimension
    sql = (
        f"select measure, {name} as name, agent_key, sum(y) as y, sum(x) as x, sum(yy) as yy "
        "from rollups.rollup_agent_clusters_month where month_on between ? and ? group by all"
    )
    grouped: dict[tuple[str, Entity], list[dict[str, Any]]] = defaultdict(list)
    for row in _rows(db, sql, window.start, window.end):
        grouped[row["measure"], (dimension, row["name"])].append(row)
    for (measure, entity), rows in grouped.items():
        rows.sort(key=lambda row: row["agent_key"])
        y, x, yy = (np.array([float(row[key]) for row in rows]).round(6) for key in ("y", "x", "yy"))
        layers.agents[measure, entity, window] = y, x, float(yy.sum())


def _add_between(layers: Layers, db: Database, until: date | None) -> None:
    """How much agents differ, from everything up to a day; each month's own level is no difference between people."""
    if until is None:
        return
    sql = (
        "with cells as (select measure, month_on, team, agent_key, sum(x) as x, sum(y) as y, sum(yy) as yy "
        "from rollups.rollup_agent_clusters_month where month_on between ? and ? group by all), "
        "levels as (select measure, month_on, sum(y) / sum(x) as level from cells group by all) "
        "select measure, team, agent_key, sum(x) as x, sum(y) as y, sum(yy) as yy, sum(y - level * x) as rest "
        "from cells inner join levels using (measure, month_on) group by all order by all"
    )
    grouped: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in _rows(db, sql, date.min, until):
        grouped[row["measure"]].append(row)
    for measure, rows in grouped.items():
        x, y, yy, rest = (np.array([float(row[key]) for row in rows]).round(6) for key in ("x", "y", "yy", "rest"))
        total = float(x.sum())
        within = max(float(yy.sum()) / total - (float(y.sum()) / total) ** 2, 0.0)
        found = between_agents(np.array([row["team"] for row in rows]), rest, x, within)
        if found is not None:
            layers.between[measure] = found


def _add_customers(layers: Layers, db: Database, window: Window) -> None:
    sql = (
        "select measure, sum(x) as x, sum(y) as y, sum(xx) as xx, sum(xy) as xy, sum(yy) as yy, "
        "sum(singles) as singles from rollups.rollup_customer_clusters_month "
        "where month_on between ? and ? group by all"
    )
    for row in _rows(db, sql, window.start, window.end):
        x, y, xx, xy, yy, singles = (round(float(row[k]), 6) for k in ("x", "y", "xx", "xy", "yy", "singles"))
        if x <= 0:
            continue
        r = y / x
        white, clustered = singles - x * r * r, yy - 2 * r * xy + r * r * xx
        # Within one month; over several a customer comes back as much more often as there are months.
        relative = max(0.0, clustered / white - 1.0) if white > 0 else 0.0
        layers.customers[row["measure"], window] = relative * window.months


def _rows(db: Database, sql: str, start: date, end: date) -> list[dict[str, Any]]:
    try:
        return db.rows(sql, [start, end])
    except SwotlightError:
        return []
