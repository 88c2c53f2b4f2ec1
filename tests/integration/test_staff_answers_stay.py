"""What employees answered leaves the build only added up: nothing that is released holds one person's answer."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from ingestion.adding import add_files
from orchestration.refresh import refresh
from warehouse.releases import Release, ReleaseReader
from warehouse.settings import load_settings, utc_now
from warehouse.store import quote_name
from warehouse.workspace import init_workspace

pytestmark = pytest.mark.timeout(300)
# Scores that no mean of people gives by chance, and words that only one person wrote.
SCORES = [f"{1.5137 + n * 0.0713:.4f}" for n in range(43)]
WORDS = "quokkaberry"
TEAMS = ["North"] * 20 + ["South"] * 20 + ["Tiny"] * 3
PULSE_MAP = """adapter: pulse
shapes:
  row:
    recognise: [Answered on, Employee ID]
    key: [response_id]
    fields:
      response_id: {from: Employee ID, type: id}
      responded_at: {from: Answered on, type: instant}
      team: {from: Department, type: text}
      comment: {from: Comment, type: text}
tables:
  - table: survey_responses
    from: row
    unpivot:
      columns:
        Engagement: {item: engagement, instrument: employee, role: perception, text: Engagement, scale: [1, 5]}
    columns:
      response_id: row.response_id
      respondent_id: row.response_id
      responded_at: row.responded_at
      team: row.team
      comment: row.comment
      audience: "'AUDIENCE'"
      item_id: item.item
      role: item.role
      instrument: item.instrument
      item_text: item.text
      value: item.value
      scale_min: item.scale_min
      scale_max: item.scale_max
"""


def leaks(release: Release) -> list[str]:
    """Every column of a release that holds a single answer of an employee, or what one of them wrote."""
    found = []
    columns = release.rows(
        "select schema_name as s, table_name as t, column_name as c, data_type as d from duckdb_columns() "
        "where not internal and table_name in (select table_name from duckdb_tables())"
    )
    numbers = ", ".join(SCORES)
    for row in columns:
        name, table = quote_name(row["c"]), f"{quote_name(row['s'])}.{quote_name(row['t'])}"
        if row["d"] in ("DOUBLE", "FLOAT") or row["d"].startswith("DECIMAL"):
            where = f"round(cast({name} as double), 4) in ({numbers})"
        elif row["d"] == "VARCHAR":
            where = f"{name} ilike '%{WORDS}%'"
        else:
            continue
        if release.scalar(f"select count(*) from {table} where {where}"):
            found.append(f"{row['s']}.{row['t']}.{row['c']}")
    return found


def released(root: Path, audience: str) -> Release:
    """A company that gives its list of employees, each with a score, and their answers to a survey."""
    settings, today = load_settings(init_workspace(root / "company")), utc_now().date()
    people = ["Employee ID,Full Name,Department,Hire Date,Engagement Score"]
    answers = ["Answered on,Employee ID,Department,Engagement,Comment"]
    for place, (score, team) in enumerate(zip(SCORES, TEAMS, strict=True)):
        people.append(f"E{place},Name {place},{team},{date(2024, 1, 1) + timedelta(days=place)},{score}")
        answers.append(f"{today - timedelta(days=20)} 10:00:00,E{place},{team},{score},{WORDS} {place}")
    (root / "people.csv").write_text("\n".join(people) + "\n", encoding="utf-8")
    (root / "pulse.csv").write_text("\n".join(answers) + "\n", encoding="utf-8")
    (root / "pulse.yml").write_text(PULSE_MAP.replace("AUDIENCE", audience), encoding="utf-8")
    add_files(settings, [root / "people.csv"], kind="agents")
    add_files(load_settings(root / "company"), [root / "pulse.csv"], map_path=root / "pulse.yml")
    settings = load_settings(root / "company")
    refresh(settings)
    return ReleaseReader(settings).current()


def test_no_released_table_holds_what_a_single_employee_answered(tmp_path: Path) -> None:
    release = released(tmp_path, "employee")
    assert leaks(release) == []
    assert release.scalar("select count(*) from marts.survey_results where group_name = 'all' and n = 43") > 0
    assert release.scalar("select count(*) from marts.survey_results where n < 5 and value is not null") == 0


def test_a_map_that_calls_employees_customers_would_be_seen(tmp_path: Path) -> None:
    assert "marts.fct_survey_answers.value" in leaks(released(tmp_path, "customer"))
