"""A proposal is tried on its own rows before it is shown: what would be refused is left out, or marked and doubted."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ingestion.inspection import inspect_file
from ingestion.inspection.fields import Line
from ingestion.inspection.kinds import guesses
from ingestion.inspection.mending import tried
from ingestion.inspection.profile import Profile
from ingestion.inspection.proposal import Proposal, propose
from ingestion.inspection.sample import open_file, take_sample, workshop
from ingestion.inspection.trial import try_map
from tests.unit.inspection.test_rules import day, inspected, loaded

HEAD = "Ticket ID,Created,Status,Priority,Agent\n"
ROWS = [f"T{n},2026-03-{1 + n % 28:02} 10:00:00,open,High,Ana {n % 5}\n" for n in range(60)]
MORE = [row.replace("T", "U", 1) for row in ROWS]


def _desk(folder: Path, rows: list[str] = ROWS) -> tuple[Proposal, list[Profile]]:
    path = folder / "desk.csv"
    path.write_text(HEAD + "".join(rows), encoding="utf-8")
    with workshop() as (con, work):
        profiles = take_sample(con, open_file(path, con, work)[0]).profiles
    return propose(guesses(profiles)[0], profiles, []), profiles


def test_a_good_proposal_is_left_as_it_is(tmp_path: Path) -> None:
    proposal, profiles = _desk(tmp_path)
    columns = [line.column for line in proposal.lines]
    trial = tried(proposal, profiles, "desk")
    assert (trial.rows, trial.refusals, trial.error) == (60, (), "")
    assert ([line.column for line in proposal.lines], proposal.problems) == (columns, [])


def test_a_column_that_is_not_needed_and_would_be_refused_is_left_out_and_said(tmp_path: Path) -> None:
    proposal, profiles = _desk(tmp_path)
    proposal.lines.append(Line("reopens", {"from": "Agent", "type": "integer"}, 0.6, "as an example", ("Agent",)))
    trial = tried(proposal, profiles, "desk")
    assert trial.refusals == ()
    assert "reopens" not in [line.column for line in proposal.lines]
    assert proposal.problems == ["Agent is left out as reopens: 60 of 60 rows would be refused for it."]


def test_a_needed_column_that_would_be_refused_is_marked_and_the_whole_is_doubted(tmp_path: Path) -> None:
    proposal, profiles = _desk(tmp_path)
    created = next(line for line in proposal.lines if line.column == "created_at")
    created.given = {"from": "Agent", "type": "instant"}
    tried(proposal, profiles, "desk")
    assert proposal.is_doubted and proposal.confidence <= 0.3 and created.confidence <= 0.3
    assert any("would be refused" in problem or "reads none" in problem for problem in proposal.problems)


def test_the_end_that_stands_before_the_start_is_left_out(tmp_path: Path) -> None:
    proposal, profiles = _desk(tmp_path)
    early = {"value": "2001-01-01", "type": "instant"}
    proposal.lines.append(Line("solved_at", early, 0.5, "as an example", ("Solved",)))
    assert tried(proposal, profiles, "desk").refusals == ()
    assert "solved_at" not in [line.column for line in proposal.lines]


def test_a_wrong_row_or_two_are_the_files_own_and_are_told(tmp_path: Path) -> None:
    proposal, profiles = _desk(tmp_path, [*ROWS, *MORE, "V0,,open,High,Ana\n"])
    tried(proposal, profiles, "desk")
    assert [line.column for line in proposal.lines if line.confidence <= 0.3] == []
    assert proposal.problems[-1] == "1 of the first 121 rows would be refused: missing value in created_at."


def test_rows_without_what_each_of_them_needs_become_no_rows(tmp_path: Path) -> None:
    rows = [f"E{n % 20},Safety,{'2026-03-02' if n % 2 else ''},{'Completed' if n % 2 else ''},2\n" for n in range(60)]
    path = tmp_path / "courses.csv"
    path.write_text("Employee ID,Course,Completed On,Status,Hours\n" + "".join(rows), encoding="utf-8")
    found = inspect_file(path)
    assert found.kind == "training" and found.proposed_map is not None
    assert "where: row.trained_on is not null" in found.proposed_map.replace('"', "")
    assert any("30 of 60 rows have nothing in Completed On" in problem for problem in found.problems)


def test_a_map_that_cannot_be_read_is_told_in_its_own_sentence(tmp_path: Path) -> None:
    _, profiles = _desk(tmp_path)
    trial = try_map(profiles, "shapes: {x: {table: tickets, fields: {ticket_id: {from: Nothing}}}}\n")
    assert trial.refused_share == 1.0 and trial.error


def _replies(tmp_path: Path, *, early: int, status: bool = True) -> tuple[list[dict[str, Any]], list[str]]:
    """100 tickets, of which the first ``early`` ones were replied to and closed before they were made."""
    rows = []
    for n in range(100):
        replied, closed = (n - 1, n - 2) if n < early else (n + 1, n + 2)
        rows.append(f"T{n},{day(n)},{day(replied)},{day(closed)},High" + (",Closed" if status else ""))
    found = inspected(tmp_path, "Ticket ID,Created,First reply,Closed,Priority" + (",Status" if status else ""), *rows)
    return loaded(tmp_path, found, "tickets"), found.problems


def test_a_reply_before_its_request_is_emptied_and_the_rest_of_its_column_stays(tmp_path: Path) -> None:
    made, problems = _replies(tmp_path, early=7)
    assert len(made) == 100
    assert sum(row["first_replied_at"] is None for row in made) == sum(row["solved_at"] is None for row in made) == 7
    assert sum(one.startswith("7 of 100 rows have a reply or an end before the start") for one in problems) == 1


def test_where_most_replies_are_before_their_request_the_column_is_none_of_replies(tmp_path: Path) -> None:
    made, problems = _replies(tmp_path, early=40)
    assert {row["first_replied_at"] for row in made} == {None}
    assert any("is left out as first_replied_at" in one for one in problems)


def test_an_end_is_not_emptied_where_its_request_would_stand_open(tmp_path: Path) -> None:
    made, _ = _replies(tmp_path, early=2, status=False)
    assert len(made) == 98 and all(row["solved_at"] for row in made)
