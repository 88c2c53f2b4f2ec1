"""The benchmark's own arithmetic: ranks, limits, the memory of a whole tree of processes."""

from __future__ import annotations

import sys

from benchmarks.callbacks import quantile
from benchmarks.processes import run_watched
from benchmarks.table import Line, show


def test_the_95th_percentile_is_the_nearest_rank() -> None:
    assert quantile([float(number) for number in range(1, 101)], 0.95) == 95.0
    assert quantile([3.0, 1.0, 2.0], 0.95) == 3.0
    assert quantile([7.0], 0.5) == 7.0


def test_a_limit_that_is_passed_is_said_to_be_missed() -> None:
    table = show(
        [
            Line.limited("refresh", 2.5, 2.0, "{:.1f} s"),
            Line.limited("chart", 2.0, 2.0, "{:.1f} s"),
            Line("demo", "9 s"),
        ]
    )
    told = {line.split("  ")[0].strip(): line for line in table.splitlines()}
    assert told["refresh"].endswith("MISSED") and told["chart"].endswith("holds")
    assert not told["demo"].endswith(("MISSED", "holds"))


def test_the_memory_of_child_processes_counts() -> None:
    child = "import time; block = bytearray(80_000_000); time.sleep(1)"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
    assert run_watched([sys.executable, "-c", parent]).peak_bytes > 80_000_000


def test_a_command_that_fails_is_told_by_its_code_and_words() -> None:
    ran = run_watched([sys.executable, "-c", "import sys; print('no', file=sys.stderr); sys.exit(3)"])
    assert (ran.code, ran.err.strip()) == (3, "no")
