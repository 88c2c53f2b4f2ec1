"""A survey of which every row is one answer, with the wording of its question beside it.

What belongs here: which question a row is of, and what kind of question each wording is. Questions that are columns are
told in `surveys`.
"""

from __future__ import annotations

from ingestion.inspection.fields import Line
from ingestion.inspection.profile import Profile
from ingestion.inspection.staff import asks_staff, of_staff, staff_line
from ingestion.inspection.surveys import Item, instrument_of
from ingestion.inspection.words import words

_MOST, _TOPS = 80, (5, 7, 10)


def questions_of_rows(have: dict[str, Line], by_name: dict[str, Profile]) -> list[Line]:
    """The question of each row, its kind, its scale and whose it is; nothing where rows have no wording of theirs.
    Who answered a survey of staff is its respondent, and no agent it is about: that line is changed in place."""
    line, value = have.get("item_text"), have.get("value")
    if line is None or value is None or "item_id" in have or "from" not in line.given or len(value.names) != 1:
        return []
    asked, score = by_name[line.names[0]], by_name[value.names[0]]
    if not 1 < asked.distinct <= _MOST or not score.numbers or score.numbers[-1] not in _TOPS:
        return []
    top = score.numbers[-1]
    items = [Item(text, text, instrument_of(text, top), None, "perception", 0.0, top) for text in asked.counts]
    is_staff = "audience" not in have and asks_staff(list(by_name.values()), items)
    told = of_staff(items) if is_staff else items
    made = [Line("item_id", {"from": asked.name, "type": "id"}, 0.7, "the wording of its question", line.names)]
    if "instrument" not in have:
        kinds = {item.name: item.instrument for item in told}
        given = {"from": asked.name, "type": "category", "values": kinds, "otherwise": "null"}
        made.append(Line("instrument", given, 0.7, "what each wording asks for", line.names))
    if "scale_max" not in have:
        low = "0" if top == 10 and "0" in score.counts else "1"
        reason = f"{score.name} lies within {low} and {top:g}"
        made += [
            Line(name, {"value": end, "type": "decimal"}, 0.6, reason)
            for name, end in (("scale_min", low), ("scale_max", f"{top:g}"))
        ]
    if is_staff:
        made.append(staff_line())
        who = have.get("agent_id")
        if who is not None and "respondent_id" not in have and "employee" in words(who.names[0]):
            who.column, who.reason = "respondent_id", f"{who.reason}; who answers a survey of staff"
    return made
