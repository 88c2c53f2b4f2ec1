"""A workspace with a small built database, without running anything but the warehouse."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from warehouse.settings import Settings, load_settings
from warehouse.store import connect
from warehouse.workspace import init_workspace


def fill_build(settings: Settings, generation: int, rows: int = 50) -> None:
    """Every row of the marts carries its generation, so that a mixed reading shows."""
    settings.paths.build_db.parent.mkdir(exist_ok=True)
    with connect(settings.paths.build_db) as con:
        for schema in ("raw", "marts", "rollups", "metrics", "quality", "swot", "reference"):
            con.execute(f"create schema if not exists {schema}")
        con.execute("create or replace table raw.people as select 'Ada Lovelace' as name")
        con.execute(f"create or replace table marts.fct as select {generation} as generation from range({rows})")
        con.execute(f"create or replace table rollups.day as select {generation} as generation, 1.5::double as x")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A fresh workspace with a build of generation 1."""
    made = load_settings(init_workspace(tmp_path / "ws"))
    fill_build(made, 1)
    return made


@pytest.fixture
def build() -> Callable[..., None]:
    """Fills the build database again."""
    return fill_build
