"""SQL that reads dates as `ingestion.dates` decided: naive UTC instants, and local days."""

from __future__ import annotations

from collections.abc import Sequence

from ingestion.date_readings import DateReading
from warehouse.store import quote_text


def timestamp_sql(text: str, reading: DateReading, zone: str) -> str:
    """SQL for the naive UTC instant of ``text``; local times without an offset are in ``zone``."""
    return _alternatives(_respelled(text, reading), reading, zone)


def date_sql(text: str, reading: DateReading, zone: str) -> str:
    """SQL for the local day of ``text`` in ``zone``."""
    text = _respelled(text, reading)
    if reading.iso and not reading.has_offsets and not reading.local_formats:
        return f"try_cast({text} as date)"
    parts = []
    if reading.iso:
        parts.append(
            f"case when {_has_no_offset(text)} then try_cast({text} as date) "
            f"else cast({_in_zone_local(f'try_cast({text} as timestamptz)', zone)} as date) end"
        )
    parts += [f"cast({_strptime(text, reading.local_formats)} as date)"] if reading.local_formats else []
    for formats in (reading.utc_formats, reading.offset_formats):
        if formats:
            aware = f"cast({_strptime(text, formats)} as timestamptz)"
            parts.append(f"cast({_in_zone_local(aware, zone)} as date)")
    return f"coalesce({', '.join(parts)})" if parts else "cast(null as date)"


def _respelled(text: str, reading: DateReading) -> str:
    for pattern, replacement in reading.respelling:
        text = f"regexp_replace({text}, {quote_text(pattern)}, {quote_text(replacement)}, 'g')"
    return text


def _alternatives(text: str, reading: DateReading, zone: str) -> str:
    parts = []
    if reading.iso:
        parts.append(_iso_sql(text, reading, zone))
    if reading.local_formats:
        parts.append(_from_local(_strptime(text, reading.local_formats), zone))
    if reading.utc_formats:
        parts.append(_strptime(text, reading.utc_formats))
    if reading.offset_formats:
        parts.append(f"cast({_strptime(text, reading.offset_formats)} as timestamp)")
    for digits in reading.epoch_digits:
        scale = 1_000_000 if digits == 10 else 1_000
        sized = f"length(split_part({text}, '.', 1)) = {digits}"
        parts.append(
            f"case when {sized} then make_timestamp(cast(try_cast({text} as decimal(24, 6)) * {scale} as bigint)) end"
        )
    return parts[0] if len(parts) == 1 else f"coalesce({', '.join(parts)})" if parts else "cast(null as timestamp)"


def _iso_sql(text: str, reading: DateReading, zone: str) -> str:
    aware = f"cast(try_cast({text} as timestamptz) as timestamp)"
    if zone == "UTC":
        return (
            aware if reading.has_offsets else f"case when {_has_no_offset(text)} then try_cast({text} as timestamp) end"
        )
    local = _from_local(f"try_cast({text} as timestamp)", zone)
    other = aware if reading.has_offsets else "null"
    return f"case when {_has_no_offset(text)} then {local} else {other} end"


def _has_no_offset(text: str) -> str:
    """Whether an ISO text is a local time. A day and a day with a time to the second are told by length."""
    by_length = f"strlen({text}) = 10 or (strlen({text}) = 19 and substr({text}, 17, 1) = ':')"
    by_end = (
        f"right({text}, 1) between '0' and '9' and strpos(substr({text}, 11), '+') = 0 "
        f"and strpos(substr({text}, 11), '-') = 0"
    )
    return f"({by_length} or ({by_end}))"


def _from_local(local: str, zone: str) -> str:
    return local if zone == "UTC" else f"cast(timezone({quote_text(zone)}, {local}) as timestamp)"


def _in_zone_local(aware: str, zone: str) -> str:
    return f"timezone({quote_text(zone)}, {aware})"


def _strptime(text: str, formats: Sequence[str]) -> str:
    if len(formats) == 1:
        return f"try_strptime({text}, {quote_text(formats[0])})"
    return f"try_strptime({text}, [{', '.join(map(quote_text, formats))}])"
