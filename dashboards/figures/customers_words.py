"""Codes of Customers and needs in words: classes, quarters, places, cuts, verdicts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from dashboards import formats
from dashboards.filters import dimension_label, shown_value
from dashboards.language import _


def attribute_name(name: str) -> str:
    """A dimension of service quality, or an attribute as the survey names it."""
    known = {
        "tangibles": _("Tangibles"),
        "reliability": _("Reliability"),
        "responsiveness": _("Responsiveness"),
        "assurance": _("Assurance"),
        "empathy": _("Empathy"),
        "overall": _("All together"),
    }
    return known.get(name) or group_name(name)


def need_name(need: str) -> str:
    """A need of comments that came with us, in the reader's language; a topic or a workspace's own need as it is."""
    known = {
        "A product that works": _("A product that works"),
        "Correct bill and refund": _("Correct bill and refund"),
        "Easy set-up": _("Easy set-up"),
        "Fair price": _("Fair price"),
        "On-time delivery": _("On-time delivery"),
        "Short waiting": _("Short waiting"),
        "Solved at once": _("Solved at once"),
        "To be kept informed": _("To be kept informed"),
        "To be known": _("To be known"),
        "To be treated warmly": _("To be treated warmly"),
        "To feel safe": _("To feel safe"),
    }
    return known.get(need) or str(shown_value("topic", need))


def item_name(item: str) -> str:
    """An item of SERVQUAL by its own name, without the instrument's; of one that is named after its dimension, both."""
    short = re.sub(r"^servqual[_ -]", "", item, flags=re.IGNORECASE)
    name, number = re.fullmatch(r"(.*?)[_ -]?(\d*)", short).groups()  # type: ignore[union-attr]
    known = attribute_name(name)
    return f"{known} {number}".strip() if known != group_name(name) or not number else group_name(short)


def group_name(name: str, dimension: str = "segment") -> str:
    """A group as people read it."""
    known = {
        "lowest quarter": _("Lowest quarter of spend"),
        "second quarter": _("Second quarter of spend"),
        "third quarter": _("Third quarter of spend"),
        "top quarter": _("Top quarter of spend"),
        "under 1 year": _("Under 1 year"),
        "1 to 3 years": _("1 to 3 years"),
        "3 to 5 years": _("3 to 5 years"),
        "5 years or more": _("5 years or more"),
        "female": _("Female"),
        "male": _("Male"),
        "other": _("Other"),
        "unknown": _("Not recorded"),
    }
    if name in known:
        return known[name]
    if dimension in ("channel", "topic", "team", "region"):
        return str(shown_value(dimension, name))
    words = name.replace("_", " ").replace("-", " ") if name.islower() and name[:1].isalpha() else name
    return words[:1].upper() + words[1:]


def cut_name(cut: str) -> str:
    """What customers are cut by."""
    known = {
        "age_band": _("Age"),
        "gender": _("Gender"),
        "spend_band": _("Spend"),
        "tenure_band": _("Years with us"),
        "industry": _("Industry"),
        "company_size": _("Company size"),
    }
    return known.get(cut) or dimension_label(cut)


def quarter_name(quarter: str) -> str:
    """Quarters of the importance–performance map."""
    return {
        "keep up": _("Keep it up"),
        "concentrate here": _("Concentrate here"),
        "possible overkill": _("Possible overkill"),
        "low priority": _("Low priority"),
    }[quarter]


def place_name(place: str | None) -> str:
    """Places on importance × urgency."""
    return {
        "act now": _("Act now"),
        "plan": _("Plan"),
        "help quickly": _("Help quickly"),
        "watch": _("Watch"),
    }.get(place or "", _("not placed"))


def theme_name(theme: str) -> str:
    """The four themes."""
    return {"product": _("Product"), "service": _("Service"), "price": _("Price"), "time": _("Time")}.get(theme, theme)


def kind_name(kind: str) -> str:
    """Kinds of needs."""
    return {"stated": _("Stated"), "latent": _("Latent"), "emotional": _("Emotional")}.get(kind, kind)


def kano_name(kind: str) -> str:
    """Kano's classes."""
    return {
        "attractive": _("Attractive"),
        "one-dimensional": _("The more the better"),
        "must-be": _("Must be"),
        "indifferent": _("Indifferent"),
        "reverse": _("Unwanted"),
        "questionable": _("Contradictory"),
    }[kind]


def class_name(name: str) -> str:
    """Satisfaction classes."""
    return {"satisfied": _("Satisfied"), "neutral": _("Neutral"), "dissatisfied": _("Dissatisfied")}[name]


def loyalty_name(kind: str) -> str:
    """Staying and buying again."""
    return {"retention": _("Stayed 180 days"), "repeat": _("Bought again")}[kind]


def verdict_name(verdict: str) -> str:
    """What became of a fix, or how a group answers."""
    return {
        "fell": _("Fell"),
        "rose": _("Rose"),
        "no change shown": _("No change shown"),
        "too early": _("Too early"),
        "no complaints": _("No complaints"),
        "over": _("Speaks too loud"),
        "under": _("Speaks too softly"),
        "in line": _("In line"),
    }.get(verdict, verdict)


def language_name(code: str) -> str:
    """Languages of comments."""
    return {"en": "English", "zh": "简体中文", "vi": "Tiếng Việt"}.get(code, _("Other"))


def note_words(note: str | None) -> str:
    """Why a number is not shown."""
    return {
        "small": _("hidden, n < 5"),
        "complement": _("hidden to protect a small group"),
        "vanished": _("nobody answered this time"),
        "two scales": _("asked on two scales; no mean"),
    }.get(note or "", "")


def wave_verdict(row: Mapping[str, Any]) -> str:
    """Why a wave's number is not shown, or whether it moved against the one before."""
    if row["note"]:
        return note_words(row["note"])
    if row["change"] is None or row["change_low"] is None:
        return _("no wave to compare with")
    if row["change_low"] > 0 or row["change_high"] < 0:
        return _("moved beyond chance")
    return _("could be chance")


def instrument_name(instrument: str, dimension: str | None) -> str:
    """A question by what it measures."""
    known = {
        "csat": _("Satisfaction"),
        "nps": _("Recommendation"),
        "ces": _("Ease"),
        "fcr": _("One contact was enough"),
        "servqual": _("Service quality"),
    }
    words = known.get(instrument) or group_name(instrument)
    return words if instrument != "servqual" or not dimension else f"{words}: {attribute_name(dimension)}"


def survey_name(survey: str) -> str:
    """A survey by its own name, without the marks of the system it came from."""
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", re.sub(r"^SV_", "", survey))
    return group_name(words.lower())


def wave_name(wave: str) -> str:
    """A wave as people read it: a quarter where the survey has none of its own."""
    found = re.fullmatch(r"(\d{4})-(\d{2})(-01)?", wave)
    if not found:
        return wave
    if found[3] and int(found[2]) % 3 == 1:
        return _("Q{quarter} {year}", quarter=(int(found[2]) + 2) // 3, year=found[1])
    return formats.month_long(date(int(found[1]), int(found[2]), 1))
