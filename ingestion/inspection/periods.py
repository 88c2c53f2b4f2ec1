"""Months and quarters as days, and the zone that a heading names."""

from __future__ import annotations

import re
from zoneinfo import available_timezones

from ingestion.inspection.profile import Profile


def zone_said(profile: Profile) -> str | None:
    """The zone that a heading names for its times, where they carry no offset themselves."""
    read = profile.moments
    if read is None or profile.kind != "instant" or not (read.local_formats or (read.iso and not read.has_offsets)):
        return None
    if re.search(r"(?<![A-Za-z])(?:UTC|GMT|Zulu|utc|gmt)(?![A-Za-z+-]| ?[+-])", profile.name):
        return "UTC"
    named = re.search(r"[A-Z][A-Za-z]+/[A-Z][A-Za-z_]+(?:/[A-Z][A-Za-z_]+)?", profile.name)
    return named[0] if named and named[0] in available_timezones() else None


def first_day(cell: str, period: str) -> str:
    """The first day of ``202401``, ``2024-Q1`` or ``Q1 2024``."""
    if period == "yyyymm":
        return f"substr({cell}, 1, 4) || '-' || substr({cell}, 5, 2) || '-01'"
    year = f"regexp_extract({cell}, '(?:19|20)\\d\\d')"
    marked = f"nullif(regexp_extract({cell}, '[QqTt]([1-4])', 1), '')"
    quarter = f"coalesce({marked}, regexp_extract({cell}, '^([1-4])[QqTt]', 1))"
    return f"{year} || '-' || lpad(cast(try_cast({quarter} as integer) * 3 - 2 as varchar), 2, '0') || '-01'"
