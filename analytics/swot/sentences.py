"""One plain sentence per factor and outcome, with slots; the English text is the key gettext translates.

A sentence is never joined from pieces at run time: `templates` lists every one of them whole, for the catalogue.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any

from analytics.metrics import Metric
from analytics.swot.model import FALSE_DISCOVERY_RATE, Item
from analytics.swot.words import gap_text, month_text, value_text

Translate = Callable[[str], str]

_SUBJECTS = {
    "satisfaction": "**{value}** of the customers asked were satisfied",
    "recommendation": "The net promoter score was **{value}**",
    "effort": "Customers rated how easy it was **{value}**",
    "brand_complaints": "**{value}** of contacts and tickets were complaints",
    "complaint_speed": "**{value}** of complaints were solved inside 24 hours",
    "service_level": "**{value}** of contacts were answered in time",
    "waiting": "Customers waited **{value}** for an answer on average",
    "abandonment": "**{value}** of contacts gave up waiting",
    "first_reply": "Half of all first replies came within **{value}** of business time",
    "resolution": "**{value}** of tickets were solved within 30 days",
    "resolution_time": "Half of all tickets were solved within **{value}** of business time",
    "first_contact_resolution": "**{value}** of solved tickets needed no second request within 7 days",
    "reopening": "**{value}** of solved tickets were opened again",
    "errors": "**{value}** of quality checks found an error",
    "promises": "**{value}** of promises that fell due were kept",
    "backlog": "**{value}** tickets were open at the end",
    "automation": "**{value}** of contacts that met automation needed nobody",
    "turnover": "Staff turnover ran at **{value}** a year",
    "training": "Agents had **{value}** of training a month",
    "strain": "Agents were busy **{value}** of the time they were open to contacts",
    "employee_loyalty": "Employees' net promoter score was **{value}**",
    "knowledge_sharing": "**{value}** of handled contacts were passed on",
    "cost_per_contact": "A handled contact cost **{value}**",
    "handling_time": "A contact took **{value}** of handling time",
    "utilisation": "**{value}** of paid time was productive",
    "shrinkage": "**{value}** of paid time was not open to contacts",
    "hiring_speed": "Half of all openings were filled within **{value}**",
    "offer_acceptance": "**{value}** of decided offers were accepted",
}
_ANY = "{label} was **{value}**"
_OUTCOMES = {
    "target.above": "{subject}, {{gap}} above target.",
    "target.below": "{subject}, {{gap}} below target.",
    "target.level": "{subject}, level with the target.",
    "previous.above": "{subject}, {{gap}} above {{comparator}}.",
    "previous.below": "{subject}, {{gap}} below {{comparator}}.",
    "previous.level": "{subject}, as in {{comparator}}.",
}
CHANCE = "It could be chance."
SMALL = "It is too little to matter."
CONTESTED = "Other comparisons say the opposite."
OF_ENTITY = "{entity}: {sentence}"


@cache
def templates() -> dict[str, str]:
    """Every sentence by its key (``service_level.target.below``), whole, as translators see it."""
    subjects = {**_SUBJECTS, "any": _ANY}
    found = {
        f"{name}.{outcome}": pattern.format(subject=subject)
        for name, subject in subjects.items()
        for outcome, pattern in _OUTCOMES.items()
    }
    return {**found, "chance": CHANCE, "small": SMALL, "contested": CONTESTED, "of_entity": OF_ENTITY}


def tell(item: Item, metric: Metric, currency: str = "") -> None:
    """Give the item its sentence: the key, the slots as numbers and texts, and the English rendering."""
    evidence = item.evidence
    if evidence is None or evidence.value is None or evidence.difference is None:
        return
    gap = gap_text(evidence.difference, metric.unit)
    side = "above" if evidence.difference > 0 else "below"
    if gap == gap_text(0.0, metric.unit):
        side = "level"
    name = item.factor.factor if item.factor.factor in _SUBJECTS else "any"
    item.sentence_key = f"{name}.{evidence.comparator}.{side}"
    item.slots = {
        "label": metric.label,
        "value": evidence.value,
        "gap": abs(evidence.difference),
        "unit": metric.unit,
        "currency": currency if metric.unit == "currency" else "",
        "entity": evidence.entity[1],
        "comparator_months": evidence.window.months,
        "comparator_from": evidence.window.start.replace(year=evidence.window.start.year - 1).isoformat(),
        "tail": _tail(item),
    }
    item.sentence = render(item.sentence_key, item.slots)


def _tail(item: Item) -> str | None:
    if item.quadrant == "contested":
        return "contested"
    if item.quadrant != "watch" or item.evidence is None:
        return None
    return "chance" if (item.evidence.p_adjusted or 1.0) > FALSE_DISCOVERY_RATE else "small"


def render(key: str, slots: dict[str, Any], translate: Translate | None = None) -> str:
    """The sentence in the language of ``translate`` (gettext), numbers in English form; other forms: the page's."""
    known, said = templates(), translate or str
    texts = {
        "label": slots.get("label") or "",
        "value": value_text(slots["value"], slots["unit"], slots["currency"]),
        "gap": gap_text(slots["gap"], slots["unit"], slots["currency"]),
        "comparator": _comparator(slots),
    }
    sentence = said(known[key]).format(**texts)
    if slots.get("tail"):
        sentence = f"{sentence} {said(known[slots['tail']])}"
    if slots.get("entity"):
        sentence = said(OF_ENTITY).format(entity=slots["entity"], sentence=sentence)
    return sentence


def _comparator(slots: dict[str, Any]) -> str:
    first = date.fromisoformat(slots["comparator_from"])
    if slots["comparator_months"] == 1:
        return month_text(first)
    return f"the {slots['comparator_months']} months from {month_text(first)}"
