"""Which columns hold dates or instants, and how they are written. The engine's own reading of dates decides."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

from ingestion.date_readings import DateReading, Shape
from ingestion.date_shapes import read_shapes, read_shapes_of_each
from ingestion.dates import decide
from ingestion.inspection.words import words
from warehouse.store import Connection, quote_name, quote_text

_WORD = r"[^\W\d_]{3,10}\.?"
_LOOKS = re.compile(
    rf".{{0,14}}?(?:\d{{1,4}}[-/. ](?:\d{{1,2}}|{_WORD})[-/., ]+\d{{2,4}}|{_WORD} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}|"
    rf"\d{{1,2}}(?:\.|er|st|nd|rd|th)? (?:de )?{_WORD},? (?:de )?\d{{4}}|\d{{1,2}} tháng \d|\d{{4}} ?[年년]|"
    rf"\d{{4}}\. \d{{1,2}}\. \d|"
    rf"{_WORD}[-/.' ]+\d{{2,4}}$|\d{{4}}[-/]\d{{1,2}}(?:$|[-/T ])|\d{{1,2}}/\d{{4}}$|"
    rf"(?:0?[1-9]|1[0-2])[.-](?:19|20)\d{{2}}$|(?:19|20)\d{{2}}[-/. ]{_WORD}$|"
    rf"(?:19|20)\d{{6}}(?:\d{{6}})?$|1[0-9]{{9}}(?:\d{{3}})?$)"
)
_REPUBLIC_YEAR = "^(?:民國|民国)? ?(1[0-3][0-9])"
_REPUBLIC = re.compile(rf"{_REPUBLIC_YEAR} ?[年/.-] ?(?:0?[1-9]|1[0-2])(?:\D|$)")
# What statistics write behind a figure's day: provisional, revised, a note.
_MARK, _MARKS = re.compile(r"\s*(?:[\[(]\s*[A-Za-z]{1,2}\s*[\])]|\*+)$"), ("]", ")", "*")
# ``Mon Sep 07 2026 09:14:22 GMT-0700 (Pacific Daylight Time)``, and longer names of zones.
_MOSTLY, _LONGEST = 0.9, 75
_LONGEST_WORD, _FEWEST_MOMENTS, _FEWEST_SUMMED = 12, 6, 2
# What stands in the first column of a line that sums the others up.
_SUMMED = frozenset(
    [
        "total",
        "totals",
        "sum",
        "summe",
        "gesamt",
        "gesamtsumme",
        "insgesamt",
        "totale",
        "somma",
        "suma",
        "somme",
        "totaal",
        "tổng",
        "合计",
        "总计",
        "小计",
        "合計",
        "합계",
    ]
)
# 1982 to 2064.
_FIRST_SERIAL, _LAST_SERIAL = 30_000, 60_000
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?$")
# Days that programs write where there is none: the last of their calendar, or the first.
_MIDNIGHT = r"(?:[T ](?:00?:00(?::00(?:\.0+)?)?|12:00(?::00)? AM|23:59(?::59(?:\.\d+)?)?)(?:Z|\+00:00)?)?"
_NO_DAY = re.compile(
    r"(?:(?:9999|2999)[-/.]12[-/.]31|(?:12[-/.]31|31[-/.]12)[-/.](?:9999|2999)|"
    r"1899[-/.]12[-/.]3[01]|(?:12[-/.]3[01]|3[01][-/.]12)[-/.]1899|"
    rf"(?:1900|1753|0001)[-/.]0?1[-/.]0?1|0?1[-/.]0?1[-/.](?:1900|1753|0001)){_MIDNIGHT}$"
)
_SHORT_DAY = re.compile(r"(\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])$")
_FEWEST_DAYS, _MOST_YEARS = 5, 3
_SAYS_WHEN = {
    "date", "created", "opened", "closed", "received", "offered", "resolved", "submitted", "logged", "raised", "posted",
    "applied", "hired", "updated", "due", "start", "end", "responded", "timestamp", "registered", "reported",
}  # fmt: skip
_SAYS_ELSE = {
    "salary", "amount", "cost", "price", "number", "id", "count", "second", "minute", "hour", "time", "code", "mile",
    "postcode", "zip", "contact", "volume", "rate", "average", "balance",
}  # fmt: skip


def looks_like_moments(counts: Counter[str]) -> bool:
    """A cheap first look: most of the commonest values have the shape of a date."""
    values = [value for value, _ in counts.most_common(50)]
    return bool(values) and sum(
        len(value) <= _LONGEST and bool(_LOOKS.match(value)) for value in values
    ) >= _MOSTLY * len(values)


def looks_like_marked(counts: Counter[str]) -> bool:
    """Whether some days have a mark behind them (``September 2026 [p]``, ``2026-03-01*``), and all are days without."""
    if not any(value.endswith(_MARKS) and _MARK.search(value) for value in counts):
        return False
    bare = Counter(_MARK.sub("", value) for value in counts)
    return all(_LOOKS.match(value) for value in bare) and looks_like_moments(bare)


def marked_as_text(name: str) -> str:
    """SQL for a day without the mark behind it."""
    return f"regexp_replace(trim({quote_name(name)}), {quote_text(_MARK.pattern)}, '')"


def word_for_none(counts: Counter[str]) -> str | None:
    """The one word (``N``, ``open``) or day (``9999-12-31``) that stands among moments where there is none."""
    has_days = any(map(_NO_DAY.match, counts))
    days = [value for value, _ in counts.most_common(200) if _NO_DAY.match(value)] if has_days else []
    if len(days) == 1 and len(counts) > 1:
        return days[0] if looks_like_moments(counts) else None
    others = [value for value in counts if value.isalpha()]
    if len(others) != 1 or len(others[0]) > _LONGEST_WORD:
        return None
    if len(counts) <= (_FEWEST_SUMMED if others[0].lower() in _SUMMED else _FEWEST_MOMENTS - 1):
        return None
    moments = Counter({value: count for value, count in counts.items() if value != others[0]})
    return others[0] if looks_like_moments(moments) else None


def is_numbered(name: str, counts: Counter[str]) -> bool:
    """Whether whole numbers as long as a Unix time are numbers of things: their name says so."""
    said = set(words(name))
    is_number = bool(said & {"id", "number", "key", "phone", "reference", "code"}) and not said & {"time", "date"}
    return is_number and all(value.isdigit() for value, _ in counts.most_common(20))


def looks_like_serials(name: str, counts: Counter[str]) -> bool:
    """Whether a column is named after a moment and holds a spreadsheet's day numbers: days since the end of 1899."""
    said = set(words(name))
    if not said & _SAYS_WHEN or said & _SAYS_ELSE or len(counts) < 2:
        return False
    values = [value for value, _ in counts.most_common(200)]
    return all(_SERIAL.match(value) and _FIRST_SERIAL <= float(value) <= _LAST_SERIAL for value in values)


def serial_as_text(name: str) -> str:
    """SQL that writes a spreadsheet's day number as an instant."""
    micros = f"cast(round(try_cast({quote_name(name)} as double) * 86400) * 1000000 as bigint)"
    return f"strftime(timestamp '1899-12-30' + to_microseconds({micros}), '%Y-%m-%d %H:%M:%S')"


def looks_like_short_days(name: str, counts: Counter[str]) -> bool:
    """Whether six digits are year, month and day: the name says a date, and the last two change, not the first."""
    said = set(words(name))
    if not said & _SAYS_WHEN or said & _SAYS_ELSE:
        return False
    found = [_SHORT_DAY.match(value) for value, _ in counts.most_common(200)]
    if len(found) < _FEWEST_DAYS or None in found:
        return False
    years, days = ({one[place] for one in found if one} for place in (1, 3))
    return len(years) <= _MOST_YEARS and len(days) >= _FEWEST_DAYS and len(days) > len(years)


def short_day_as_text(name: str) -> str:
    """SQL that writes ``990103`` as ``1999-01-03``; years from 69 on are of the last century."""
    cell = f"trim({quote_name(name)})"
    year = f"case when left({cell}, 2) >= '69' then '19' else '20' end || left({cell}, 2)"
    return f"{year} || '-' || substr({cell}, 3, 2) || '-' || right({cell}, 2)"


def looks_like_years_of_the_republic(counts: Counter[str]) -> bool:
    """Whether years are counted from 1911, as in Taiwan: ``113/05/20``, ``民國113年5月20日``."""
    values = [value for value, _ in counts.most_common(50)]
    return bool(values) and all(_REPUBLIC.match(value) for value in values)


def republic_as_text(name: str) -> str:
    """SQL that writes such a date with the year of our era."""
    year = f"try_cast(regexp_extract(trim({quote_name(name)}), '{_REPUBLIC_YEAR}', 1) as integer) + 1911"
    return f"cast({year} as varchar) || regexp_replace(trim({quote_name(name)}), '{_REPUBLIC_YEAR}', '')"


def offset_as_numbers(name: str) -> str:
    """SQL that writes ``GMT+1`` at the end of an instant as ``+01:00``, the way it can be read."""
    one_digit = f"regexp_replace({quote_name(name)}, ' ?(?:GMT|UTC) ?([+-])(\\d)$', ' \\10\\2:00')"
    return f"regexp_replace({one_digit}, ' ?(?:GMT|UTC) ?([+-]\\d{{2}})$', ' \\1:00')"


def has_worded_offset(counts: Counter[str]) -> bool:
    """Whether instants end in ``GMT+1``."""
    return any(re.search(r"(?:GMT|UTC) ?[+-]\d{1,2}$", value) for value, _ in counts.most_common(20))


def moment_reading(con: Connection, relation: str, cell: str, nulls: list[str], order: str) -> DateReading | None:
    """How a column's dates are written; None when most of its values are none. ``cell`` is SQL for a cell's text,
    ``order`` that of day and month where the values do not tell it."""
    return _reading_of(read_shapes(con, relation, _filled(cell, nulls)), order)


def moment_readings(
    con: Connection, relation: str, cells: Mapping[str, tuple[str, list[str]]]
) -> dict[str, DateReading | None]:
    """The same of several columns at once: their cells and the words for none, by name."""
    texts = {name: _filled(cell, nulls) for name, (cell, nulls) in cells.items()}
    return {name: _reading_of(shapes) for name, shapes in read_shapes_of_each(con, relation, texts).items()}


def _filled(cell: str, nulls: list[str]) -> str:
    blank = ", ".join("'" + word.replace("'", "''") + "'" for word in ["", *nulls])
    return f"case when trim({cell}) in ({blank}) then null else trim({cell}) end"


def _reading_of(shapes: list[Shape], order: str | None = None) -> DateReading | None:
    reading = decide(shapes, order=order)
    if not (reading.iso or reading.formats() or reading.question):
        reading = decide(shapes, is_date=True)
    total = sum(shape.count for shape in shapes)
    unread = sum(shape.count for shape in reading.unread)
    found = bool(reading.formats()) or reading.question is not None
    return reading if found and total and unread <= (1 - _MOSTLY) * total else None


def moment_kind(reading: DateReading, counts: Counter[str]) -> str:
    """instant, date or month."""
    if reading.epoch_digits:
        return "instant"
    some = [value for value, _ in counts.most_common(50)]
    written = reading.formats() + list(reading.suggestions)
    if any(re.search(r"\d:\d{2}", value) for value in some) or any("%H" in form for form in written):
        return "instant"
    return "month" if written and all("%d" not in form and form != "ISO 8601" for form in written) else "date"
