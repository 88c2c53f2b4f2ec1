"""Answers that no metric can count, because nothing says when they were given: the load says so."""

from __future__ import annotations

from ingestion.readers import Problem
from ingestion.views import SourceParts, told_of
from warehouse.store import Connection

UNTIMED = (
    "Nothing says when it was answered: its answers are in no metric. Give the map a column for `responded_at`, or one "
    "day for all of them (`responded_at: {value: 2026-03-31, type: instant}`)."
)


def untimed_answers(con: Connection, parts: SourceParts) -> list[Problem]:
    """A word on the answers of a source of which none has a time."""
    told = []
    for one in told_of(parts, "survey_responses", "responded_at"):
        has_time = con.scalar(f"select 1 from {one.column} where responded_at is not null limit 1")
        count = 0 if has_time else int(con.scalar(f"select count(*) from {one.counted}") or 0)
        if count:
            said = f"{count:,} answers of {parts.source} have no time of answer, and are in no metric"
            told.append(Problem("no_time_of_answer", f"{said}. Give its map a column for `responded_at`."))
    return told
