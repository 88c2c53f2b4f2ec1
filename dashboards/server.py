"""Serves the dashboards with gunicorn: two processes that share the loaded code, loopback unless access is set up."""

from __future__ import annotations

import gc
import ipaddress
import os
import signal
import sys
from typing import Any

from gunicorn.app.base import BaseApplication

from dashboards.app import create_app
from dashboards.warming import Ahead, Traffic, Warmer
from warehouse.errors import SwotlightError
from warehouse.settings import DEFAULT_HOST, DEFAULT_PORT, Settings
from warehouse.side_by_side import rest

WORKERS = 2
THREADS = 4
_ENDINGS = (signal.SIGINT, signal.SIGQUIT, signal.SIGTERM)


class _Server(BaseApplication):
    """gunicorn told by code instead of a file."""

    def __init__(self, application: Any, options: dict[str, Any]) -> None:
        self._application = application
        self._options = options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        return self._application


def is_loopback(host: str) -> bool:
    """Whether a host name or address stays on this machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def settle(ahead: Ahead) -> None:
    """Wait for the first pages; what serves starts with what was learnt.

    The release's file is let go again: a DuckDB connection does not survive a fork.
    """
    ahead.join()
    ahead.readings.close()
    rest()
    # What is loaded by now stays: looking through all of it for garbage would hold some visitor up.
    gc.freeze()
    gc.enable()


def serve(settings: Settings, host: str = DEFAULT_HOST, port: int = DEFAULT_PORT, ahead: Ahead | None = None) -> None:
    """Serve until stopped; prints the address once it answers. Refuses other than loopback without ``access:``.

    ``ahead`` is at work on the first pages already.
    """
    if not is_loopback(host) and not settings.access:
        raise SwotlightError(
            f"The dashboards are not served on {host}: without access rules they stay on this machine.",
            code="access",
            key="access",
            hint=f"Use --host {DEFAULT_HOST}, or set `access:` in swotlight.yml.",
        )
    if ahead is None:
        ahead = Ahead(settings)
        ahead.start()
    readings = ahead.readings
    app, traffic = create_app(settings, readings), Traffic()
    traffic.watch(app.server)
    settle(ahead)
    shown = f"[{host}]" if ":" in host else host

    def ready(_server: Any) -> None:
        print(f"Swotlight is on http://{shown}:{port} (stop with Ctrl+C)", file=sys.stderr, flush=True)

    def started(_server: Any, _worker: Any) -> None:
        Warmer(readings, traffic).start()

    def listening(_worker: Any) -> None:
        # Ctrl+C reaches every process of a terminal, and the first of them tells the others to end as well: told twice
        # at once, gunicorn's threads wait for each other until they are killed.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGQUIT, lambda _signal, _frame: os._exit(0))
        _hear_again()

    def ended(_server: Any, worker: Any) -> None:
        if worker.pid == os.getpid():
            _leave()

    options = {
        "bind": f"{shown}:{port}",
        "workers": WORKERS,
        "threads": THREADS,
        "worker_class": "gthread",
        "preload_app": True,
        "when_ready": ready,
        "post_fork": started,
        "post_worker_init": listening,
        "worker_exit": ended,
        "timeout": 60,
        "graceful_timeout": 5,
        "loglevel": "warning",
        "worker_tmp_dir": None,
        "control_socket_disable": True,
    }
    _listen_only_when_ready()
    _Server(app.server, {name: value for name, value in options.items() if name in _known()}).run()


def _listen_only_when_ready() -> None:
    """Keep a new process deaf to being ended until it serves: what is said meanwhile is heard then, not lost.

    A process just forked still has the handlers of the first one, which put a signal on a list that nobody reads.
    """
    os.register_at_fork(
        before=lambda: signal.pthread_sigmask(signal.SIG_BLOCK, _ENDINGS),
        after_in_parent=_hear_again,
    )


def _hear_again() -> None:
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _ENDINGS)


def _leave() -> None:
    """End a process that serves at once: it only reads, and threads inside the database would outlive the interpreter.

    Python would take its modules down under them, which ends the process with SIGABRT instead of its own code.
    """
    ending = sys.exc_info()[1]
    code = ending.code if isinstance(ending, SystemExit) else 1
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code if isinstance(code, int) else 0)


def _known() -> set[str]:
    """The options this gunicorn has: some of ours exist only in newer ones."""
    from gunicorn.config import KNOWN_SETTINGS

    return {setting.name for setting in KNOWN_SETTINGS}
