"""Which requests are complaints, where no column asks it: the number of the row or the kind of the request says so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ingestion.inspection.fields import Line, quoted
from ingestion.inspection.profile import Profile
from ingestion.inspection.words import words

_COMPLAINT = "complaint"
# What stands beside the word without making it a subject: ``Formal complaint``, and not ``Noise complaint``.
_BESIDE = {"customer", "client", "formal", "official", "written", "service", "guest", "consumer"}
_KINDS = {"type", "kind", "category", "classification", "topic", "nature", "art"}
_SORTED = ("type", "topic")
_MOST_KINDS = 40
_OTHERS = {"request", "compliment", "suggestion", "question", "information", "case", "ticket"}


def complaint_line(have: Mapping[str, Line], profiles: Sequence[Profile], named: str = "") -> list[Line]:
    """Rows whose number is called one of a complaint are complaints; else those whose kind is called so, and where no
    kind is told all of a file that is ``named`` after them."""
    key = have.get("ticket_id")
    if "is_complaint" in have:
        return []
    if key is not None and any(_COMPLAINT in words(name) for name in key.names):
        return [_each(f"each row is a complaint: {key.names[0]}", ())]
    sorted_by = {name for column in _SORTED if (line := have.get(column)) for name in line.names}
    told = [(profile, _called_so(profile)) for profile in profiles if profile.name in sorted_by or _is_kind(profile)]
    if all_of := [profile.name for profile, found in told if found and len(found) == len(profile.counts)]:
        return [_each(f"every {all_of[0]} is a kind of complaint", tuple(all_of[:1]))]
    told = [(profile, found) for profile, found in told if found and len(found) < len(profile.counts)]
    if not told and set(words(named)) & {_COMPLAINT} and not set(words(named)) & _OTHERS:
        return [_each(f"the file is called so: {named}", ())]
    if len(told) != 1:
        return []
    (profile, found) = told[0]
    listed = ", ".join("'" + word.replace("'", "''") + "'" for word in found)
    cell = f"trim({quoted(profile.name)})"
    sql = f"case when {cell} in ({listed}) then 'true' when {cell} <> '' then 'false' end"
    reason = f"{profile.name} says so: {', '.join(found)}"
    return [Line("is_complaint", {"sql": sql, "type": "boolean"}, 0.7, reason, (profile.name,))]


def _each(reason: str, names: tuple[str, ...]) -> Line:
    return Line("is_complaint", {"value": "true", "type": "boolean"}, 0.6, reason, names)


def _is_kind(profile: Profile) -> bool:
    return profile.kind == "category" and bool(_KINDS & set(words(profile.name)))


def _called_so(profile: Profile) -> list[str]:
    """The values that say complaint and nothing else."""
    if not 1 < len(profile.counts) <= _MOST_KINDS:
        return []
    return sorted(v for v in profile.counts if _COMPLAINT in (said := set(words(v))) and said <= {_COMPLAINT, *_BESIDE})
