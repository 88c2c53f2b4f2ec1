"""The first asset: the settings as tables, and the run that everything after it belongs to."""

from collections.abc import Iterator

import dagster as dg

from orchestration.headstart import HeadStart
from orchestration.progress import Progress
from orchestration.runs import begin, plan
from warehouse.config_tables import CONFIG_TABLES
from warehouse.settings import Settings

KEY = dg.AssetKey(["config", "run"])


class RunConfig(dg.Config):
    """What may be asked of a run in Dagster's launchpad."""

    as_of: str | None = None
    full: bool = False
    select: list[str] = []  # noqa: RUF012


def configuration_assets(
    settings: Settings, progress: Progress, head_start: HeadStart | None = None
) -> dg.AssetsDefinition:
    """``config/<table>``: organisation, thresholds, business hours, targets …, and the run with its as-of instant."""
    specs = [
        dg.AssetSpec(["config", table], description=about, group_name="configuration", kinds={"duckdb"})
        for table, about in {**CONFIG_TABLES, "run": "The run and the instant open-ended states are judged at"}.items()
    ]

    @dg.multi_asset(name="settings", specs=specs, required_resource_keys={"workspace"})
    def config_tables(context: dg.AssetExecutionContext, config: RunConfig) -> Iterator[dg.MaterializeResult]:
        """Settings of the workspace as tables."""
        progress("settings")
        if head_start:
            run = head_start.begun()
        else:
            run = plan(settings, context.run_id, config.as_of, full=config.full, select=config.select)
            begin(settings, run)
        for spec in specs:
            yield dg.MaterializeResult(spec.key, metadata={"as_of": run.as_of.isoformat()})

    return config_tables
