"""Dagster's own storage in ``logs/dagster``: where it is, and how it is kept from costing more than the work it logs.

A run writes some seven hundred events, each of which SQLite would put on the disk by itself. The log of a run need not
survive a power cut: the releases do, and they are written by `warehouse.releases`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Any

from warehouse.release_files import disk_sentences
from warehouse.settings import Settings, export_environment

_DAGSTER_YAML = """\
# Dagster's own storage of this workspace. Nothing leaves the machine.
telemetry:
  enabled: false
# Steps print nothing; catching what they might print would cost two processes a step and take the terminal away.
compute_logs:
  module: dagster._core.storage.noop_compute_log_manager
  class: NoOpComputeLogManager
"""
_DATABASES = ("history/runs.db", "history/runs/index.db", "schedules/schedules.db")


def dagster_home(settings: Settings) -> None:
    """Make the folder of Dagster's storage and point Dagster to it."""
    home = settings.paths.dagster_home
    with disk_sentences(home):
        home.mkdir(parents=True, exist_ok=True)
        config = home / "dagster.yaml"
        if not config.exists() or config.read_text("utf-8") != _DAGSTER_YAML:
            config.write_text(_DAGSTER_YAML, "utf-8")
    export_environment(DAGSTER_HOME=str(home), DAGSTER_DISABLE_TELEMETRY="yes")


@contextmanager
def quick_log(settings: Settings) -> Iterator[None]:
    """While this holds, SQLite does not wait for the disk, and what Dagster makes anew for each event is kept.

    Dagster makes an engine and a connection for every event, so that every statement is compiled again and the file is
    opened anew; and it closes the last connection after every event, so that SQLite tidies its log each time.
    """
    from sqlalchemy import event
    from sqlalchemy.engine import Engine

    event.listen(Engine, "connect", _do_not_wait)
    with ExitStack() as kept_open, _kept_engines():
        for name in _DATABASES:
            path = settings.paths.dagster_home / name
            if path.exists():
                kept_open.enter_context(closing(_opened(path)))
        try:
            yield
        finally:
            event.remove(Engine, "connect", _do_not_wait)


@contextmanager
def _kept_engines() -> Iterator[None]:
    """One engine for each file, and in it one connection for each thread, which outlives Dagster's letting go of it."""
    from dagster._core.storage.event_log.sqlite import sqlite_event_log as module
    from sqlalchemy.pool import SingletonThreadPool

    make, engines = module.create_engine, {}
    with ExitStack() as ending:

        def keep(address: str, **options: Any) -> Any:
            if address not in engines:
                engine = make(address, **{**options, "poolclass": SingletonThreadPool})
                ending.callback(engine.dispose)
                vars(engine)["dispose"] = lambda **_asked: None
                engines[address] = engine
            return engines[address]

        vars(module)["create_engine"] = keep
        ending.callback(vars(module).__setitem__, "create_engine", make)
        yield


def _do_not_wait(connection: Any, record: Any) -> None:
    if isinstance(connection, sqlite3.Connection):
        connection.execute("pragma synchronous = off")


def _opened(path: Path) -> sqlite3.Connection:
    """A connection that has read once: SQLite tidies its log when the last one closes, not before."""
    connection = sqlite3.connect(path)
    connection.execute("select count(*) from sqlite_master").fetchall()
    return connection
