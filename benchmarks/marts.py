"""All ticket and contact marts of a large company from its raw rows, by dbt in a process of its own.

Measured is the build of the models, as in a refresh: the parsed project is kept from one to the next. DuckDB may take
five gigabytes; what is more spills to disk. Beside the wall clock stand the processor seconds and how many cores were
busy: on a machine that others use as well, the wall clock tells of them too.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from pathlib import Path

from benchmarks import marts_rows
from benchmarks.metric_requests import of_built
from benchmarks.processes import cores, run_watched
from benchmarks.table import Line
from warehouse.store import connect

SECONDS, PEAK_GIB, TICKETS, BUSINESS_SECONDS = 45.0, 6.0, 10_000_000, 5.0
MODELS = (
    "+fct_tickets", "+fct_ticket_promises", "+fct_ticket_ratings", "+fct_contacts", "+fct_queue_intervals",
    "+rollup_tickets_created_team_day", "+rollup_tickets_solved_team_day", "+rollup_tickets_due_team_day",
    "+rollup_tickets_created_month", "+rollup_tickets_solved_month", "+rollup_tickets_due_month",
    "+rollup_durations_team_month", "+rollup_durations_channel_month", "+rollup_backlog_team_day",
    "+rollup_backlog_age_day", "+rollup_contacts_month", "+rollup_contacts_team_day", "+rollup_contacts_interval",
    "+rollup_agent_contacts_day", "+rollup_chat_concurrency_day", "+rollup_demand_team_day", "+rollup_demand_month",
    "+metric_variants", "+contributions",
)  # fmt: skip
# dbt in a process of its own, so that its memory is its own; it tells the seconds of each model.
_BUILD = """
import json, os, resource, sys, time
os.environ.update(SWOTLIGHT_BUILD_DB=sys.argv[1], SWOTLIGHT_MEMORY_LIMIT="5GB")
from dbt.cli.main import dbtRunner
project, target = sys.argv[2:4]
words = ["--project-dir", project, "--profiles-dir", project, "--target-path", target, "--log-path", target]
parsed = dbtRunner().invoke(["parse", *words, "--log-level", "none"])
def cpu():
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime
began, spent = time.perf_counter(), cpu()
outcome = dbtRunner(manifest=parsed.result).invoke(["run", "--select", *sys.argv[4:], *words, "--log-level", "none"])
if not outcome.success:
    sys.exit(str(outcome.exception or [r.message for r in outcome.result.results if str(r.status) == "error"]))
models = {r.node.name: r.execution_time for r in outcome.result.results}
print(json.dumps({"cpu": cpu() - spent, "seconds": time.perf_counter() - began, "models": models}))
"""
# Business seconds of an interval: the difference of two readings of the clock, each found by its day.
_INTERVALS = """
    select sum({ended} - ({began})) as business_seconds
    from (
        select created_at as at_began, created_at + to_seconds(cast(hash(ticket_id) % 900000 as bigint)) as at_ended
        from raw.tickets
    ) as intervals
    {days_began} {days_ended}
"""


def marts(tickets: int = TICKETS) -> list[Line]:
    """Seconds and peak memory of building the marts, beside one scan of the same rows; then questions put to them."""
    from warehouse.settings import package_path

    with tempfile.TemporaryDirectory(prefix="swotlight-marts-") as folder:
        database = Path(folder) / "warehouse.duckdb"
        marts_rows.write(database, tickets)
        scan, events = _scan(database)
        project = str(package_path("dbt_project"))
        ran = run_watched([sys.executable, "-c", _BUILD, str(database), project, folder, *MODELS])
        if ran.code:
            raise SystemExit(f"The marts could not be built:\n{ran.err[-2000:]}")
        told = json.loads(ran.out.strip().splitlines()[-1])
        business = _business_time(database)
        requests = of_built(database, Path(folder) / "semantic_manifest.json")
    dearest = sorted(told["models"].items(), key=lambda pair: -pair[1])[:5]
    busy = told["cpu"] / told["seconds"]
    return [
        Line(f"one scan of {tickets:,} tickets and {events:,} events", f"{scan:.2f} s"),
        Line.limited("ticket and contact marts from raw rows, wall clock", told["seconds"], SECONDS, "{:.1f} s"),
        Line(f"the same in processor seconds ({busy:.1f} of {cores()} cores busy)", f"{told['cpu']:.1f} s"),
        Line("the same with every core busy all the time", f"{told['cpu'] / cores():.1f} s"),
        Line.limited("the same, peak memory", ran.peak_bytes / 1024**3, PEAK_GIB, "{:.2f} GB"),
        Line.limited(f"business time of {tickets:,} intervals", business, BUSINESS_SECONDS, "{:.2f} s"),
        *(Line(f"wall clock of {name}", f"{seconds:.1f} s") for name, seconds in dearest),
        *requests,
    ]


def _scan(database: Path) -> tuple[float, int]:
    """Seconds to read every value of the rows once, and how many events there are."""
    with connect(database, read_only=True) as con:
        began = time.perf_counter()
        con.rows("select sum(hash(t)) as h from raw.tickets as t")
        con.rows("select sum(hash(e)) as h from raw.ticket_events as e")
        seconds = time.perf_counter() - began
        return seconds, int(con.scalar("select count(*) from raw.ticket_events"))


def _business_time(database: Path) -> float:
    """Seconds to work out the business time of an interval for every ticket."""

    def clock(end: str) -> str:
        return (
            f"{end}.open_seconds_before + greatest(epoch(least(at_{end}, {end}.closes_at)) - epoch({end}.opens_at), 0)"
        )

    def days(end: str) -> str:
        return (
            f"left join intermediate.int_business_days as {end} on {end}.schedule = '*' "
            f"and {end}.time_zone = 'Europe/Berlin' and cast(at_{end} as date) = {end}.utc_on "
            f"and at_{end} >= {end}.from_at and at_{end} < {end}.to_at"
        )

    query = _INTERVALS.format(
        began=clock("began"), ended=clock("ended"), days_began=days("began"), days_ended=days("ended")
    )
    with connect(database, read_only=True) as con:
        began = time.perf_counter()
        con.rows(query)
        return time.perf_counter() - began
