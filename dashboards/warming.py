"""Pages are drawn ahead of their visitors, in the moments in which a server has nothing else to do.

The first visitor's browser needs the machine, so nothing is drawn ahead before the first page is up in it: Dash then
asks its first question, which every process of the server is told of (`Traffic`). From then on a page is drawn ahead
only after a pause, so that whoever asks meanwhile waits for no other page than their own.
"""

from __future__ import annotations

import logging
import mmap
import threading
import time
from importlib import import_module
from typing import TYPE_CHECKING

from dashboards.drawing import PAGES, draw
from dashboards.figures.plotting import View
from dashboards.locales_build import compile_all
from dashboards.reading import Readings
from dashboards.registry import ENTRIES
from warehouse.errors import SwotlightError
from warehouse.settings import Settings

if TYPE_CHECKING:
    import flask

log = logging.getLogger("swotlight.dashboards")
LOOK_EVERY_SECONDS = 2.0
# A server nobody asks is warm after this long at the latest.
PATIENCE_SECONDS = 3.0
PAUSE_SECONDS = 0.2
_TICK_SECONDS = 0.05
# Drawn before the port opens: the page people open, then those that ask most, as far as the start may take.
FIRST, DEAREST, AHEAD_SECONDS = "/", ("/people", "/customers", "/efficiency", "/service-level"), 0.6
_QUESTION = "/_dash-update-component"


class Traffic:
    """What is asked of this process, and whether any process of the server was asked by a page already."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._open = 0
        self._last = time.monotonic()
        # Memory that the processes forked later share: whether a page has asked any of them.
        self._shared = mmap.mmap(-1, 1)

    def watch(self, server: flask.Flask) -> None:
        """Count the requests of a server."""
        server.before_request(self._begin)
        server.teardown_request(self._end)

    def _begin(self) -> None:
        # Loaded while the first pages are drawn.
        from flask import g

        g.is_counted = True
        with self._lock:
            self._open += 1

    def _end(self, _error: BaseException | None = None) -> None:
        from flask import g, request

        if request.path == _QUESTION:
            self._shared[0] = 1
        with self._lock:
            # What is answered before it gets here (a file as it was packed, a refusal) was never counted.
            self._open -= 1 if g.pop("is_counted", False) else 0
            self._last = time.monotonic()

    @property
    def is_asked(self) -> bool:
        """Whether a page has asked its first question of the server."""
        return self._shared[0] == 1

    def is_quiet(self) -> bool:
        """Whether nobody waits for this process, nor did a moment ago."""
        with self._lock:
            return self._open == 0 and time.monotonic() - self._last >= PAUSE_SECONDS

    def wait_for_a_pause(self) -> None:
        """Come back when the process has nothing to do."""
        while not self.is_quiet():
            time.sleep(_TICK_SECONDS)


def load_pages() -> None:
    """Load every page's module, so that no visitor waits for it."""
    for entry in ENTRIES:
        import_module(f"dashboards.pages.{entry.module}")
    import_module("analytics.swot.document")


def draw_first(readings: Readings) -> None:
    """Draw the first page, and the dearest ones while there is time: whoever waits for the first waits for these."""
    until = time.monotonic() + AHEAD_SECONDS
    try_to_draw(readings, FIRST)
    for path in DEAREST:
        if time.monotonic() < until:
            try_to_draw(readings, path)


def try_to_draw(readings: Readings, path: str) -> None:
    """A page that cannot be drawn says so to its visitor; here it must not keep the others from being drawn."""
    try:
        draw(readings, path, "", View())
    except Exception:
        log.exception("The page %s could not be drawn ahead of its visitors.", path)


class Ahead(threading.Thread):
    """Draws the first pages while what serves them is loaded.

    Drawing waits for the engine half of its time, loading is Python's work alone. It loads no module itself: two that
    load modules of one package may wait for each other.
    """

    def __init__(self, settings: Settings) -> None:
        super().__init__(name="ahead")
        self.readings = Readings(settings)
        compile_all(only_missing=True)
        load_pages()

    def run(self) -> None:
        """Draw them."""
        draw_first(self.readings)


class Warmer(threading.Thread):
    """Draws every page ahead of its first visitor, now and whenever a new release is there."""

    def __init__(self, readings: Readings, traffic: Traffic) -> None:
        super().__init__(daemon=True, name="warmer")
        self._readings = readings
        self._traffic = traffic
        self._seen = ""

    def run(self) -> None:
        """Open the release at once; later look at the pointer now and then, which costs one file status."""
        self._open()
        until = time.monotonic() + PATIENCE_SECONDS
        while not self._traffic.is_asked and time.monotonic() < until:
            time.sleep(_TICK_SECONDS)
        while True:
            self.look()
            time.sleep(LOOK_EVERY_SECONDS)

    def look(self) -> None:
        """Draw the pages of a release that was not seen before; without a release there is nothing to draw yet."""
        name = self._open()
        if name and name != self._seen:
            self._seen = name
            for path in PAGES:
                self._traffic.wait_for_a_pause()
                try_to_draw(self._readings, path)

    def _open(self) -> str:
        try:
            return self._readings.now().release.name
        except SwotlightError:
            return ""
