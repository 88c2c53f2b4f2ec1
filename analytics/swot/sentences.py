"""One plain sentence per factor and outcome in three languages, rendered from a key and its slots.

A page never joins pieces: `templates` lists every sentence whole, per language; `render` fills one in.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

from analytics.metrics import Metric
from analytics.swot.model import FALSE_DISCOVERY_RATE, IMPORTANCE, Evidence, Item, attribute_of, is_past
from analytics.swot.phrases import (
    ANY,
    ATTRIBUTE,
    ATTRIBUTES,
    CONTRARY,
    ENDS,
    JOINTS,
    MONTHS,
    OF_ENTITY,
    OUTCOMES,
    PEERS,
    SETTLES,
    TAILS,
    Words,
    names,
    subjects,
    units,
)
from analytics.swot.words import LANGUAGES, gap_text, month_text, value_text

_AFTER_BOLD = re.compile(r"(?<=[\u4e00-\u9fff])\*\* (?=[\u4e00-\u9fff])")
"""Between two Han signs there is no space, bold or not."""


def say(words: Words, language: str) -> str:
    """The phrase of a language; English where there is none."""
    return words[LANGUAGES.index(language)] if language in LANGUAGES else words[0]


def factor_label(factor: str, language: str = "en") -> str:
    """What a factor is called; one of the user's own goes by its id in words."""
    found = names().get(factor)
    return say(found, language) if found else factor.replace("_", " ").capitalize()


@cache
def templates(language: str = "en") -> Mapping[str, str]:
    """Every sentence by its key, with the slots {value}, {gap}, {comparator} and {label}; and the tails."""
    joint = say(JOINTS, language)
    found = {
        f"{name}.{outcome}": joint.format(subject=say(subject, language), outcome=say(words, language))
        for name, subject in {**subjects(), "any": ANY, "attribute": ATTRIBUTE}.items()
        for outcome, words in OUTCOMES.items()
    }
    return {**found, **{name: say(words, language) for name, words in TAILS.items()}}


def tell(item: Item, metric: Metric, currency: str = "") -> None:
    """Give the item its sentence: the key, the slots as numbers and texts, and the English rendering."""
    evidence = item.evidence
    if evidence is None or evidence.value is None or evidence.difference is None:
        return
    unit = units().get(item.factor.factor, metric.unit)
    side = _side(evidence, unit)
    name, labels = _subject(item), {code: metric.label_in(code) for code in LANGUAGES}
    if evidence.comparator == IMPORTANCE:
        name, labels = "attribute", _rated(metric.name)
    item.sentence_key = f"{name}.{evidence.comparator}.{side}"
    item.slots = {
        "label": labels["en"],
        "labels": labels,
        "value": float(f"{evidence.value:.10g}"),
        "unit": unit,
        "currency": currency if unit == "currency" else "",
        "entity": evidence.entity[1],
        "dimension": evidence.entity[0],
        **_compared(evidence),
        "slice": evidence.slice,
        "tail": _tail(item),
        "contrary": _contrary(item, unit),
        "until": evidence.window.end.isoformat() if evidence.window.end < item.period else None,
        "settles": evidence.window.end < item.period and not is_past([evidence], item.period),
    }
    item.sentence = render(item.sentence_key, item.slots)


def _side(evidence: Evidence, unit: str) -> str:
    difference = evidence.difference or 0.0
    if gap_text(difference, unit) == gap_text(0.0, unit):
        return "level"
    return "above" if difference > 0 else "below"


def _compared(evidence: Evidence) -> dict[str, Any]:
    """What a value is held against, and by how much it is away from it."""
    return {
        "gap": float(f"{abs(evidence.difference or 0.0):.10g}"),
        "comparator_label": evidence.comparator_label,
        "comparator_months": evidence.window.months,
        "comparator_from": _year_before(evidence.window.start).isoformat(),
    }


def _contrary(item: Item, unit: str) -> dict[str, Any] | None:
    """Of a contested item the strongest comparison that says the opposite."""
    lead = item.evidence
    if item.quadrant != "contested" or lead is None:
        return None
    against = [e for e in item.comparisons if e.verdict == ("worse" if lead.verdict == "better" else "better")]
    found = max(against, key=lambda e: (e.near_end(), e.comparator))
    return {"outcome": f"{found.comparator}.{_side(found, unit)}", **_compared(found)}


def _subject(item: Item) -> str:
    """Whose words the sentence takes: a variant that leads has its own beside the factor's."""
    factor, metric = item.factor.factor, item.factor.metric
    known = subjects()
    if metric.startswith(f"{factor}_") and metric in known:
        return metric
    return factor if factor in known else "any"


def _rated(metric: str) -> dict[str, str]:
    """What an attribute is called by whom it is rated."""
    attribute = attribute_of(metric) or metric
    words = ATTRIBUTES.get(attribute)
    return {code: say(words, code) if words else attribute.replace("_", " ") for code in LANGUAGES}


def _year_before(day: date) -> date:
    return day.replace(year=day.year - 1, day=1)


def _tail(item: Item) -> str | None:
    if item.quadrant == "contested":
        return "contested"
    if item.quadrant != "watch" or item.evidence is None:
        return None
    if (item.evidence.p_adjusted or 0.0) > FALSE_DISCOVERY_RATE:
        return "chance"
    return "neither" if item.factor.direction == "none" else "small"


def render(key: str, slots: Mapping[str, Any], language: str = "en") -> str:
    """The sentence in a language (``en``, ``zh`` or ``vi``), numbers in its form."""
    known = templates(language if language in LANGUAGES else "en")
    unit, currency = slots["unit"], slots["currency"]
    sentence = known[key].format(
        label=_label(slots, language),
        value=value_text(slots["value"], unit, currency, language),
        gap=gap_text(slots["gap"], unit, currency, language),
        comparator=_comparator(key.split(".")[1], slots, language),
    )
    if language == "zh":
        sentence = _AFTER_BOLD.sub("**", sentence)
    if slots.get("tail") == "contested" and slots.get("contrary"):
        sentence += ("" if language == "zh" else " ") + _but(slots, language)
    elif slots.get("tail"):
        sentence += ("" if language == "zh" else " ") + known[slots["tail"]]
    if slots.get("until"):
        month = month_text(date.fromisoformat(slots["until"]), language)
        sentence += ("" if language == "zh" else " ") + say(SETTLES if slots.get("settles") else ENDS, language).format(
            month=month
        )
    if slots.get("entity"):
        sentence = say(OF_ENTITY, language).format(entity=slots["entity"], sentence=sentence)
    return sentence


def _but(slots: Mapping[str, Any], language: str) -> str:
    """The comparison that says the opposite, in its own words."""
    contrary = slots["contrary"]
    outcome = say(OUTCOMES[contrary["outcome"]], language).format(
        gap=gap_text(contrary["gap"], slots["unit"], slots["currency"], language),
        comparator=_comparator(contrary["outcome"].split(".")[0], {**slots, **contrary}, language),
    )
    return say(CONTRARY, language).format(outcome=outcome)


def _label(slots: Mapping[str, Any], language: str) -> str:
    label = (slots.get("labels") or {}).get(language) or slots.get("label") or ""
    return f"{label} ({slots['slice']})" if slots.get("slice") else label


def _comparator(kind: str, slots: Mapping[str, Any], language: str) -> str:
    if kind == "peer":
        peers = PEERS.get(slots.get("dimension") or "")
        is_part = slots.get("entity") or slots.get("peers_of")
        return say(peers, language) if peers and is_part else str(slots.get("comparator_label") or "")
    if kind == "rival":
        return str(slots.get("comparator_label") or "")
    first = month_text(date.fromisoformat(slots["comparator_from"]), language)
    if slots["comparator_months"] == 1:
        return first
    return say(MONTHS, language).format(months=slots["comparator_months"], month=first)
