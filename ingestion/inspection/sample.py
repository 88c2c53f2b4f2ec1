"""Rows to look at: a file opened by the engine's own readers, some rows taken as text, all rows counted."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from ingestion.date_evidence import told_order
from ingestion.elsewhere import latest_of
from ingestion.files import LandedFile
from ingestion.inspection.moments import (
    has_worded_offset,
    is_numbered,
    looks_like_marked,
    looks_like_moments,
    looks_like_serials,
    looks_like_short_days,
    looks_like_years_of_the_republic,
    marked_as_text,
    moment_reading,
    moment_readings,
    offset_as_numbers,
    republic_as_text,
    serial_as_text,
    short_day_as_text,
    word_for_none,
)
from ingestion.inspection.profile import Profile
from ingestion.readers import Hints, Problem, Reading, pieces_of, read
from warehouse.errors import SwotlightError
from warehouse.store import Connection, connect, quote_name, quote_text

SAMPLE_CELLS = 160_000
SAMPLE_ROWS = 20_000
COUNTED_BYTES = 300 * 1024 * 1024
_TABLE = "looked_at"
_LOOKED_AT = 3_000
_FEWEST_NAMES = 2


@dataclass(frozen=True)
class Sample:
    """What one table of a file looks like. ``rows`` are data rows; an estimate where the file is very large."""

    reading: Reading
    profiles: list[Profile]
    rows: int
    is_estimate: bool
    problems: tuple[Problem, ...]

    @property
    def looked_at(self) -> int:
        """Rows whose values were looked at: all of a small file, the first of a large one."""
        return len(self.profiles[0].cells) if self.profiles else 0


@contextmanager
def workshop() -> Iterator[tuple[Connection, Path]]:
    """A connection in memory and a folder for copies, both gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="inspect-") as folder, connect(None, temp_directory=Path(folder)) as con:
        yield con, Path(folder)


def open_file(path: Path, con: Connection, work: Path) -> list[Reading]:
    """A file's tables, ready to be scanned. Raises `SwotlightError` where it is missing or cannot be read."""
    try:
        state = path.stat()
    except FileNotFoundError as error:
        raise SwotlightError(
            f"{path} does not exist.", code="missing_file", file=str(path), hint="Look at the spelling."
        ) from error
    except OSError as error:
        raise SwotlightError(
            f"{path} cannot be read: {error.strerror}.", code="missing_file", file=str(path)
        ) from error
    if not path.is_file():
        raise SwotlightError(f"{path} is a folder, not a file.", code="not_a_file", file=str(path))
    landed = LandedFile("", path.name, path, state.st_size, state.st_mtime_ns)
    return [read(con, piece, Hints(), work, at_most=SAMPLE_ROWS + 1) for piece in pieces_of(landed, work)]


def take_sample(con: Connection, reading: Reading) -> Sample:
    """Read some rows of a file as text, profile their columns and count the rows."""
    limit = max(500, min(SAMPLE_ROWS, SAMPLE_CELLS // max(1, len(reading.columns))))
    listed = ", ".join(map(quote_name, reading.columns))
    con.execute(f"create or replace temp table {_TABLE} as select {listed} from {reading.relation} limit {limit}")
    repeated = _without_headers(con, reading.columns)
    looked_at = con.execute(f"select {listed} from {_TABLE}").fetchall()
    cells = list(zip(*looked_at, strict=True)) if looked_at else [()] * len(reading.columns)
    profiles = [Profile(name, column, above=reading.above) for name, column in zip(reading.columns, cells, strict=True)]
    none = [word_for_none(profile.counts) for profile in profiles]
    profiles = [
        replace(profile, own_null=word) if word else profile for profile, word in zip(profiles, none, strict=True)
    ]
    _look_for_moments(con, profiles)
    _settle_by_others(con, reading, profiles)
    rows, is_estimate = _count(con, reading, len(looked_at) + repeated, limit)
    said = f"{repeated:,} of the rows looked at repeat the header: they are no rows, and a load puts them aside."
    problems = (*reading.problems, *([Problem("repeated_header", said)] if repeated else []))
    return Sample(reading, profiles, rows - repeated, is_estimate, problems)


def _without_headers(con: Connection, columns: Sequence[str]) -> int:
    """Take rows that repeat the header word for word out of what is looked at; how many there were."""
    named = [name for name in columns if not re.fullmatch(r"unnamed_\d+", name)]
    if len(named) < _FEWEST_NAMES:
        return 0
    same = " and ".join(f"trim({quote_name(name)}) = {quote_text(name)}" for name in named)
    found = int(con.scalar(f"select count(*) from {_TABLE} where {same}") or 0)
    if found:
        con.execute(f"delete from {_TABLE} where {same}")
    return found


def _look_for_moments(con: Connection, profiles: Sequence[Profile]) -> None:
    """How the columns' dates are written, and what they must be put into first; the profiles are changed in place."""
    texts = {profile.name: text for profile in profiles if (text := _text_of_moments(profile)) is not None}
    named = {profile.name: profile for profile in profiles if profile.name in texts}
    cells = {name: (text or quote_name(name), named[name].null_words) for name, text in texts.items()}
    for name, reading in moment_readings(con, _TABLE, cells).items():
        named[name].moments, named[name].moment_text = reading, (texts[name] or None) if reading else None


def _text_of_moments(profile: Profile) -> str | None:
    """SQL that writes a column's dates as they can be read, empty where they are; None where it has none."""
    name, counts = profile.name, profile.counts
    if looks_like_years_of_the_republic(counts):
        return republic_as_text(name)
    if looks_like_marked(counts):
        return marked_as_text(name)
    if looks_like_moments(counts) and not is_numbered(name, counts):
        return offset_as_numbers(name) if has_worded_offset(counts) else ""
    if looks_like_short_days(name, counts):
        return short_day_as_text(name)
    return serial_as_text(name) if looks_like_serials(name, counts) else None


def _settle_by_others(con: Connection, reading: Reading, profiles: list[Profile]) -> None:
    """Dates of which no row tells day from month are read by what else tells it; the profiles are changed in place."""
    beside = {profile.name: profile.cells[:_LOOKED_AT] for profile in profiles}
    for profile in profiles:
        if profile.moments is None or not profile.moments.question or profile.moment_text:
            continue
        known = told_order(beside[profile.name], profile.name, beside, {}, latest_of(reading))
        cell = quote_name(profile.name)
        found = moment_reading(con, _TABLE, cell, profile.null_words, known[0]) if known else None
        if known and found and not found.question:
            profile.moments = replace(found, told_by=known[1])


def _count(con: Connection, reading: Reading, looked_at: int, limit: int) -> tuple[int, bool]:
    """All rows where that is quick, else an estimate from the size of the rows that were looked at."""
    if looked_at < limit:
        return looked_at, False
    if reading.rows is not None:
        return reading.rows, False
    size = reading.piece.size
    if size <= COUNTED_BYTES or reading.kind != "csv":
        return int(con.scalar(f"select count(*) from {reading.relation}")), False
    listed = " + ".join(f"coalesce(strlen({quote_name(name)}), 0) + 1" for name in reading.columns)
    mean = float(con.scalar(f"select avg({listed}) from {_TABLE}") or 1.0)
    return round(size / mean), True
