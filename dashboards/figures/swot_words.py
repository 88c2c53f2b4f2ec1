"""The SWOT's further tabs in words: a TOWS pair, the chain's weak link, what moved, a forecast, an objective."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from analytics.metrics import Metric
from analytics.swot.phrases import units
from analytics.swot.reasons import render_missing
from analytics.swot.tows import render_pair
from dashboards import formats
from dashboards.figures.check_names import check_name
from dashboards.figures.sentences import tidy
from dashboards.figures.swot_names import theme_name
from dashboards.figures.swot_sentences import factor_name, standing
from dashboards.filters import shown_value
from dashboards.language import _, current


def pair_sentence(pair: Mapping[str, Any]) -> str:
    """The objective that a pair of items proposes, in words."""
    slots = pair["slots"] if isinstance(pair["slots"], Mapping) else json.loads(pair["slots"])
    names = {name: factor_name(name).lower() for name in (pair["inside_factor"], pair["outside_factor"])}
    due = formats.date_long(day_of(pair["due"]))
    return render_pair(pair["kind"], {**slots, "due": due}, names, current())


def note(name: str, text: str) -> str:
    """A note of the method by its name; one that is not known keeps its English."""
    return {
        "chain": _(
            "A stage costs what satisfaction has moved with it across teams or topics; that is no proof of cause."
        ),
        "efe": _("Outside factors are judged for the organisation; an entity shares those that cannot be cut by it."),
    }.get(name, text)


def missing_words(row: Mapping[str, Any]) -> str:
    """What an item or a stage lacks, in the page's language; a release of an earlier version tells it in English."""
    key, slots = row.get("missing_key"), row.get("missing_slots")
    if not key:
        return str(row.get("missing") or "")
    told = json.loads(slots) if isinstance(slots, str) else dict(slots or {})
    return render_missing(key, told, current())


def pair_kind(kind: str) -> str:
    """What a kind of pair is for."""
    return {
        "SO": _("Strength with opportunity: seize"),
        "WO": _("Weakness with opportunity: mend to seize"),
        "ST": _("Strength against threat: use"),
        "WT": _("Weakness under threat: mend to survive"),
    }[kind]


def stage_name(stage: str) -> str:
    """A stage of the chain in words."""
    return {
        "contact": _("Contact"),
        "wait": _("Wait"),
        "first_reply": _("First reply"),
        "handling": _("Handling"),
        "resolution": _("Resolution"),
        "after_care": _("After-care"),
    }.get(stage, factor_name(stage))


def chain_sentence(stages: Sequence[Mapping[str, Any]]) -> str:
    """The weak link and what it costs, with its interval; or that none can be told."""
    weak = next((stage for stage in stages if stage.get("is_weakest")), None)
    if weak is not None:
        return _(
            "{stage} is the weak link: its shortfall in {factor} goes with **{cost} points** less satisfaction "
            "({low} to {high}).",
            stage=stage_name(weak["stage"]),
            factor=factor_name(str(weak["factor"])).lower(),
            cost=formats.number(100 * weak["cost"], 1),
            low=formats.number(100 * weak["low"], 1),
            high=formats.number(100 * weak["high"], 1),
        )
    weaknesses = [stage_name(stage["stage"]) for stage in stages if stage.get("weaknesses")]
    if weaknesses:
        return _(
            "Weak stages: {stages}. What they cost satisfaction cannot be told from chance.",
            stages=formats.say_list(weaknesses),
        )
    if all(stage.get("missing") for stage in stages):
        return _("No stage of the chain can be judged: none of their factors is measured.")
    return _("No stage of the chain is weak beyond chance.")


def stage_words(stage: Mapping[str, Any]) -> str:
    """What a stage costs, or why that cannot be told."""
    if stage.get("cost") is not None:
        return _(
            "{cost} points ({low} to {high}), over {count} entities",
            cost=formats.number(100 * stage["cost"], 1),
            low=formats.number(100 * stage["low"], 1),
            high=formats.number(100 * stage["high"], 1),
            count=formats.count(stage["entities"]),
        )
    if stage.get("missing"):
        return _("cannot be told: {missing}", missing=missing_words(stage))
    return _("no weakness, so no cost")


def move_sentence(move: Mapping[str, Any]) -> str:
    """What an item did since the judgement before, and what moved it."""
    return f"{did_sentence(move)} {cause_words(move)}".strip()


def did_sentence(move: Mapping[str, Any]) -> str:
    """What an item did since the judgement before."""
    name = factor_name(str(move["factor"]))
    now, before = (
        _place(move.get("quadrant"), move.get("rank")),
        _place(move.get("before_quadrant"), move.get("before_rank")),
    )
    if move["change"] == "entered" and move.get("before_quadrant") is None:
        return _("{factor} entered as {now}; it was not judged before.", factor=name, now=now)
    return {
        "entered": _("{factor} entered as {now}; it was {before}.", factor=name, now=now, before=before),
        "left": _("{factor} left the board; it was {before} and is {now}.", factor=name, now=now, before=before),
        "quadrant": _("{factor} went from {before} to {now}.", factor=name, now=now, before=before),
        "rank": _("{factor} went from {before} to {now}.", factor=name, now=now, before=before),
        "gone": _("{factor} is no longer judged; it was {before}.", factor=name, before=before),
    }[str(move["change"])]


def cause_words(move: Mapping[str, Any]) -> str:
    """Which of data, definition or the world moved an item."""
    gone, now, before = move["change"] == "gone", move.get("quadrant"), move.get("before_quadrant")
    match move.get("cause"):
        case "data" if now == "withdrawn":
            return _check_words(move, failed=True)
        case "definition" if before is None:
            return _("The catalogue did not have it before.")
        case "definition" if gone:
            return _("The catalogue has it no more.")
        case "definition":
            return _("The definition, target or weight was changed.")
        case "data" if before is None or before == "insufficient":
            return _("There were no data for it before, or too few.")
        case "data" if gone or now == "insufficient":
            return _("There are no data for it any more, or too few.")
        case "data" if before == "withdrawn":
            return _check_words(move, failed=False)
        case "data":
            return _("The data were corrected.")
        case "world":
            return _("What is measured has moved.")
    return ""


def _check_words(move: Mapping[str, Any], *, failed: bool) -> str:
    """The check that took an item away or gave it back; an earlier version did not keep which."""
    check = move.get("check")
    if not check:
        return _("A check failed.") if failed else _("The check that failed holds again.")
    name = check_name(str(check))
    return _("A check failed: {check}.", check=name) if failed else _("The check holds again: {check}.", check=name)


def _place(quadrant: str | None, rank: int | None) -> str:
    if quadrant is None:
        return _("nothing")
    return standing(quadrant, rank)


def told_unit(factor: str, metric: Metric | None) -> str:
    """The unit a factor's figures are told in, which may be another one than its metric's."""
    return units().get(factor) or (metric.unit if metric is not None else "index")


def forecast_sentence(forecast: Mapping[str, Any], label: str, unit: str) -> str:
    """A dated statement with its probability, beside the base rate."""
    words = (
        _("{label} above {limit} in {month}: probability **{chance}**, base rate {base}.")
        if forecast["side"] == "above"
        else _("{label} below {limit} in {month}: probability **{chance}**, base rate {base}.")
    )
    return words.format(
        label=label,
        limit=tidy(forecast["limit_value"], unit, ""),
        month=formats.month_long(day_of(forecast["due"]).replace(day=1)),
        chance=formats.percent(forecast["probability"], 0),
        base=formats.percent(forecast["base_rate"], 0),
    )


def score_sentence(score: Mapping[str, Any]) -> str:
    """How the statements whose date has come did, beside the base rate's."""
    kind = _("Forecasts") if score["kind"] == "forecast" else _("Hindcasts of the last twelve months")
    return _(
        "{kind}: {count} scored, Brier {brier} beside the base rate’s {base} (0 is perfect).",
        kind=kind,
        count=formats.count(score["n"]),
        brier=formats.number(score["brier"], 3),
        base=formats.number(score["base_brier"], 3),
    )


def objective_sentence(objective: Mapping[str, Any], label: str, unit: str, currency: str) -> str:
    """An objective: metric, whose, from, to, by when, and how far it has come."""
    dimension, entity = objective.get("entity_dimension"), objective.get("entity")
    if entity:
        label = f"{label} · {shown_value(str(dimension), entity)}"
    text = _(
        "{label} from {start} to **{goal}** by {due}.",
        label=label,
        start=str(formats.quantity(objective["goal_from"], unit, currency=currency)),
        goal=str(formats.quantity(objective["goal_to"], unit, currency=currency)),
        due=formats.date_long(day_of(objective["due"])),
    )
    return f"{text} {objective_state(objective)}"


def objective_state(objective: Mapping[str, Any]) -> str:
    """Open with its progress, closed, or dropped."""
    if objective["state"] == "closed":
        return _("Closed: its test passed.")
    if objective["state"] == "dropped":
        return _("Given up.")
    if objective.get("progress") is None:
        return _("Open; not measured yet.")
    return _("Open; {share} of the way.", share=formats.percent(min(max(objective["progress"], 0.0), 1.0), 0))


def support_sentence(row: Mapping[str, Any]) -> str:
    """How many statements of whom go with an item, and what they are about."""
    who = {
        "staff": _("Staff"),
        "employees": _("Staff"),
        "suppliers": _("Suppliers"),
        "customers": _("Customers"),
    }.get(str(row.get("audience")), str(row.get("audience") or "").capitalize())
    kind = {"idea": _("ideas"), "concern": _("concerns")}.get(str(row.get("kind")), str(row.get("kind") or ""))
    return _(
        "{who}: {count} {kind} about {theme}, named {mentions} times",
        who=who,
        count=formats.count(row.get("statements") or 0),
        kind=kind,
        theme=theme_name(row.get("theme")).lower(),
        mentions=formats.count(row.get("mentions") or 0),
    )


def day_of(value: Any) -> date:
    """A day, from a date or its text."""
    return value if isinstance(value, date) else date.fromisoformat(str(value)[:10])
