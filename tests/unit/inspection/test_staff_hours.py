"""Sheets of staff hours: a column a state, in words of another language and without a unit in the heading."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.inspection.test_rules import day, inspected, loaded

HEAD = "Personalnr.,Datum,Bezahlt,Gespräche,Nachbearbeitung,Bereitschaft,Pause,Schulung,Besprechung"
PARTS = (3.6, 0.8, 1.6, 0.8, 0.5, 0.45)


def _rows(size: float) -> list[str]:
    told = ",".join(f"{part * size:.2f}" for part in PARTS)
    return [f"P00{n % 8},{day(n // 8, '%Y-%m-%d')},{sum(PARTS) * size:.2f},{told}" for n in range(160)]


def test_hours_of_a_day_are_read_as_hours_and_said(tmp_path: Path) -> None:
    found = inspected(tmp_path, HEAD, *_rows(1))
    assert found.kind == "agent_time" and any("read as hours" in one for one in found.problems)
    rows = loaded(tmp_path, found, "agent_time")
    told = {state: sum(row["seconds"] for row in rows if row["state"] == state) / 160 for state in _states(rows)}
    assert told == pytest.approx(
        {"handling": 4.4 * 3600, "available": 1.6 * 3600, "break": 2880, "training": 1800, "meeting": 1620}
    )


def _states(rows: list[dict[str, object]]) -> set[str]:
    return {str(row["state"]) for row in rows}


def test_seconds_of_a_day_stay_seconds(tmp_path: Path) -> None:
    rows = loaded(tmp_path, inspected(tmp_path, HEAD, *_rows(3600)), "agent_time")
    assert sum(row["seconds"] for row in rows if row["state"] == "training") / 160 == pytest.approx(1800)


def test_times_away_alone_are_said_to_be_no_whole_day(tmp_path: Path) -> None:
    rows = [f"A{n % 6:03},{day(n // 6, '%Y-%m-%d')},0:{10 + n % 40},1:00,0:30" for n in range(120)]
    found = inspected(tmp_path, "工号,日期,会议时长,休息时长,培训时长", *rows)
    assert found.kind == "agent_time" and any("not those of the whole day" in one for one in found.problems)
    whole = inspected(tmp_path, HEAD, *_rows(1))
    assert not any("not those of the whole day" in one for one in whole.problems)
