"""Samples of vendors' shapes, loaded through the engine."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ingestion.load import load_sources
from warehouse.settings import load_settings, package_path
from warehouse.store import Connection, connect
from warehouse.workspace import init_workspace

AS_OF = datetime(2026, 6, 1, tzinfo=UTC)
LoadSample = Callable[[str], Connection]


@pytest.fixture(scope="module")
def load_sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LoadSample]:
    """Loads the sample of an adapter, the adapter recognised by content; gives the raw tables.

    ``servicenow/list`` is another sample of the same adapter, in the folder ``servicenow_list``.
    """
    opened: dict[str, Connection] = {}

    def load(adapter: str) -> Connection:
        if adapter not in opened:
            opened[adapter] = _load(adapter, tmp_path_factory.mktemp(adapter.replace("/", "_")))
        return opened[adapter]

    yield load
    for con in opened.values():
        con.close()


def _load(adapter: str, folder: Path) -> Connection:
    workspace = init_workspace(folder / "workspace")
    shutil.copytree(package_path(f"seeds/samples/{adapter.replace('/', '_')}"), workspace / "landing" / "sample")
    (workspace / "swotlight.yml").write_text("sources:\n  sample: {}\n", encoding="utf-8")
    con = connect(folder / "warehouse.duckdb")
    report = load_sources(con, load_settings(workspace), as_of=AS_OF)
    assert [error.message for error in report.errors] == []
    assert con.scalar("select adapter from ingest.sources") == adapter.split("/")[0]
    assert con.rows("select file, reason, field, raw_text from ingest.quarantine") == []
    return con
