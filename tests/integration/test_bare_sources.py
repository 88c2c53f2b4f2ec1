"""A company whose files hold what their contracts ask for and nothing else: it is released, and every page opens."""

from __future__ import annotations

import pytest

from dashboards.drawing import PAGES, draw
from dashboards.figures.plotting import View
from dashboards.reading import Readings
from orchestration.refresh import refresh
from warehouse.releases import Release, ReleaseReader
from warehouse.settings import Settings, load_settings
from warehouse.workspace import init_workspace

pytestmark = pytest.mark.timeout(900)
DAYS = [f"2026-0{1 + k // 25}-{1 + k % 25:02d}" for k in range(75)]
ROWS = {
    "tickets": ("ticket_id,created_at", "T{k},{day} 09:30:00"),
    "contacts": ("contact_id,arrived_at,channel,outcome", "C{k},{day} 10:00:00,voice,answered"),
    "interval_stats": ("queue,channel,interval_start_at", "Q,voice,{day} 10:00:00"),
    "customers": ("customer_id", "K{k}"),
    "agents": ("agent_id", "A{k}"),
    "agent_time": ("agent_id,worked_on,state,seconds", "A{k},{day},available,3600"),
    "training": ("training_id,agent_id,trained_on,hours", "L{k},A{k},{day},2"),
    "quality_checks": ("check_id,checked_at,passed", "P{k},{day} 11:00:00,true"),
    "job_postings": ("posting_id", "J{k}"),
    "applications": ("application_id", "B{k}"),
    "survey_responses": ("response_id,item_id", "R{k},q1"),
    "survey_invitations": ("invitation_id,invited_at", "I{k},{day} 12:00:00"),
    "market_indicators": ("indicator,period_on", "openings,{day}"),
    "statements": ("statement_id,stated_at,audience,kind,theme", "S{k},{day} 13:00:00,customer,concern,waiting"),
    "costs": ("month_on,category,amount", "{day},salaries,{k}"),
}


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    root = tmp_path_factory.mktemp("bare") / "workspace"
    sources = "\n".join(f"  {kind}: {{adapter: generic_{kind}, archive: true}}" for kind in ROWS)
    head = "organisation: {name: Bare, time_zone: UTC, currency: EUR}"
    init_workspace(root, config_text=f"{head}\nsources:\n{sources}\n")
    for kind, (header, row) in ROWS.items():
        folder = root / "landing" / kind
        folder.mkdir(parents=True, exist_ok=True)
        lines = [header, *(row.format(k=k, day=day) for k, day in enumerate(DAYS))]
        (folder / f"{kind}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    found = load_settings(root)
    refresh(found)
    return found


@pytest.fixture(scope="module")
def release(settings: Settings) -> Release:
    return ReleaseReader(settings).current()


def test_what_is_not_told_stops_no_release(release: Release) -> None:
    assert release.rows("select check_name, detail from quality.checks where not passed and severity = 'block'") == []
    assert release.scalar("select count(*) from marts.fct_tickets") == len(DAYS)


def test_tickets_of_which_nobody_tells_a_state_are_counted_and_in_no_backlog(release: Release) -> None:
    assert release.scalar("select sum(tickets_created) from rollups.rollup_tickets_created_day") == len(DAYS)
    assert release.rows("select * from rollups.rollup_backlog_day") == []


@pytest.mark.parametrize("path", PAGES)
def test_every_page_opens(settings: Settings, path: str) -> None:
    page = draw(Readings(settings), path, "", View())[2]
    assert "could not be drawn" not in page
