"""What is printed: values as JSON has them, errors as sentences."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest

from swotlight.output import plain, print_json, print_table
from warehouse.store import connect


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (datetime(2026, 11, 1, 5, 0), "2026-11-01T05:00:00Z"),
        (datetime(2026, 11, 1, 5, 0, tzinfo=timezone(timedelta(hours=1))), "2026-11-01T04:00:00Z"),
        (datetime(2026, 11, 1, 5, 0, 0, 250000, tzinfo=UTC), "2026-11-01T05:00:00.250000Z"),
        (date(2026, 11, 1), "2026-11-01"),
        (float("nan"), None),
        (float("inf"), None),
        (Decimal("12"), 12),
        (Decimal("0.5"), 0.5),
        (timedelta(minutes=2), 120.0),
        (b"\x00\xff", "00ff"),
        ({"a": [None, (1, 2)]}, {"a": [None, [1, 2]]}),
        (True, True),
        (2**70, 2**70),
    ],
)
def test_a_value_is_what_json_has_for_it(value: Any, expected: Any) -> None:
    assert plain(value) == expected


def test_every_type_of_duckdb_has_a_form_in_json(capsys: pytest.CaptureFixture[str]) -> None:
    sql = (
        "select 1::hugeint as h, 1.5::decimal(9,2) as d, interval 2 minutes as i, uuid() as u, 'a'::blob as b, "
        "[1, null] as l, {'x': date '2026-01-01'} as s, map {'k': 1} as m, time '09:00' as t, null as z, "
        "'inf'::double as f"
    )
    with connect(None) as con:
        print_json(con.rows(sql))
    row = json.loads(capsys.readouterr().out)[0]
    assert row | {"u": ""} == {
        "h": 1, "d": 1.5, "i": 120.0, "u": "", "b": "61", "l": [1, None], "s": {"x": "2026-01-01"}, "m": {"k": 1},
        "t": "09:00:00", "z": None, "f": None,
    }  # fmt: skip


def test_characters_of_any_language_are_printed_as_they_are(capsys: pytest.CaptureFixture[str]) -> None:
    print_json({"label": "净推荐值 – mức độ"})
    assert "净推荐值 – mức độ" in capsys.readouterr().out


def test_numbers_stand_to_the_right_and_null_is_a_dash(capsys: pytest.CaptureFixture[str]) -> None:
    print_table([{"team": "A", "n": 5}, {"team": "B", "n": None}, {"team": "C", "n": 1200}])
    lines = capsys.readouterr().out.splitlines()
    assert lines[2:] == ["A        5", "B        –", "C     1200"]


def test_a_table_without_rows_still_has_its_columns(capsys: pytest.CaptureFixture[str]) -> None:
    print_table([], ["a", "b"])
    assert capsys.readouterr().out.splitlines()[0] == "a  b"
