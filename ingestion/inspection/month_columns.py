"""Costs whose months are columns: a line for every kind of cost, ``2026-01`` … ``2026-10`` beside it.

What belongs here: how such a table is known, and what its headings and cells say. What becomes of it is said in
`figure_lines` and `long_form`, as of any table of figures.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from functools import cache

from ingestion.date_words import respelled
from ingestion.inspection.profile import Profile
from ingestion.inspection.spellings import ours_for, value_list

_FEWEST = 3
_MOST_LABELS = 4
_KNOWN = 0.3
_AMOUNT = re.compile(r"[-+(]?\s*[€$£¥]?\s*\d[\d.,'’\s]*\s*[€$£¥]?\s*(?:[A-Z]{3})?\)?$")
_NONE = {"", "-", "–", "—", "n/a"}
# Numbers alone, in the order in which they stand: a pattern of headings, and where the month stands in it.
_YEAR_FIRST = r"(?:19|20)\d\d ?[-/.年년]? ?\d{1,2} ?[月월]?"
_MONTH_FIRST = r"\d{1,2} ?[-/.] ?(?:19|20)\d\d"
_YEAR = re.compile(r"\d\d")
# What one of the spoken forms can be read from; a heading of more words is a sentence.
_MONTH = re.compile(r"[^\W\d_]+[-/ ]\d{2,4}|\d{4}[- ][^\W\d_]+|\d{4}-\d{1,2}|\d{1,2}-\d{4}")
_IN_NUMBERS_OR_ENGLISH = re.compile(r"(?i)^[\d-]+$|(?<![^\W\d_])(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)")
_MOST_WORDS = 6
_SPOKEN = ("%b %Y", "%B %Y", "%b-%Y", "%B-%Y", "%b-%y", "%b %y", "%b/%Y", "%b/%y", "%Y %b", "%Y-%b", "%Y-%m", "%m-%Y")
TOTALS = (
    r"^\W*(?:grand |sub)?tota+l|^razem|^summe|^gesamt|^zwischensumme|^suma\b|^soma\b|^somme|^tổng|"
    r"^合计|^总计|^小计|^合計|^합계|^총계"
)
_CURRENCIES = {
    "€": "EUR",
    "£": "GBP",
    "eur": "EUR",
    "gbp": "GBP",
    "usd": "USD",
    "chf": "CHF",
    "cny": "CNY",
    "vnd": "VND",
}


@cache
def month_of(heading: str) -> str | None:
    """The first day of the month a heading names; ``None`` where it names none.

    >>> month_of("janv. 2026"), month_of("2026年3月"), month_of("2026")
    ('2026-01-01', '2026-03-01', None)
    """
    said = " ".join(heading.split())
    if re.fullmatch(_YEAR_FIRST, said) and (found := re.match(r"(\d{4})\D*(\d{1,2})\D*$", said)):
        return _first_day(int(found[1]), int(found[2]))
    if re.fullmatch(_MONTH_FIRST, said) and (found := re.match(r"(\d{1,2})\D+(\d{4})$", said)):
        return _first_day(int(found[2]), int(found[1]))
    if not _YEAR.search(said):
        return None
    if said.count(" ") >= _MOST_WORDS:
        return None
    plain = " ".join(respelled(re.sub(r"['’]", " ", said))[0].split())
    for form in _SPOKEN if _MONTH.fullmatch(plain) and _IN_NUMBERS_OR_ENGLISH.search(plain) else ():
        try:
            day = datetime.strptime(plain, form)
        except ValueError:
            continue
        return _first_day(day.year, day.month)
    return None


def _first_day(year: int, month: int) -> str | None:
    return f"{year}-{month:02}-01" if 1990 <= year <= 2100 and 1 <= month <= 12 else None


def find_months(profiles: Sequence[Profile]) -> tuple[list[Profile], Profile] | None:
    """The columns that are months and the column of kinds of cost; ``None`` for any other table."""
    months = [p for p in profiles if month_of(p.name) and p.filled and _are_amounts(p)]
    others = [p for p in profiles if p.filled and p not in months and not is_sum(p.name)]
    if len(months) < _FEWEST or not 1 <= len(others) <= _MOST_LABELS:
        return None
    if len({month_of(p.name) for p in months}) < len(months):
        # A month that has two columns is told two things of.
        return None
    kinds = max(others, key=_known)
    return (months, kinds) if _known(kinds) >= _KNOWN else None


def _are_amounts(profile: Profile) -> bool:
    told = [value for value in profile.counts if value.strip() not in _NONE]
    return bool(told) and all(_AMOUNT.match(value.strip()) for value in told)


def _known(profile: Profile) -> float:
    """The share of the lines that are a kind of cost; what sums them up is none."""
    told = value_list("costs", "category")
    lines = [value for value in profile.counts if not is_sum(value)]
    return sum(ours_for(value, told, "category") is not None for value in lines) / len(lines) if lines else 0.0


def is_sum(label: str) -> bool:
    """Whether a line or column is called the sum of the others."""
    return re.search(TOTALS, label.strip().lower()) is not None


def headings_and_month(columns: Sequence[str]) -> tuple[dict[str, object], str]:
    """Which headings are months (a pattern where numbers tell it, so that a new month is read too), and SQL for it."""
    year = "cast(regexp_extract(item.heading, '(?:19|20)[0-9][0-9]') as integer)"
    for pattern, month in ((_YEAR_FIRST, "([0-9]{1,2})[^0-9]*$"), (_MONTH_FIRST, "^[^0-9]*([0-9]{1,2})")):
        if all(re.fullmatch(pattern, name) for name in columns):
            return {
                "matching": pattern
            }, f"make_date({year}, cast(regexp_extract(item.heading, '{month}', 1) as integer), 1)"
    return {"columns": {name: {"month": month_of(name)} for name in columns}}, "cast(item.month as date)"


def amount_sql(profiles: Sequence[Profile], units: float = 1.0) -> str:
    """SQL for a cell as money: blanks between thousands, brackets of what was given back. ``units`` is what one of
    them is worth."""
    told = [re.sub(r"[^\d.,]", "", value) for profile in profiles for value in profile.counts]
    points = any(re.search(r"\.\d{1,2}$", value) for value in told)
    commas = not points and (
        any(re.search(r",\d{1,2}$", value) for value in told)
        or any(re.fullmatch(r"\d{1,3}(?:\.\d{3})+", value) for value in told)
    )
    bare = "regexp_replace(item.answer, '[^0-9.,]', '', 'g')"
    number = f"replace(replace({bare}, '.', ''), ',', '.')" if commas else f"replace({bare}, ',', '')"
    sign = "case when regexp_matches(trim(item.answer), '^[-(−]') then -1 else 1 end"
    worth = f" * {units:.0f}" if units != 1 else ""
    return f"try_cast({number} as decimal(18, 2)) * {sign}{worth}"


def currency_of(label: str) -> str | None:
    """The currency that the heading of the kinds names: ``Poste (€)``."""
    return next(
        (
            code
            for sign, code in _CURRENCIES.items()
            if re.search(rf"(?<![^\W\d_]){re.escape(sign)}(?![^\W\d_])", label.lower())
        ),
        None,
    )
