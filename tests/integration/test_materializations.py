"""How a model becomes a table or a view: contracts hold, kinds may change, a failed build leaves what stood there."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from orchestration.dbt_runner import closed_afterwards
from warehouse.settings import export_environment, package_path
from warehouse.store import connect

_PROJECT = "name: tiny\nversion: '1.0'\nprofile: swotlight\nmodel-paths: [models]\nmacro-paths: [macros]\n"
_CONTRACT = """models:
  - name: thing
    config: {contract: {enforced: true}}
    columns:
      - {name: who, data_type: varchar}
      - {name: n, data_type: bigint, constraints: [{type: not_null}]}
"""
Build = Callable[..., list[str]]


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "build.duckdb"


@pytest.fixture
def build(tmp_path: Path, database: Path) -> Build:
    """Builds one model from its text (kind first, then the query); what failed, in dbt's words."""
    engine = package_path("dbt_project") / "macros" / "engine" / "materializations.sql"
    for folder in ("models", "macros"):
        (tmp_path / folder).mkdir()
    real = yaml.safe_load((package_path("dbt_project") / "dbt_project.yml").read_text("utf-8"))
    (tmp_path / "dbt_project.yml").write_text(_PROJECT + yaml.safe_dump({"on-run-start": real["on-run-start"]}))
    shutil.copy(package_path("dbt_project") / "profiles.yml", tmp_path)
    shutil.copy(engine, tmp_path / "macros")
    export_environment(SWOTLIGHT_BUILD_DB=str(database), SWOTLIGHT_MEMORY_LIMIT="1GB", DO_NOT_TRACK="1")

    def run(text: str, contract: str = _CONTRACT) -> list[str]:
        from dbt.cli.main import dbtRunner

        kind, _, query = text.partition(": ")
        (tmp_path / "models" / "thing.yml").write_text(contract)
        (tmp_path / "models" / "thing.sql").write_text(f"{{{{ config(materialized='{kind}') }}}}\n{query}")
        with closed_afterwards():
            outcome = dbtRunner().invoke(
                ["run", "--project-dir", str(tmp_path), "--profiles-dir", str(tmp_path), "--log-level", "none"]
            )
        assert outcome.exception is None, outcome.exception
        return [str(result.message) for result in outcome.result.results if str(result.status) != "success"]

    return run


def rows(database: Path) -> list[tuple[object, ...]]:
    with connect(database, read_only=True) as con:
        return con.execute("select who, n from marts.thing order by all").fetchall()


def kind(database: Path) -> str:
    with connect(database, read_only=True) as con:
        return str(con.scalar("select table_type from information_schema.tables where table_name = 'thing'"))


@pytest.mark.parametrize("made", ["table", "view"])
def test_a_query_that_keeps_its_contract_is_built_and_built_again(build: Build, database: Path, made: str) -> None:
    for who in ("ada", "grace"):
        assert build(f"{made}: select 2::bigint as n, '{who}' as who") == []
    assert rows(database) == [("grace", 2)], "columns are matched by name"


@pytest.mark.parametrize("made", ["table", "view"])
@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("select 'ada' as who, 2::integer as n", "data type mismatch"),
        ("select 'ada' as who", "missing in definition|not in"),
        ("select 'ada' as who, 2::bigint as n, 3 as more", "missing in contract"),
    ],
    ids=["type", "missing", "more"],
)
def test_a_broken_contract_stops_the_model_and_names_the_column(
    build: Build, database: Path, made: str, query: str, told: str
) -> None:
    assert build(f"{made}: select 'ada' as who, 2::bigint as n") == []
    (message,) = build(f"{made}: {query}")
    assert "enforced contract that failed" in message
    assert any(part in message for part in told.split("|")), message
    assert rows(database) == [("ada", 2)]


def test_a_row_that_breaks_a_constraint_leaves_the_table_that_stood_there(build: Build, database: Path) -> None:
    assert build("table: select 'ada' as who, 2::bigint as n") == []
    (message,) = build("table: select 'grace' as who, null::bigint as n")
    assert "NOT NULL" in message
    assert rows(database) == [("ada", 2)]


def test_a_type_with_a_second_name_is_the_same_type(build: Build) -> None:
    contract = _CONTRACT.replace("varchar", "text").replace("bigint", "int8")
    assert build("table: select 'ada' as who, 2::bigint as n", contract) == []


def test_a_table_may_become_a_view_and_a_view_a_table(build: Build, database: Path) -> None:
    for made, found in (("table", "BASE TABLE"), ("view", "VIEW"), ("table", "BASE TABLE")):
        assert build(f"{made}: select 'ada' as who, 2::bigint as n") == []
        assert kind(database) == found


def test_models_are_built_within_the_memory_that_the_workspace_allows(build: Build, database: Path) -> None:
    assert build("table: select current_setting('memory_limit') as who, cast(1 as bigint) as n") == []
    with connect(database, read_only=True) as con:
        assert con.scalar("select who from marts.thing") == "953.6 MiB"
