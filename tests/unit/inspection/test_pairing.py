"""Columns told by what they hold rather than by their names."""

from __future__ import annotations

from pathlib import Path

from ingestion.contracts import load_contracts
from ingestion.inspection.figures import find_figures
from ingestion.inspection.pairing import leftovers, pairs
from ingestion.inspection.profile import Profile
from tests.unit.inspection.test_rules import day, inspected, mapped

ROWS = range(40)


def _profile(name: str, cells: list[object]) -> Profile:
    return Profile(name, [str(cell) for cell in cells])


def test_what_was_offered_is_known_by_adding_up() -> None:
    answered, gave_up = [20 + n * 7 % 31 for n in ROWS], [1 + n * 3 % 5 for n in ROWS]
    offered = [x + y for x, y in zip(answered, gave_up, strict=True)]
    columns = [_profile("col a", list(gave_up)), _profile("col b", list(offered)), _profile("col c", list(answered))]
    found = {pair.column: pair.name for pair in pairs(columns, load_contracts()["interval_stats"], frozenset())}
    assert found == {"offered": "col b", "answered": "col c", "abandoned": "col a"}


def test_counts_that_do_not_add_up_are_nothing() -> None:
    columns = [_profile(f"col {k}", [10 + n * (3 + k) % (17 + k) for n in ROWS]) for k in range(3)]
    assert pairs(columns, load_contracts()["interval_stats"], frozenset()) == []


def test_the_only_value_of_its_own_in_every_row_is_the_number_of_the_row() -> None:
    columns = [_profile("Beleg", [f"X-{n}" for n in ROWS]), _profile("Art", ["a", "b"] * 20)]
    (found,) = leftovers([], columns, load_contracts()["quality_checks"], "check_id")
    assert (found.name, found.column) == ("Beleg", "check_id")


def test_a_column_a_year_makes_a_table_of_figures_and_a_log_of_events_does_not() -> None:
    label = _profile("What", [f"Share of teams with practice number {n}" for n in ROWS])
    years = [_profile(str(year), [0.3 + n / 100 for n in ROWS]) for year in (2020, 2021, 2022)]
    figures = find_figures([label, *years])
    assert figures is not None
    assert (figures.form, figures.labels, figures.columns) == ("years", ("What",), ("2020", "2021", "2022"))
    counts = [_profile(name, [n * 3 % 11 for n in ROWS]) for name in ("opened", "closed", "moved")]
    assert find_figures([label, *counts]) is None


def test_the_reason_why_a_column_is_not_read_is_the_true_one(tmp_path: Path) -> None:
    rows = [
        f"{n + 1},2026-0{1 + n % 6}-11,{day(n)},{('Open', 'Closed')[n % 2]},High,{('Card', 'Cash')[n % 2]} back {n}"
        for n in range(60)
    ]
    head = "Ticket ID,Date of Purchase,First Response Time,Ticket Status,Priority,Resolution"
    said = inspected(tmp_path, head, *rows).problems
    assert any(one.startswith("First Response Time is not read") and "no column says when" in one for one in said)
    assert any(one.startswith("Resolution is not read") and "its values do not fit" in one for one in said)


def test_how_long_it_took_is_no_number_of_it(tmp_path: Path) -> None:
    rows = [f"c{n:06}-x,{day(n)},Help,A{n % 5},{n % 9},{61_000 + 7 * n},Answered" for n in range(60)]
    head = "Call ID,Call start,Queue,Agent,Queue wait,Ticket duration,Outcome"
    assert "ticket_id" not in mapped(inspected(tmp_path, head, *rows)).values()
