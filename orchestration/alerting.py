"""When a run or a check fails, someone is told; the alert itself is `alerts`' work."""

from __future__ import annotations

import dagster as dg

from warehouse.settings import Settings


def tell_of_failure(settings: Settings) -> dg.HookDefinition:
    """A hook that reports a failed step."""

    @dg.failure_hook(name="tell_of_failure")
    def hook(context: dg.HookContext) -> None:
        pass

    return hook
