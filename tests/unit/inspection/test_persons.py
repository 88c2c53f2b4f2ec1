"""Who a row is about: customers are told apart by a number or an address, by their names only where nothing else is."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.inspection.test_rules import day, inspected, loaded, mapped

HEAD = "Ticket id,Status,Creation date,Closed date"


def _rows(*columns: str) -> list[str]:
    """Forty tickets; what stands in the further columns is made from ``{n}``, the customer's number of twenty."""
    told = [[one.format(n=n % 20, letter=chr(97 + n % 20)) for one in columns] for n in range(40)]
    return [",".join([str(70001 + n), "closed", day(n), day(n + 1), *told[n]]) for n in range(40)]


@pytest.mark.parametrize(
    ("heading", "cell"),
    [
        ("Customer email", "c{n}@example.com"),
        ("Customer ID", "C-30{n:02d}"),
        ("Customer phone", "+49 170 55500{n:02d}"),
    ],
    ids=["email", "id", "phone"],
)
def test_a_customer_is_told_by_what_stands_beside_the_name(tmp_path: Path, heading: str, cell: str) -> None:
    cell = cell.replace(":02d", "")
    found = inspected(tmp_path, f"{HEAD},Customer name,{heading}", *_rows("Ana Lo{letter}", cell))
    assert mapped(found)[heading] == "customer_id" and mapped(found)["Customer name"] is None
    assert len({row["customer_id"] for row in loaded(tmp_path, found, "tickets")}) == 20


def test_an_address_of_those_who_serve_and_a_count_are_no_customers(tmp_path: Path) -> None:
    head = f"{HEAD},Customer name,Agent email,Number of customer messages"
    found = inspected(tmp_path, head, *_rows("Ana Lo{letter}", "agent{n}@example.com", "{n}"))
    assert mapped(found)["Customer name"] == "customer_id"


def test_a_customer_who_is_told_by_a_name_alone_is_marked(tmp_path: Path) -> None:
    found = inspected(tmp_path, f"{HEAD},Customer name", *_rows("Ana Lo{letter}"))
    line = next(one for one in found.columns if one["maps_to"] == "customer_id")
    assert line["confidence"] < 0.6 and "name" in line["reason"]
    told = next(one for one in str(found.proposed_map).splitlines() if "customer_id:" in one)
    assert "look at this" in told
    assert any("told apart by their names alone" in one for one in found.problems)


def test_a_number_of_a_customer_needs_no_look(tmp_path: Path) -> None:
    found = inspected(tmp_path, f"{HEAD},Customer", *_rows("C-30{n}"))
    assert not any("names alone" in one for one in found.problems)


@pytest.mark.parametrize(("often", "is_none"), [(1, False), (30, True)], ids=["a_person", "a_word_for_none"])
def test_a_name_that_sounds_like_nothing_is_a_name(tmp_path: Path, often: int, is_none: bool) -> None:
    names = ["Nil"] * often + [f"Ana{chr(97 + n % 20)}" for n in range(60 - often)]
    rows = [f"P{n:03},{name},{day(n)[:10]},Support" for n, name in enumerate(names)]
    found = inspected(tmp_path, "Employee ID,Full name,Hire date,Department", *rows)
    told = {row["name"] for row in loaded(tmp_path, found, "agents")}
    assert ("Nil" not in told) is is_none


@pytest.mark.parametrize("heading", ["Customer email", "Email"])
def test_a_name_with_a_number_behind_it_gives_way_to_the_address(tmp_path: Path, heading: str) -> None:
    found = inspected(tmp_path, f"Customer name,{heading},{HEAD}", *_leading("user {n}", "c{n}@example.com"))
    assert mapped(found)["Customer name"] is None
    assert {row["customer_id"] for row in loaded(tmp_path, found, "tickets")} == {
        f"c{n}@example.com" for n in range(20)
    }


def test_the_only_address_in_a_list_of_requests_is_that_of_who_asked(tmp_path: Path) -> None:
    found = inspected(tmp_path, f"Name,Email,{HEAD}", *_leading("Ana Lo{letter}", "c{n}@example.com"))
    assert mapped(found)["Email"] == "customer_id" and mapped(found)["Name"] is None


def _leading(*columns: str) -> list[str]:
    """The rows of `_rows` with the further columns in front."""
    cells = [row.split(",") for row in _rows(*columns)]
    return [",".join([*row[4:], *row[:4]]) for row in cells]


def test_a_register_without_numbers_tells_its_customers_by_their_addresses(tmp_path: Path) -> None:
    rows = [f"Ana Lo{n},c{n}@example.com,+49 170 555{n:04},Gold" for n in range(40)]
    found = inspected(tmp_path, "Customer name,Email,Phone,Plan", *rows)
    assert {row["customer_id"] for row in loaded(tmp_path, found, "customers")} == {
        f"c{n}@example.com" for n in range(40)
    }
