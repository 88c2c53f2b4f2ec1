"""What Dagster loads for the workspace of SWOTLIGHT_WORKSPACE, and the resource that keeps refreshes apart."""

from __future__ import annotations

from collections.abc import Iterator

import dagster as dg

from orchestration.lock import refresh_lock
from warehouse.settings import Settings, default_workspace, load_settings

_PATIENCE_SECONDS = 3600.0


def workspace_resource(settings: Settings) -> dg.ResourceDefinition:
    """Holds the refresh lock for as long as a run lasts, whoever started it."""

    @dg.resource
    def workspace(context: dg.InitResourceContext) -> Iterator[Settings]:
        with refresh_lock(settings, wait_seconds=_PATIENCE_SECONDS):
            yield settings

    return workspace


@dg.definitions
def definitions() -> dg.Definitions:
    """The definitions of the workspace named by the environment."""
    from orchestration.definitions import build_definitions

    return build_definitions(load_settings(default_workspace()))
