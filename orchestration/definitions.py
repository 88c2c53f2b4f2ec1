"""What Dagster sees: this module only assembles."""

from __future__ import annotations

import dagster as dg

from orchestration.assets.analysis import CATALOGUE, SWOT, catalogue_asset, swot_asset
from orchestration.assets.audit import KEY as AUDIT
from orchestration.assets.audit import RELEASE_KEY, audit_asset, release_audit_asset
from orchestration.assets.configuration import configuration_assets
from orchestration.assets.customers import KEYS as CUSTOMERS
from orchestration.assets.customers import customers_assets
from orchestration.assets.dbt import built_keys, dbt_assets
from orchestration.assets.forecast import KEY as STAFFING
from orchestration.assets.forecast import staffing_asset
from orchestration.assets.raw import raw_assets
from orchestration.assets.release import release_asset
from orchestration.auditing import EarlyAudit
from orchestration.checks.expectations import expectation_checks
from orchestration.headstart import HeadStart
from orchestration.hooks import alert_hook
from orchestration.progress import Progress, silent
from orchestration.schedules.daily import daily_schedule
from orchestration.sensors.landing import landing_sensor
from orchestration.workspace import workspace_resource
from warehouse.drafting import Draft
from warehouse.settings import Settings

JOB = "refresh"


def build_definitions(
    settings: Settings,
    progress: Progress = silent,
    head_start: HeadStart | None = None,
    draft: Draft | None = None,
) -> dg.Definitions:
    """Assets, checks, job, schedule and sensor of one workspace."""
    draft = draft or Draft(settings)
    raw = raw_assets(settings, progress, head_start)
    early = EarlyAudit(settings)
    dbt = dbt_assets(settings, progress, early, draft)
    marts = built_keys(dbt, "marts", "rollups")
    assets = [
        configuration_assets(settings, progress, head_start),
        raw,
        dbt,
        catalogue_asset(settings, progress, marts),
        staffing_asset(settings, progress, marts, early),
        audit_asset(settings, progress, [*sorted(raw.keys, key=str), *marts, CATALOGUE, STAFFING], early),
        customers_assets(settings, progress),
        swot_asset(settings, progress, early),
        release_audit_asset(settings, progress, [AUDIT, *CUSTOMERS, SWOT], early),
        release_asset(settings, progress, [RELEASE_KEY], draft),
    ]
    known = {key for asset in assets for key in asset.keys}
    job = dg.define_asset_job(JOB, selection=dg.AssetSelection.all(), hooks={alert_hook(settings)})
    return dg.Definitions(
        assets=assets,
        asset_checks=expectation_checks(settings, known),
        jobs=[job],
        schedules=[daily_schedule(settings, job)],
        sensors=[landing_sensor(settings, job)],
        resources={"workspace": workspace_resource(settings)},
        executor=dg.in_process_executor,
    )
