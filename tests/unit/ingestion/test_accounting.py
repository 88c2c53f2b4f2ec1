"""What happens to source rows: inserted, updated, superseded, duplicate, quarantined, and nothing else."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.unit.ingestion.conftest import Box

HEAD = "ticket_id,created_at,updated_at,status\n"


def counts(file: dict[str, Any]) -> tuple[int, ...]:
    names = ("inserted", "updated", "superseded", "duplicate", "quarantined")
    return tuple(file[f"rows_{name}"] for name in names)


def test_a_new_file_inserts_its_rows(box: Box) -> None:
    box.put("a.csv", HEAD + "1,2026-01-01,2026-01-02,open\n2,2026-01-01,2026-01-02,open\n")
    box.load()
    assert counts(box.files()[0]) == (2, 0, 0, 0, 0)
    assert len(box.rows()) == 2


def test_the_same_content_again_is_all_duplicates(box: Box) -> None:
    box.put("a.csv", HEAD + "1,2026-01-01,2026-01-02,open\n")
    box.load()
    box.put("b.csv", HEAD + "1,2026-01-01,2026-01-02,open\n")
    box.load()
    assert [counts(file) for file in box.files()] == [(1, 0, 0, 0, 0), (0, 0, 0, 1, 0)]
    assert len(box.rows()) == 1


def test_a_newer_version_updates_and_an_older_one_is_superseded(box: Box) -> None:
    box.put("a.csv", HEAD + "1,2026-01-01,2026-01-05,open\n")
    box.put("b.csv", HEAD + "1,2026-01-01,2026-01-09,solved\n")
    box.put("c.csv", HEAD + "1,2026-01-01,2026-01-07,pending\n")
    box.load()
    assert [counts(file) for file in box.files()] == [(1, 0, 0, 0, 0), (0, 1, 0, 0, 0), (0, 0, 1, 0, 0)]
    assert box.values("status") == ["solved"]


def test_of_equal_versions_the_later_arrival_counts(box: Box) -> None:
    box.put("a.csv", HEAD + "1,2026-01-01,2026-01-05,open\n")
    box.load()
    box.put("0_correction.csv", HEAD + "1,2026-01-01,2026-01-05,solved\n")
    box.load()
    assert [file["name"] for file in box.files()] == ["a.csv", "0_correction.csv"]
    assert counts(box.files()[1]) == (0, 1, 0, 0, 0)
    assert box.values("status") == ["solved"]


def test_a_repeated_old_file_does_not_undo_a_correction(box: Box) -> None:
    box.put("a.csv", HEAD + "1,2026-01-01,,open\n")
    box.put("b.csv", HEAD + "1,2026-01-01,,solved\n")
    box.put("c.csv", HEAD + "1,2026-01-01,,open\n")
    box.load()
    assert box.values("status") == ["solved"]
    assert counts(box.files()[2]) == (0, 0, 0, 1, 0)


def test_a_file_corrected_in_place_replaces_its_rows(box: Box) -> None:
    box.put("a.csv", HEAD + "1,2026-01-01,2026-01-05,open\n2,2026-01-01,,open\n")
    box.load()
    box.put("a.csv", HEAD + "1,2026-01-01,2026-01-06,solved\n")
    assert box.load().state == "loaded"
    assert box.values("status") == ["solved"]


def test_files_that_arrive_together_are_taken_in_natural_order(box: Box) -> None:
    for number in (10, 2, 1):
        box.put(f"export_{number}.csv", HEAD + f"1,2026-01-01,,{'open' if number < 10 else 'solved'}\n")
    box.load()
    assert [file["name"] for file in box.files()] == ["export_1.csv", "export_2.csv", "export_10.csv"]
    assert box.values("status") == ["solved"]


def test_an_unchanged_source_is_left_alone(box: Box) -> None:
    box.put("a.csv", HEAD + "1,2026-01-01,2026-01-05,open\n")
    assert box.load().state == "loaded"
    assert box.load().state == "unchanged"
    assert box.load(full=True).state == "loaded"


def test_rows_without_a_key_are_known_by_their_content(box: Box) -> None:
    box.map("shapes: {x: {fields: {a: text, b: integer}}}")
    box.put("a.csv", "a,b\nx,1\nx,1\ny,2\n")
    box.load()
    assert counts(box.files()[0]) == (2, 0, 0, 1, 0)


def test_a_file_that_has_vanished_is_refused_until_it_is_listed_as_removed(box: Box) -> None:
    box.put("a.csv", HEAD + "1,2026-01-01,,open\n")
    box.put("b.csv", HEAD + "2,2026-01-01,,open\n")
    box.load()
    box.take("b.csv")
    assert box.refusal().code == "vanished"
    assert len(box.rows()) == 2
    box.config += "\nremoved: [b.csv]"
    box.load()
    assert len(box.rows()) == 1


row = st.tuples(st.integers(1, 4), st.integers(1, 6), st.sampled_from(["ok", "ok", "ok", "no_key", "bad", "short"]))
exports = st.lists(st.lists(row, max_size=6), min_size=1, max_size=3)


def as_csv(rows: list[tuple[int, int, str]]) -> str:
    lines = []
    for ticket, version, kind in rows:
        status = ("open", "pending", "solved")[(ticket + version) % 3]
        line = f"{ticket},2026-01-01 10:00,2026-02-{version:02} 09:00,{status}"
        if kind == "no_key":
            line = line.replace(str(ticket), "", 1)
        lines.append({"bad": line.replace("2026-01-01", "gestern"), "short": f"{ticket},x"}.get(kind, line))
    return HEAD + "".join(f"{line}\n" for line in lines)


@given(exports)
@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
def test_the_accounting_adds_up_and_no_order_or_repetition_changes_the_rows(
    tmp_path_factory: pytest.TempPathFactory, files: list[list[tuple[int, int, str]]]
) -> None:
    texts = [as_csv(rows) for rows in files]
    outcomes = []
    for order in [*itertools.islice(itertools.permutations(range(len(texts))), 4), (*range(len(texts)), 0)]:
        box = Box(tmp_path_factory.mktemp("box"))
        for place, number in enumerate(order):
            box.put(f"{place}.csv", texts[number])
        box.report()
        for file, number in zip(box.files(), order, strict=True):
            assert sum(counts(file)) == file["rows_read"] == len(files[number])
        inserted = sum(file["rows_inserted"] for file in box.files())
        assert inserted == len(box.rows())
        columns = "ticket_id, created_at, updated_at, status"
        outcomes.append(box.rows(columns=columns))
        box.con.close()
    assert all(outcome == outcomes[0] for outcome in outcomes)
    newest: dict[str, int] = {}
    for ticket, version, kind in itertools.chain(*files):
        if kind == "ok":
            newest[str(ticket)] = max(newest.get(str(ticket), 0), version)
    assert {r["ticket_id"]: r["updated_at"].day for r in outcomes[0]} == newest
