"""`swotlight serve`: the dashboards."""

from __future__ import annotations

import gc

import click

from swotlight.workspace import settings_of


@click.command("serve", short_help="The dashboards.")
@click.option("--host", metavar="HOST", help="Address to listen at [default: 127.0.0.1].")
@click.option("--port", metavar="PORT", type=click.IntRange(0, 65535), help="Port to listen at [default: 8050].")
@click.pass_context
def command(context: click.Context, host: str | None, port: int | None) -> None:
    """Serve the dashboards on this machine."""
    # Nothing that is loaded now goes again: searching it for garbage would take a tenth of the start.
    gc.disable()
    from dashboards.warming import Ahead
    from warehouse.settings import DEFAULT_HOST, DEFAULT_PORT

    settings = settings_of(context)
    ahead = Ahead(settings)
    ahead.start()
    try:
        from dashboards.server import serve

        serve(settings, host or DEFAULT_HOST, DEFAULT_PORT if port is None else port, ahead)
    finally:
        ahead.join()
        gc.enable()
