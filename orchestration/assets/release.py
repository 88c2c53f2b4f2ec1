"""The last asset: the gate, then the release."""

from collections.abc import Sequence

import dagster as dg

from orchestration import releasing
from orchestration.progress import Progress
from warehouse.drafting import Draft
from warehouse.settings import Settings

KEY = dg.AssetKey(["release"])


def release_asset(
    settings: Settings, progress: Progress, deps: Sequence[dg.AssetKey], draft: Draft
) -> dg.AssetsDefinition:
    """``release``: what readers see."""

    @dg.asset(key=KEY, deps=deps, group_name="release", kinds={"duckdb"}, required_resource_keys={"workspace"})
    def release() -> dg.MaterializeResult:
        """A new release file, verified, and the pointer to it; nothing when a blocking check failed."""
        progress("release")
        info = releasing.release(settings, draft)
        return dg.MaterializeResult(
            metadata={"release": info.name, "bytes": info.bytes, "checks_failed": info.checks_failed}
        )

    return release
