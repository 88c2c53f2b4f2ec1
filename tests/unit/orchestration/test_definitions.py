"""What Dagster shows: assets, lineage, checks, the gate's place, schedule and sensor."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from warehouse.settings import Settings, load_settings
from warehouse.workspace import init_workspace

CONFIG = "organisation: {time_zone: Asia/Ho_Chi_Minh}\nschedule: {refresh_at: '04:30'}\nsources: {calls: {}}\n"


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return load_settings(init_workspace(tmp_path_factory.mktemp("dagster") / "ws", config_text=CONFIG))


@pytest.fixture(scope="module")
def definitions(settings: Settings) -> Any:
    from orchestration.definitions import build_definitions

    return build_definitions(settings)


def parents(definitions: Any, *path: str) -> set[str]:
    import dagster as dg

    graph = definitions.resolve_asset_graph()
    return {key.to_user_string() for key in graph.get(dg.AssetKey(list(path))).parent_keys}


def test_every_contract_is_an_asset(definitions: Any) -> None:
    from ingestion.contracts import load_contracts

    keys = {key.to_user_string() for key in definitions.resolve_asset_graph().get_all_asset_keys()}
    assert {f"raw/{name}" for name in load_contracts()} <= keys


def test_lineage_leads_from_raw_rows_to_the_release(definitions: Any) -> None:
    import dagster as dg

    graph = definitions.resolve_asset_graph()
    above, seen = {dg.AssetKey(["release"])}, set()
    while above:
        key = above.pop()
        seen.add(key.to_user_string())
        above |= {parent for parent in graph.get(key).parent_keys if parent.to_user_string() not in seen}
    assert {"raw/tickets", "staging/stg_tickets", "marts/fct_tickets", "metrics/catalogue", "swot/items"} <= seen


def test_the_release_comes_after_every_check_has_run(definitions: Any) -> None:
    assert parents(definitions, "release") == {"quality/release_checks"}
    assert {"quality/checks", "swot/items"} <= parents(definitions, "quality", "release_checks")


def test_every_check_of_the_catalogue_is_an_asset_check(definitions: Any) -> None:
    from expectations.catalogue import checks

    shown = {key.name for key in definitions.resolve_asset_graph().asset_check_keys}
    assert {check.name for check in checks()} <= shown


def test_the_schedule_is_daily_in_the_organisations_zone_and_running(definitions: Any) -> None:
    import dagster as dg

    schedule = definitions.resolve_schedule_def("daily_refresh")
    assert (schedule.cron_schedule, schedule.execution_timezone) == ("30 4 * * *", "Asia/Ho_Chi_Minh")
    assert schedule.default_status == dg.DefaultScheduleStatus.RUNNING


def test_new_files_ask_for_a_run_once(definitions: Any, settings: Settings) -> None:
    import dagster as dg

    sensor = definitions.resolve_sensor_def("landing_changes")
    with dg.instance_for_test() as instance:
        first = sensor.evaluate_tick(dg.build_sensor_context(instance=instance))
        assert not first.run_requests
        landed = settings.paths.landing / "calls" / "new.csv"
        landed.parent.mkdir(exist_ok=True)
        landed.write_text("a\n1\n")
        second = sensor.evaluate_tick(dg.build_sensor_context(instance=instance, cursor=first.cursor))
        third = sensor.evaluate_tick(dg.build_sensor_context(instance=instance, cursor=second.cursor))
    assert len(second.run_requests) == 1
    assert not third.run_requests


def test_the_workspace_of_the_environment_is_what_dagster_loads(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    from orchestration import workspace

    monkeypatch.setenv("SWOTLIGHT_WORKSPACE", str(settings.paths.workspace))
    loaded: Any = workspace.definitions()
    assert loaded.resolve_job_def("refresh").name == "refresh"


def test_definitions_of_dagster_only_assemble() -> None:
    from orchestration import definitions as module

    assert module.__file__ is not None
    assert len(Path(module.__file__).read_text().splitlines()) < 80
