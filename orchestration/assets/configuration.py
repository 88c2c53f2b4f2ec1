"""The first asset: the settings as tables, and the run that everything after it belongs to."""

from __future__ import annotations

import dagster as dg

from orchestration.progress import Progress
from orchestration.runs import begin, plan
from warehouse.settings import Settings

KEY = dg.AssetKey(["config", "run"])


class RunConfig(dg.Config):
    """What may be asked of a run in Dagster's launchpad."""

    as_of: str | None = None
    full: bool = False
    select: list[str] = []  # noqa: RUF012


def configuration_asset(settings: Settings, progress: Progress) -> dg.AssetsDefinition:
    """``config/run``: organisation, thresholds, business hours, targets, and the as-of instant."""

    @dg.asset(key=KEY, group_name="ingestion", kinds={"duckdb"}, required_resource_keys={"workspace"})
    def configuration(context: dg.AssetExecutionContext, config: RunConfig) -> dg.MaterializeResult:
        """Settings of the workspace as tables, and the instant open-ended states are judged at."""
        progress("settings")
        run = plan(settings, context.run_id, config.as_of, full=config.full, select=config.select)
        begin(settings, run)
        return dg.MaterializeResult(metadata={"as_of": run.as_of.isoformat(), "full": run.full})

    return configuration
