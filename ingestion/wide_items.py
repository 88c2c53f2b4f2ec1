"""The answers of a wide file as rows: the SQL that takes its columns of items apart.

What belongs here: items only. The selects they stand in are made in `views`.
"""

from __future__ import annotations

from collections.abc import Sequence

from ingestion.maps import ItemMap, TableMap
from ingestion.plans import Shape, item_field_name, items
from warehouse.store import quote_name, quote_text


def item_rows(table: TableMap, shape: Shape, headers: Sequence[str], *, answers: bool = False) -> str:
    """SQL after ``from``: a row for each answer of a row, none where a table is not wide. ``answers`` leaves all but
    the answer out of them."""
    found = items(table, headers)
    if not found:
        # Of a shape without files there are no items, and still the map speaks of them.
        return f",\nunnest([{_NO_ITEM}][1:0]) as wide(item)" if table.unpivot and not headers else ""
    attributes = sorted({name for item in found.values() for name in (item.model_extra or {})})
    structs = [
        f"{{'answer': {_answer(column, shape)}}}" if answers else _struct(column, item, shape, attributes)
        for column, item in found.items()
    ]
    answered = f"list_filter([{', '.join(structs)}], lambda one: one.answer is not null)"
    # A blank is no answer and makes no row; who left everything blank keeps one, so that respondents are not lost.
    kept = f"coalesce(nullif({answered}, []), [{structs[0]}])"
    return f",\nunnest({kept}) as wide(item)"


_TEXTS_OF_ITEM = ("item", "heading", "instrument", "dimension", "role", "text", "answer", "no_answer")
_NUMBERS_OF_ITEM = ("value", "scale_min", "scale_max")
_NO_ITEM = (
    "{"
    + ", ".join(
        [
            *(f"'{name}': cast(null as varchar)" for name in _TEXTS_OF_ITEM),
            *(f"'{name}': cast(null as double)" for name in _NUMBERS_OF_ITEM),
        ]
    )
    + "}"
)


def _answer(column: str, shape: Shape) -> str:
    return f"{quote_name(shape.name)}.{quote_name(item_field_name(column))}"


def _struct(column: str, item: ItemMap, shape: Shape, attributes: Sequence[str]) -> str:
    answer = _answer(column, shape)
    low, high = item.scale or (None, None)
    parts = {
        "item": _literal(item.item), "heading": _literal(column),
        "instrument": _literal(item.instrument), "dimension": _literal(item.dimension),
        "role": _literal(item.role), "text": _literal(item.text), "answer": answer, "value": _value(answer, item),
        "no_answer": _no_answer(answer, item),
        "scale_min": f"cast({'null' if low is None else low} as double)",
        "scale_max": f"cast({'null' if high is None else high} as double)",
    }  # fmt: skip
    parts |= {name: _literal((item.model_extra or {}).get(name)) for name in attributes}
    return "{" + ", ".join(f"{quote_text(name)}: {sql}" for name, sql in parts.items()) + "}"


def _literal(value: object) -> str:
    return "cast(null as varchar)" if value is None else quote_text(str(value))


def _no_answer(answer: str, item: ItemMap) -> str:
    """Why an answer that was given has no value: a word that means not applicable, or a number outside the scale."""
    listed = ", ".join(quote_text(word.lower()) for word in item.not_applicable)
    spoken = f"when lower({answer}) in ({listed}) then 'not_applicable' " if listed else ""
    number = f"try_cast({answer} as double)"
    outside = (
        f"when {number} not between {item.scale[0]} and {item.scale[1]} then 'outside_scale' " if item.scale else ""
    )
    return f"(case when {answer} is null then 'blank' {spoken}{outside}end)"


def _value(answer: str, item: ItemMap) -> str:
    """The answer as a number: by its word, else as it stands; what lies outside the scale is no answer."""
    number = f"try_cast({answer} as double)"
    if item.not_applicable:
        listed = ", ".join(quote_text(word.lower()) for word in item.not_applicable)
        number = f"(case when lower({answer}) not in ({listed}) then {number} end)"
    if item.values:
        words = " ".join(
            f"when lower({answer}) = {quote_text(word.lower())} then {'null' if value is None else value}"
            for word, value in item.values.items()
        )
        number = f"(case {words} else {number} end)"
    if item.scale:
        return f"(case when {number} between {item.scale[0]} and {item.scale[1]} then {number} end)"
    return f"cast({number} as double)"
