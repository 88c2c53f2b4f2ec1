"""Wide answers: not applicable, blank and outside the scale are three things, and none of them is an answer."""

from __future__ import annotations

from ingestion.map_parts import ItemMap
from ingestion.wide_items import _no_answer, _value
from warehouse.store import connect

ITEM = ItemMap(scale=[1, 5], nulls=["0"], not_applicable=["6", "N/A"])


def test_each_kind_of_no_answer_says_so() -> None:
    with connect(None) as db:
        rows = db.rows(
            f"select answer, {_no_answer('answer', ITEM)} as why, {_value('answer', ITEM)} as value "
            "from (values ('4'), ('6'), ('n/a'), ('9'), (null), ('good')) as t(answer)"
        )
    assert [(row["answer"], row["why"], row["value"]) for row in rows] == [
        ("4", None, 4.0),
        ("6", "not_applicable", None),
        ("n/a", "not_applicable", None),
        ("9", "outside_scale", None),
        (None, "blank", None),
        ("good", None, None),
    ]
