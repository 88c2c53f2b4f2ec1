"""What a person exports stands in the clock of the house; what an interface gives stands in UTC."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ingestion.load import load_sources
from tests.unit.adapters.conftest import AS_OF
from warehouse.settings import load_settings, package_path
from warehouse.store import connect
from warehouse.workspace import init_workspace

# The earliest instant of a sample, and what it is where the clock of the house is seven hours ahead of UTC.
FIRST = {
    "freshdesk": ("select min(created_at) from raw.tickets", "2026-03-02 01:00:00"),
    "acd_intervals": (
        "select min(interval_start_at) from raw.interval_stats where queue = 'Orders'",
        "2026-03-02 01:00:00",
    ),
    "servicenow_list": ("select min(created_at) from raw.tickets", "2026-03-02 01:00:00"),
    "zendesk": ("select min(created_at) from raw.tickets", None),
}


def _first(sample: str, zone: str, folder: Path) -> str:
    workspace = init_workspace(folder / zone.replace("/", "_"))
    shutil.copytree(package_path(f"seeds/samples/{sample}"), workspace / "landing" / "sample")
    (workspace / "swotlight.yml").write_text(
        f"organisation: {{time_zone: {zone}}}\nsources:\n  sample: {{}}\n", encoding="utf-8"
    )
    with connect(folder / f"{zone.replace('/', '_')}.duckdb") as con:
        assert [error.message for error in load_sources(con, load_settings(workspace), as_of=AS_OF).errors] == []
        return str(con.scalar(FIRST[sample][0]))


@pytest.mark.parametrize("sample", ["freshdesk", "acd_intervals", "servicenow_list"])
def test_an_export_without_offsets_stands_in_the_organisations_clock(sample: str, tmp_path: Path) -> None:
    assert _first(sample, "Asia/Ho_Chi_Minh", tmp_path) == FIRST[sample][1]


def test_what_an_interface_gives_is_utc_wherever_the_house_is(tmp_path: Path) -> None:
    assert _first("zendesk", "Asia/Ho_Chi_Minh", tmp_path) == _first("zendesk", "UTC", tmp_path) != "None"


def test_an_event_of_a_row_later_than_the_as_of_instant_is_quarantined(tmp_path: Path) -> None:
    workspace = init_workspace(tmp_path / "workspace")
    head = "number,incident_state,reassignment_count,reopen_count,sys_mod_count,opened_at,sys_updated_at"
    rows = [f"INC{n:05},New,0,0,0,{1 + n}/5/2026 08:00,{1 + n}/5/2026 08:00" for n in range(28)]
    rows += ["INC00027,Closed,0,0,1,28/5/2026 08:00,2/6/2026 08:00"]
    (workspace / "landing" / "sample").mkdir(parents=True)
    (workspace / "landing" / "sample" / "log.csv").write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    (workspace / "swotlight.yml").write_text("sources:\n  sample: {}\n", encoding="utf-8")
    with connect(tmp_path / "warehouse.duckdb") as con:
        load_sources(con, load_settings(workspace), as_of=AS_OF)
        assert con.scalar("select max(occurred_at) < timestamp '2026-06-01' from raw.ticket_events")
        assert con.rows("select reason, count(*) as n from ingest.quarantine group by 1") == [
            {"reason": "later_than_as_of", "n": 1}
        ]
