"""A number in SQL as its column writes it: ``85,3%``, ``1.234``, ``1,234.5``."""

from __future__ import annotations

import re

from ingestion.inspection.profile import Profile
from warehouse.store import quote_name

_DECIMAL_COMMA = re.compile(r"[-+]?(?:\d{1,3}(?:[. ]\d{3})+|\d+),\d+\s*%?$")
_POINTED_THOUSANDS = re.compile(r"[-+]?[1-9]\d{0,2}(?:\.\d{3})+\s*%?$")
_WITH_POINT = re.compile(r"\d\.\d{1,2}\s*%?$|\d\.\d{4,}|^[-+]?0?\.\d")
_THOUSANDS_COMMA = re.compile(r"[-+]?\d{1,3}(?:,\d{3})+(?:\.\d+)?\s*%?$")


def number_sql(profile: Profile) -> str:
    """SQL for a cell as a double, without its percent sign; a cell that is no number is null."""
    bare = f"regexp_replace(trim({quote_name(profile.name)}), '[ %]', '', 'g')"
    if _writes_commas(profile):
        return f"try_cast(replace(replace({bare}, '.', ''), ',', '.') as double)"
    return f"try_cast(replace({bare}, ',', '') as double)"


def _writes_commas(profile: Profile) -> bool:
    """Whether a comma stands before the decimals; ``1,234`` alone is a thousand, ``1.234`` alone as well."""
    if any(_WITH_POINT.search(value) for value in profile.counts):
        return False
    commas = sum(bool(_DECIMAL_COMMA.match(value)) and not _THOUSANDS_COMMA.match(value) for value in profile.counts)
    return commas > 0 or profile.share("pointed", lambda value: bool(_POINTED_THOUSANDS.match(value))) > 0
