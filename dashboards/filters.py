"""What a page is asked to show: parsed from the URL's query, checked against what the release holds, written back.

A value that the release does not know is ignored and said; nothing from the URL reaches a query unchecked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property, lru_cache
from urllib.parse import parse_qsl, urlencode

from analytics.metrics.periods import add_months, last_of_month, previous_span, same_span_last_year
from dashboards import formats
from dashboards.language import LANGUAGES, _
from dashboards.names import dimension_label as dimension_label
from dashboards.names import shown_value as shown_value

DIMENSIONS = ("channel", "team", "region", "topic")
COMPARISONS = ("previous", "year")
_LONGEST = 120
_EXTRAS = {
    "entity": re.compile(r"[a-z_]{1,30}:.{1,120}"),
    "item": re.compile(r"[A-Za-z0-9_.:~ -]{1,160}"),
    "against": re.compile(r"[a-z]{1,20}"),
    "beside": re.compile(r"[a-z_]{1,30}:.{1,120}"),
    "since": re.compile(r"[0-9A-Za-z-]{1,40}"),
    "theme": re.compile(r"[a-z_]{1,40}"),
    "tab": re.compile(r"[a-z]{1,20}"),
    "more": re.compile(r"[a-z,]{1,60}"),
    "metric": re.compile(r"[a-z0-9_]{1,60}"),
    "by": re.compile(r"[a-z_]{1,40}"),
    "grain": re.compile(r"day|week|month|quarter|year"),
    "fact": re.compile(r"[a-z_]{1,40}"),
    "page": re.compile(r"[0-9]{1,7}"),
    "weekday": re.compile(r"[1-7]"),
    "hour": re.compile(r"[0-9]{1,2}"),
    "known": re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"),
    "source": re.compile(r"[a-z0-9_]{1,64}"),
    **{
        name: re.compile(r"-?[0-9]{1,3}")
        for name in ("volume", "aht", "shrinkage", "turnover", "fill", "wave", "opens")
    },
}


@dataclass(frozen=True)
class Period:
    """A month, quarter or year by its first and last local day."""

    start: date
    end: date

    @cached_property
    def code(self) -> str:
        """As in the URL: ``2026-10``, ``2026-Q3``, ``2026``."""
        months = (self.end.year - self.start.year) * 12 + self.end.month - self.start.month + 1
        if months == 3:
            return f"{self.start.year}-Q{(self.start.month + 2) // 3}"
        return f"{self.start.year}" if months == 12 else f"{self.start:%Y-%m}"

    @property
    def grain(self) -> str:
        """What kind of period it is: month, quarter or year."""
        return "quarter" if "Q" in self.code else "year" if len(self.code) == 4 else "month"

    @property
    def is_month(self) -> bool:
        """Whether it is one calendar month."""
        return (self.start.year, self.start.month) == (self.end.year, self.end.month)

    @property
    def label(self) -> str:
        """In words: ``October 2026``, ``Q3 2026``, ``2026``."""
        if "Q" in self.code:
            return _("Q{quarter} {year}", quarter=self.code[-1], year=self.start.year)
        return self.code if len(self.code) == 4 else formats.month_long(self.start)

    @property
    def brief(self) -> str:
        """Where room is short: a long month's name cut to three letters."""
        return self.label if len(self.label) <= 12 or "Q" in self.code else formats.month_axis(self.start, year=True)

    @property
    def briefest(self) -> str:
        """On a phone's control: ``Sep 2026``."""
        return formats.month_axis(self.start, year=True) if self.is_month else self.label

    @property
    def short(self) -> str:
        """Inside a sentence whose year is plain: ``October``."""
        return formats.month_long(self.start, year=False) if "-" in self.code and "Q" not in self.code else self.label

    @staticmethod
    def of_month(day: date) -> Period:
        """The month a day lies in."""
        return Period(day.replace(day=1), last_of_month(day))

    @staticmethod
    @lru_cache(maxsize=1024)
    def parse(code: str) -> Period | None:
        """The period of a code, or None where it is none."""
        found = re.fullmatch(r"(\d{4})(?:-(?:Q([1-4])|(\d{2})))?", code)
        if not found or not 1900 < int(found[1]) < 2200:
            return None
        year = int(found[1])
        if found[2]:
            start = date(year, 3 * int(found[2]) - 2, 1)
            return Period(start, last_of_month(add_months(start, 2)))
        if found[3]:
            if not 1 <= int(found[3]) <= 12:
                return None
            start = date(year, int(found[3]), 1)
            return Period(start, last_of_month(start))
        return Period(date(year, 1, 1), date(year, 12, 31))


@dataclass(frozen=True)
class Choices:
    """What the release holds to choose from; months oldest first, the default period, values per dimension."""

    months: tuple[date, ...]
    default: date
    values: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def allows(self, period: Period) -> bool:
        """Whether any month of the period holds data."""
        return any(period.start <= month <= period.end for month in self.months)

    def quarters(self) -> list[Period]:
        """Quarters wholly inside the months, newest first."""
        firsts = [month for month in self.months if month.month % 3 == 1]
        whole = [m for m in firsts if add_months(m, 1) in self.months and add_months(m, 2) in self.months]
        return [Period(m, last_of_month(add_months(m, 2))) for m in reversed(whole)]

    def years(self) -> list[Period]:
        """Years with all their months, newest first."""
        have = set(self.months)
        years = sorted({month.year for month in self.months}, reverse=True)
        return [
            Period(date(y, 1, 1), date(y, 12, 31)) for y in years if all(date(y, m, 1) in have for m in range(1, 13))
        ]


@dataclass(frozen=True)
class Filters:
    """The state of a page; equal states have equal addresses."""

    period: Period
    compare: str = "previous"
    values: tuple[tuple[str, str], ...] = ()
    extras: tuple[tuple[str, str], ...] = ()
    ignored: tuple[str, ...] = ()
    given: tuple[str, ...] = ()

    @staticmethod
    def parse(search: str | None, choices: Choices) -> Filters:
        """The state an address asks for; what it may not ask for is left out and named in ``ignored``."""
        pairs = dict(parse_qsl((search or "").lstrip("?")[:4000], keep_blank_values=False, errors="replace"))
        period, ignored = Period(choices.default, last_of_month(choices.default)), []
        wanted = pairs.pop("period", None)
        asked = Period.parse(wanted) if wanted else None
        if asked and choices.allows(asked):
            period = asked
        elif wanted:
            ignored.append(_("period “{value}”", value=_shown(wanted)))
        compare = pairs.pop("compare", "previous")
        if compare not in COMPARISONS:
            ignored.append(_("comparison “{value}”", value=_shown(compare)))
            compare = "previous"
        values: list[tuple[str, str]] = []
        extras: list[tuple[str, str]] = []
        for name, value in pairs.items():
            if name in DIMENSIONS:
                if value in choices.values.get(name, ()):
                    values.append((name, value))
                else:
                    ignored.append(f"{dimension_label(name)} “{_shown(value)}”")
            elif (name in _EXTRAS and _EXTRAS[name].fullmatch(value)) or (name == "lang" and value in LANGUAGES):
                extras.append((name, value))
            else:
                ignored.append(f"{_shown(name)} “{_shown(value)}”")
        ordered = tuple(sorted(values, key=lambda pair: DIMENSIONS.index(pair[0])))
        return Filters(period, compare, ordered, tuple(sorted(extras)), tuple(ignored), _given(wanted, asked, choices))

    @property
    def comparison(self) -> Period:
        """The span compared with."""
        spans = previous_span if self.compare == "previous" else same_span_last_year
        return Period(*spans(self.period.start, self.period.end))

    def value(self, dimension: str) -> str | None:
        """The value a dimension is held to, if any."""
        return dict(self.values).get(dimension)

    def extra(self, name: str) -> str | None:
        """A page's own state, such as the open item."""
        return dict(self.extras).get(name)

    @property
    def scope(self) -> str:
        """In words: ``Whole organisation`` or the values chosen."""
        return " · ".join(shown_value(d, v) for d, v in self.values) or _("Whole organisation")

    def with_(self, **changes: str | None) -> Filters:
        """Another state: ``period`` as its code, ``compare``, a dimension or an extra; None takes it off."""
        period, given, compare, values, extras = self.period, self.given, self.compare, self.values, self.extras
        for name, value in changes.items():
            if name == "period":
                asked = Period.parse(value) if value else None
                period, given = asked or period, ("period",) if asked else ()
            elif name == "compare":
                compare = value or "previous"
            elif name in DIMENSIONS:
                values = _with(values, name, value)
            else:
                extras = _with(extras, name, value)
        return Filters(period, compare, values, extras, self.ignored, given)

    def query(self, **changes: str | None) -> str:
        """The address's query for this state with changes, ``?`` included; the default state is the empty query."""
        state = self.with_(**changes) if changes else self
        pairs = [("period", state.period.code)] if "period" in state.given else []
        pairs += [("compare", state.compare)] if state.compare != "previous" else []
        pairs += [*state.values, *state.extras]
        return f"?{'&'.join([_written(*pair) for pair in pairs])}" if pairs else ""

    def carried(self) -> Filters:
        """The state that goes along to another page: no page's own extras but the language."""
        return replace(self, extras=tuple(pair for pair in self.extras if pair[0] == "lang"))

    def weeks_back(self, weeks: int) -> date:
        """The Monday from which `weeks` whole weeks reach the week of the period's end."""
        last = self.period.end - timedelta(days=self.period.end.weekday())
        return last - timedelta(weeks=weeks - 1)


def _with(pairs: tuple[tuple[str, str], ...], name: str, value: str | None) -> tuple[tuple[str, str], ...]:
    kept = [pair for pair in pairs if pair[0] != name]
    return tuple(sorted(kept if value is None else [*kept, (name, value)]))


@lru_cache(maxsize=4096)
def _written(name: str, value: str) -> str:
    """One pair of an address: a menu of a page writes the others again with each of its own."""
    return urlencode([(name, value)])


def _given(wanted: str | None, asked: Period | None, choices: Choices) -> tuple[str, ...]:
    return ("period",) if wanted and asked and choices.allows(asked) else ()


def language_of(search: str | None) -> str:
    """The language an address asks for; English for any other."""
    asked = dict(parse_qsl((search or "").lstrip("?")[:4000])).get("lang", "en")
    return asked if asked in LANGUAGES else "en"


def _shown(text: str) -> str:
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"
