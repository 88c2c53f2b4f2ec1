"""Marts become an outlook: demand ahead, people against work, the hiring plan."""

from collections.abc import Sequence

import dagster as dg

from expectations.catalogue import checks
from orchestration import forecasting
from orchestration.auditing import EarlyAudit
from orchestration.progress import Progress
from warehouse.settings import Settings

KEY = dg.AssetKey(["marts", "staffing"])


def staffing_asset(
    settings: Settings, progress: Progress, marts: Sequence[dg.AssetKey], early: EarlyAudit
) -> dg.AssetsDefinition:
    """``marts/staffing``: the staffing tables; refitted only when what they are made from has changed.

    The marts that it reads stand, and are checked beside it.
    """
    built = {".".join(key.path) for key in marts}

    @dg.asset(key=KEY, deps=marts, group_name="staffing", kinds={"python"}, required_resource_keys={"workspace"})
    def staffing() -> dg.MaterializeResult:
        """Forecast, backtest, required against available for 26 weeks, hiring plan, levers."""
        progress("staffing")
        with early.beside("staffing", [check for check in checks("marts") if check.table in built]):
            report = forecasting.build_staffing(settings)
        return dg.MaterializeResult(metadata={"queues": report.queues, "fitted": report.fitted})

    return staffing
