"""A list whose tickets have two numbers, and a log that speaks of them by the other one: no ticket stands twice."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from ingestion.adding import AddResult, add_files
from tests.unit.ingestion.test_histories import FIRST, _again, _counted
from warehouse.settings import Settings, load_settings
from warehouse.workspace import init_workspace


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load_settings(init_workspace(tmp_path / "workspace"))


def _opened(n: int) -> str:
    return f"{FIRST + timedelta(hours=6 * n, seconds=n):%Y-%m-%d %H:%M:%S}"


def _closed(n: int) -> str:
    return f"{FIRST + timedelta(hours=6 * n + 3, seconds=n):%Y-%m-%d %H:%M:%S}"


def _list(folder: Path, *, with_both: bool) -> Path:
    rows = ["Id,CaseNumber,Status,Priority,CreatedDate,ClosedDate" if with_both else
            "CaseNumber,Status,Priority,CreatedDate,ClosedDate"]  # fmt: skip
    for n in range(80):
        other = f"500a{n * 7919:09x}," if with_both else ""
        rows.append(f"{other}{1000 + n:08},Closed,High,{_opened(n)},{_closed(n)}")
    path = folder / "Case.csv"
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def _log(folder: Path) -> Path:
    rows = ["Id,CaseId,CreatedById,CreatedDate,Field,OldValue,NewValue"]
    for n in range(80):
        number = f"500a{n * 7919:09x}"
        rows += [f"017{n:06}a,{number},005x1,{_opened(n)},created,,", f"017{n:06}b,{number},005x1,{_closed(n)},Status,New,Closed"]  # fmt: skip # noqa: E501
    path = folder / "CaseHistory.csv"
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def _said(result: AddResult) -> list[str]:
    return [problem for one in (result, *result.also) for problem in one.problems]


@pytest.mark.parametrize("order", ["together", "list_first", "log_first"])
def test_a_log_is_joined_by_the_number_it_speaks_of(settings: Settings, tmp_path: Path, order: str) -> None:
    files = [_list(tmp_path, with_both=True), _log(tmp_path)]
    steps = [files] if order == "together" else [[one] for one in (files if order == "list_first" else files[::-1])]
    said: list[str] = []
    for step in steps:
        said += _said(add_files(_again(settings), step))
    assert len(_again(settings).sources) == 1
    assert any(problem.startswith("Id is the number of a ticket") for problem in said)
    assert _counted(settings) == (80, 80, 80)


def test_tickets_that_open_at_the_same_instants_under_other_numbers_are_not_made_twice(
    settings: Settings, tmp_path: Path
) -> None:
    result = add_files(settings, [_list(tmp_path, with_both=False), _log(tmp_path)])
    assert any("open at the same instants" in problem for problem in _said(result))
    assert _counted(settings)[:2] == (80, 80)
