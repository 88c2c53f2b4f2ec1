"""An agent's day in one row, a column a state."""

from __future__ import annotations

from pathlib import Path

from tests.unit.inspection.test_rules import inspected, loaded, mapped


def test_a_column_a_state_becomes_a_row_a_state(tmp_path: Path) -> None:
    head = "Date,Agent ID,Talk (min),After call work (min),Available (min),Training (min),Break (min),Login time (min)"
    days = [f"{1 + n % 14:02}/03/2026,E{n // 14:03},{200 + n},{20 + n % 5},{60 + n},0,30,{n + 310}" for n in range(56)]
    found = inspected(tmp_path, head, *days)
    said = mapped(found)
    assert (found.kind, said["Agent ID"], said["Talk (min)"], said["Break (min)"]) == (
        "agent_time", "agent_id", "seconds", "seconds",
    )  # fmt: skip
    assert any("Login time" in problem for problem in found.problems)
    assert not any("Nothing was found" in problem for problem in found.problems)
    first = {row["state"]: row["seconds"] for row in loaded(tmp_path, found, "agent_time") if row["_line"] == 2}
    assert first == {"handling": 220 * 60, "available": 3600, "training": 0, "break": 1800}
