"""Whether a survey asked those who work here: their answers never leave as single ones, so it must not be missed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingestion.inspection.fields import Line
from ingestion.inspection.profile import Profile
from ingestion.inspection.surveys import Item
from ingestion.inspection.words import words

# Said by nobody but staff; one is enough.
_PLAIN = re.compile(
    r"\bmy (?:direct |line |immediate )?(?:manager|supervisor|boss|team lead(?:er)?|job|workload|colleagues|career)\b"
    r"|\b(?:place|company) to work\b|\bwork(?:ing)? here\b|\bas an employer\b|\bwork[- ]life\b"
    r"|\bals arbeitgeber\b|\bmein(?:e|em|en|er)? (?:vorgesetzte\w*|führungskraft|arbeit\b|kolleg\w+|arbeitsplatz)"
    r"|quản lý (?:trực tiếp )?của tôi|cấp trên|nơi làm việc|đồng nghiệp|công việc của tôi"
    r"|我的(?:上级|主管|经理|工作|同事|团队)|直属上级|工作环境|公司(?:工作|氛围)|上司|職場|직장|상사"
    r"|\bmi (?:jefe|jefa|supervisor|trabajo|equipo)\b|\blugar (?:para|de|donde) trabaj\w+"
    r"|\bmeu (?:gestor|chefe|trabalho)\b|\b(?:mon|ma) (?:manager|responsable|chef|travail)\b|\blieu de travail\b",
    re.IGNORECASE,
)
# Said of staff, though customers may say one of them.
_LIKELY = re.compile(
    r"\bmy team\b|\bi feel\b|\bi have the (?:tools|training|information|resources)\b|\bproud\b|\brecogni[sz]ed?\b"
    r"|\bvalued\b|\bdevelop(?:ment)?\b|\bengagement\b|\bleadership\b|\bmotivat\w+|\bwellbeing\b|\bworkload\b|\bmorale\b",
    re.IGNORECASE,
)
_HEADINGS = {"tenure", "department", "employee", "seniority", "grade"}
_OF_STAFF = {"nps": "enps", "other": "employee", "csat": "employee"}
_LIKELY_ONES = 2


def asks_staff(profiles: Sequence[Profile], items: Sequence[Item]) -> bool:
    """Whether the questions are ones that only those who work here can answer."""
    names = [item.name.replace("_", " ") for item in items]
    if any(_PLAIN.search(name) for name in names):
        return True
    likely = sum(bool(_LIKELY.search(name)) for name in names)
    beside = any(_HEADINGS & set(words(p.name)) for p in profiles if p.name not in {item.name for item in items})
    return likely >= _LIKELY_ONES + (0 if beside else 1)


def of_staff(items: Sequence[Item]) -> list[Item]:
    """The questions as those of a staff survey: a recommendation is one of the employer."""
    return [replace(item, instrument=_OF_STAFF.get(item.instrument, item.instrument)) for item in items]


def staff_line() -> Line:
    """The field that says so."""
    reason = "the questions speak of one's own manager, team or work"
    return Line("audience", {"value": "employee", "type": "category"}, 0.8, reason)
