"""One refresh at a time, and no lock that outlives its holder."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from orchestration.lock import refresh_lock
from warehouse.errors import SwotlightError
from warehouse.settings import Settings, load_settings
from warehouse.workspace import init_workspace

HOLD = """
import sys
from pathlib import Path
from orchestration.lock import refresh_lock
from warehouse.settings import load_settings
with refresh_lock(load_settings(Path(sys.argv[1]))):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load_settings(init_workspace(tmp_path / "ws"))


def holder(settings: Settings) -> subprocess.Popen[str]:
    child = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(settings.paths.workspace)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "held\n"
    return child


def test_a_second_refresh_is_told_who_holds_the_workspace(settings: Settings) -> None:
    child = holder(settings)
    try:
        with pytest.raises(SwotlightError, match=str(child.pid)) as caught, refresh_lock(settings):
            pass
        assert caught.value.code == "locked"
    finally:
        child.communicate("")


def test_a_killed_holder_frees_the_workspace(settings: Settings) -> None:
    child = holder(settings)
    os.kill(child.pid, signal.SIGKILL)
    child.wait()
    with refresh_lock(settings):
        assert settings.paths.refresh_lock.read_text() == str(os.getpid())


def test_one_process_may_take_the_lock_again(settings: Settings) -> None:
    with refresh_lock(settings), refresh_lock(settings):
        pass
    child = holder(settings)
    child.communicate("")


def test_one_who_waits_is_told_once_and_then_gets_it(settings: Settings) -> None:
    child, told = holder(settings), []

    def waiting(sentence: str) -> None:
        told.append(sentence)
        assert child.stdin is not None
        child.stdin.close()

    with refresh_lock(settings, wait_seconds=20, waiting=waiting):
        assert len(told) == 1
    child.wait()
