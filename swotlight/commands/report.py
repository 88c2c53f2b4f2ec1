"""`swotlight report`: the board report of the current release as a file."""

from __future__ import annotations

from pathlib import Path

import click

from swotlight.output import json_option, print_json, say
from swotlight.workspace import settings_of


@click.command("report", short_help="The board report as HTML, PDF or PPTX.")
@click.option("--format", "form", type=click.Choice(["html", "pdf", "pptx"]), default="html", show_default=True)
@click.option("--lang", "language", type=click.Choice(["en", "zh", "vi"]), default="en", show_default=True)
@click.option("--period", metavar="YYYY-MM", help="A month, quarter (2026-Q3) or year; else the last whole month.")
@click.option("--output", "-o", type=click.Path(path_type=Path, dir_okay=False), help="The file to write.")
@json_option
@click.pass_context
def command(
    context: click.Context, form: str, language: str, period: str | None, output: Path | None, as_json: bool
) -> None:
    """Write the board report: conclusion first, then scorecard, SWOT and their evidence."""
    from dashboards.report.building import write_report

    settings = settings_of(context)
    target = output or Path(f"board-report-{language}.{form}")
    written = write_report(settings, target, form=form, language=language, period=period)
    if as_json:
        print_json({"file": str(written), "format": form, "language": language, "bytes": written.stat().st_size})
    else:
        say(f"{written}: {written.stat().st_size:,} bytes.")
