"""How a contact ended, where several columns of an unknown file speak of it."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from ingestion.adding import add_files
from ingestion.load import load_sources
from warehouse.settings import load_settings, utc_now
from warehouse.store import connect
from warehouse.workspace import init_workspace

FIRST = datetime(2026, 3, 2, 8)
# What was noted, whether it was given up, how long was spoken, and how it ended.
CALLS = [
    ("Resolved", "No", "0:03:20", "answered"),
    ("Transferred", "No", "0:02:10", "answered"),
    ("Hang up", "Yes", "0:00:00", "abandoned"),
    ("Transferred", "No", "0:00:00", "flowed_out"),
]


def _outcomes(tmp_path: Path, *, flag: bool) -> list[str]:
    rows = ["Call ref,Call start,Queue,Agent,Disposition,Queue wait,Talk time" + (",Abandoned" if flag else "")]
    for n in range(80):
        said, lost, talk, _ = CALLS[n % 4]
        agent = f"A{n % 5}" if talk != "0:00:00" else ""
        begun = FIRST + timedelta(minutes=7 * n)
        row = f"K{n:03},{begun:%Y-%m-%d %H:%M:%S},South,{agent},{said},0:00:{10 + n % 40},{talk}"
        rows.append(row + (f",{lost}" if flag else ""))
    path = tmp_path / "phone.csv"
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    settings = load_settings(init_workspace(tmp_path / "workspace"))
    add_files(settings, [path])
    with connect(None) as con:
        report = load_sources(con, load_settings(settings.paths.workspace), as_of=utc_now())
        assert report.errors == []
        found = con.rows("select outcome from raw.contacts order by contact_id")
    return [row["outcome"] for row in found]


@pytest.mark.parametrize("flag", [True, False], ids=["with_flag", "by_talk"])
def test_who_was_spoken_to_was_answered_whatever_the_agent_noted(tmp_path: Path, flag: bool) -> None:
    assert _outcomes(tmp_path, flag=flag) == [CALLS[n % 4][3] for n in range(80)]
