"""Loading: files → land → raw, source by source, each in one transaction.

What belongs here: the order of the steps and the report. A source that is refused keeps its previous rows; the others
are loaded all the same.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from ingestion import judging, ledger
from ingestion.accounting import Counts
from ingestion.files import ChangedWhileRead, Digests
from ingestion.fingerprint import digests_of
from ingestion.readers import ReadAgain
from ingestion.sources import load_source
from ingestion.views import write_views
from warehouse.errors import SwotlightError, UsageError
from warehouse.store import Connection, StoreError

if TYPE_CHECKING:
    from warehouse.settings import Settings

Progress = Callable[[str], None]
_AT_A_TIME = 2
# How long to wait, in seconds, before a source is read again of which a file grew while it was read.
PAUSES = [1.0, 3.0, 8.0]


@dataclass
class SourceReport:
    """What became of one source: ``loaded``, ``unchanged`` or ``refused`` (it then keeps its previous rows)."""

    name: str
    state: str
    counts: Counts = field(default_factory=Counts)
    files: int = 0
    quarantine_share: float = 0.0
    max_quarantine_share: float = 0.05
    error: SwotlightError | None = None

    @property
    def is_over_quarantine(self) -> bool:
        """Whether more rows are quarantined than the settings allow."""
        return self.quarantine_share > self.max_quarantine_share


@dataclass
class LoadReport:
    """What a load did. It is ``ok`` when no source was refused and none is over its quarantine share."""

    sources: list[SourceReport] = field(default_factory=list)

    @property
    def errors(self) -> list[SwotlightError]:
        """Refusals, and a sentence for every source over its quarantine share."""
        refused = [source.error for source in self.sources if source.error]
        return [*refused, *(_over(source) for source in self.sources if source.is_over_quarantine)]

    @property
    def changed(self) -> list[str]:
        """Sources that were loaded anew."""
        return [source.name for source in self.sources if source.state == "loaded"]

    @property
    def ok(self) -> bool:
        """Whether nothing was refused."""
        return not self.errors

    @property
    def exit_code(self) -> int:
        """0, or 1 when something was refused or too much quarantined."""
        return 0 if self.ok else 1


def _over(source: SourceReport) -> SwotlightError:
    return SwotlightError(
        f"{source.counts.quarantined} of {source.counts.read} rows of source {source.name} are quarantined "
        f"({source.quarantine_share:.1%}; at most {source.max_quarantine_share:.1%} is allowed).",
        code="over_quarantine",
        key=f"sources.{source.name}.max_quarantine_share",
        hint="`swotlight quarantine show` tells the rows; mend the map or the export, and refresh.",
    )


def load_sources(
    con: Connection,
    settings: Settings,
    *,
    as_of: datetime,
    select: Iterable[str] | None = None,
    full: bool = False,
    progress: Progress | None = None,
    has_views: bool = True,
) -> LoadReport:
    """Load what has changed into ``land`` and ``ingest`` and make the ``raw`` views.

    ``as_of`` is the refresh instant (an aware one is taken to UTC); ``select`` names sources; ``full`` loads unchanged
    ones too; without ``has_views`` the views stay as they are. Raises `UsageError` for an unknown source; refusals of
    a source are in the report.
    """
    instant = as_of.astimezone(UTC).replace(tzinfo=None) if as_of.tzinfo else as_of
    chosen = _chosen(settings, select)
    # Long `in` lists of maps must not become joins either: lines are numbered by the order of rows.
    con.execute("set global disabled_optimizers = 'in_clause'")
    ledger.ensure_ledger(con)
    judging.drop_gone_sources(con, settings)
    digests = digests_of(settings)

    def load_one(name: str) -> SourceReport:
        if progress:
            progress(name)
        with con.cursor() as own:
            return _load_or_keep(own, settings, name, instant, digests, full=full)

    # Reading a file keeps one core busy; two sources at a time keep two, and their rows never meet.
    with ThreadPoolExecutor(max_workers=_AT_A_TIME) as pool:
        report = LoadReport(list(pool.map(load_one, [name for name in settings.sources if name in chosen])))
    digests.save()
    judging.judge(con, settings, instant)
    if has_views:
        write_views(con)
    con.execute("reset global disabled_optimizers")
    return report


def _load_or_keep(
    con: Connection, settings: Settings, name: str, instant: datetime, digests: Digests, *, full: bool
) -> SourceReport:
    """Load one source in a transaction of its own; a refusal leaves its previous rows and is told in the report."""
    again: dict[str, str | None] = {}
    pauses = list(PAUSES)
    while True:
        con.execute("begin transaction")
        try:
            state = load_source(con, settings, name, instant, digests, full=full, again=again)
            con.execute("commit")
            return _report(con, settings, name, state, None)
        except ReadAgain as wish:
            con.execute("rollback")
            again[wish.name] = wish.encoding
        except SwotlightError as error:
            con.execute("rollback")
            if isinstance(error, StoreError) and error.code != "sql":
                raise
            if isinstance(error, ChangedWhileRead) and pauses:
                time.sleep(pauses.pop(0))
                continue
            ledger.note_refusal(con, name, error)
            return _report(con, settings, name, "refused", error)
        except BaseException:
            con.execute("rollback")
            raise


def _report(con: Connection, settings: Settings, name: str, state: str, error: SwotlightError | None) -> SourceReport:
    allowed = settings.sources[name].max_quarantine_share
    allowed = settings.max_quarantine_share if allowed is None else allowed
    row = ledger.source_row(con, name)
    if row is None:
        return SourceReport(name, state, max_quarantine_share=allowed, error=error)
    counts = Counts(*(row[column] for column in ledger.COUNTS[1:]))
    return SourceReport(name, state, counts, row["files"], row["quarantine_share"], allowed, error)


def _chosen(settings: Settings, select: Iterable[str] | None) -> set[str]:
    if select is None:
        return set(settings.sources)
    chosen = set(select)
    unknown = sorted(chosen - set(settings.sources))
    if unknown:
        raise UsageError(
            f"There is no source {unknown[0]!r}.",
            code="unknown_source",
            key=unknown[0],
            hint=f"Sources are {', '.join(settings.sources) or 'none yet'}.",
        )
    return chosen
