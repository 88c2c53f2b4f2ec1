"""Files given together: what is of another kind by itself says nothing of a file, however many headings both have."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from ingestion.adding import add_files
from ingestion.load import load_sources
from tests.unit.inspection.test_rules import START, day
from warehouse.settings import load_settings, utc_now
from warehouse.store import connect
from warehouse.workspace import init_workspace


def _written(path: Path, head: str, rows: list[str]) -> Path:
    path.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    return path


def test_a_list_of_staff_beside_two_of_requests_is_read_as_alone(tmp_path: Path) -> None:
    head = "Conversation ID,Created date,Closed date,Status,Department,Title,Type,End date"
    requests = [
        _written(
            tmp_path / f"requests_{year}.csv",
            head,
            [f"R{year}{n:04},{day(n % 90)},{day(n % 90 + 1)},Closed,Orders,Where is it,Question," for n in range(300)],
        )
        for year in (1, 2)
    ]
    rows = []
    for n in range(50):
        begun = f"{START - timedelta(days=30 * n):%Y-%m-%d}"
        left = (
            (f"{START + timedelta(days=n):%Y-%m-%d}", "Voluntary", "Terminated") if n % 4 == 0 else ("", "", "Active")
        )
        rows.append(f"e{n:05}a,Ana Lo{chr(97 + n % 20)},Support,Agent,{begun},{','.join(left)}")
    staff = _written(
        tmp_path / "staff.csv",
        "Employee ID,Full name,Department,Title,Start date,End date,Termination type,Employment status",
        rows,
    )
    settings = load_settings(init_workspace(tmp_path / "w"))
    made = add_files(settings, [staff, *requests])
    assert {one.kind: len(one.files) for one in (made, *made.also)} == {"agents": 1, "tickets": 2}
    with connect(None) as con:
        assert load_sources(con, load_settings(tmp_path / "w"), as_of=utc_now()).errors == []
        row = con.rows("select count(*) as n, count(left_on) as gone, count(leaving_kind) as why from raw.agents")[0]
    assert row == {"n": 50, "gone": 13, "why": 13}
    text = (tmp_path / "w" / "maps" / "staff.yml").read_text(encoding="utf-8")
    assert "97% blank" not in text and "92% blank" not in text
