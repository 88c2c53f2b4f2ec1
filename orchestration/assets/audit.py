"""What must hold before people see it: the checks are run here and their results kept in schema ``quality``."""

from collections.abc import Sequence

import dagster as dg

from orchestration import auditing
from orchestration.progress import Progress
from warehouse.settings import Settings

KEY = dg.AssetKey(["quality", "checks"])
RELEASE_KEY = dg.AssetKey(["quality", "release_checks"])


def audit_asset(
    settings: Settings, progress: Progress, deps: Sequence[dg.AssetKey], early: auditing.EarlyAudit
) -> dg.AssetsDefinition:
    """``quality/checks``: the checks of raw rows and marts."""

    @dg.asset(key=KEY, deps=deps, group_name="quality", kinds={"python"}, required_resource_keys={"workspace"})
    def checks() -> dg.MaterializeResult:
        """Results of Great Expectations on raw rows and marts, and the metrics they withdraw."""
        progress("check")
        results = auditing.audit(settings, ("raw", "marts"), early)
        return dg.MaterializeResult(metadata={"checks": len(results), "failed": sum(not r.passed for r in results)})

    return checks


def release_audit_asset(
    settings: Settings, progress: Progress, deps: Sequence[dg.AssetKey], early: auditing.EarlyAudit
) -> dg.AssetsDefinition:
    """``quality/release_checks``: what holds of everything that is about to leave the build."""

    @dg.asset(key=RELEASE_KEY, deps=deps, group_name="quality", kinds={"python"}, required_resource_keys={"workspace"})
    def release_checks() -> dg.MaterializeResult:
        """Results of the checks on the schemas that readers see."""
        progress("check", "what will be released")
        results = auditing.audit(settings, ("release",), early)
        return dg.MaterializeResult(metadata={"checks": len(results), "failed": sum(not r.passed for r in results)})

    return release_checks
