"""Publishing that is killed, runs out of disk or may not write: what was released stays readable and whole."""

from __future__ import annotations

import multiprocessing
import os
import random
import resource
import signal
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from multiprocessing.context import ForkServerContext, SpawnContext
from pathlib import Path

import pytest

from warehouse.errors import SwotlightError
from warehouse.releases import ReleaseReader, list_releases, publish
from warehouse.settings import load_settings
from warehouse.store import connect
from warehouse.workspace import init_workspace

AS_OF = datetime(2026, 11, 1, tzinfo=UTC)
KILLS = 12
ROWS = 40_000
TABLES = 4


def build_generation(workspace: Path, generation: int) -> None:
    with connect(load_settings(workspace).paths.build_db) as con:
        con.execute("create schema if not exists marts")
        for number in range(TABLES):
            rows = f"select {generation} as generation, i from range({ROWS}) t(i)"
            con.execute(f"create or replace table marts.t{number} as {rows}")


def publish_for_ever(workspace: str, generation: int) -> None:
    """Runs in a process of its own until it is killed."""
    settings = load_settings(Path(workspace))
    while True:
        generation += 1
        build_generation(Path(workspace), generation)
        publish(settings, run=f"r{generation}", as_of=AS_OF, manifest={})


def generation_of(reader: ReleaseReader) -> int:
    """The generation of the current release; fails when its tables do not agree or lack rows."""
    release = reader.current()
    seen = set()
    for number in range(TABLES):
        row = release.rows(
            f"select min(generation) as low, max(generation) as high, count(*) as n from marts.t{number}"
        )[0]
        assert (row["low"], row["n"]) == (row["high"], ROWS)
        seen.add(row["low"])
    assert len(seen) == 1
    return int(seen.pop())


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    made = init_workspace(tmp_path / "ws")
    build_generation(made, 0)
    publish(load_settings(made), run="r0", as_of=AS_OF, manifest={})
    return made


def test_killing_the_publisher_at_any_moment_loses_nothing_that_was_released(workspace: Path) -> None:
    settings = load_settings(workspace)
    context: SpawnContext | ForkServerContext = multiprocessing.get_context("spawn")
    reader, chance, stop = ReleaseReader(settings), random.Random(20261101), threading.Event()
    seen: list[int] = []
    troubles: list[BaseException] = []

    def read_for_ever() -> None:
        while not stop.is_set():
            try:
                seen.append(generation_of(reader))
            except BaseException as error:
                troubles.append(error)
                return

    thread = threading.Thread(target=read_for_ever)
    thread.start()
    try:
        for _ in range(KILLS):
            child = context.Process(target=publish_for_ever, args=(str(workspace), max(seen, default=0)))
            child.start()
            child.join(1.0 + chance.random())
            assert child.pid is not None
            os.kill(child.pid, signal.SIGKILL)
            child.join()
            assert generation_of(ReleaseReader(settings)) >= max(seen, default=0)
    finally:
        stop.set()
        thread.join()
    assert troubles == []
    assert seen == sorted(seen), "a reader never goes back"
    assert len(set(seen)) > 2, "nothing was published meanwhile: the test did not test"
    build_generation(workspace, 10_000)
    publish(settings, run="last", as_of=AS_OF, manifest={})
    assert generation_of(reader) == 10_000
    assert not list(settings.paths.releases.glob("*.partial*"))
    assert all(info.path.exists() for info in list_releases(settings))


def in_a_child(work: Callable[[], None]) -> str:
    """Run in a forked process, whose limits and rights may be changed; gives the sentence it was refused with."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            work()
            os.write(write, b"no refusal")
        except SwotlightError as error:
            os.write(write, f"{error.code}: {error.message}".encode())
        except BaseException as error:
            os.write(write, f"{type(error).__name__}: {error}".encode())
        finally:
            os._exit(0)
    os.close(write)
    with os.fdopen(read) as file:
        said = file.read()
    os.waitpid(child, 0)
    return said


def test_a_full_disk_is_told_in_a_sentence_and_the_old_release_stays(workspace: Path) -> None:
    settings = load_settings(workspace)
    before = ReleaseReader(settings).current().name
    build_generation(workspace, 7)

    def with_little_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (64 * 1024, 64 * 1024))
        publish(settings, run="r", as_of=AS_OF, manifest={})

    said = in_a_child(with_little_room)
    assert said.startswith("disk_full: "), said
    assert not list(settings.paths.releases.glob("*.partial*"))
    reader = ReleaseReader(settings)
    assert reader.current().name == before
    assert generation_of(reader) == 0


@pytest.mark.skipif(os.geteuid() != 0, reason="needs the right to become somebody else")
def test_a_folder_that_may_not_be_written_is_told_in_a_sentence(workspace: Path) -> None:
    settings = load_settings(workspace)
    for folder in [workspace, *workspace.parents]:
        if str(folder).startswith("/tmp/"):
            folder.chmod(0o755)
    settings.paths.build_db.chmod(0o644)

    def as_nobody() -> None:
        os.setgid(65534)
        os.setuid(65534)
        publish(settings, run="r", as_of=AS_OF, manifest={})

    said = in_a_child(as_nobody)
    assert said.startswith("permission: "), said
