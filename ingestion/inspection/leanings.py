"""What besides the columns that fit speaks for one table or against it: headings in pairs, questions, votes, addresses.

What belongs here: signs that tell two kinds apart which have most of their headings in common.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from ingestion.inspection.profile import Profile
from ingestion.inspection.questions import is_question, on_told_scale
from ingestion.inspection.spellings import value_list
from ingestion.inspection.words import plain, words

_BEFORE, _AFTER = {"old", "previous", "before", "from"}, {"new", "after", "to", "current"}
_CHANGED = ({"value"}, {"string"}, {"status"}, {"state"}, set[str]())
_VOTES = {"vote", "voter", "upvote", "supporter", "endorsement", "mention"}
_RATED, _SAID = {"rated", "score", "rating", "satisfaction", "star"}, {"comment", "feedback", "verbatim", "review"}
_OF_A_REQUEST = {"status", "state", "priority", "subject", "created", "opened", "channel", "due", "description"}
_EMPLOYED = {"hire", "hired", "employee", "termination", "payroll", "seniority", "fte"}
_LASTING = {"wait_seconds", "talk_seconds", "hold_seconds", "wrap_seconds", "answered_at", "ended_at"}
_ANSWERS = {"answered", "answer", "score", "rating", "comment"}
_MOMENTS = ("instant", "date")
_SENT = {"sent", "invited", "emailed", "mailed", "delivered", "distributed", "dispatched"}
_BACK = {"responded", "response", "answered", "completed", "submitted", "replied"}
_WRITTEN_OF = {"priority", "subject", "ticket", "description"}
_OF_APPLYING = {
    "candidate", "application", "applied", "applicant", "job", "interview", "offer", "hire", "hired", "recruiter",
    "requisition", "position", "stage", "resume", "cv", "posting", "vacancy", "role", "hiring", "recruitment",
    "screening",
}  # fmt: skip
_SETTLED = {"resolved", "solved"}
_MISSED, _WHEN = {"abandoned", "wait", "queue"}, {"time", "date", "at", "on"}
_NEVER_SETTLED = {"customers", "job_postings", "survey_invitations", "market_indicators"}
_REPEATED = 0.7
_FEWEST_STATES, _MOST_STATES = 3, 40


def leaning(table: str, profiles: list[Profile], have: AbstractSet[str], key: Profile | None) -> float:
    """How much to add to a table's score; ``have`` are the contract's columns found, ``key`` the file's column of its
    first key."""
    told = _LEANINGS.get(table)
    may_be_other = table in _NEVER_SETTLED or (table == "survey_responses" and "value" not in have)
    is_other = may_be_other and _are_settled(profiles)
    return (told(profiles, have, key) if told else 0.0) - 0.4 * is_other


def _tickets(profiles: list[Profile], have: AbstractSet[str], key: Profile | None) -> float:
    against = _asked(profiles) + 0.4 * (_is_one_rating(profiles) or _are_sent_and_answered(profiles))
    return -0.4 * _has_changes(profiles) - 0.3 * _has_votes(profiles) - 0.3 * _are_people(profiles) - against


def _ticket_events(profiles: list[Profile], have: AbstractSet[str], key: Profile | None) -> float:
    return 0.3 if _has_changes(profiles) else 0.0


def _contacts(profiles: list[Profile], have: AbstractSet[str], key: Profile | None) -> float:
    """A contact lasts; one that nothing says of how long is hardly one."""
    lasts = not have.isdisjoint(_LASTING)
    begun_and_ended = 0.35 * _begin_and_end(profiles)
    return (0.0 if lasts else -0.25) - 0.3 * _are_people(profiles) - _asked(profiles) + begun_and_ended


def _survey_responses(profiles: list[Profile], have: AbstractSet[str], key: Profile | None) -> float:
    answered = _are_sent_and_answered(profiles) and not _names_the_asking(profiles)
    # Answers of which nothing says when, among the moments of something else, are a part of that.
    moments = sum(profile.kind == "instant" for profile in profiles)
    is_part = moments >= 2 and "responded_at" not in have
    return (
        _asked(profiles) + 0.35 * (_is_one_rating(profiles) or answered) - 0.35 * (_begin_and_end(profiles) or is_part)
    )


def _survey_invitations(profiles: list[Profile], have: AbstractSet[str], key: Profile | None) -> float:
    given = [p for p in profiles if _ANSWERS & set(words(p.name)) and p.numbers and p.numbers[-1] <= 10]
    return -0.35 if given else 0.0


def _statements(profiles: list[Profile], have: AbstractSet[str], key: Profile | None) -> float:
    return 0.35 if _has_votes(profiles) else 0.0


def _customers(profiles: list[Profile], have: AbstractSet[str], key: Profile | None) -> float:
    employed = sum(bool(_EMPLOYED & set(words(profile.name))) for profile in profiles)
    people = 0.2 if _are_people(profiles) else 0.0
    return people - 0.4 * (employed >= 2 or _are_sent_and_answered(profiles))


def _applications(profiles: list[Profile], have: AbstractSet[str], key: Profile | None) -> float:
    repeats = key is not None and key.filled > 20 and key.distinct_share < _REPEATED
    said = {word for profile in profiles for word in words(profile.name)}
    # A name, an address and a state are in many lists; nothing here speaks of work that is sought.
    is_other = not said & _OF_APPLYING
    return (-0.4 if repeats and "application_id" in have else 0.0) - 0.4 * is_other


def _application_stages(profiles: list[Profile], have: AbstractSet[str], key: Profile | None) -> float:
    repeats = key is not None and key.filled > 20 and key.distinct_share < _REPEATED
    return 0.2 if repeats and {"stage", "entered_at"} <= have else -0.3


def _lists_of_people(profiles: list[Profile], have: AbstractSet[str], key: Profile | None) -> float:
    """Who somebody is, or what they learnt, takes no three times of the day."""
    if _has_states(profiles):
        # Of several things that people do in a day, learning is one.
        return -0.5
    times = sum(profile.kind == "duration" for profile in profiles)
    repeats = key is not None and key.filled > 50 and key.distinct_share < 0.3 and "hired_on" not in have
    return -0.35 if times >= 3 or (times and repeats) else 0.0


def _agent_time(profiles: list[Profile], have: AbstractSet[str], key: Profile | None) -> float:
    return 0.2 if _has_states(profiles) else 0.0


def _has_states(profiles: list[Profile]) -> bool:
    """A column of words of which nearly all are states of people at work, three or more of them."""
    told = value_list("agent_time", "state")
    few = [profile for profile in profiles if profile.kind == "category" and profile.distinct <= _MOST_STATES]
    for profile in few:
        known = [ours for value in profile.counts if (ours := told.get(plain(value)))]
        if len(set(known)) >= _FEWEST_STATES and len(known) >= 0.8 * profile.distinct:
            return {"break", "handling"} <= set(known) or {"break", "available"} <= set(known)
    return False


def _has_changes(profiles: list[Profile]) -> bool:
    """``Old value`` beside ``New value``."""
    said = [set(words(profile.name)) for profile in profiles]
    return any(
        any(name - _BEFORE == of and name & _BEFORE for name in said)
        and any(name - _AFTER == of and name & _AFTER for name in said)
        for of in _CHANGED
    )


def _is_one_rating(profiles: list[Profile]) -> bool:
    """A score, what was said to it, and nothing of the request it is about but its number."""
    said = [set(words(profile.name)) for profile in profiles]
    return (
        any(_RATED & name for name in said)
        and any(_SAID & name for name in said)
        and not any(_OF_A_REQUEST & name for name in said)
    )


def _are_sent_and_answered(profiles: list[Profile]) -> bool:
    """When somebody was asked, when he answered, and a score: nothing of a request."""
    said = [(profile.kind in _MOMENTS, set(words(profile.name))) for profile in profiles]
    has_both = all(any(is_moment and told & name for is_moment, name in said) for told in (_SENT, _BACK))
    return has_both and any(_RATED & name for _, name in said) and not any(_WRITTEN_OF & name for _, name in said)


def _are_settled(profiles: list[Profile]) -> bool:
    """When each was resolved: requests, whoever made them."""
    return any(profile.kind in _MOMENTS and _SETTLED & set(words(profile.name)) for profile in profiles)


def _begin_and_end(profiles: list[Profile]) -> bool:
    """``Chat start`` and ``Chat end``: what has both is a contact, whatever was said of it afterwards."""
    said = [set(words(profile.name)) for profile in profiles if profile.kind == "instant"]
    # Where somebody may wait or give up, the bare words are the contact's.
    is_told = any(_MISSED & set(words(profile.name)) for profile in profiles)
    return all(
        any({"contact", end} <= name or (is_told and name - _WHEN == {end}) for name in said)
        for end in ("start", "end")
    )


def _names_the_asking(profiles: list[Profile]) -> bool:
    """Rows that are invitations by their own word."""
    return any("invitation" in words(profile.name) for profile in profiles)


def _has_votes(profiles: list[Profile]) -> bool:
    return any(_VOTES & set(words(profile.name)) and profile.kind == "integer" for profile in profiles)


def _are_people(profiles: list[Profile]) -> bool:
    """A row a person or a firm: an address of its own, a telephone or a name beside it, and nothing that is asked."""
    has_email = any(p.kind == "email" and p.distinct_share > 0.95 and p.null_share < 0.5 for p in profiles)
    said = [set(words(profile.name)) for profile in profiles]
    named = sum({"first", "name"} <= name or {"last", "name"} <= name or "phone" in name for name in said)
    asked = {"subject", "priority", "severity", "ticket"}
    return has_email and named >= 1 and not any(asked & name for name in said)


def _asked(profiles: list[Profile]) -> float:
    """Whole questions that are answered on a scale."""
    asked = sum(is_question(profile.name) and _is_on_a_scale(profile) for profile in profiles)
    return min(0.45, 0.3 * asked)


def _is_on_a_scale(profile: Profile) -> bool:
    if profile.likert or on_told_scale(profile):
        return True
    numbers = profile.numbers
    return profile.is_whole and bool(numbers) and numbers[0] >= 0 and 4 <= numbers[-1] <= 10


_LEANINGS = {
    "tickets": _tickets, "ticket_events": _ticket_events, "contacts": _contacts, "statements": _statements,
    "survey_responses": _survey_responses, "survey_invitations": _survey_invitations, "customers": _customers,
    "agent_time": _agent_time, "agents": _lists_of_people, "training": _lists_of_people,
    "applications": _applications, "application_stages": _application_stages,
}  # fmt: skip
