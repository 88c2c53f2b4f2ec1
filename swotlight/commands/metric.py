"""`swotlight metric`: a metric by its name."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import click

from analytics.metrics.periods import last_of_month
from swotlight.output import json_option, print_json, print_table, say
from swotlight.workspace import release_of


def _day(context: click.Context, parameter: click.Parameter, value: str | None) -> date | None:
    if value is None:
        return None
    try:
        if len(value) > 7:
            return date.fromisoformat(value)
        first = date.fromisoformat(f"{value}-01")
        return last_of_month(first) if parameter.name == "end" else first
    except ValueError:
        raise click.BadParameter(f"{value!r} is no day such as 2026-10-01.") from None


@click.command("metric", short_help="Metrics by name; without a name, the list.")
@click.argument("names", metavar="NAME…", nargs=-1)
@click.option("--by", metavar="DIM[,DIM]", multiple=True, help="Dimensions, such as channel, team, region.")
@click.option(
    "--grain",
    type=click.Choice(["15min", "30min", "60min", "day", "week", "month", "quarter", "year"]),
    help="One value per period; intervals of the day for contacts.",
)
@click.option("--where", metavar="EXPR", help="dimension = value [and …]")
@click.option("--from", "start", metavar="DAY", callback=_day, help="First local day, or a month.")
@click.option("--to", "end", metavar="DAY", callback=_day, help="Last local day, included, or a month.")
@click.option(
    "--against",
    type=click.Choice(["target", "previous", "last_year"]),
    help="Compare: with the target in force, the period before, or the same period last year.",
)
@click.option(
    "--known-on",
    metavar="DAY",
    callback=_day,
    help="Published figures as they stood on that day; without it the latest vintages.",
)
@click.option("--explain", is_flag=True, help="Add the SQL, the rollup and the definition.")
@json_option
@click.pass_context
def command(
    context: click.Context,
    names: tuple[str, ...],
    by: tuple[str, ...],
    grain: Any,
    where: str | None,
    start: date | None,
    end: date | None,
    against: Any,
    known_on: date | None,
    explain: bool,
    as_json: bool,
) -> None:
    """Ask for metrics by name; without a name, list them."""
    release = release_of(context)
    if not names:
        _list(release, as_json)
        return
    from analytics.metrics import MetricRequest, ask, compare, parse_where

    request = MetricRequest(
        metrics=names,
        by=tuple(part.strip() for one in by for part in one.split(",") if part.strip()),
        grain=grain,
        where=parse_where(where) if where else (),
        start=start,
        end=end,
        known_on=known_on,
    )
    found = compare(release, request, against) if against else ask(release, request)
    rows = [row.to_dict() for row in found]
    if explain:
        rows = _explained(release, request, rows)
    if as_json:
        print_json(rows)
    else:
        _print(rows, explain)
    if not any(row["value"] is not None for row in rows):
        from analytics.metrics import why_nothing

        for sentence in why_nothing(release, request):
            say(sentence)


def _explained(release: Any, request: Any, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each row with the SQL, the rollup and the definition of its own metric."""
    from analytics.metrics import explain

    told = {name: explain(release, replace(request, metrics=(name,))) for name in request.metrics}
    return [{**row, **told[row["metric"]]} for row in rows]


def _list(release: Any, as_json: bool) -> None:
    from analytics.metrics import catalogue

    rows = [
        {"metric": name, "unit": metric.unit, "label": metric.label}
        for name, metric in sorted(catalogue(release).items())
    ]
    if as_json:
        print_json(rows)
    else:
        print_table(rows)


def _print(rows: list[dict[str, Any]], explain: bool) -> None:
    hidden = {"sql", "rollup", "definition", "definition_hash"}
    shown = [{name: value for name, value in row.items() if name not in hidden} for row in rows]
    empty = {name for name in (shown[0] if shown else ()) if all(row.get(name) is None for row in shown)} - {"value"}
    print_table([{name: value for name, value in row.items() if name not in empty} for row in shown])
    if not rows:
        say("No data.")
    for row in {row["metric"]: row for row in rows}.values() if explain else ():
        click.echo(f"\n{row['metric']}: {row['definition']}\nfrom {row['rollup']}\n\n{row['sql']}")
