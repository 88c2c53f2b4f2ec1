"""Server time of every Dash callback: what a real Chromium asked for, asked again and timed."""

from __future__ import annotations

import http.client
import statistics
import time
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

from benchmarks.serving import browser, served
from benchmarks.table import Line

P95_SECONDS = 0.050
_TIMES = 25
_LINKS_A_PAGE, _FILTERS_APART = 10, 17
_SETTLE_MILLISECONDS = 150
_FILES = ("/csv", "/xlsx", "/download", "/assets")


@dataclass(frozen=True)
class Asked:
    """One callback request as the browser sent it, and the page it came from."""

    page: str
    path: str
    body: str


def callbacks(workspace: Path, times: int = _TIMES) -> list[Line]:
    """p50 and p95 of every callback: the first time a fresh server is asked, and when it is asked again."""
    with served(workspace) as address:
        asked = _asked_by_pages(address)
    if not asked:
        raise SystemExit("The pages asked for no callback; is there a release in the workspace?")
    with served(workspace) as address:
        first = {request: _replay(address, request, 1)[0] for request in asked}
        again = {request: _replay(address, request, times) for request in asked}
    by_page: dict[str, list[float]] = defaultdict(list)
    for request, seconds in first.items():
        by_page[request.page].append(seconds)
    slowest = max(first, key=lambda request: first[request])
    repeated = [second for measured in again.values() for second in measured]
    return [
        *(Line(f"callbacks of {page}, first asked", _told(seconds)) for page, seconds in sorted(by_page.items())),
        Line("callbacks: different requests, replays", f"{len(asked)}, {times}"),
        Line("slowest callback", f"{first[slowest] * 1000:.0f} ms on {slowest.page}"),
        _limited("callbacks first asked", list(first.values())),
        _limited("callbacks asked again", repeated),
    ]


def _limited(what: str, seconds: list[float]) -> Line:
    p50 = f" (p50 {statistics.median(seconds) * 1000:.0f} ms)"
    return Line.limited(f"{what}, p95{p50}", quantile(seconds, 0.95) * 1000, P95_SECONDS * 1000, "{:.0f} ms")


def quantile(values: list[float], share: float) -> float:
    """Nearest rank."""
    ordered = sorted(values)
    return ordered[max(0, -(-int(share * 1000) * len(ordered) // 1000) - 1)]


def _told(seconds: list[float]) -> str:
    return f"p50 {statistics.median(seconds) * 1000:.0f} ms, p95 {quantile(seconds, 0.95) * 1000:.0f} ms"


def _asked_by_pages(address: str) -> list[Asked]:
    """Open every page of the navigation, and some of the links on each, and keep what Dash asked the server."""
    kept: dict[str, Asked] = {}
    with browser() as page:
        page.on("request", lambda request: _keep(kept, request, page.url))
        _visit(page, address)
        pages = _links(page, address, "nav a[href]")
        for target in pages or [address]:
            _visit(page, target)
            inside = _links(page, address, "main a[href], #page a[href]")[:_LINKS_A_PAGE]
            # Every few of what the filters offer: other periods, comparisons, channels, teams, regions.
            for link in [*inside, *_links(page, address, "#filters a.option[href]")[1::_FILTERS_APART]]:
                _visit(page, link)
    return list(kept.values())


def _visit(page: Any, target: str) -> None:
    page.goto(target, wait_until="networkidle")
    page.wait_for_timeout(_SETTLE_MILLISECONDS)


def _links(page: Any, address: str, selector: str) -> list[str]:
    found = page.eval_on_selector_all(selector, "links => links.map(link => link.getAttribute('href'))")
    inside = (urljoin(f"{address}/", href) for href in found if href and not href.startswith("#"))
    pages = (link for link in inside if link.startswith(address) and not urlsplit(link).path.startswith(_FILES))
    return list(dict.fromkeys(pages))


def _keep(kept: dict[str, Asked], request: Any, url: str) -> None:
    parts = urlsplit(request.url)
    if "/_dash-update-component" in parts.path and request.post_data:
        path = f"{parts.path}?{parts.query}" if parts.query else parts.path
        kept.setdefault(request.post_data, Asked(urlsplit(url).path or "/", path, request.post_data))


def _replay(address: str, asked: Asked, times: int) -> list[float]:
    """Seconds from the question to the whole answer, each time, over one kept connection."""
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(str(parts.hostname), parts.port, timeout=60)
    connection.connect()
    headers = {"Content-Type": "application/json", "Accept-Encoding": "gzip, br"}
    seconds = []
    for _ in range(times):
        began = time.perf_counter()
        connection.request("POST", asked.path, asked.body.encode("utf-8"), headers)
        answer = connection.getresponse()
        answer.read()
        seconds.append(time.perf_counter() - began)
        if answer.status not in (200, 204):
            raise SystemExit(f"A callback of {asked.page} answered {answer.status}.")
    connection.close()
    return seconds
