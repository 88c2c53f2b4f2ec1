"""Tables of figures: rows that are places, units or occupations, and many columns of numbers about them.

Four forms: costs, a column a month; a column a year; shares of people who agree, a column a question; measures of an
economy, a column each.
Such a file is no table of things that happened one by one, however much its words may sound like one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import combinations
from pathlib import Path
from typing import Literal

from ingestion.inspection.month_columns import find_months
from ingestion.inspection.profile import Profile
from ingestion.inspection.words import known_words, lexicon, words

_LABELS = ("text", "long_text", "id", "category", "date", "month")
_NUMERIC = ("number", "integer", "percent", "money")
_PEOPLE = {
    "team", "department", "organisation", "unit", "response", "respondent", "engagement", "manager", "leadership",
    "wellbeing", "employee", "survey", "colleague", "workload",
}  # fmt: skip
_NO_FIGURE = {"id", "code", "number", "year", "month", "zip", "latitude", "longitude", "age"}
_YEAR = re.compile(r"\s*(?:FY\s?)?(?:19|20)\d\d\s*$")
_FEW = 3
_MOST_LABELS = 6
# The columns of a contract that may stand beside figures.
BESIDE = {
    "survey_responses": ("responded_at", "wave", "n", "region", "topic", "channel", "survey_id", "team"),
    "market_indicators": ("period_on", "region", "n", "published_on"),
}
Form = Literal["months", "years", "shares", "measures"]


@dataclass(frozen=True)
class Figures:
    """``columns`` hold the figures; ``labels`` together tell the rows apart, the wordiest first."""

    form: Form
    table: str
    columns: tuple[str, ...]
    labels: tuple[str, ...]
    is_employees: bool = False


def find_figures(profiles: Sequence[Profile]) -> Figures | None:
    """The figures of a table that is made of them; None for any other."""
    if (months := find_months(profiles)) is not None:
        return Figures("months", "costs", tuple(p.name for p in months[0]), (months[1].name,))
    filled = [profile for profile in profiles if profile.kind != "empty"]
    numeric = [profile for profile in filled if _is_figure(profile)]
    are_series = len(numeric) >= 2 and len(filled) == len(numeric) + 1 and _are_codes(numeric)
    if len(numeric) < _FEW and not are_series:
        return None
    form, columns = _form(filled, numeric)
    labels = _labels([p for p in filled if p.kind in _LABELS and p not in numeric]) if columns else ()
    if not labels or form is None:
        return None
    said = {word for profile in filled for word in words(profile.name)}
    table = "survey_responses" if form == "shares" else "market_indicators"
    return Figures(form, table, tuple(p.name for p in columns), labels, form == "shares" and _asks_employees(said))


def _form(filled: Sequence[Profile], numeric: Sequence[Profile]) -> tuple[Form | None, Sequence[Profile]]:
    """What the numbers are, and which columns hold them."""
    years = [profile for profile in numeric if _YEAR.match(profile.name)]
    if len(years) >= _FEW:
        return "years", years
    said = {word for profile in filled for word in words(profile.name)}
    shares = [profile for profile in numeric if _is_share(profile)]
    if len(shares) >= _FEW and len(shares) * 2 >= len(filled) and said & _PEOPLE:
        return "shares", shares
    if len(numeric) >= 2 and len(filled) == len(numeric) + 1 and _are_codes(numeric):
        return "measures", numeric
    if len(numeric) >= _FEW and len(numeric) * 10 >= len(filled) * 6 and _speaks_of_markets(filled):
        return "measures", numeric
    return None, ()


def _are_codes(numeric: Sequence[Profile]) -> bool:
    """A date, and beside it columns called by codes of series alone."""
    return all(profile.name.isupper() and not set(words(profile.name)) & known_words() for profile in numeric)


def _is_figure(profile: Profile) -> bool:
    if _YEAR.match(profile.name) and profile.kind in _NUMERIC:
        return True
    is_key = profile.kind == "integer" and profile.distinct_share > 0.9 and bool(set(words(profile.name)) & _NO_FIGURE)
    return profile.kind in _NUMERIC and not is_key and not set(words(profile.name)) <= _NO_FIGURE


def _is_share(profile: Profile) -> bool:
    if profile.kind == "percent":
        return True
    numbers = profile.numbers
    return profile.kind == "number" and bool(numbers) and numbers[0] >= 0 and numbers[-1] <= 1 and profile.distinct > 3


def _asks_employees(said: set[str]) -> bool:
    customers = {"customer", "passenger", "visitor", "buyer"}
    return not said & customers


def _speaks_of_markets(filled: Sequence[Profile]) -> bool:
    """Two columns with words of the outside world, and no moment to the day: what happens has one."""
    own = lexicon().signs["market_indicators"] | {"salary", "occupation", "industry", "sector"}
    hits = sum(bool(set(words(profile.name)) & own) for profile in filled)
    return hits >= 2 and not any(profile.kind == "instant" for profile in filled)


def _labels(found: Sequence[Profile]) -> tuple[str, ...]:
    """The fewest label columns that tell the rows apart; the wordiest stands first, if only to be read."""
    wordy = sorted(found, key=lambda profile: -_length(profile))[:_MOST_LABELS]
    for size in (1, 2, 3):
        for some in combinations(wordy, size):
            if _tell_apart(some):
                read = [p for p in wordy[:1] if p not in some and p.distinct_share > 0.5 and p.null_share < 0.01]
                return tuple(profile.name for profile in [*read, *some])
    return ()


def _length(profile: Profile) -> float:
    return sum(map(len, profile.counts)) / max(1, profile.distinct)


def _tell_apart(some: Sequence[Profile]) -> bool:
    rows = list(zip(*(profile.cells for profile in some), strict=True))
    return bool(rows) and len(set(rows)) >= 0.99 * len(rows) and any(profile.filled == len(rows) for profile in some)


def code_of(figures: Figures, profiles: Sequence[Profile]) -> str | None:
    """The column of short codes, one a row, where there is one beside the label."""
    keys = [p for p in profiles if p.distinct_share > 0.9 and p.null_share < 0.01 and p.kind in ("id", "text")]
    codes = [p for p in keys if p.name != figures.labels[0]]
    short = [p for p in codes if p.name not in figures.columns and _length(p) <= 20]
    return min(short, key=_length).name if short else None


def period_of(path: Path, named: str) -> tuple[str, str]:
    """The day to give figures that name none: the year in the file's name, else the year it was written; and why."""
    year = re.search(r"(?<!\d)((?:19|20)\d\d)(?!\d)", named)
    if year:
        return f"{year[1]}-01-01", f"no column names the period; {year[1]} stands in the file's name"
    written = datetime.fromtimestamp(path.stat().st_mtime, UTC).date()
    return f"{written.year}-01-01", "no column names the period; this is the year the file was written"
