"""Whether a column's values can be what a contract's column wants. How the two are paired is said in `pairing`."""

from __future__ import annotations

import re

from ingestion.contracts import Column, load_contracts
from ingestion.inspection.profile import Profile
from ingestion.inspection.spellings import STILL_THERE, known_values, value_list
from ingestion.inspection.words import lexicon, plain, words

MOMENTS = {"instant", "date", "month"}
_NUMERIC = {"integer", "number"}
_NO_WORDS = {"long_text", "duration", "time", "number", "money", "percent", *MOMENTS}
_SPOKEN = {"reported_sla_state", "kind", "audience"}
_PHONE = re.compile(r"\+\d[\d ()/.-]{6,}$|\(\d{2,4}\)[\d -]{6,}$")
_NUMBERED = {"id", "number", "code", "key", "reference"}
_SENTENCE = 11
_MOST_CHANNELS = 0.5
_GUID = re.compile(r"(?i)[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$")
_OTHER_KEYS = {"ticket_id", "contact_id", "response_id", "application_id", "event_id", "check_id"}
_LASTING = {"wait", "talk", "hold", "wrap", "handle", "ring", "queue"}
_MEAN = {"average", "speed"}
_OF_A_CLOCK = {"start", "end", "at", "date", "hour", "arrived", "answered", "from"}
_PLACE = re.compile(r"\(?\s*-?\d{1,3}\.\d+\s*[,;]\s*-?\d{1,3}\.\d+\s*\)?$")
# Whether people are there, which is no mark of a check.
_THERE_OR_GONE = STILL_THERE | {"inactive", "terminated", "left", "leaver", "resigned", "former"}


def fit(profile: Profile, table: str, column: Column) -> float:
    """How well the values suit the column, 0 (impossible) to 1."""
    if profile.kind == "empty":
        return 0.5
    if column.name == "region" and "state" in words(profile.name) and _are_states_of_things(profile, table):
        return 0.0
    if column.name == "status" and words(profile.name) == ("state",) and not known_values(profile, table, column):
        # ``TX`` and ``Bayern`` are parts of a country.
        return 0.0
    suits = _FITS[column.type](profile, table, column) * _suits_its_use(profile, column)
    key = load_contracts()[table].key
    if column.type == "id" and key[0] == column.name and profile.filled > 50 and profile.distinct <= 2:
        return 0.0
    if column.type == "id" and profile.share("guid", lambda value: bool(_GUID.match(value)), 0.9) > 0.9:
        # Machines' numbers give way to those that people read.
        suits *= 0.95
    is_row_key = column.required and key == (column.name,)
    return suits * (0.35 + 0.65 * profile.distinct_share) if is_row_key and profile.filled > 5 else suits


def _are_states_of_things(profile: Profile, table: str) -> bool:
    """Whether what a ``state`` says is open or closed, and no part of a country."""
    status = load_contracts()[table].columns.get("status")
    return status is not None and known_values(profile, table, status) >= _MOST_CHANNELS


def _instant(profile: Profile, table: str, column: Column) -> float:
    return {"instant": 1.0, "date": 0.9, "month": 0.7}.get(profile.kind, 0.0)


def _date(profile: Profile, table: str, column: Column) -> float:
    if profile.period:
        return 0.9
    return {"date": 1.0, "instant": 0.95, "month": 0.9}.get(profile.kind) or _year(profile)


def _year(profile: Profile) -> float:
    numbers = profile.numbers if profile.kind == "integer" else []
    return 0.5 if numbers and numbers[0] >= 1900 and numbers[-1] <= 2100 else 0.0


def _seconds(profile: Profile, table: str, column: Column) -> float:
    if profile.kind == "duration":
        return 1.0
    if profile.kind == "time":
        # Minutes and seconds look like times of the day; what is called a wait or a talk is none.
        return 0.0 if profile.is_time_of_day and not _lasts(profile) else 0.8
    # A few negative ones are mistakes, and are refused row by row.
    is_amount = profile.share("negative", lambda value: value.startswith("-")) <= 0.05
    return 0.9 if profile.kind in _NUMERIC and is_amount else 0.0


def _lasts(profile: Profile) -> bool:
    """Whether a column of ``08:24`` is called something that lasts, and holds no longer clock and no half of a day."""
    said = set(words(profile.name))
    is_short = profile.share("two parts", lambda value: re.fullmatch(r"\d{1,3}:\d{2}", value) is not None) > 0.95
    return is_short and (bool(said & _MEAN) or (bool(said & _LASTING) and not said & _OF_A_CLOCK))


def _count(profile: Profile, table: str, column: Column) -> float:
    if profile.kind == "boolean":
        return 0.6 if profile.is_numeric else 0.3
    are_two = profile.kind == "category" and profile.distinct == 2
    if are_two and all(plain(value) in lexicon().truth for value in profile.counts):
        return 0.3
    if profile.is_unique and profile.filled > 20 and words(profile.name)[-1:] in (("number",), ("id",)):
        # ``Call No`` is the number of a call, and counts none.
        return 0.0
    is_number = profile.kind in _NUMERIC or bool(vague_numbers(profile))
    whole = is_number and all(number == int(number) for number in profile.numbers[:200])
    return (0.6 if profile.is_unique and profile.filled > 20 else 1.0) if whole else 0.0


_VAGUE_NUMBERS = {"few", "many", "several", "some", "multiple", "various", "numerous", "unlimited"}


def vague_numbers(profile: Profile) -> list[str]:
    """``few`` and ``many`` among numbers: they count something, and do not say how much."""
    is_rest = profile.share("counted", lambda value: value.isdigit() or plain(value) in _VAGUE_NUMBERS, 1.0) == 1.0
    words_of = [value for value in profile.counts if plain(value) in _VAGUE_NUMBERS] if is_rest else []
    return words_of if len(words_of) < profile.distinct else []


def _decimal(profile: Profile, table: str, column: Column) -> float:
    if profile.likert:
        return 0.7
    if profile.kind == "duration" and column.name in ("hours", "hours_needed"):
        return 0.95
    return {"integer": 0.95, "number": 1.0, "percent": 0.9, "money": 0.8, "boolean": 0.4}.get(profile.kind, 0.0)


def _money(profile: Profile, table: str, column: Column) -> float:
    return {"integer": 0.95, "number": 1.0, "money": 1.0}.get(profile.kind, 0.0)


def _share(profile: Profile, table: str, column: Column) -> float:
    if profile.kind not in _NUMERIC:
        return 1.0 if profile.kind == "percent" else 0.0
    numbers = profile.numbers or [0.0]
    if profile.kind == "number" and numbers[0] >= 0 and numbers[-1] <= 1:
        return 1.0
    return 0.8 if numbers[0] >= 0 and numbers[-1] <= 100 else 0.0


def _boolean(profile: Profile, table: str, column: Column) -> float:
    if profile.kind == "boolean" or profile.booleans:
        return 1.0
    truth = lexicon().truth
    told = sum(plain(value) in truth for value in profile.counts) if profile.distinct <= 5 else 0
    if all(plain(value) in _THERE_OR_GONE for value in profile.counts):
        return 0.0
    if profile.distinct <= 3 and told:
        return 0.95 if told == profile.distinct else 0.7
    if profile.distinct <= 5 and told == profile.distinct:
        return 0.9
    return 0.4 if profile.kind == "category" and profile.distinct <= 3 else 0.0


DIMENSIONS = {"region", "team", "queue", "topic", "segment", "channel", "industry", "age_band", "gender"}


def _suits_its_use(profile: Profile, column: Column) -> float:
    """A dimension has few values, an id of many rows many, a free text more than one."""
    if column.name in DIMENSIONS and (are_phones(profile) or profile.kind == "email" or _are_points(profile)):
        # A number or an address of somebody is no place and no subject, and must not be released as one.
        return 0.0
    if profile.filled <= 20:
        return 1.0
    if column.name in DIMENSIONS and profile.kind in ("integer", "number"):
        return 1.0 if profile.kind == "integer" and profile.distinct <= 12 else 0.0
    if column.name in DIMENSIONS and profile.kind == "id" and profile.distinct_share > 0.5:
        return 0.0
    if column.name in DIMENSIONS and profile.kind in ("text", "long_text"):
        return 1.0 if profile.distinct_share < 0.5 and not _are_addresses(profile) else 0.3
    if column.name == "answer" and (profile.likert or profile.is_numeric):
        return 0.2
    if column.name in _OTHER_KEYS and are_phones(profile):
        return 0.0
    if column.type == "id" and _is_count(profile):
        return 0.0
    if column.name == "fte" and profile.distinct == 1 and profile.numbers and profile.numbers[-1] > 2:
        # What is the same for everybody is no share of a post.
        return 0.0
    if column.name == "requisition_id" and profile.distinct == 1:
        # The name of the one job everybody asks for is no number of an opening.
        return 0.0
    if column.name == "n" and profile.is_unique and profile.filled > 5:
        # A number of its own in every row is no number of respondents.
        return 0.0
    if column.name == "n" and profile.numbers and profile.numbers[-1] <= 10:
        return 0.2
    if column.name in ("customer_id", "ticket_id", "contact_id", "response_id", "candidate_id"):
        return 0.0 if profile.distinct <= 6 else 1.0
    if column.name == "event_id":
        return 1.0 if profile.distinct_share > 0.3 else 0.0
    if column.cls == "free_text" and words(profile.name)[-1:] == ("code",):
        return 0.0
    is_short = column.name not in ("comment", "text") or sum(map(len, profile.counts)) < _SENTENCE * profile.distinct
    is_label = profile.kind != "long_text" and is_short and profile.distinct <= max(1, 0.005 * profile.filled)
    return 0.0 if column.cls == "free_text" and is_label else 1.0


def _is_count(profile: Profile) -> bool:
    """Small numbers from none on, and no word of a number of something."""
    small = profile.kind == "integer" and profile.numbers[0] == 0 and profile.numbers[-1] < 1000
    return small and not _NUMBERED & set(words(profile.name))


def are_phones(profile: Profile) -> bool:
    """Whether nearly all values are telephone numbers as they are written."""
    return profile.share("phones", lambda value: bool(_PHONE.match(value)), 0.9) > 0.9


def _are_points(profile: Profile) -> bool:
    """Whether nearly all values are a point on the map, which is no place to tell rows apart by."""
    return profile.share("points", lambda value: bool(_PLACE.match(value)), 0.9) > 0.9


def _are_addresses(profile: Profile) -> bool:
    return profile.share("with figures", lambda value: any(letter.isdigit() for letter in value), 0.5) > 0.5


def _id(profile: Profile, table: str, column: Column) -> float:
    if profile.kind == "number" and profile.is_whole:
        return 0.95
    if profile.kind == "number" and profile.distinct_share > 0.99 and {"id", "key"} & set(words(profile.name)):
        return 0.85
    if profile.kind in ("long_text", "list", "percent", "money", "duration", "time", "boolean", "number", *MOMENTS):
        return 0.0
    if profile.kind == "text" and profile.share("spaced", lambda value: " " in value, 0.5) > 0.5:
        return 0.7
    return 1.0 if profile.kind in ("id", "integer", "email") else 0.85


def _category(profile: Profile, table: str, column: Column) -> float:
    if profile.distinct > 60 or profile.kind in _NO_WORDS:
        return 0.0
    known = known_values(profile, table, column)
    if column.name == "leaving_kind" and "status" in words(profile.name):
        # What is said of the leaving itself goes before what somebody is now.
        return 0.8 if _tells_who_ended_it(profile) else 0.0
    if known >= 0.6:
        return 1.0
    if are_other_words(profile, table, column):
        return 0.0
    if column.name == "outcome" and known == 0.0 and profile.distinct > 1:
        # Names of places are no ends of contacts, whatever stands above them.
        is_told = profile.booleans or all(plain(value) in lexicon().truth for value in profile.counts)
        return 0.7 if is_told else 0.0
    is_yes_no = profile.booleans or all(plain(value) in lexicon().truth for value in profile.counts)
    if column.name in _SPOKEN and known < 0.25 and not is_yes_no:
        # Gold and silver are promises, and say nothing of whether they were kept.
        return 0.0
    return 0.7 if column.open or known > 0.25 else 0.3


def _are_numbered(profile: Profile) -> bool:
    return profile.share("with figures", lambda value: any(letter.isdigit() for letter in value), 0.9) > 0.9


def _tells_who_ended_it(profile: Profile) -> bool:
    """A status says who ended it where it tells those who went from those who were sent."""
    told = value_list("agents", "leaving_kind")
    return {"voluntary", "involuntary"} <= {told.get(plain(value)) for value in profile.counts}


def are_other_words(profile: Profile, table: str, column: Column) -> bool:
    """Whether a column that may mean a channel holds other words for the most part: campaigns, devices, names. One that
    is called so outright may hold words of any language."""
    if column.name == "channel" and known_values(profile, table, column) == 0.0 and _are_numbered(profile):
        # ``PJSIP/trunk-1`` is a line of a telephone system.
        return True
    is_told = column.name == "channel" and profile.filled >= 10 and "channel" not in words(profile.name)
    return is_told and known_values(profile, table, column) < _MOST_CHANNELS


def _text(profile: Profile, table: str, column: Column) -> float:
    if column.cls == "free_text":
        return {"long_text": 1.0, "text": 0.9, "category": 0.5}.get(profile.kind, 0.0)
    if profile.kind in ("duration", "time", "number", "percent", "money", *MOMENTS):
        return 0.0
    return {
        "category": 1.0,
        "text": 0.95,
        "id": 0.7,
        "integer": 0.5,
        "boolean": 0.3,
        "email": 0.3,
        "url": 0.2,
        "list": 0.6,
        "long_text": 0.4,
    }.get(profile.kind, 0.5)


def _time(profile: Profile, table: str, column: Column) -> float:
    return 1.0 if profile.kind == "time" else 0.0


_FITS = {
    "instant": _instant, "date": _date, "time": _time, "seconds": _seconds, "count": _count, "integer": _count,
    "decimal": _decimal,
    "money": _money, "share": _share, "boolean": _boolean, "id": _id, "category": _category, "text": _text,
}  # fmt: skip
