"""Efficiency in words: one sentence a finding, from the numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from analytics.metrics import MetricRow
from dashboards import formats
from dashboards.components.words import capital
from dashboards.figures.sentences import in_sentence, withheld_title
from dashboards.filters import Filters, dimension_label, shown_value
from dashboards.language import _, plural
from dashboards.queries.efficiency import COMPOUNDED, TEAM_MEASURES, Agent, CostRow, Shrinkage, Split
from dashboards.queries.measures import Measure


def conclusion(handling: Measure | None, filters: Filters) -> str:
    """How long a contact took, and against the comparison."""
    if handling is not None and handling.state == "withdrawn":
        return withheld_title(handling.metric, filters.period.label)
    if handling is None or handling.value is None:
        return _("No handling time is known for {period}.", period=filters.period.label)
    slots = {
        "value": formats.quantity(handling.value, handling.metric.unit),
        "period": filters.period.short,
        "then": filters.comparison.label,
    }
    change = handling.change
    if change is None:
        return _("A contact took {value} of work in {period}.", **slots)
    if change.is_sure is False or abs(change.difference) < 0.5:
        return _("A contact took {value} of work in {period}, as in {then}.", **slots)
    slots["size"] = str(formats.quantity(abs(change.difference), handling.metric.unit))
    if change.difference > 0:
        return _("A contact took {value} of work in {period}, {size} more than in {then}.", **slots)
    return _("A contact took {value} of work in {period}, {size} less than in {then}.", **slots)


def lede(found: dict[str, Measure], currency: str) -> str:
    """Occupancy, shrinkage, what an hour handles, what a contact costs: what there is of it."""
    said = []
    for name, words in (
        ("occupancy", _("Agents open to contacts were busy **{value}** of the time.")),
        ("shrinkage", _("**{value}** of paid time was not open to contacts.")),
        ("contacts_per_paid_hour", _("A paid hour handled **{value}** contacts.")),
        ("cost_per_contact", _("A contact cost **{value}**.")),
    ):
        measure = found.get(name)
        if measure and measure.state == "shown" and measure.value is not None:
            value = formats.quantity(measure.value, measure.metric.unit, currency=currency)
            said.append(words.format(value=value))
    return " ".join(said)


def parts_title(values: Sequence[tuple[str, float]], total: float | None) -> str:
    """Which part of the handling time is the largest."""
    if not values or not total:
        return _("Handling time over time")
    name, value = max(values, key=lambda pair: pair[1])
    return _("{part} is {share} of the handling time", part=name, share=formats.percent(value / total, 0))


def agents_title(agents: Sequence[Agent]) -> str:
    """How many differ from their peers by more than chance."""
    slower = sum(agent.verdict == "slower" for agent in agents)
    faster = sum(agent.verdict == "faster" for agent in agents)
    slots = {"slower": capital(formats.number_word(slower)), "faster": formats.number_word(faster)}
    slots["all"] = formats.count(len(agents))
    if not slower and not faster:
        return _("No agent’s handling time differs from that of peers by more than chance")
    if not slower:
        slots["faster"] = capital(slots["faster"])
        return plural(
            "{faster} of {all} agents takes less time than peers",
            "{faster} of {all} agents take less time than their peers",
            faster,
            **slots,
        )
    if not faster:
        return plural(
            "{slower} of {all} agents takes longer than peers",
            "{slower} of {all} agents take longer than their peers",
            slower,
            **slots,
        )
    return plural(
        "{slower} of {all} agents takes longer than peers, {faster} less",
        "{slower} of {all} agents take longer than their peers, {faster} less",
        slower,
        **slots,
    )


def shrinkage_title(parts: Sequence[Shrinkage]) -> str:
    """The largest part of paid time that is not open to contacts."""
    if not parts:
        return _("Where paid time goes")
    share = formats.percent(parts[0].share)
    part = part_name(parts[0].part)
    return _("Largest part of paid time off contacts: {part}, {share}", part=part[:1].lower() + part[1:], share=share)


def compounding(
    planned: Mapping[str, float], labels: Mapping[str, str], whole: Measure | None, parts: Sequence[Shrinkage]
) -> str:
    """What the parts make together, and how planning one after the other arrives there."""
    known = whole.value if whole and whole.value is not None else sum(part.share for part in parts)
    together = _("Together {share} of paid time", share=formats.percent(known))
    steps = [f"{labels[name]} {formats.percent(value)}" for name, value in planned.items() if name in labels and value]
    if COMPOUNDED not in planned or not steps:
        return together
    return _(
        "{together}. Each of the time the ones before it leave: {steps}; "
        "1\u202f−\u202fΠ(1\u202f−\u202fs)\u202f=\u202f{compound}",
        together=together,
        steps=formats.say_list(steps),
        compound=formats.percent(planned[COMPOUNDED]),
    )


def part_name(part: str) -> str:
    """A kind of paid time in words."""
    return {
        "break": _("Breaks"),
        "absence": _("Absence"),
        "holiday": _("Holidays"),
        "training": _("Training"),
        "meeting": _("Meetings"),
        "coaching": _("Coaching"),
        "project": _("Projects"),
        "system_down": _("Systems down"),
        "other": _("Other"),
    }[part]


def splits_title(splits: Sequence[Split], label: dict[str, str]) -> str:
    """A reversal where there is one, else whether the mix or the parts moved the handling time."""
    turned = next((one for one in splits if one.is_reversed), None)
    if turned:
        return _(
            "{metric} moved against every {dimension}: the mix did it",
            metric=label[turned.metric],
            dimension=dimension_label(turned.by).lower(),
        )
    if not splits:
        return _("What the mix did and what the parts did")
    first = splits[0]
    slots = {"metric": label[first.metric], "parts": parts_word(first.by)}
    if abs(first.mix) > abs(first.rate):
        return _("{metric}: the mix moved it more than the {parts} themselves", **slots)
    return _("{metric}: the {parts} themselves moved it more than the mix", **slots)


def parts_word(dimension: str) -> str:
    """The plural of a dimension inside a sentence."""
    return {"channel": _("channels"), "team": _("teams"), "topic": _("topics")}.get(dimension, _("parts"))


def costs_title(rows: Sequence[CostRow], currency: str) -> str:
    """The dearest channel and what it costs."""
    single = [row for row in rows if row.channel]
    if not single:
        return _("Cost per contact")
    dearest = single[0]
    cost = formats.quantity(dearest.row.value or 0, "currency", currency=currency)
    if len(single) == 1:
        return _("A contact by {channel} cost {value}", channel=in_sentence(dearest.channel), value=cost)
    cheapest = formats.quantity(single[-1].row.value or 0, "currency", currency=currency)
    return _(
        "{channel} is dearest at {value} a contact, {cheap} cheapest at {low}",
        channel=shown_value("channel", dearest.channel),
        value=cost,
        cheap=in_sentence(single[-1].channel),
        low=cheapest,
    )


def costs_note(rows: Sequence[CostRow], compared: str) -> str:
    """What the change is against, and why the figure of all may stand above each channel's."""
    note = _("Change against {period}", period=compared)
    single = [row.row.value or 0 for row in rows if row.channel]
    whole = [row.row.value or 0 for row in rows if not row.channel]
    if not single or not whole or whole[0] <= max(single):
        return note
    more = _("all counts also what teams and channels without contacts cost")
    return f"{note} · {more}"


def teams_note(teams: Sequence[tuple[str, Mapping[str, MetricRow]]], whole: Measure | None) -> str:
    """Why the organisation may handle less in a paid hour than each of the teams shown."""
    shown = [cells[TEAM_MEASURES[0]].value for _team, cells in teams if TEAM_MEASURES[0] in cells]
    known = [value for value in shown if value is not None]
    if whole is None or whole.value is None or not known or whole.value >= min(known):
        return ""
    return _(
        "The {value} of the whole organisation counts the paid hours of teams without contacts, too",
        value=formats.number(whole.value, 1),
    )


def teams_title(first: str, last: str, high: float, low: float) -> str:
    """The most and the least contacts for an hour that is paid."""
    return _(
        "{first} handled {high} contacts a paid hour, {last} {low}",
        first=first,
        high=formats.number(high, 1),
        last=last,
        low=formats.number(low, 1),
    )
