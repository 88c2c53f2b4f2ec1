"""Marts become meaning: the catalogue of metrics and the SWOT evidence."""

from collections.abc import Sequence

import dagster as dg

from expectations.catalogue import checks
from orchestration import analysing
from orchestration.assets import audit
from orchestration.auditing import EarlyAudit
from orchestration.progress import Progress
from warehouse.settings import Settings

CATALOGUE = dg.AssetKey(["metrics", "catalogue"])
SWOT = dg.AssetKey(["swot", "items"])
# Written by the analysis of customers; the importance–performance comparisons read it.
DRIVERS = dg.AssetKey(["marts", "driver_importance"])


def catalogue_asset(settings: Settings, progress: Progress, rollups: Sequence[dg.AssetKey]) -> dg.AssetsDefinition:
    """``metrics/catalogue``: the definitions of the semantic layer, readable in SQL."""

    @dg.asset(key=CATALOGUE, deps=rollups, group_name="metrics", kinds={"python"}, required_resource_keys={"workspace"})
    def catalogue() -> None:
        """Name, unit, formula, owner and rollups of every metric."""
        progress("metrics")
        analysing.write_metric_catalogue(settings)

    return catalogue


def swot_asset(settings: Settings, progress: Progress, early: EarlyAudit) -> dg.AssetsDefinition:
    """``swot/items``: which factors are strengths and weaknesses, on what evidence.

    What else will be released stands, and is checked beside it.
    """

    @dg.asset(
        key=SWOT,
        deps=[CATALOGUE, audit.KEY, DRIVERS],
        group_name="swot",
        kinds={"python"},
        required_resource_keys={"workspace"},
    )
    def swot() -> None:
        """Evidence, tests and quadrants of every factor."""
        progress("swot")
        with early.beside("swot", [check for check in checks("release") if not check.table.startswith("swot.")]):
            analysing.build_swot(settings)

    return swot
