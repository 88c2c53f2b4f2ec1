"""Attributes that customers rate, by importance and performance: the fifth way to a quadrant.

An attribute counts only where its importance and its performance each differ from the attributes' mean, beyond chance
and beyond what matters. Both must hold, so the pair enters the family with the larger of its two p-values, which is a
valid test of both. Important and well done is better, important and badly done worse; what matters little decides
nothing.
Source: R. L. Berger, "Multiparameter hypothesis testing and acceptance sampling", Technometrics 24 (1982).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from analytics.metrics import Metric
from analytics.metrics.model import Database
from analytics.swot.model import WHOLE, Evidence, Factor, Measure, Window
from analytics.swot.reasons import Reason, spanned
from warehouse.errors import SwotlightError

COMPARATOR = "importance"
MATTERS = 0.05
"""Smallest difference from the mean share of explained variance that is worth while."""
_PREFIX = "servqual_gap_"


def importance(
    db: Database, factors: Sequence[Factor], metrics: dict[str, Metric], windows: dict[Measure, Window], period: date
) -> list[Evidence]:
    """A piece of evidence per factor whose attribute the drivers of satisfaction know."""
    try:
        rows = db.rows("select * from marts.driver_importance order by outcome, attribute")
    except SwotlightError:
        return []
    found = []
    for factor in factors:
        attribute = factor.metric.removeprefix(_PREFIX)
        mine = [row for row in rows if factor.metric.startswith(_PREFIX) and row["attribute"] == attribute]
        if mine:
            strongest = min(mine, key=lambda row: (_p(row), row["outcome"]))
            found.append(_evidence(factor, metrics[factor.metric], strongest, windows[factor.measure], period))
    return found


def _p(row: dict[str, Any]) -> float:
    return max(1.0 if row["importance_p"] is None else row["importance_p"],
               1.0 if row["performance_p"] is None else row["performance_p"])  # fmt: skip


def _evidence(factor: Factor, metric: Metric, row: dict[str, Any], window: Window, period: date) -> Evidence:
    axis = row["performance_axis"]
    evidence = Evidence(
        period, WHOLE, factor.factor, factor.metric, COMPARATOR, window, factor.swd, "higher",
        value=row["performance"], value_low=row["performance_low"], value_high=row["performance_high"],
        comparator_value=axis, comparator_label="mean of the attributes", n=row["n"],
        definition_hash=metric.definition_hash, rests_on=metric.rests_on,
    )  # fmt: skip
    if (row["n"] or 0) < factor.minimum_n:
        evidence.missing = spanned("small_n", window.start, window.end, n=row["n"] or 0, needed=factor.minimum_n)
    elif None in (row["importance_p"], row["performance_p"], axis):
        evidence.missing = Reason("no_driver_interval")
    else:
        evidence.difference = row["performance"] - axis
        evidence.low, evidence.high = row["performance_low"] - axis, row["performance_high"] - axis
        evidence.p = _p(row)
        evidence.test = f"importance for {row['outcome']} and performance, each against its mean (the larger p)"
        if row["importance"] - row["importance_axis"] < MATTERS:
            # What matters no more than others decides nothing, however well or badly it is done.
            evidence.p = 1.0
    return evidence
