"""How long a person waits for the first chart after `swotlight serve`."""

from __future__ import annotations

import time
from pathlib import Path

from benchmarks.serving import browser, served, wait_until_up
from benchmarks.table import Line

FIRST_CHART_SECONDS = 2.0
_CHART = "[data-chart] .main-svg .plot .trace, [data-chart] .main-svg .scatterlayer .trace"
_TIMES = 3


def first_chart(workspace: Path) -> list[Line]:
    """The best of three: until the server answers, and from asking for the Overview until a chart is drawn."""
    starts, draws = [], []
    for _ in range(_TIMES):
        with browser() as page:
            page.goto("about:blank")
            began = time.perf_counter()
            with served(workspace, wait=False) as address:
                wait_until_up(address)
                up = time.perf_counter()
                page.goto(address, wait_until="commit")
                page.wait_for_selector(_CHART, state="attached", timeout=30_000)
                drawn = time.perf_counter()
        starts.append(up - began)
        draws.append(drawn - up)
    return [
        Line("serve: command to first answer", f"{min(starts):.2f} s"),
        Line("serve: first page to first chart", f"{min(draws):.2f} s"),
        Line.limited(
            "serve: command to first chart",
            min(s + d for s, d in zip(starts, draws, strict=True)),
            FIRST_CHART_SECONDS,
            "{:.2f} s",
        ),
    ]
