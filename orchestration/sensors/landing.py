"""New files in landing/ start a refresh."""

import dagster as dg
from dagster._core.definitions.unresolved_asset_job_definition import UnresolvedAssetJobDefinition

from ingestion.fingerprint import source_fingerprint
from warehouse.settings import Settings, load_settings

_EVERY_SECONDS = 60


def landing_sensor(settings: Settings, job: UnresolvedAssetJobDefinition) -> dg.SensorDefinition:
    """Asks for a run when files, maps or settings are not what they were at the last look."""

    @dg.sensor(
        name="landing_changes",
        job=job,
        minimum_interval_seconds=_EVERY_SECONDS,
        default_status=dg.DefaultSensorStatus.RUNNING,
    )
    def landing_changes(context: dg.SensorEvaluationContext) -> dg.SensorResult | dg.SkipReason:
        """Compare with the last look; the first look only remembers."""
        seen = source_fingerprint(load_settings(settings.paths.workspace))
        if context.cursor is None:
            return dg.SensorResult(cursor=seen)
        if seen == context.cursor:
            return dg.SkipReason("Nothing new has landed.")
        return dg.SensorResult(run_requests=[dg.RunRequest(run_key=seen)], cursor=seen)

    return landing_changes
