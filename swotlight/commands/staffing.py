"""`swotlight staffing`: required against available and the hiring plan; `staffing erlang`: one interval by hand."""

from __future__ import annotations

import re
from typing import Any

import click

from swotlight.groups import ListingGroup
from swotlight.output import json_option, print_json, print_table
from swotlight.workspace import release_of
from warehouse.errors import UsageError

_UNITS = {"s": 1.0, "": 1.0, "m": 60.0, "min": 60.0, "h": 3600.0}


class Seconds(click.ParamType):
    """A time such as 180s, 30m, 1.5h; a bare number is seconds."""

    name = "time"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Seconds. Wrong usage when it is no time."""
        if isinstance(value, float):
            return value
        found = re.fullmatch(r"(-?\d+(?:\.\d+)?)\s*([a-z]*)", str(value).strip())
        if found is None or found[2] not in _UNITS:
            raise UsageError(f"{value!r} is no time such as 180s, 30m or 1h.", key=param.name if param else None)
        return float(found[1]) * _UNITS[found[2]]


class Share(click.ParamType):
    """A share such as 0.8 or 80%."""

    name = "share"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """A number; whether it can be a target is judged where it is used. Wrong usage when it is none."""
        if isinstance(value, float):
            return value
        found = re.fullmatch(r"(-?\d*\.?\d+)\s*(%?)", str(value).strip())
        if found is None:
            raise UsageError(f"{value!r} is no share such as 0.8 or 80%.", key=param.name if param else None)
        return float(found[1]) / (100 if found[2] else 1)


@click.group(
    "staffing",
    short_help="Required against available, and the hiring plan.",
    cls=ListingGroup,
    invoke_without_command=True,
)
@json_option
@click.pass_context
def command(context: click.Context, as_json: bool) -> None:
    """Show what is required and available in the 26 weeks ahead, and which openings to post."""
    if context.invoked_subcommand is not None:
        return
    from analytics.staffing.document import document

    told = document(release_of(context))
    if as_json:
        print_json(told)
        return
    click.echo(told["headline"] or "There is not enough data for staffing.")
    weeks = [row for row in told["weeks"] if row["team"] is None]
    if weeks:
        print_table([_week(row) for row in weeks])
    if told["hiring_plan"]:
        click.echo("\nHiring plan")
        keys = ("wave", "team", "people", "open_by", "start_on", "productive_on", "state")
        print_table([{key.replace("_", " "): row[key] for key in keys} for row in told["hiring_plan"]])
    for row in told["insufficient"]:
        click.echo(f"  insufficient data: {row['what']} of {row['scope']}. {row['missing'] or ''}".rstrip())


def _week(row: dict[str, Any]) -> dict[str, Any]:
    level = row["service_level_p50"]
    return {
        "week": row["week"],
        "required": f"{row['required']:.1f}",
        "available": f"{row['available_p50']:.1f}",
        "gap": f"{row['gap_p50']:+.1f}".replace("-", "−"),
        "short in": f"{row['probability_short']:.0%}",
        "service level": "" if level is None else f"{level:.1%}",
    }


@command.command("erlang", short_help="Agents for one interval.")
@click.option("--calls", type=float, required=True, metavar="N", help="Contacts that arrive in the interval.")
@click.option("--interval", type=Seconds(), default="30m", show_default=True, metavar="TIME", help="Its length.")
@click.option("--aht", type=Seconds(), required=True, metavar="TIME", help="Mean handling time.")
@click.option("--service-level", type=Share(), metavar="SHARE", help="Share answered in time; 0.8 if not set.")
@click.option("--within", type=Seconds(), default="20s", show_default=True, metavar="TIME", help="What in time means.")
@click.option("--patience", type=Seconds(), metavar="TIME", help="Mean patience (Erlang A); else nobody hangs up.")
@click.option("--shrinkage", type=Share(), default=0.0, metavar="SHARE", help="Share of paid time off the line.")
@click.option("--asa", type=Seconds(), metavar="TIME", help="Longest mean wait of the answered.")
@click.option("--max-abandonment", type=Share(), metavar="SHARE", help="Largest share that may hang up.")
@click.option("--max-occupancy", type=Share(), metavar="SHARE", help="Largest share of time on contacts.")
@json_option
def erlang(
    calls: float,
    interval: float,
    aht: float,
    service_level: float | None,
    within: float,
    patience: float | None,
    shrinkage: float,
    asa: float | None,
    max_abandonment: float | None,
    max_occupancy: float | None,
    as_json: bool,
) -> None:
    """The fewest agents that reach the targets in one interval, and what they give (Erlang C, or A with a patience)."""
    from analytics.staffing.requirement import Targets, Work, agents_for

    others = any(value is not None for value in (asa, max_abandonment, max_occupancy))
    level = service_level if service_level is not None or others else 0.8
    targets = Targets(level, within, asa, max_abandonment, max_occupancy)
    told = agents_for(calls, interval, Work(aht, patience), targets, shrinkage)
    if as_json:
        print_json(told)
        return
    print_table([{"what": key.replace("_", " "), "value": value} for key, value in told.items()])
