"""Pay written as people advertise it: a range in one cell (``8 - 12 triệu``, ``$20k-25k``, ``8千-1.2万``)."""

from __future__ import annotations

import re

from ingestion.inspection.fields import Line, quoted
from ingestion.inspection.profile import Profile
from ingestion.inspection.words import words

PAY = ("pay_low", "pay_high", "pay_period")
# What multiplies the number in front of it, by the letters it starts with.
_SIZES = (("triệu|tr|million|mio|百万", 1e6), ("nghìn|ngàn|k|thousand|mil|千", 1e3), ("lakhs?|lacs?|lpa|l", 1e5),
          ("万|萬|만", 1e4))  # fmt: skip
_NUMBER = r"\d[\d.,]*"
_SIZE = "|".join(names for names, _ in _SIZES)
_RANGE = re.compile(rf"(?i)^\D{{0,20}}{_NUMBER} ?(?:{_SIZE})?\D{{1,12}}?{_NUMBER} ?(?:{_SIZE})?\b.{{0,30}}$")
_PERIODS = (
    ("hour", "hour|hourly|/ ?hr?\\b|an hour|giờ|小时|heure|hora|stunde"),
    ("year", "year|annum|annual|/ ?yr|/ ?y\\b|năm|年|anual|\\ban\\b|jahr"),
    ("month", "month|/ ?mo|tháng|月|mes|mois|monat|triệu|千|万"),
    ("week", "week|tuần|周|semana|semaine|woche"),
    ("day", "day|ngày|天|día|jour|tag"),
)


def pay_lines(have: dict[str, Line], profiles: list[Profile]) -> list[Line]:
    """Both ends of pay from the one column whose cells are ranges; they replace what is in ``have``."""
    taken = {name for column, line in have.items() if column not in PAY for name in line.names}
    found = next((p for p in profiles if p.name not in taken and _is_range(p)), None)
    if found is None or ("pay_low" in have and "pay_high" in have):
        return []
    for column in PAY:
        if column in have and have[column].names in ((), (found.name,)):
            have.pop(column)
    reason = f"{found.name} is a range"
    made = [
        Line(column, {"sql": _amount(found.name, place), "type": "money"}, 0.7, reason, (found.name,))
        for column, place in (("pay_low", 1), ("pay_high", 2))
    ]
    return made + _period(have, found)


def _is_range(profile: Profile) -> bool:
    if "salary" not in words(profile.name) or profile.kind in ("integer", "number", "money"):
        return False
    return profile.share("range", lambda value: bool(_RANGE.match(value))) >= 0.5


def _amount(name: str, place: int) -> str:
    """SQL for the first or the second number of a cell; a unit that only the second has is that of both."""
    cell = f"lower({quoted(name)})"
    pattern = rf"({_NUMBER}) ?({_SIZE})?\D*({_NUMBER}) ?({_SIZE})?"
    number, own = (1, 2) if place == 1 else (3, 4)
    digits = f"regexp_extract({cell}, '{pattern}', {number})"
    # Three digits behind a separator are thousands; any other number of them is a fraction.
    plain = f"regexp_replace({digits}, '[.,](\\d{{3}})', '\\1', 'g')"
    unit = f"regexp_extract({cell}, '{pattern}', {own})"
    told = f"coalesce(nullif({unit}, ''), regexp_extract({cell}, '{pattern}', 4))"
    cases = " ".join(f"when regexp_full_match({told}, '{names}') then {size:.0f}" for names, size in _SIZES)
    value = f"try_cast(rtrim(replace({plain}, ',', '.'), '.') as double)"
    return f"cast(cast(round({value} * case {cases} else 1 end, 2) as decimal(18, 2)) as varchar)"


def _period(have: dict[str, Line], profile: Profile) -> list[Line]:
    if "pay_period" in have:
        return []
    shares = {
        period: profile.share(f"per {period}", lambda value, signs=signs: bool(re.search(signs, value.lower())))  # type: ignore[misc]
        for period, signs in _PERIODS
    }
    period, share = max(shares.items(), key=lambda one: one[1])
    if share < 0.5:
        return []
    given = {"value": period, "type": "category"}
    return [Line("pay_period", given, 0.6, f"the cells of {profile.name} say it")]
