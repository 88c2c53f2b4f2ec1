"""Every day, at the hour the organisation chose, in its own time zone."""

from __future__ import annotations

import dagster as dg
from dagster._core.definitions.unresolved_asset_job_definition import UnresolvedAssetJobDefinition

from warehouse.settings import Settings, minutes_of_day


def daily_schedule(settings: Settings, job: UnresolvedAssetJobDefinition) -> dg.ScheduleDefinition:
    """A refresh at ``schedule.refresh_at``."""
    hour, minute = divmod(minutes_of_day(settings.schedule.refresh_at) % (24 * 60), 60)
    return dg.ScheduleDefinition(
        name="daily_refresh",
        job=job,
        cron_schedule=f"{minute} {hour} * * *",
        execution_timezone=settings.organisation.time_zone,
        default_status=dg.DefaultScheduleStatus.RUNNING,
        description="Judges live sources at the instant it runs.",
    )
