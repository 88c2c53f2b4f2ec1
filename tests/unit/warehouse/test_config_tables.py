"""The settings as dbt reads them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from warehouse.config_tables import write_config
from warehouse.errors import SwotlightError
from warehouse.settings import load_settings
from warehouse.store import Connection, connect
from warehouse.workspace import init_workspace

TEXT = """\
organisation:
  time_zone: Europe/Berlin
  business_hours: {mon: ["08:00-12:00", "13:00-17:30"], sun: ["00:00-24:00"]}
  team_hours:
    Night: {fri: ["20:00-24:00"]}
  holidays: [2026-12-25]
thresholds:
  chat: {answer_within_seconds: 45, short_abandon_seconds: 10}
"""


def written(workspace: Path) -> Connection:
    con = connect(None)
    write_config(con, load_settings(workspace))
    return con


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return init_workspace(tmp_path / "ws", config_text=TEXT)


def test_business_hours_are_minutes_since_midnight_of_iso_weekdays(workspace: Path) -> None:
    with written(workspace) as con:
        rows = con.execute(
            "select team, weekday, opens_minute, closes_minute from config.business_hours order by all"
        ).fetchall()
    assert rows == [("Night", 5, 1200, 1440), (None, 1, 480, 720), (None, 1, 780, 1050), (None, 7, 0, 1440)]


def test_hours_of_the_reference_folder_hold_from_day_to_day_and_replace_those_of_the_settings(workspace: Path) -> None:
    text = "team,weekday,hours,valid_from,valid_to,time_zone\nNight,sat,20:00-24:00,2026-01-01,,Asia/Ho_Chi_Minh\n"
    (workspace / "reference" / "business_hours.csv").write_text(text, encoding="utf-8")
    with written(workspace) as con:
        rows = con.execute("from config.business_hours where team is not null").fetchall()
        assert con.execute("select count(*) from config.business_hours").fetchall() == [(4,)]
    assert rows == [("Night", 6, 1200, 1440, date(2026, 1, 1), None, "Asia/Ho_Chi_Minh")]


@pytest.mark.parametrize("row", ["Night,someday,9:00-17:00,,,", "Night,mon,17-9,,,", "Night,mon,09:00-17:00,,,Mars"])
def test_hours_that_cannot_be_read_are_refused_with_their_line(workspace: Path, row: str) -> None:
    text = f"team,weekday,hours,valid_from,valid_to,time_zone\n{row}\n"
    (workspace / "reference" / "business_hours.csv").write_text(text, encoding="utf-8")
    with pytest.raises(SwotlightError, match="line 2"):
        written(workspace)


def test_there_is_always_a_default_threshold(workspace: Path) -> None:
    with written(workspace) as con:
        rows = con.execute("from config.thresholds order by channel").fetchall()
    assert rows == [("chat", 45.0, 10.0), ("default", 20.0, 5.0)]


def test_holidays_of_the_settings_and_of_the_reference_folder_come_together(workspace: Path) -> None:
    (workspace / "reference" / "holidays.csv").write_text(
        "holiday_on,name\n2026-01-01,New Year\n2026-12-25,Christmas\n"
    )
    with written(workspace) as con:
        rows = con.execute("select holiday_on::varchar, name from config.holidays order by 1").fetchall()
    assert rows == [("2026-01-01", "New Year"), ("2026-12-25", "Christmas")]


def test_writing_again_replaces_everything(workspace: Path) -> None:
    with written(workspace) as con:
        write_config(con, load_settings(workspace))
        assert con.scalar("select count(*) from config.thresholds") == 2


def test_the_users_targets_have_the_columns_of_the_shipped_ones(workspace: Path) -> None:
    (workspace / "reference" / "targets.csv").write_text("metric,value\nservice_level,0.8\n")
    with written(workspace) as con:
        row = con.rows("select metric, value, entity from config.targets")
    assert row == [{"metric": "service_level", "value": "0.8", "entity": None}]


def test_an_unknown_column_of_the_users_targets_is_named(workspace: Path) -> None:
    (workspace / "reference" / "targets.csv").write_text("metrik,value\nservice_level,0.8\n")
    with pytest.raises(SwotlightError, match="metrik") as caught:
        written(workspace)
    assert (caught.value.key, caught.value.line) == ("metrik", 1)
