"""`python -m benchmarks`: measure and print the table."""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from pathlib import Path

from benchmarks.callbacks import callbacks
from benchmarks.first_chart import first_chart
from benchmarks.forecasting import BANK_CALLS, forecasting
from benchmarks.ingesting import ROWS, ingesting
from benchmarks.marts import marts
from benchmarks.metric_requests import metric_requests
from benchmarks.processes import cores
from benchmarks.refreshing import from_nothing, unchanged
from benchmarks.surveys import surveys
from benchmarks.table import Line, show

PARTS = ("demo", "unchanged", "callbacks", "chart", "metrics", "forecast", "ingest", "surveys")
ASKED_FOR = ("marts",)
_NO_COMPANY = {"forecast", "ingest", "marts", "surveys"}


def main(arguments: list[str] | None = None) -> int:
    """Measure the parts asked for; 1 when a limit is missed and ``--strict`` is given."""
    asked = _parser().parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="swotlight-bench-") as folder:
        workspace = asked.workspace or Path(folder) / "workspace"
        lines = _measure(asked, workspace)
        print(f"{_company(workspace)}; {cores()} cores, load {os.getloadavg()[0]:.1f}\n")
    print(show(lines))
    return int(asked.strict and any(line.holds is False for line in lines))


def _measure(asked: argparse.Namespace, workspace: Path) -> list[Line]:
    lines: list[Line] = []
    parts = asked.only or list(PARTS)
    first_seconds = None
    if "demo" in parts or (set(parts) - _NO_COMPANY and not (workspace / "swotlight.yml").exists()):
        _say("a company from nothing")
        demo = from_nothing(workspace, asked.tickets, asked.months, asked.seed)
        first_seconds = float(demo[1].value.removesuffix(" s"))
        lines += demo
    if "unchanged" in parts:
        _say("an unchanged refresh")
        lines += unchanged(workspace, first_seconds)
    if "callbacks" in parts:
        _say("callbacks of every page")
        lines += callbacks(workspace, asked.replays)
    if "chart" in parts:
        _say("the first chart")
        lines += first_chart(workspace)
    if "forecast" in parts:
        _say("forecasts of real calls")
        lines += forecasting(BANK_CALLS)
    if "ingest" in parts:
        _say(f"a load of {asked.rows:,} tickets")
        lines += ingesting(asked.rows)
    if "surveys" in parts:
        _say("a survey of a million answers")
        lines += surveys()
    if "marts" in parts:
        _say(f"the marts of {asked.tickets:,} tickets")
        lines += marts(asked.tickets)
    if "metrics" in parts:
        _say("metric requests")
        lines += metric_requests(workspace)
    return lines


def _company(workspace: Path) -> str:
    truth = workspace / "truth.json"
    if not truth.exists():
        return f"workspace {workspace.name}"
    told = json.loads(truth.read_text("utf-8"))
    return f"{told['tickets']:,} tickets, {told['months']} months, seed {told['seed']}"


def _say(what: str) -> None:
    print(f"Measuring {what} …", file=sys.stderr, flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Speed and memory of the main job.")
    parser.add_argument("--tickets", type=int, default=300_000, help="size of the made-up company")
    parser.add_argument("--months", type=int, default=30, help="months of its history")
    parser.add_argument("--rows", type=int, default=ROWS, help="tickets of the large export that is loaded")
    parser.add_argument("--seed", type=int, default=7, help="its seed")
    parser.add_argument("--workspace", type=Path, help="use this workspace; it is made when it is not there")
    parser.add_argument("--only", nargs="+", choices=(*PARTS, *ASKED_FOR), help="measure these parts only")
    parser.add_argument("--replays", type=int, default=25, help="how often each callback is asked again")
    parser.add_argument("--strict", action="store_true", help="exit with 1 when a limit is missed")
    return parser


if __name__ == "__main__":
    sys.exit(main())
