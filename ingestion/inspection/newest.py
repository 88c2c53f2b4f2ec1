"""When a file's newest row was, which tells an archive from an export that goes on; and whether it says in which zone
its times are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ingestion.dates_sql import timestamp_sql
from ingestion.inspection.fitting import MOMENTS
from ingestion.inspection.profile import Profile
from ingestion.inspection.sample import Sample, open_file, take_sample, workshop
from ingestion.inspection.words import words
from warehouse.store import Connection, quote_name

_TABLE = "looked_at"
# Days that are no sign of when a row was written: promised, planned, or of a person.
_ASIDE = {"due", "deadline", "promise", "target", "expected", "expiry", "expiration", "birth", "purchase", "warranty"}


@dataclass(frozen=True)
class Clock:
    """The latest instant (naive UTC, local times as they stand), and whether some times are without an offset."""

    newest: datetime | None
    has_local: bool


def clock_of(paths: Sequence[Path], until: datetime) -> Clock:
    """What the files' columns of dates say. Instants after ``until`` are no newest row."""
    found: list[datetime] = []
    has_local = False
    with workshop() as (con, work):
        for path in paths:
            for reading in open_file(path, con, work):
                sample = take_sample(con, reading)
                has_local = has_local or any(map(_is_local, sample.profiles))
                found += [at for profile in _dated(sample) if (at := _latest(con, sample, profile, until))]
    return Clock(max(found, default=None), has_local)


def _is_local(profile: Profile) -> bool:
    """Times of a day that no offset goes with."""
    read = profile.moments
    if read is None or profile.kind != "instant":
        return profile.kind == "time" and profile.is_time_of_day
    return bool(read.local_formats) or (read.iso and not read.has_offsets)


def _dated(sample: Sample) -> list[Profile]:
    """Columns of days; what a spreadsheet wrote on its day zero is a time of day."""
    found = [profile for profile in sample.profiles if profile.moments and profile.kind in MOMENTS]
    return [profile for profile in found if not _ASIDE & set(words(profile.name))]


def _latest(con: Connection, sample: Sample, profile: Profile, until: datetime) -> datetime | None:
    assert profile.moments is not None
    is_whole = sample.rows == sample.looked_at and not sample.is_estimate
    relation = _TABLE if is_whole else sample.reading.relation
    text = profile.moment_text or f"trim({quote_name(profile.name)})"
    at = timestamp_sql(text, profile.moments, "UTC")
    limit = f"timestamp '{until:%Y-%m-%d %H:%M:%S}'"
    latest = con.scalar(
        f"select max(written_at) from (select {at} as written_at from {relation}) where written_at <= {limit}"
    )
    return latest if isinstance(latest, datetime) else None
