"""Serves the dashboards with gunicorn: two processes that share the loaded code, loopback unless access is set up."""

from __future__ import annotations

import ipaddress
import sys
import threading
from typing import Any

from gunicorn.app.base import BaseApplication

from dashboards.app import create_app
from dashboards.drawing import PAGES, draw
from dashboards.figures.plotting import View
from dashboards.reading import Readings
from warehouse.errors import SwotlightError
from warehouse.settings import DEFAULT_HOST, DEFAULT_PORT, Settings

WORKERS = 2
THREADS = 4


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


def warm(readings: Readings) -> None:
    """Draw every page once ahead of the first visitor; without a release there is nothing to draw yet."""
    for path in PAGES:
        draw(readings, path, "", View())


def serve(settings: Settings, host: str = DEFAULT_HOST, port: int = DEFAULT_PORT) -> None:
    """Serve until stopped; prints the address once it answers. Refuses other than loopback without ``access:``."""
    if not is_loopback(host) and not settings.access:
        raise SwotlightError(
            f"The dashboards are not served on {host}: without access rules they stay on this machine.",
            code="access",
            key="access",
            hint=f"Use --host {DEFAULT_HOST}, or set `access:` in swotlight.yml.",
        )
    readings = Readings(settings)
    app = create_app(settings, readings)
    shown = f"[{host}]" if ":" in host else host

    def ready(_server: Any) -> None:
        print(f"Swotlight is on http://{shown}:{port} (stop with Ctrl+C)", file=sys.stderr, flush=True)

    def started(_server: Any, _worker: Any) -> None:
        # Each process opens the release itself: a DuckDB connection does not survive a fork.
        threading.Thread(target=warm, args=(readings,), daemon=True).start()

    options = {
        "bind": f"{shown}:{port}",
        "workers": WORKERS,
        "threads": THREADS,
        "worker_class": "gthread",
        "preload_app": True,
        "when_ready": ready,
        "post_fork": started,
        "timeout": 60,
        "graceful_timeout": 5,
        "loglevel": "warning",
        "worker_tmp_dir": None,
        "control_socket_disable": True,
    }
    _Server(app.server, {name: value for name, value in options.items() if name in _known()}).run()


def _known() -> set[str]:
    """The options this gunicorn has: some of ours exist only in newer ones."""
    from gunicorn.config import KNOWN_SETTINGS

    return {setting.name for setting in KNOWN_SETTINGS}
