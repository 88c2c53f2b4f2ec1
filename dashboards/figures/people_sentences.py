"""Findings of People in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from analytics.metrics import MetricRow
from dashboards import formats
from dashboards.components.words import capital
from dashboards.figures.sentences import withheld_title
from dashboards.language import _, plural
from dashboards.queries.people import TURNOVER, Fact, Source, Stage, Waiting

# What the marts call those of whom no reason is known.
_UNSTATED = "no reason stated"


def facet_name(facet: str) -> str:
    """A facet of employees' satisfaction."""
    known = {
        "environment": _("Environment"),
        "work-content": _("Work content"),
        "pay-and-benefits": _("Pay and benefits"),
        "training": _("Training"),
        "leadership": _("Leadership"),
    }
    return known.get(facet) or capital(facet.replace("-", " ").replace("_", " "))


def source_name(source: str) -> str:
    """Where candidates come from, as the recruiting system says."""
    return _("Not recorded") if source == "unknown" else source


def _in_sentence(name: str) -> str:
    """A source inside a sentence; a name with a capital inside, such as LinkedIn, is written as it is."""
    return name if any(letter.isupper() for letter in name[1:]) else name[:1].lower() + name[1:]


def conclusion(found: dict[str, Fact], facets: Sequence[tuple[MetricRow, MetricRow | None]]) -> str:
    """Turnover against its target, and what pleases least."""
    fact = found.get(TURNOVER)
    if fact is not None and fact.row.withdrawn_by:
        return withheld_title(fact.metric, "")
    if fact is None or fact.row.value is None:
        return _("Nothing is known yet of who works here; add a source of agents.")
    least = facet_name(str(facets[0][0].dimensions["dimension"])).lower() if facets else ""
    slots = {"value": formats.percent(fact.row.value), "facet": least}
    match fact.verdict, bool(least):
        case "met", True:
            return _("Turnover of {value} a year holds its target; {facet} pleases least.", **slots)
        case "met", False:
            return _("Turnover of {value} a year holds its target.", **slots)
        case "missed", True:
            return _("Turnover of {value} a year misses its target; {facet} pleases least.", **slots)
        case "missed", False:
            return _("Turnover of {value} a year misses its target.", **slots)
        case "undecided", True:
            return _("Turnover of {value} a year may or may not hold its target; {facet} pleases least.", **slots)
    return _("{value} of the people left within a year.", **slots)


def lede(found: dict[str, Fact], waits: Sequence[Waiting], pay: Sequence[dict[str, Any]]) -> str:
    """How many are here, how long filling takes, where pay falls short."""
    said = []
    heads = found.get("headcount")
    if heads and heads.row.value is not None:
        said.append(_("**{count}** people work here.", count=formats.count(heads.row.value)))
    fill = next((one for one in waits if one.kind == "fill"), None)
    median = fill.curve.quantile(0.5)[0] if fill else None
    if median is not None:
        said.append(_("Half of the openings are filled after **{days} days**.", days=formats.count(median)))
    below = [row for row in pay if row["standing"] == "below"]
    if below:
        first = below[0]
        said.append(
            _(
                "In {city} our pay lies **{gap}** under the market’s median for {role}.",
                city=first["city"],
                gap=formats.percent(-first["gap"]),
                role=role_name(first),
            )
        )
    return " ".join(said)


def role_name(row: dict[str, Any]) -> str:
    """A role by level and tier, in words."""
    levels = {
        "agent": _("agents"),
        "supervisor": _("supervisors"),
        "manager": _("managers"),
        "senior_manager": _("senior managers"),
    }
    tiers = {"technical": _("technical"), "management": _("management"), "skill": ""}
    level = levels.get(row["level"], _("all levels") if row["level"] == "unknown" else str(row["level"]))
    tier = tiers.get(row["tier"], "")
    kind = _("sales") if row["role_type"] == "outbound_sales" else ""
    return " ".join(word for word in (tier, kind, level) if word)


def turnover_title(fact: Fact | None) -> str:
    """A year's turnover beside its target."""
    if fact is None or fact.row.value is None:
        return _("Turnover of twelve months")
    value = formats.percent(fact.row.value)
    if fact.target is None:
        return _("**{value}** left within twelve months", value=value)
    if fact.verdict == "undecided":
        goal = formats.percent(fact.target.value, 0)
        return _(
            "**{value}** left within twelve months; the interval holds the target of {goal}", value=value, goal=goal
        )
    gap = formats.points(abs(fact.row.value - fact.target.value), sign=False)
    if fact.row.value < fact.target.value:
        return _("**{value}** left within twelve months, {gap} inside the target", value=value, gap=gap)
    return _("**{value}** left within twelve months, {gap} over the target", value=value, gap=gap)


def funnel_title(stages: Sequence[Stage]) -> str:
    """From the first stage to the last."""
    first, last = stages[0], stages[-1]
    still = sum(one.row.pending or 0 for one in stages)
    return plural(
        "Of **{all}** applications {offers} reached the last stage, {n} is under way",
        "Of **{all}** applications {offers} reached the last stage, {n} are under way",
        round(still),
        all=formats.count(first.entered),
        offers=formats.count(last.entered),
        n=formats.count(still),
    )


def wait_name(kind: str) -> str:
    """What is waited for."""
    return {
        "fill": _("Opened to accepted"),
        "hire": _("Applied to accepted"),
        "start": _("Opened to first day"),
        "stay": _("Hired to left"),
    }[kind]


def wait_brief(kind: str) -> str:
    """The same beside its curve."""
    return {"fill": _("to fill"), "hire": _("to hire"), "start": _("to start"), "stay": _("to leave")}[kind]


def waits_title(waits: Sequence[Waiting]) -> str:
    """The median of the first curve, of filling an opening where that is known; those who still wait are counted."""
    value, low, high = waits[0].curve.quantile(0.5)
    kind = waits[0].kind
    if value is None:
        return {
            "fill": _("Fewer than half of the openings are filled yet"),
            "hire": _("Fewer than half of the applications came to a hire yet"),
            "start": _("Fewer than half of the openings had a first day yet"),
        }[kind]
    days = formats.count(value)
    said = {
        "fill": _("Half of the openings were filled after **{days} days**", days=days),
        "hire": _("Half of those hired had accepted **{days} days** after applying", days=days),
        "start": _("Half of the first days came **{days} days** after the opening", days=days),
    }[kind]
    return said if low is None or high is None else f"{said} ({formats.span(formats.count(low), formats.count(high))})"


def source_title(sources: Sequence[Source]) -> str:
    """The source with the most applications."""
    first = sources[0]
    total = sum(one.applications or 0 for one in sources)
    if not first.applications or not total:
        return _("Where people come from, and who stays")
    share = formats.percent(first.applications / total, 0)
    return _("**{share}** of the applications came by {name}", share=share, name=_in_sentence(source_name(first.name)))


def pay_title(rows: Sequence[dict[str, Any]]) -> str:
    """In how many places our pay is under the market's middle half."""
    judged = [row for row in rows if row["gap"] is not None]
    if not judged:
        return _("No posting of the market stands beside ours")
    below = sum(row["standing"] == "below" for row in judged)
    return plural(
        "Our pay is under the market’s middle half in **{n}** of {all} roles",
        "Our pay is under the market’s middle half in **{n}** of {all} roles",
        below,
        n=formats.count(below),
        all=formats.count(len(judged)),
    )


def facet_title(facets: Sequence[tuple[MetricRow, MetricRow | None]]) -> str:
    """The facet that pleases least."""
    row = facets[0][0]
    name = facet_name(str(row.dimensions["dimension"]))
    return _(
        "{name} satisfies **{value}** of the staff, least of all", name=name, value=formats.percent(row.value or 0)
    )


def reasons_title(rows: Sequence[dict[str, Any]]) -> str:
    """The reason most often stated."""
    named = [row for row in rows if row["reasons"] == 1 and row["reason"] != _UNSTATED]
    if not named:
        return _("Reasons for leaving, none stated by five people")
    first = max(named, key=lambda row: row["leavers"])
    return _(
        "**{n}** of {all} leavers said: {reason}",
        n=formats.count(first["leavers"]),
        all=formats.count(first["leavers_in_all"]),
        reason=first["reason"],
    )


def training_title(rows: Sequence[dict[str, Any]]) -> str:
    """Errors of those with little and with much training."""
    if len(rows) < 2 or rows[0]["error_rate"] is None or rows[-1]["error_rate"] is None:
        return _("Training and how people do")
    return _(
        "Errors: **{little}** with little training, **{much}** with much",
        little=formats.percent(rows[0]["error_rate"]),
        much=formats.percent(rows[-1]["error_rate"]),
    )


def plan_words(row: dict[str, Any] | None) -> str:
    """Whether improvement plans worked, as far as anybody can tell."""
    if row is None:
        return _("No improvement plan of five people or more is old enough to be judged.")
    effect, half = row["effect"], 1.96 * (row["effect_error"] or 0)
    slots = {
        "plans": formats.count(row["plans"]),
        "change": formats.points(effect, like=0.005),
        "span": formats.span(formats.signed((effect - half) * 100, 2), formats.signed((effect + half) * 100, 2)),
    }
    if effect + half < 0:
        return _("**{plans}** improvement plans lowered errors by {change} more than elsewhere ({span}).", **slots)
    if effect - half > 0:
        return _("Errors rose by {change} more under **{plans}** improvement plans than elsewhere ({span}).", **slots)
    return _(
        "**{plans}** improvement plans: errors moved {change} beside everybody else ({span}); could be chance.", **slots
    )


def roles_title(rows: Sequence[dict[str, Any]]) -> str:
    """The role the market seeks most."""
    market = [row for row in rows if not row["is_own"]]
    first = market[0] if market else rows[0]
    share = formats.percent(first["share"], 0)
    if market:
        return _("The market seeks most: {role}, **{share}** of openings", role=first["role"], share=share)
    return _("We seek most: {role}, **{share}** of openings", role=first["role"], share=share)
