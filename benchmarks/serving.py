"""A served dashboard for measuring: our own `swotlight serve` on a free port, and a real Chromium."""

from __future__ import annotations

import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.processes import swotlight

CHROMIUM = Path("/usr/bin/chromium")
CHROMIUM_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_PATIENCE_SECONDS = 60.0


@contextmanager
def served(workspace: Path, *, wait: bool = True) -> Iterator[str]:
    """The address of a dashboard that is served while the block runs; ``wait`` until it answers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        swotlight(workspace, "serve", "--port", str(port)), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    address = f"http://127.0.0.1:{port}"
    try:
        if wait:
            wait_until_up(address, process)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=20)


def wait_until_up(address: str, process: subprocess.Popen[bytes] | None = None) -> None:
    """Come back when the server answers. Raises SystemExit when it has ended or takes too long."""
    until = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < until:
        if process is not None and process.poll() is not None:
            raise SystemExit("`swotlight serve` ended by itself.")
        try:
            with urllib.request.urlopen(f"{address}/health", timeout=5):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.02)
    raise SystemExit("`swotlight serve` did not answer.")


@contextmanager
def browser() -> Iterator[Any]:
    """A page of a real Chromium. Raises SystemExit when there is none."""
    from playwright.sync_api import sync_playwright

    if not CHROMIUM.exists():
        raise SystemExit(f"{CHROMIUM} is not there; install the browser with `make browser`.")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=str(CHROMIUM), args=list(CHROMIUM_FLAGS))
        try:
            yield chromium.new_page(viewport={"width": 1440, "height": 900})
        finally:
            chromium.close()
