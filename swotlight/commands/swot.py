"""`swotlight swot`: the SWOT items with their evidence."""

from __future__ import annotations

import re
from typing import Any

import click

from swotlight.output import json_option, print_json, print_table
from swotlight.workspace import release_of


@click.command("swot", short_help="Strengths and weaknesses with their evidence.")
@click.option("--entity", metavar="DIM=VALUE", help="A team, channel or region; else the whole organisation.")
@click.option("--period", metavar="YYYY-MM", help="The month; else the last full one.")
@json_option
@click.pass_context
def command(context: click.Context, entity: str | None, period: str | None, as_json: bool) -> None:
    """Show strengths and weaknesses, each with its evidence."""
    from analytics.swot import items

    document = items(release_of(context), _entity(entity), _period(period))
    if as_json:
        print_json(document)
        return
    month = (document["period"] or "no month")[:7]
    click.echo(f"SWOT of {_name(document['entity'])}, {month} (release {document['release']})")
    for quadrant in ("strength", "weakness", "opportunity", "threat"):
        _print(quadrant, [item for item in document["items"] if item["quadrant"] == quadrant])
    for title in ("watch", "contested"):
        rows = document.get(title) or []
        if rows:
            click.echo(f"\n{title.title()}: {', '.join(str(row.get('factor', row)) for row in rows)}")
    for row in document.get("insufficient") or []:
        click.echo(f"  not enough data: {row['factor']} ({row['missing']})")
    for row in document.get("withdrawn") or []:
        click.echo(f"  withdrawn: {row['factor']} ({row['check']})")


def _entity(text: str | None) -> str | None:
    if text is not None and not re.fullmatch(r"\w+=.+", text):
        raise click.BadParameter(f"{text!r} is not of the form team=Billing.", param_hint="--entity")
    return text


def _period(text: str | None) -> str | None:
    if text is not None and not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", text):
        raise click.BadParameter(f"{text!r} is no month such as 2026-10.", param_hint="--period")
    return text


def _name(entity: dict[str, Any] | None) -> str:
    return f"{entity['dimension']} {entity['value']}" if entity and entity["value"] else "the organisation"


def _print(quadrant: str, rows: list[dict[str, Any]]) -> None:
    if not rows:
        return
    click.echo(f"\n{quadrant.title()}")
    print_table(
        [
            {
                "rank": row["rank"],
                "factor": row["factor"],
                "n": row["n"],
                "adjusted p": row["p_adjusted"],
                "evidence": str(row["sentence"]).replace("**", ""),
            }
            for row in rows
        ]
    )
