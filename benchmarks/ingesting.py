"""Loading one large export of tickets, held against DuckDB's own typed read of the same file to disk.

The load counts, judges and quarantines; the plain read does none of it. Both run in one warm process, in turns; the
better of each counts, so that a neighbour on the machine spoils the ratio less.
"""

from __future__ import annotations

import json
import resource
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path

from benchmarks.processes import run_watched
from benchmarks.table import Line
from ingestion.contracts import SQL_TYPES, load_contracts
from ingestion.load import load_sources
from warehouse.settings import load_settings
from warehouse.store import connect, quote_text
from warehouse.workspace import init_workspace

ROWS = 10_000_000
LIMIT_RATIO, LIMIT_BYTES = 1.25, 4 * 1024**3
_ROUNDS = 2
_WARM_UP_ROWS = 20_000
_AS_OF = datetime(2026, 11, 1)
# One bad row in a thousand: without a key, solved before it was made, or with a date that is none.
_TICKETS = """
select
    case when i % 3000 = 7 then null else 1000000 + i end as ticket_id,
    case when i % 3000 = 1007 then 'yesterday' else strftime(made, '%Y-%m-%d %H:%M:%S') end as created_at,
    strftime(made + to_hours(i % 90), '%Y-%m-%d %H:%M:%S') as updated_at,
    ['new', 'open', 'pending', 'on_hold', 'solved', 'closed'][cast(1 + hash(i) % 6 as bigint)] as status,
    ['low', 'normal', 'high', 'urgent'][cast(1 + hash(i + 1) % 4 as bigint)] as priority,
    ['voice', 'chat', 'email', 'web', 'app'][cast(1 + hash(i + 2) % 5 as bigint)] as channel,
    'Topic ' || hash(i + 3) % 40 as topic, 'Team ' || hash(i + 4) % 12 as team,
    400000 + hash(i + 5) % 300 as agent_id, 39000000 + hash(i + 6) % 900000 as customer_id,
    strftime(made + to_minutes(cast(5 + hash(i + 7) % 600 as bigint)), '%Y-%m-%d %H:%M:%S') as first_replied_at,
    strftime(made + to_hours(case when i % 3000 = 2007 then -5 else cast(1 + hash(i + 8) % 90 as bigint) end),
        '%Y-%m-%d %H:%M:%S') as solved_at,
    hash(i + 9) % 4 as reopens, hash(i + 10) % 6 as public_replies
from (select range as i, timestamp '2016-01-01' + to_seconds(cast(range * 30 % 300000000 as bigint)) as made
    from range({rows}))"""


def ingesting(rows: int = ROWS) -> list[Line]:
    """The lines of the table: seconds of both, their ratio, peak memory of the load, bytes on disk a row."""
    with tempfile.TemporaryDirectory(prefix="swotlight-bench-") as folder:
        ran = run_watched([sys.executable, "-m", "benchmarks.ingesting", folder, str(rows)])
    if ran.code:
        raise RuntimeError(ran.err)
    told = json.loads(ran.out)
    return [
        Line(f"typed read of {rows:,} tickets ({told['bytes'] / 1e9:.2f} GB)", f"{told['plain']:.1f} s"),
        Line("load of the same file", f"{told['load']:.1f} s"),
        Line.limited("load ÷ typed read", told["load"] / told["plain"], LIMIT_RATIO, "{:.2f}"),
        Line("the same in CPU seconds", f"{told['load_cpu'] / told['plain_cpu']:.2f}"),
        Line.limited("peak memory of the load (MB)", told["peak"] / 1e6, LIMIT_BYTES / 1e6, "{:,.0f}"),
        Line("disk after the load (bytes a row)", f"{told['disk'] / rows:.0f}"),
    ]


def measure(folder: Path, rows: int) -> dict[str, float]:
    """Write the export, load it and read it in turns."""
    path = _workspace(folder / "big", rows)
    warm = _workspace(folder / "warm", _WARM_UP_ROWS)
    _load(folder / "warm", _WARM_UP_ROWS)
    _plain(folder, warm)
    loads = [_load(folder / "big", rows)]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    plains = [_plain(folder, path)]
    disk = (folder / "big" / "build" / "warehouse.duckdb").stat().st_size
    for _ in range(_ROUNDS - 1):
        loads.append(_load(folder / "big", rows))
        plains.append(_plain(folder, path))
    best = {
        "load": min(wall for wall, _ in loads),
        "load_cpu": min(cpu for _, cpu in loads),
        "plain": min(wall for wall, _ in plains),
        "plain_cpu": min(cpu for _, cpu in plains),
    }
    return {**best, "peak": peak, "disk": disk, "bytes": path.stat().st_size}


def _workspace(folder: Path, rows: int) -> Path:
    init_workspace(folder, config_text="sources:\n  tickets: {adapter: generic_tickets}\n")
    path = folder / "landing" / "tickets" / "tickets.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    # A generator in memory keeps its own peak small.
    with connect(None, memory_limit="1GB") as con:
        con.execute(f"copy ({_TICKETS.format(rows=rows)}) to {quote_text(str(path))} (header, force_quote (topic))")
    return path


def _load(workspace: Path, rows: int) -> tuple[float, float]:
    for old in (workspace / "build").glob("*"):
        old.unlink() if old.is_file() else None
    settings = load_settings(workspace)
    began = _clocks()
    with connect(settings.paths.build_db, temp_directory=settings.paths.spill) as con:
        report = load_sources(con, settings, as_of=_AS_OF)
        con.execute("checkpoint")
    took = _since(began)
    [source] = report.sources
    if source.error or source.counts.read != rows or source.counts.quarantined not in range(rows // 1100, rows // 900):
        raise RuntimeError(f"The load is not what was written: {source}")
    return took


def _plain(folder: Path, path: Path) -> tuple[float, float]:
    target = folder / "plain.duckdb"
    target.unlink(missing_ok=True)
    began = _clocks()
    with connect(target, temp_directory=folder / "spill") as con:
        con.execute(f"create table tickets as select * from read_csv({quote_text(str(path))}, {_columns(path)})")
        con.execute("checkpoint")
    return _since(began)


def _clocks() -> tuple[float, float]:
    return time.perf_counter(), time.process_time()


def _since(began: tuple[float, float]) -> tuple[float, float]:
    return time.perf_counter() - began[0], time.process_time() - began[1]


def _columns(path: Path) -> str:
    """The types of the contract; what cannot be cast is left out, for a plain read knows no quarantine."""
    contract = load_contracts()["tickets"].columns
    names = path.open(encoding="utf-8").readline().strip().replace('"', "").split(",")
    typed = ", ".join(f"{quote_text(name)}: {quote_text(SQL_TYPES[contract[name].type])}" for name in names)
    return f"header = true, ignore_errors = true, columns = {{{typed}}}"


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[1]), int(sys.argv[2]))))
