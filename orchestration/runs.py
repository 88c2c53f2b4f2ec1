"""The run that is building: its name, its as-of instant and what was asked of it, kept in the build database.

Each step reads it from there, so that a single asset re-made in Dagster's page is judged at the instant of its build.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from orchestration.fingerprints import fingerprint
from warehouse.config_tables import write_config
from warehouse.errors import SwotlightError
from warehouse.release_files import from_iso
from warehouse.settings import Settings, utc_now
from warehouse.store import Connection, connect
from warehouse.workspace import ensure_folders


@dataclass(frozen=True)
class Run:
    """A build: ``as_of`` is aware UTC; ``select`` names the sources to read (none: all of them).

    ``fingerprint`` is what it is made from, empty when that is not everything there is.
    """

    name: str
    as_of: datetime
    full: bool = False
    select: tuple[str, ...] = ()
    fingerprint: str = ""


def open_build(settings: Settings) -> Connection:
    """The database being built."""
    engine = settings.engine
    return connect(
        settings.paths.build_db,
        memory_limit=engine.memory_limit,
        threads=engine.threads,
        temp_directory=settings.paths.spill,
    )


def plan(settings: Settings, name: str, as_of: str | None, *, full: bool, select: Sequence[str]) -> Run:
    """The run that was asked for; its fingerprint is taken now, so that what lands meanwhile counts next time."""
    now, wanted = utc_now(), from_iso(as_of) if as_of else None
    selected = check_selected(settings, select)
    return Run(name, wanted or now, full, selected, "" if selected else fingerprint(settings, wanted, now))


def begin(settings: Settings, run: Run) -> None:
    """Write the configuration and the run into the build database; ``full`` begins with an empty one."""
    ensure_folders(settings)
    if run.full:
        for path in settings.paths.build.glob("warehouse.duckdb*"):
            path.unlink()
    with open_build(settings) as con:
        write_config(con, settings)
        con.execute(
            "create or replace table config.run "
            "(run varchar, as_of timestamp, is_full boolean, selected varchar[], fingerprint varchar)"
        )
        instant = run.as_of.astimezone(UTC).replace(tzinfo=None)
        con.execute(
            "insert into config.run values (?, ?, ?, ?, ?)",
            [run.name, instant, run.full, list(run.select), run.fingerprint],
        )


def current_run(con: Connection) -> Run:
    """The run of the build database. Raises `SwotlightError` when none has begun."""
    known = con.scalar(
        "select count(*) from duckdb_tables() where schema_name = 'config' and table_name = 'run' and not internal"
    )
    rows = con.rows("select * from config.run") if known else []
    if not rows:
        raise SwotlightError(
            "Nothing has been built yet in this workspace.", code="no_build", hint="Begin with `swotlight refresh`."
        )
    row = rows[0]
    return Run(
        name=row["run"],
        as_of=row["as_of"].replace(tzinfo=UTC),
        full=bool(row["is_full"]),
        select=tuple(row["selected"] or ()),
        fingerprint=row["fingerprint"],
    )


def judged_at(con: Connection) -> datetime:
    """The latest as-of instant of any source (aware UTC): a workspace of archives ends where its exports end."""
    latest = con.scalar("select max(as_of) from ingest.sources")
    return latest.replace(tzinfo=UTC) if latest else current_run(con).as_of


def check_selected(settings: Settings, select: Sequence[str]) -> tuple[str, ...]:
    """The named sources. Raises `UsageError` listing the nearest names for an unknown one."""
    from difflib import get_close_matches

    from warehouse.errors import UsageError

    for name in select:
        if name not in settings.sources:
            near = get_close_matches(name, settings.sources, n=3, cutoff=0.4) or sorted(settings.sources)[:5]
            hint = f"Sources: {', '.join(near)}." if near else "`swotlight add FILE…` registers one."
            raise UsageError(f"There is no source {name!r}.", code="unknown_source", key=name, hint=hint)
    return tuple(dict.fromkeys(select))
