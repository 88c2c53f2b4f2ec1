"""The scorecard as a table: every target of an entity and month, with its chance and its months in a row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from analytics.metrics import Metric
from dashboards.components.marks import verdict_word
from dashboards.components.scorecard import dimension_name
from dashboards.components.tables import Column, Table
from dashboards.language import _, current


def scorecard_table(rows: Sequence[Mapping[str, Any]], metrics: Mapping[str, Metric], currency: str) -> Table:
    """Every target of an entity and month as raw values."""
    columns = (
        Column("dimension", _("Dimension")),
        Column("measure", _("Measure")),
        Column("value", _("Value"), unit_key="unit", strong=True),
        Column("low", _("Interval from"), unit_key="unit"),
        Column("high", _("Interval to"), unit_key="unit"),
        Column("target", _("Target"), unit_key="unit"),
        Column("verdict", _("Verdict")),
        Column("probability_kept", _("Chance of keeping it"), "ratio"),
        Column("streak", _("Months in a row"), "count"),
        Column("owner", _("Owner")),
    )
    named = [
        {
            **row,
            "dimension": dimension_name(row["dimension"]),
            "measure": metrics[row["metric"]].label_in(current()),
            "verdict": verdict_word(row["verdict"]),
        }
        for row in rows
        if row["metric"] in metrics
    ]
    return Table(columns, tuple(named), currency)
