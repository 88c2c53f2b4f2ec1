"""Records of a telephone exchange that says no direction: its numbers do."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from tests.unit.inspection.test_rules import START, inspected, loaded, mapped

# Who called, who was called, where the exchange had it from, and which way that was.
CALLS = [
    ("16465551001", "8000", "from-pstn", "inbound"),
    ("16465551002", "16465550100", "from-pstn", "inbound"),
    ("anonymous", "8000", "from-pstn", "inbound"),
    ("212", "12125553003", "from-internal", "outbound"),
    ("16465550100", "12125553004", "from-internal", "outbound"),
    ("212", "214", "from-internal", None),
    ("74100", "8000", "from-pstn", "inbound"),
]


def _records(calls: list[tuple[str, str, str, str | None]], *, context: bool) -> list[str]:
    rows = []
    for n in range(20 * len(calls)):
        caller, called, place, _ = calls[n % len(calls)]
        at = START + timedelta(minutes=9 * n)
        answered = f"{at + timedelta(seconds=12)}" if n % 3 else ""
        end = at + timedelta(seconds=140)
        said = f"{caller.replace('1001', str(1001 + n))},{called}{f',{place}' if context else ''}"
        rows.append(
            f"{at},{said},Dial,{answered},{end},140,{128 if answered else 0},"
            f"{'ANSWERED' if answered else 'NO ANSWER'},{1788267600 + n}.{n}"
        )
    return rows


def _head(numbers: str) -> str:
    return f"calldate,{numbers},lastapp,answer,end,duration,billsec,disposition,uniqueid"


def test_calls_to_the_outside_and_between_extensions_are_not_offered(tmp_path: Path) -> None:
    found = inspected(tmp_path, _head("src,dst,dcontext"), *_records(CALLS, context=True))
    made = loaded(tmp_path, found, "contacts")
    assert Counter(row["direction"] for row in made) == {"inbound": 80, "outbound": 40}
    assert sum("20 of 140 rows looked at stayed between extensions" in one for one in found.problems) == 1
    assert sum("40 of 140 rows looked at" in one and "not offered" in one for one in found.problems) == 1
    outbound = [row for row in made if row["direction"] == "outbound"]
    assert {row["customer_id"] for row in outbound} == {"12125553003", "12125553004"}
    assert {row["queue"] for row in outbound} == {None}, "the telephone number of a customer is no queue"


@pytest.mark.parametrize("numbers", ["Caller Number,Destination Number", "From,To"])
def test_numbers_alone_tell_the_way(tmp_path: Path, numbers: str) -> None:
    calls = [("+49 30 5550101", "8000", "", ""), ("Ext. 212", "0305550102", "", ""), ("Jo <212>", "(214)", "", "")]
    found = inspected(tmp_path, _head(numbers), *_records(calls, context=False))
    assert Counter(row["direction"] for row in loaded(tmp_path, found, "contacts")) == {"inbound": 20, "outbound": 20}


def test_customers_of_five_digits_are_no_extensions(tmp_path: Path) -> None:
    calls = [(f"{10400 + n}", "08001234567", "", "") for n in range(20)]
    found = inspected(tmp_path, _head("Caller,Called number"), *_records(calls, context=False))
    assert "direction" not in mapped(found).values()
    assert {row["direction"] for row in loaded(tmp_path, found, "contacts")} == {None}


def test_long_numbers_on_both_sides_are_told_as_untold(tmp_path: Path) -> None:
    calls = [(f"1646555{1000 + n}", f"1212555{1000 + n}", "", "") for n in range(140)]
    found = inspected(tmp_path, _head("src,dst"), *_records(calls, context=False)[:140])
    assert any("which calls came in and which went out" in one for one in found.problems)
