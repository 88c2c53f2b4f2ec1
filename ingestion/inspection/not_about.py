"""What a heading is not about, whatever the rest of it says, and the headings of promises.

What belongs here: words that keep a column from another one. What headings do mean stands in `lexicon.yml`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from ingestion.inspection.profile import Profile

_SPOKEN = {"talk", "conversation", "handle", "acd", "interaction"}
# An answer about a request is no reply to it and no end of it.
_RATED = {"survey", "csat", "nps", "satisfaction", "rating", "rated", "feedback"}
_AHEAD = {"due", "deadline", "target", "planned", "expected"}
# Headings of what is meant to happen, which is no day on which it did.
_PLANNED = re.compile(
    r"(?i)\b(?:target|planned|expected|projected|estimated|geplant\w*|soll|prévue?s?|previst[oa]s?|planejad[oa]|"
    r"planificad[oa]|dự kiến)\b|予定|计划|計劃|预计|예정"
)
_FACTS = {
    "filled_on", "hired_on", "left_on", "accepted_on", "started_on", "completed_on", "decided_on", "solved_at",
    "closed_at", "first_replied_at", "first_solved_at",
}  # fmt: skip
_OLD = {"old", "previous", "prior", "former", "before", "original"}
MEASURED = {"average", "time", "second", "minute", "rate", "percent", "speed"}
# A name with one of these words is about something else than the column, whatever the rest of it says.
_ABOUT_ELSE = {
    "created_at": {
        "fulfilled",
        "achieved",
        "breached",
        "promise",
        "purchase",
        "birth",
        "hire",
        "due",
        "deadline",
        "warranty",
        "expiry",
        "expiration",
    },
    "hired_on": {"evaluation", "review", "course", "training", "session", "interview", "absence", "shift", "contract"},
    "left_on": {"evaluation", "review", "course", "training", "session", "interview", "absence", "shift", "contract"},
    **{
        end: _AHEAD | _RATED | {"arrival", "window", "appointment", "scheduled", "slot"}
        for end in ("solved_at", "closed_at")
    },
    "customer_id": {"related", "linked", "parent"},
    "openings": {"day", "date", "time"},
    "public_replies": {"customer", "offered", "sla", "promise", "time", "minute", "hour", "second", "date"},
    "topic": {
        "rating",
        "score",
        "satisfaction",
        "star",
        "status",
        "state",
        "disconnect",
        "termination",
        "hangup",
        "rejection",
        "leaving",
        "missed",
        "resolution",
    },
    "priority": {"tag", "label"},
    "first_replied_at": _AHEAD | _RATED,
    "to_value": _OLD,
    "from_value": {"new", "after"},
    "first_solved_at": _AHEAD | _RATED,
    "posted_on": {"target", "start", "due"},
    "opened_on": {"filled", "target", "closed", "due"},
    "reported_sla_state": {"first"},
    "outcome": {"time", "second", "minute", "date"},
    **dict.fromkeys(("offered", "answered", "abandoned", "handled", "transferred"), MEASURED),
    "agent_id": {"trainer", "interviewer", "evaluator", "reviewer", "manager", "supervisor", "description"},
}

# In one table a name with such a word is another column of it.
_NOT_CALLED = {
    ("customers", "customer_id"): {"phone", "email"},
    ("contacts", "channel"): {"campaign", "skill"},
    ("agent_time", "channel"): {"team", "group", "department"},
    ("survey_responses", "response_id"): {"ticket"},
    ("customers", "name"): {"assignee", "manager"},
    ("customers", "organisation"): {"assignee", "manager", "time", "label"},
    ("tickets", "created_at"): {"modified", "closed", "resolved"},
    ("tickets", "agent_id"): {"author"},
}
# The highest number that a part of a date has; a year is a wave of a survey, and no number of it.
_PARTS = {"day": 366, "month": 12, "quarter": 4, "hour": 24, "week": 53, "minute": 59}
_NEVER_A_PART = (
    "survey_id",
    "wave",
    "response_id",
    "respondent_id",
    "ticket_id",
    "contact_id",
    "customer_id",
    "agent_id",
)
# How long something took is no number of it.
_NUMBERS_OF = ("ticket_id", "contact_id", "response_id", "event_id", "customer_id", "agent_id")
_LASTING, _NUMBERED = {"time", "second", "minute", "hour"}, {"id", "number", "key", "code", "reference"}
_SISTERS = 3
_HARDLY = 0.5
_OF_A_PROMISE = {
    "promise",
    "time",
    "ontime",
    "timely",
    "target",
    "due",
    "overdue",
    "late",
    "breached",
    "deadline",
    "exceeded",
}
_PROMISED = re.compile(
    r"(?i)\b(?:sla|slm|service targets?|breach\w*|violat\w*|overdue|on[ -]time|within time|past due)\b"
)


def is_kept_from(profile: Profile, name: AbstractSet[str], table: str, column: str) -> bool:
    """Whether a name with these words cannot be that column."""
    if column in _FACTS and is_planned(profile.name):
        return True
    if column in _NEVER_A_PART and _is_part_of_a_date(profile, name):
        return True
    if column in _NUMBERS_OF and name & _LASTING and not name & _NUMBERED:
        return True
    if column == "reported_sla_state" and not name & _OF_A_PROMISE and not speaks_of_promises(profile):
        return True
    if column == "answered_in_threshold" and name == {"answered", "time"} and "in" not in profile.name:
        return True
    if (table, column) == ("agent_time", "state") and profile.null_share > _HARDLY:
        # A note on some days is no word on what a day was spent on.
        return True
    if column == "answered_in_threshold" and {"level", "target"} <= name:
        return True
    if (table, column) == ("interval_stats", "talk_seconds") and "agent" in name and not name & _SPOKEN:
        # The time that people are there is no time of talking.
        return True
    if (table, column) == ("tickets", "topic") and profile.is_numeric and profile.distinct == 1:
        # A column of ones counts the rows of a report.
        return True
    return bool(name & _ABOUT_ELSE.get(column, set())) or bool(name & _NOT_CALLED.get((table, column), set()))


def _is_part_of_a_date(profile: Profile, name: AbstractSet[str]) -> bool:
    """``Survey day`` of 1 to 31 and ``Quarter`` of 1 to 4 are no numbers of anything."""
    top = max((most for part, most in _PARTS.items() if part in name), default=None)
    numbers = profile.numbers if profile.is_whole else []
    return top is not None and bool(numbers) and numbers[0] >= 0 and numbers[-1] <= top


def is_about_else(name: AbstractSet[str], column: str) -> bool:
    """Whether the words are of something else than the column."""
    return bool(name & _ABOUT_ELSE.get(column, set()))


def is_planned(heading: str) -> bool:
    """Whether a heading is of what is meant to happen."""
    return bool(_PLANNED.search(heading))


def is_of_before(name: AbstractSet[str]) -> bool:
    """Whether a heading is of what was before a change."""
    return bool(name & _OLD)


def speaks_of_promises(profile: Profile) -> bool:
    """``Within SLA`` and ``SLA violated``: values that can only be said of a promise."""
    return profile.distinct <= 6 and profile.share("promises", lambda value: bool(_PROMISED.search(value))) > 0.9


def numbered_sisters(profiles: Sequence[Profile]) -> set[str]:
    """``answer1`` to ``answer25``: none of them alone counts all answers."""
    stems: dict[str, list[str]] = {}
    for profile in profiles:
        stems.setdefault(re.sub(r"\d+$", "", profile.name), []).append(profile.name)
    return {name for names in stems.values() if len(names) >= _SISTERS for name in names}
