"""Exports become rows: one asset per canonical table, one loading underneath."""

from collections.abc import Iterator

import dagster as dg

from expectations.run import warm_up
from ingestion.contracts import load_contracts
from orchestration import dbt_runner
from orchestration.assets import configuration
from orchestration.headstart import HeadStart
from orchestration.loading import load
from orchestration.progress import Progress
from warehouse.settings import Settings

BOOKS = dg.AssetKey(["ingest", "sources"])


def raw_assets(settings: Settings, progress: Progress, head_start: HeadStart | None = None) -> dg.AssetsDefinition:
    """``raw/<table>`` for every contract."""
    books = dg.AssetSpec(
        BOOKS,
        deps=[configuration.KEY],
        description="Files, rows by what became of them, freshness",
        group_name="ingestion",
        kinds={"duckdb"},
    )
    specs = [
        dg.AssetSpec(
            ["raw", name],
            deps=[configuration.KEY],
            description=f"{contract.about} Grain: {contract.grain}.",
            group_name="ingestion",
            kinds={"duckdb"},
        )
        for name, contract in load_contracts().items()
    ]

    @dg.multi_asset(name="raw", specs=[*specs, books], required_resource_keys={"workspace"})
    def raw(context: dg.AssetExecutionContext) -> Iterator[dg.MaterializeResult]:
        """Read what is new in landing/, account for every row, put aside what cannot be read."""
        if head_start:
            # Sources are still being read in a thread of their own: what later steps import takes its seconds now.
            warm_up()
            dbt_runner.warm_up(settings)
        report = head_start.loaded() if head_start else load(settings, progress)
        for name in load_contracts():
            yield dg.MaterializeResult(["raw", name])
        counts = [source.counts for source in report.sources]
        read, put_aside = sum(one.read for one in counts), sum(one.quarantined for one in counts)
        yield dg.MaterializeResult(
            BOOKS, metadata={"sources_loaded": len(report.changed), "rows_read": read, "rows_in_quarantine": put_aside}
        )

    return raw
