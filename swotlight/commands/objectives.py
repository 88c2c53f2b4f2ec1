"""`swotlight objectives`: what was resolved from the SWOT, who owns it, and how far it has come."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from swotlight.groups import ListingGroup
from swotlight.output import json_option, print_json, print_table
from swotlight.workspace import release_of, settings_of

if TYPE_CHECKING:
    from analytics.metrics import Metric
    from analytics.swot import Goal, Objectives
    from warehouse.releases import Release


@click.group(
    "objectives",
    short_help="Adopted objectives: owner, goal, due date, progress.",
    cls=ListingGroup,
    invoke_without_command=True,
)
@json_option
@click.pass_context
def command(context: click.Context, as_json: bool) -> None:
    """List, adopt, change and drop objectives. Only a refresh closes one, when its pre-stated test passes."""
    if context.invoked_subcommand is None:
        context.invoke(listing, as_json=as_json)


def _who(context: click.Context, parameter: click.Parameter, value: str | None) -> str:
    """Who changes something: as given, else the operating system's user."""
    import getpass

    return value or getpass.getuser()


_by = click.option("--by", "by", metavar="NAME", callback=_who, help="Who does it; else the user of this machine.")


@command.command("list")
@json_option
@click.pass_context
def listing(context: click.Context, as_json: bool) -> None:
    """Every objective with its progress in the current release."""
    rows = [_told(context, goal) for goal in _store(context).all()]
    if as_json:
        print_json(rows)
    elif rows:
        names = ("id", "state", "metric", "entity", "goal_from", "goal_to", "value", "progress", "due", "owner")
        print_table([{name: row[name] for name in names} for row in rows])
    else:
        click.echo(
            "No objective has been adopted yet. `swotlight swot` proposes some: `swotlight objectives adopt PAIR`."
        )


@command.command("show")
@click.argument("number", type=int)
@json_option
@click.pass_context
def show(context: click.Context, number: int, as_json: bool) -> None:
    """One objective with every change, by whom and when."""
    store = _store(context)
    document = {**_told(context, store.get(number)), "changes": store.changes(number)}
    if as_json:
        print_json(document)
        return
    for name, value in document.items():
        if name != "changes":
            click.echo(f"{name}: {value}")
    print_table(document["changes"])


@command.command("adopt")
@click.argument("pair")
@click.option("--owner", metavar="ROLE", help="Who answers for it; else the factor's owner.")
@click.option("--to", "goal_to", type=float, help="The value to reach; else the proposed one.")
@click.option("--due", metavar="DAY", help="By when; else the proposed day.")
@click.option("--actions", default="", help="What will be done.")
@_by
@json_option
@click.pass_context
def adopt(
    context: click.Context, pair: str, owner: str | None, goal_to: float | None, due: str | None, actions: str,
    by: str, as_json: bool,
) -> None:  # fmt: skip
    """Adopt the objective that a TOWS pair proposes; PAIR is its name in `swotlight swot --json`."""
    from analytics.swot.adopting import checked, from_pair

    release = release_of(context)
    told = from_pair(release, pair)
    given = {"owner": owner, "goal_to": goal_to, "due": due, "actions": actions}
    told |= {name: value for name, value in given.items() if value is not None}
    told = checked(told, _metric(release, told["metric"]), release.as_of.date())
    _say(context, _store(context).add(told, by=by, at=_now()), as_json)


@command.command("add")
@click.option("--metric", required=True, help="What is to move.")
@click.option("--entity", metavar="DIM=VALUE", help="Whose; else the organisation's.")
@click.option("--from", "goal_from", type=float, help="Where it stands; else its value in the release.")
@click.option("--to", "goal_to", type=float, required=True, help="The value to reach.")
@click.option("--due", metavar="DAY", required=True, help="By when.")
@click.option("--owner", metavar="ROLE", required=True, help="Who answers for it.")
@click.option("--actions", default="", help="What will be done.")
@_by
@json_option
@click.pass_context
def add(
    context: click.Context, metric: str, entity: str | None, goal_from: float | None, goal_to: float, due: str,
    owner: str, actions: str, by: str, as_json: bool,
) -> None:  # fmt: skip
    """Adopt an objective by hand, for a metric that a factor of the SWOT is measured by."""
    from analytics.swot.adopting import by_hand, checked

    release = release_of(context)
    dimension, _, name = (entity or "organisation").partition("=")
    told = by_hand(release, metric, dimension, name or None)
    told |= {"owner": owner, "goal_to": goal_to, "due": due, "actions": actions}
    told |= {"goal_from": goal_from} if goal_from is not None else {}
    told = checked(told, _metric(release, told["metric"]), release.as_of.date())
    _say(context, _store(context).add(told, by=by, at=_now()), as_json)


@command.command("change")
@click.argument("number", type=int)
@click.option("--owner", metavar="ROLE")
@click.option("--to", "goal_to", type=float)
@click.option("--due", metavar="DAY")
@click.option("--actions")
@click.option("--drop", is_flag=True, help="Give it up; says why with --reason.")
@click.option("--reason", help="Why it is changed.")
@_by
@json_option
@click.pass_context
def change(
    context: click.Context, number: int, owner: str | None, goal_to: float | None, due: str | None,
    actions: str | None, drop: bool, reason: str | None, by: str, as_json: bool,
) -> None:  # fmt: skip
    """Change owner, goal, due date or actions, or give an objective up; all of it is recorded."""
    given = {"owner": owner, "goal_to": goal_to, "due": due, "actions": actions}
    store, told = _store(context), {name: value for name, value in given.items() if value is not None}
    if not told and not drop:
        raise click.UsageError("Say what changes: --owner, --to, --due, --actions or --drop.")
    if told:
        from analytics.swot.adopting import changed

        release, goal = release_of(context), store.get(number)
        told = changed(told, goal, _metric(release, goal.metric), release.as_of.date())
        store.change(number, told, by=by, at=_now(), reason=reason)
    if drop:
        store.drop(number, by=by, at=_now(), reason=reason or "")
    _say(context, store.get(number), as_json)


def _store(context: click.Context) -> Objectives:
    from analytics.swot import Objectives

    return Objectives(settings_of(context).paths.objectives)


def _metric(release: Release, name: str) -> Metric | None:
    from analytics.metrics.table import catalogue

    return catalogue(release).get(name)


def _now() -> str:
    from warehouse.settings import utc_now

    return f"{utc_now():%Y-%m-%dT%H:%M:%SZ}"


def _told(context: click.Context, goal: Goal) -> dict[str, Any]:
    """The objective with its progress; null where the release has not measured it yet."""
    told: dict[str, Any] = {**asdict(goal), "due": goal.due.isoformat()}
    rows = release_of(context).rows(
        "select period, value, low, high, n, progress, is_passed, missing from swot.objectives where id = ?", [goal.id]
    )
    names = ("period", "value", "low", "high", "n", "progress", "is_passed", "missing")
    row = rows[0] if rows else {**dict.fromkeys(names), "missing": "not measured yet; the next refresh does"}
    return {**told, **{**row, "period": row["period"].isoformat() if row["period"] else None}}


def _say(context: click.Context, goal: Goal, as_json: bool) -> None:
    told = _told(context, goal)
    if as_json:
        print_json(told)
    else:
        click.echo(f"Objective {goal.id}: {goal.metric} from {goal.goal_from:g} to {goal.goal_to:g} by {goal.due}, "
                   f"{goal.owner} ({goal.state}). {goal.test}")  # fmt: skip
