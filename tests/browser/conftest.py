"""A real Chromium against served dashboards of the small company; skipped, with the reason, where there is none."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SERVE = """
import sys
from pathlib import Path
from dashboards.server import serve
from warehouse.settings import load_settings
serve(load_settings(Path(sys.argv[1])), "127.0.0.1", int(sys.argv[2]))
"""
_BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def free_port() -> int:
    """A port of this machine that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(workspace: Path) -> Iterator[str]:
    """The address of a workspace's dashboards while the block runs."""
    port = free_port()
    server = subprocess.Popen([sys.executable, "-c", SERVE, str(workspace), str(port)], cwd=Path(__file__).parents[2])
    base = f"http://127.0.0.1:{port}"
    try:
        for _attempt in range(240):
            try:
                with urllib.request.urlopen(f"{base}/health", timeout=2):
                    break
            except OSError:
                assert server.poll() is None, "the server stopped before it answered"
                time.sleep(0.25)
        yield base
    finally:
        server.terminate()
        server.wait(20)


@pytest.fixture(scope="session")
def address(workspace: Path) -> Iterator[str]:
    """The address of the served small company."""
    with served(workspace) as base:
        yield base


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """One browser for the session."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    path = next((found for name in _BROWSERS if (found := shutil.which(name))), None)
    if path is None:
        pytest.skip("no Chromium on this machine; install the package chromium")
    with playwright.sync_playwright() as running:
        browser = running.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@dataclass
class Visit:
    """A page in the browser, with all it asked for and complained about."""

    page: Any
    address: str
    complaints: list[str] = field(default_factory=list)
    hosts: set[str] = field(default_factory=set)

    def open(self, path: str) -> None:
        """Go to a path and wait until the page is drawn."""
        self.page.goto(self.address + path)
        self.page.wait_for_selector("#page .page", timeout=20_000)
        self.settle()

    def settle(self) -> None:
        """Wait until no answer is awaited and every chart is drawn."""
        self.page.wait_for_function(
            "!document.documentElement.classList.contains('is-loading') && "
            "[...document.querySelectorAll('[data-chart] .canvas')].every(c => c.querySelector('.main-svg'))",
            timeout=20_000,
        )

    def wait_for_words(self, words: str, selector: str = ".eyebrow") -> None:
        """Wait until the page that says these words is drawn."""
        said = "([selector, words]) => document.querySelector(selector)?.textContent.includes(words)"
        self.page.wait_for_function(said, arg=[selector, words], timeout=20_000)
        self.settle()

    def words(self) -> str:
        """What the page shows as text."""
        return str(self.page.inner_text("#page"))


def _visit(chromium: Any, address: str, width: int, height: int, **options: Any) -> tuple[Any, Visit]:
    context = chromium.new_context(viewport={"width": width, "height": height}, accept_downloads=True, **options)
    page = context.new_page()
    visit = Visit(page, address)
    page.on("console", lambda m: visit.complaints.append(m.text) if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: visit.complaints.append(str(error)))
    page.on("request", lambda request: visit.hosts.add(request.url.split("/")[2]) if "//" in request.url[:9] else None)
    return context, visit


@pytest.fixture
def wide(chromium: Any, address: str) -> Iterator[Visit]:
    """A screen of 1440 × 900."""
    context, visit = _visit(chromium, address, 1440, 900)
    yield visit
    context.close()


@pytest.fixture
def phone(chromium: Any, address: str) -> Iterator[Visit]:
    """A phone of 390 × 844."""
    context, visit = _visit(chromium, address, 390, 844, has_touch=True, is_mobile=True)
    yield visit
    context.close()


@pytest.fixture
def adopting(chromium: Any, own_workspace: Path) -> Iterator[Visit]:
    """A wide screen at dashboards whose objectives a test may change."""
    with served(own_workspace) as base:
        context, visit = _visit(chromium, base, 1440, 900)
        yield visit
        context.close()
