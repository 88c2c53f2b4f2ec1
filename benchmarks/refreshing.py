"""A company from nothing to its release, and the refresh after it that finds nothing new."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from benchmarks.processes import Ran, run_watched, swotlight
from benchmarks.table import Line

HEAVY = ("dagster", "dbt", "great_expectations")
UNCHANGED_SECONDS = 2.0
FROM_NOTHING_SECONDS = 60.0
PEAK_BYTES = 3 * 1024**3
_TIMES = 3

# The same entry point, telling afterwards what had to be imported.
_TELLING = (
    "import json, sys\n"
    "from swotlight.main import main\n"
    "code = main()\n"
    "print(json.dumps(sorted({name.split('.')[0] for name in sys.modules})), file=sys.stderr)\n"
    "sys.exit(code)\n"
)


def from_nothing(workspace: Path, tickets: int, months: int, seed: int) -> list[Line]:
    """`demo` and the first `refresh`: seconds and peak memory of the larger of the two."""
    if workspace.exists() and any(workspace.iterdir()):
        raise SystemExit(f"{workspace} is not empty: a company from nothing needs an empty folder.")
    sizes = ("--tickets", str(tickets), "--months", str(months), "--seed", str(seed))
    made = _done(run_watched(swotlight(workspace, "demo", str(workspace), *sizes)))
    refreshed = _done(run_watched(swotlight(workspace, "refresh")))
    total, peak = made.seconds + refreshed.seconds, max(made.peak_bytes, refreshed.peak_bytes)
    return [
        Line("demo: make the exports", f"{made.seconds:.1f} s"),
        Line("demo: first refresh", f"{refreshed.seconds:.1f} s"),
        Line.limited("demo from nothing", total, FROM_NOTHING_SECONDS, "{:.1f} s"),
        Line.limited("demo from nothing, peak memory", peak / 1024**3, PEAK_BYTES / 1024**3, "{:.2f} GB"),
    ]


def unchanged(workspace: Path, first_seconds: float | None) -> list[Line]:
    """`refresh` when nothing has changed: the best of three, and what it imported."""
    runs = [_done(run_watched(_telling(workspace))) for _ in range(_TIMES)]
    best = min(run.seconds for run in runs)
    imported = set(json.loads(runs[-1].err.strip().splitlines()[-1]))
    heavy = sorted(imported & set(HEAVY))
    lines = [
        Line.limited("unchanged refresh", best, UNCHANGED_SECONDS, "{:.2f} s"),
        Line("unchanged refresh imported", ", ".join(heavy) or f"none of {', '.join(HEAVY)}", "none", not heavy),
    ]
    if first_seconds:
        lines.append(Line("unchanged ÷ first refresh", f"{best / first_seconds:.3f}"))
    return lines


def _telling(workspace: Path) -> list[str]:
    return [sys.executable, "-c", _TELLING, "--workspace", str(workspace), "refresh"]


def _done(ran: Ran) -> Ran:
    if ran.code != 0:
        raise SystemExit(f"A command of the benchmark failed:\n{ran.err[-2000:]}")
    return ran
