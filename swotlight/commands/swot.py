"""`swotlight swot`: the SWOT items with their evidence; two entities, two months or two releases side by side."""

from __future__ import annotations

import re
from typing import Any

import click

from swotlight.output import json_option, print_json, print_table
from swotlight.workspace import release_of, settings_of

SHOWN = 5
"""Items a quadrant prints, and pairs of a kind; the rest on request."""
KINDS = {
    "WT": "Weaknesses under threat (WT)",
    "WO": "Weaknesses that keep from an opportunity (WO)",
    "ST": "Strengths against threats (ST)",
    "SO": "Strengths for opportunities (SO)",
}


@click.command("swot", short_help="Strengths, weaknesses, opportunities and threats with their evidence.")
@click.option("--entity", metavar="DIM=VALUE", help="A team, channel, region, segment or topic; else the organisation.")
@click.option("--beside", metavar="DIM=VALUE", help="A second entity, shown beside the first.")
@click.option("--period", metavar="YYYY-MM", help="The month, back to the first data; else the last full one.")
@click.option("--against", metavar="YYYY-MM|RELEASE", help="What moved since another month, or since another release.")
@json_option
@click.pass_context
def command(
    context: click.Context,
    entity: str | None,
    beside: str | None,
    period: str | None,
    against: str | None,
    as_json: bool,
) -> None:
    """Show strengths, weaknesses, opportunities and threats, each with its evidence."""
    from analytics.swot.asking import items_of

    release = release_of(context)
    document = items_of(release, _entity(entity), _period(period))
    if beside is not None:
        document["beside"] = items_of(release, _entity(beside, "--beside"), _period(period))
    if against is not None:
        document["moved"] = _moved(context, release, document, against)
    if as_json:
        print_json(document)
        return
    _print_document(document)
    if beside is not None:
        click.echo()
        _print_document(document["beside"])


def _moved(context: click.Context, release: Any, document: dict[str, Any], against: str) -> list[dict[str, Any]]:
    from analytics.swot.moving import between_months, between_releases, of_entity, other_period
    from warehouse.releases import Release, show

    whose = document["entity"]["dimension"], document["entity"]["value"]
    if re.fullmatch(r"\d{4}-\d{2}", against):
        month = other_period(release, against)
        return of_entity(between_months(release, release.as_of, document["period"], month), whose)
    earlier = Release(show(settings_of(context), against))
    try:
        return of_entity(between_releases(release, earlier), whose)
    finally:
        earlier.close()


def _print_missing(rows: list[dict[str, Any]]) -> None:
    """Factors that cannot be told, those that lack the same on one line."""
    gathered: dict[str, list[str]] = {}
    for row in rows:
        gathered.setdefault(row["missing"], []).append(row["factor"])
    for missing, factors in sorted(gathered.items(), key=lambda pair: len(pair[1])):
        click.echo(f"  not enough data: {', '.join(factors)} ({missing})")


def _print_document(document: dict[str, Any]) -> None:
    month = (document["period"] or "no month")[:7]
    click.echo(f"SWOT of {_name(document['entity'])}, {month} (release {document['release']})")
    for quadrant in ("strength", "weakness", "opportunity", "threat"):
        _print(quadrant, [item for item in document["items"] if item["quadrant"] == quadrant])
    _print("contested", document.get("contested") or [])
    if document.get("watch"):
        click.echo(f"\nWatch: {', '.join(str(row['factor']) for row in document['watch'])}")
    _print_missing(document["insufficient"])
    for row in document["withdrawn"]:
        was = f"; was {row['was']['quadrant']} {row['was']['rank'] or ''}".rstrip() if row["was"] else ""
        click.echo(f"  withdrawn: {row['factor']} ({row['check']}{was})")
    weak = next((stage for stage in document["chain"] if stage["is_weakest"]), None)
    if weak:
        click.echo(
            f"\nWeak link: {weak['stage']} ({weak['factor']}) goes with {100 * weak['cost']:.1f} points of "
            f"satisfaction ({100 * weak['low']:.1f} to {100 * weak['high']:.1f})."
        )
    _print_pairs(document["tows"])
    for row in document["moved"]:
        click.echo(f"moved: {row['factor']} {_change(row)}, {row['cause']}{_checked(row)}")


def _print_pairs(tows: list[dict[str, Any]]) -> None:
    """What each kind of pair proposes, in words, with the name it is adopted by: what is to be mended comes first."""
    from analytics.swot.sentences import factor_label
    from analytics.swot.tows import render_pair

    for kind in ("WT", "WO", "ST", "SO"):
        pairs = [pair for pair in tows if pair["kind"] == kind]
        if pairs:
            click.echo(f"\n{KINDS[kind]}")
        for pair in pairs[:SHOWN]:
            names = {f: factor_label(f).lower() for f in (pair["inside_factor"], pair["outside_factor"])}
            click.echo(f"  {render_pair(kind, pair['slots'], names)} ({pair['pair']})")
        if len(pairs) > SHOWN:
            click.echo(f"  and {len(pairs) - SHOWN} more: --json")


def _change(row: dict[str, Any]) -> str:
    """What changed, from what to what; nothing where it was not judged."""
    if row["change"] == "rank":
        return f"rank {row['before_rank']} → {row['rank']} ({row['quadrant']})"
    return f"{row['change']} ({row['before_quadrant'] or 'not judged'} → {row['quadrant'] or 'not judged'})"


def _checked(row: dict[str, Any]) -> str:
    """The check behind a withdrawal or a return."""
    if not row.get("check"):
        return ""
    return f" (check {row['check']} {'failed' if row['quadrant'] == 'withdrawn' else 'holds again'})"


def _entity(text: str | None, option: str = "--entity") -> str | None:
    if text is not None and not re.fullmatch(r"\w+=.+", text):
        raise click.BadParameter(f"{text!r} is not of the form team=Billing.", param_hint=option)
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
            for row in rows[:SHOWN]
        ]
    )
    if len(rows) > SHOWN:
        click.echo(f"and {len(rows) - SHOWN} more: --json")
