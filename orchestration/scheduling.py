"""`swotlight schedule`: Dagster's web server and daemon as child processes, on this machine only, until Ctrl-C."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from orchestration.dagster_storage import dagster_home
from orchestration.dbt_runner import manifest_path
from warehouse.errors import SwotlightError
from warehouse.settings import WORKSPACE_VARIABLE, Settings, child_environment
from warehouse.workspace import ensure_folders

_HOST = "127.0.0.1"
_MODULE = "orchestration.workspace"
_ROLES = ("web server", "daemon")
_GRACE_SECONDS = 20.0
_POLL_SECONDS = 0.5


def run_schedule(settings: Settings, port: int, *, tell: Callable[[str], None]) -> None:
    """Run both until one ends or the user stops them. Raises `SwotlightError` when one ends by itself."""
    ensure_folders(settings)
    dagster_home(settings)
    manifest_path(settings)
    stop = threading.Event()
    log = settings.paths.logs / "schedule.log"
    with log.open("ab") as output, _stopping(stop):
        children = [_start(settings, command, output.fileno()) for command in _commands(port)]
        try:
            tell(f"Dagster's page: http://{_HOST}:{port} (Ctrl-C ends it; log: {log})")
            when = f"{settings.schedule.refresh_at} {settings.organisation.time_zone}"
            tell(f"Refreshes daily at {when}, and when files land.")
            while not stop.wait(_POLL_SECONDS):
                ended = [child for child in children if child.poll() is not None]
                if ended:
                    raise SwotlightError(
                        f"Dagster's {_ROLES[children.index(ended[0])]} ended by itself ({ended[0].returncode}).",
                        code="schedule",
                        file=str(log),
                        hint="That log says why; is the port in use?",
                    )
        finally:
            _end(children)
    tell("Stopped.")


def _commands(port: int) -> list[list[str]]:
    python = sys.executable
    return [
        [python, "-m", "dagster_webserver", "-h", _HOST, "-p", str(port), "-m", _MODULE],
        [python, "-m", "dagster._daemon", "run", "-m", _MODULE],
    ]


def _start(settings: Settings, command: list[str], output: int) -> subprocess.Popen[bytes]:
    environment = child_environment(**{WORKSPACE_VARIABLE: str(settings.paths.workspace), "DO_NOT_TRACK": "1"})
    # A session of their own: Ctrl-C reaches us alone, and we end them in order.
    return subprocess.Popen(
        command, cwd=settings.paths.workspace, env=environment, stdout=output, stderr=output, start_new_session=True
    )


def _end(children: list[subprocess.Popen[bytes]]) -> None:
    for child in children:
        if child.poll() is None:
            child.send_signal(signal.SIGINT)
    for child in children:
        try:
            child.wait(_GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


@contextmanager
def _stopping(stop: threading.Event) -> Iterator[None]:
    """SIGINT and SIGTERM end the waiting, once."""

    def set_stop(number: int, frame: FrameType | None) -> None:
        stop.set()

    before = {number: signal.signal(number, set_stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
