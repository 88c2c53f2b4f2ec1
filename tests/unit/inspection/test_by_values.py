"""Files without a header: what they are is told by values alone, with little confidence and a reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingestion.adding import add_files
from ingestion.inspection import inspect_file
from tests.unit.inspection.test_rules import day, inspected, loaded, mapped
from warehouse.errors import SwotlightError
from warehouse.settings import load_settings
from warehouse.workspace import init_workspace

CALLS = [
    f"C-{n:05},{day(n)},+49 30 12345{n:03},{'ABANDONED' if n % 5 == 0 else 'ANSWERED'},{10 + n % 40},"
    f"{0 if n % 5 == 0 else 120 + n % 77},Ana Braun"
    for n in range(60)
]
STATES = ("New", "Open", "Pending", "Solved")
LOG = [f"R{1000 + n // 3},{day(n)},{STATES[n % 3]},{STATES[n % 3 + 1]}" for n in range(90)]
DESK = [
    f"T-{n:04},{day(n)},{'' if n % 4 == 0 else day(n + 2)},{'Open' if n % 4 == 0 else 'Closed'},"
    f"{('Low', 'High', 'Urgent')[n % 3]},Lamp {n} does not work"
    for n in range(60)
]


def test_a_log_of_calls_is_known_by_its_numbers_instants_times_and_words(tmp_path: Path) -> None:
    found = inspected(tmp_path, *CALLS)
    assert (found.kind, found.adapter, found.rows) == ("contacts", None, 60)
    assert mapped(found) == {
        "unnamed_1": "contact_id", "unnamed_2": "arrived_at", "unnamed_3": "customer_id", "unnamed_4": "outcome",
        "unnamed_5": "wait_seconds", "unnamed_6": "talk_seconds", "unnamed_7": None,
    }  # fmt: skip
    rows = loaded(tmp_path, found, "contacts")
    assert len(rows) == 60
    assert sum(row["talk_seconds"] or 0 for row in rows if row["outcome"] == "abandoned") == 0
    assert sum(row["outcome"] == "abandoned" for row in rows) == 12


def test_its_lines_are_unsure_and_say_why(tmp_path: Path) -> None:
    found = inspected(tmp_path, *CALLS)
    told = [column for column in found.columns if column["maps_to"]]
    assert all(column["confidence"] < 0.6 and column["reason"] for column in told)
    assert found.confidence < 0.6
    assert found.reason.startswith("there is no header")


def test_a_log_of_changes_has_a_number_that_repeats_and_states_that_follow_each_other(tmp_path: Path) -> None:
    found = inspected(tmp_path, *LOG)
    assert found.kind == "ticket_events"
    assert mapped(found) == {
        "unnamed_1": "ticket_id", "unnamed_2": "occurred_at", "unnamed_3": "from_value", "unnamed_4": "to_value",
    }  # fmt: skip


def test_requests_end_where_their_state_says_that_they_are_over(tmp_path: Path) -> None:
    found = inspected(tmp_path, *DESK)
    assert found.kind == "tickets"
    assert mapped(found) == {
        "unnamed_1": "ticket_id", "unnamed_2": "created_at", "unnamed_3": "solved_at", "unnamed_4": "status",
        "unnamed_5": "priority", "unnamed_6": "subject",
    }  # fmt: skip
    assert sum(row["solved_at"] is not None for row in loaded(tmp_path, found, "tickets")) == 45


def test_two_times_of_which_nothing_tells_the_talk_are_both_left_out(tmp_path: Path) -> None:
    rows = [row.replace("ABANDONED", "ANSWERED") for row in CALLS]
    assert not {"wait_seconds", "talk_seconds"} & set(mapped(inspected(tmp_path, *rows)).values())


def test_what_cannot_be_told_asks_for_the_names_of_the_columns(tmp_path: Path) -> None:
    found = inspected(tmp_path, *(f"{day(n)},{n % 7},{n % 3}.5" for n in range(40)))
    assert found.kind is None
    assert any("read: {columns:" in problem for problem in found.problems)


def test_it_can_be_added_and_is_read_by_places(tmp_path: Path) -> None:
    workspace = init_workspace(tmp_path / "workspace")
    (tmp_path / "calls.csv").write_text("\n".join(CALLS) + "\n", encoding="utf-8")
    assert add_files(load_settings(workspace), [tmp_path / "calls.csv"]).kind == "contacts"
    text = (workspace / "maps" / "calls.yml").read_text(encoding="utf-8")
    assert "contact_id: {from: unnamed_1" in text and "look at this" in text


@pytest.mark.parametrize(
    "rows",
    [
        [f"{n},open,high" for n in range(9)],
        ["Mail,Post,Fax,Chat", *(["Mail,,Fax,"] * 4), *([",Post,,Chat"] * 4)],
        ["2019,2020,2021", *(f"{n},{n + 1},{n + 2}" for n in range(9))],
    ],
    ids=["numbers over words", "headings of ticked boxes", "years over figures"],
)
def test_a_header_is_not_taken_for_data(tmp_path: Path, rows: list[str]) -> None:
    head = "number,state,rank" if rows[0].startswith("0") else rows[0]
    found = inspected(tmp_path, head, *(rows if head != rows[0] else rows[1:]))
    assert [column["name"] for column in found.columns] == head.split(",")


def test_an_unknown_file_is_still_refused(tmp_path: Path) -> None:
    workspace = init_workspace(tmp_path / "workspace")
    path = tmp_path / "x.csv"
    path.write_text("".join(f"{n % 7}.5,{n % 3}.25,{n % 5}.75\n" for n in range(40)), encoding="utf-8")
    with pytest.raises(SwotlightError, match="cannot be told"):
        add_files(load_settings(workspace), [path])
    assert inspect_file(path).kind is None
