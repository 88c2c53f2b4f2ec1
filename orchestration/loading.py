"""Run ingestion into the build database and count what is there."""

from __future__ import annotations

from ingestion.load import load_sources

from ingestion.contracts import load_contracts
from orchestration.progress import Progress
from orchestration.runs import current_run, open_build
from warehouse.settings import Settings
from warehouse.store import quote_name


def load(settings: Settings, progress: Progress) -> dict[str, int]:
    """Read every source that changed; rows per canonical table afterwards."""
    progress("load")
    with open_build(settings) as con:
        run = current_run(con)
        load_sources(
            con,
            settings,
            as_of=run.as_of,
            select=list(run.select) or None,
            full=run.full,
            progress=lambda detail, *_: progress("load", str(detail)),
        )
        return {name: int(con.scalar(f"select count(*) from raw.{quote_name(name)}")) for name in load_contracts()}
