"""Marts become tables of groups: surveys, segments, needs, drivers, complaints; and the scorecard."""

from collections.abc import Iterator

import dagster as dg

from analytics.customers.building import TABLES
from analytics.scorecard import SCORECARD
from orchestration import analysing
from orchestration.assets import audit
from orchestration.assets.analysis import CATALOGUE
from orchestration.progress import Progress
from warehouse.settings import Settings

KEYS = [dg.AssetKey(["marts", spec.name]) for spec in (*TABLES, SCORECARD)]


def customers_assets(settings: Settings, progress: Progress) -> dg.AssetsDefinition:
    """``marts/<table>`` for every table that the analysis of customers and the scorecard write."""
    specs = [
        dg.AssetSpec(
            ["marts", spec.name],
            deps=[CATALOGUE, audit.KEY],
            description=spec.about,
            group_name="customers",
            kinds={"python"},
        )
        for spec in (*TABLES, SCORECARD)
    ]

    @dg.multi_asset(name="customers", specs=specs, required_resource_keys={"workspace"})
    def customers() -> Iterator[dg.MaterializeResult]:
        """Ask the marts, and write what follows for groups of people."""
        progress("customers")
        rows = analysing.build_customers(settings)
        for spec in (*TABLES, SCORECARD):
            yield dg.MaterializeResult(["marts", spec.name], metadata={"dagster/row_count": rows[spec.name]})

    return customers
