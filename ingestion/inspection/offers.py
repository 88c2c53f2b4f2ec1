"""How candidates answered their offers: in words other than yes and no, or only in the state of the application."""

from __future__ import annotations

from collections.abc import Mapping

from ingestion.inspection.fields import Line, quoted
from ingestion.inspection.profile import Profile
from ingestion.inspection.spellings import ours_for, value_list
from ingestion.inspection.words import lexicon, plain

_STATES = ("status", "stage")
_ANSWERS = {"hired": "true", "rejected": "false", "withdrawn": "false"}


def settle_answer(have: Mapping[str, Line], by_name: Mapping[str, Profile]) -> list[Line]:
    """An answer in the words of applications (``Accepted``, ``Declined``); an offer that waits for its answer is not
    turned down. The line is changed in place. Where nothing says when it was answered, the day of the offer does."""
    line = have.get("is_accepted")
    if line is None or "from" not in line.given or by_name[line.names[0]].booleans:
        return []
    answers, waits = {}, []
    for value in by_name[line.names[0]].counts:
        state = ours_for(value, value_list("applications", "status"), "status")
        said = _ANSWERS.get(state or "", lexicon().truth.get(plain(value)))
        if state == "active":
            waits.append(value)
        elif said is not None:
            answers[value] = said
    if not answers or len(answers) + len(waits) < len(by_name[line.names[0]].counts):
        return []
    line.given = {**line.given, "values": answers, **({"otherwise": "null"} if waits else {})}
    line.confidence, line.problems = 0.9, []
    undated = [value for value, said in answers.items() if said == "false" or "accepted_on" not in have]
    offered = have.get("offered_on")
    if not undated or "decided_on" in have or offered is None or len(offered.names) != 1:
        return []
    meant = f"trim({quoted(line.names[0])}) in ({', '.join(map(_text, undated))})"
    decided = _decided(offered, meant, f"nothing says on which day an offer was {', '.join(map(repr, undated))}")
    decided.problems.append(
        f"No column says on which day an offer was {', '.join(map(repr, undated))}: they are counted on that of "
        f"{offered.names[0]}."
    )
    return [decided]


def turned_down(have: Mapping[str, Line], by_name: Mapping[str, Profile]) -> list[Line]:
    """Who was offered the place and withdrew declined the offer: a rate of those who accepted knows of them.

    Nothing says on which day, so they are counted on that of the offer.
    """
    offered = have.get("offered_on")
    if offered is None or len(offered.names) != 1 or {"is_accepted", "decided_on"} & set(have):
        return []
    made = by_name[offered.names[0]]
    for column in _STATES:
        line = have.get(column)
        if line is None or len(line.names) != 1:
            continue
        state = by_name[line.names[0]]
        told = value_list("applications", "status")
        words = [value for value in state.counts if ours_for(value, told, "status") == "withdrawn"]
        had = sum(
            said in words and (cell or "").strip() not in ("", *made.null_words)
            for said, cell in zip(state.cells, made.cells, strict=True)
        )
        if had:
            return _lines(offered, made, state, words, had)
    return []


def _lines(offered: Line, made: Profile, state: Profile, words: list[str], had: int) -> list[Line]:
    listed = ", ".join(_text(word) for word in words)
    day, blanks = quoted(made.name), ", ".join(map(_text, ("", *made.null_words)))
    meant = f"trim({quoted(state.name)}) in ({listed}) and coalesce(trim({day}), '') not in ({blanks})"
    reason = f"{state.name} says of some who had an offer that they withdrew"
    declined = Line("is_accepted", {"sql": f"case when {meant} then 'false' end", "type": "boolean"}, 0.7, reason)
    decided = _decided(offered, meant, reason)
    said = ", ".join(repr(word) for word in words)
    declined.problems.append(
        f"{state.name}: {had} of the rows looked at with an offer are {said}: offers declined. No column says on which "
        f"day: they are counted on that of {made.name}."
    )
    return [declined, decided]


def _decided(offered: Line, meant: str, reason: str) -> Line:
    """The day of the offer for some of the rows."""
    day, read = quoted(offered.names[0]), {k: v for k, v in offered.given.items() if k not in ("from", "sql")}
    return Line(
        "decided_on", {"sql": f"case when {meant} then {offered.given.get('sql', day)} end", **read}, 0.6, reason
    )


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
