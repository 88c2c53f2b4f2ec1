"""`swotlight schedule`: Dagster's own page and daemon."""

from __future__ import annotations

import click

from swotlight.output import say
from swotlight.workspace import settings_of


@click.command("schedule", short_help="Refresh daily and when files land (Dagster).")
@click.option("--port", metavar="PORT", type=click.IntRange(1, 65535), help="Port of Dagster's page [default: 3000].")
@click.pass_context
def command(context: click.Context, port: int | None) -> None:
    """Refresh every day and whenever files land; shows Dagster's page."""
    from orchestration.scheduling import run_schedule
    from warehouse.settings import DEFAULT_SCHEDULE_PORT

    settings = settings_of(context)
    run_schedule(settings, port or DEFAULT_SCHEDULE_PORT, tell=say)
