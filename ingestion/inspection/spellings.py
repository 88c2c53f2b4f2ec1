"""What the spellings of a category mean: a value as people write it, and our word for it.

What belongs here: single values and the columns made of them. Whether a column suits a contract is said in `fitting`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from ingestion.contracts import Column
from ingestion.inspection.profile import Profile
from ingestion.inspection.words import lexicon, plain

_WAYS = {"inbound", "outbound", "incoming", "outgoing"}
_BY_A_WORD = {"channel", "pay_period", "priority", "outcome"}
# Words that are a way of contact only where nothing stands before them: ``VIP line`` is a telephone line.
_AT_THE_START = {"line"}
VALUE_LISTS = {
    ("job_postings", "audience"): "posting_audience",
    ("job_postings", "status"): "posting_status",
    ("statements", "audience"): "statement_audience",
    ("statements", "kind"): "statement_kind",
    ("applications", "status"): "application_status",
    ("application_stages", "outcome"): "application_outcome",
    ("agents", "level"): "agent_level",
    ("job_postings", "level"): "agent_level",
    ("agent_time", "state"): "agent_state",
    ("costs", "category"): "cost_category",
}
_SHORTEST_INSIDE, _TWO = 3, 2
_HALVES = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]+|[a-z][a-z ]*")
_UNKNOWN = {"unk", "unknown", "unspecified", "not specified", "not known"}
_JOINED = re.compile(r"\s*(?:[&+/,]|\b(?:and|und|et|y|e|và)\b)\s*")
_TAIL = re.compile(r"\s*[(\[][^()\[\]]*[)\]]$")
_IN_BRACKETS = re.compile(r"[(\[]\s*([^()\[\]]+?)\s*[)\]]\s*$")
_BRACKETED = {"leaving_kind", "status"}
# What stands for those who are there, where a column tells how the others left.
STILL_THERE = frozenset(
    ["not applicable", "active", "n a still employed", "n a stillemployed", "still employed", "employed", "current",
     "current employee", "on leave", "leave of absence", "future start", "aktiv", "activo", "ativo", "actif", "在职",
     "在職", "재직"]
)  # fmt: skip


def value_list(table: str, column: str) -> Mapping[str, str]:
    """Spellings people use for a category of ours → our value; empty when none are known."""
    ours = lexicon().values
    return ours.get(VALUE_LISTS.get((table, column), column), {})


def ours_for(value: str, told: Mapping[str, str], column: str) -> str | None:
    """Our category for a spelling. Ways of contact are also known by a word inside: ``Citizens app`` is an app."""
    said = plain(value)
    if said not in told and len(halves := _HALVES.findall(said)) == _TWO and not said.isascii():
        # ``已結案 Closed`` says one thing in two languages.
        both = {told[half.strip()] for half in halves if half.strip() in told}
        if len(both) == 1:
            return both.pop()
    bracket = _IN_BRACKETS.search(value) if said not in told and column in _BRACKETED else None
    if bracket and plain(bracket[1]) in told:
        # ``Resignation (Voluntary)`` is voluntary, ``Closed (Merged)`` merged.
        return told[plain(bracket[1])]
    if column == "leaving_kind" and said not in told:
        # ``Resignation - Better offer`` is a resignation.
        return told.get(plain(re.split(r"\s+[-\u2013\u2014:/]\s+|:\s+", value.strip())[0]))
    if column == "direction" and said not in told:
        ways = {told[word] for word in said.split() if word in _WAYS and word in told}
        return ways.pop() if len(ways) == 1 else None
    if said not in told and column == "category":
        # ``Salaries & benefits`` is of the kind that its parts are, where they are of one.
        parts = {told[part] for one in _JOINED.split(value) if (part := plain(one)) in told}
        return parts.pop() if len(parts) == 1 else None
    split = re.split(r"\s+[-\u2013\u2014:/]\s+", value.strip()) if column == "status" and said not in told else []
    if len(split) > 1 and plain(split[0]) in told:
        # ``Solved - by a final answer`` is solved.
        return told[plain(split[0])]
    if column == "status" and said not in told and len(said) >= _SHORTEST_INSIDE and said.isalpha():
        # ``RESOL`` is a word cut off, where only one state begins so.
        begun = {told[word] for word in told if word.startswith(said) and " " not in word}
        # What was called off is closed in one language and deleted in another.
        return "closed" if begun == {"closed", "deleted"} else begun.pop() if len(begun) == 1 else None
    if said in told or column not in _BY_A_WORD or len(said) < _SHORTEST_INSIDE:
        return told.get(said)
    around = f" {said} "
    inside = [phrase for phrase in told if phrase in said and f" {phrase} " in around]
    inside = [phrase for phrase in inside if len(phrase) >= _SHORTEST_INSIDE]
    inside = [phrase for phrase in inside if phrase not in _AT_THE_START or _is_the_messenger(said, phrase)]
    if column == "outcome":
        # Which way it went says nothing of how it ended, where another word does.
        inside = [phrase for phrase in inside if phrase not in _WAYS] or inside
    return told[max(inside, key=len)] if inside and not {"not", "no", "non"} & set(said.split()) else None


def _is_the_messenger(said: str, phrase: str) -> bool:
    """``LINE official`` and ``LINE 官方帳號``, but neither ``orders line`` nor ``line 2``."""
    rest = said.removeprefix(f"{phrase} ")
    return rest != said and (not rest.isascii() or rest.split()[0] in ("official", "oa", "app", "chat", "message"))


def known_values(profile: Profile, table: str, column: Column) -> float:
    """Share of filled cells whose value is a known spelling of the column's categories."""
    told = value_list(table, column.name)
    if not told or profile.distinct > 60:
        return 0.0
    tail = common_tail(profile)

    def is_known(value: str) -> bool:
        return ours_for(value.removesuffix(tail), told, column.name) is not None

    if column.name == "leaving_kind":
        said = {value: count for value, count in profile.counts.items() if not says_still_there(value)}
        # Where some are told, what is not known of others speaks against nothing.
        gone = {value: count for value, count in said.items() if plain(value) not in _UNKNOWN} or said
        return sum(gone[value] for value in gone if is_known(value)) / max(1, sum(gone.values()))
    return profile.share(f"values:{table}.{column.name}", is_known)


def common_tail(profile: Profile) -> str:
    """What stands in brackets behind every value of several: ``New (Support Pipeline)``."""
    tails = {found[0] if (found := _TAIL.search(value)) else "" for value in profile.counts}
    return tails.pop() if profile.distinct > 1 and len(tails) == 1 else ""


def says_still_there(value: str) -> bool:
    """Whether a word under a reason or kind of leaving says that somebody has not left."""
    return plain(value) in STILL_THERE
