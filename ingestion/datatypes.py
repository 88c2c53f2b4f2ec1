"""Text to typed values, as SQL expressions: one per contract type.

What belongs here: how a number, a duration, a share, a truth or a category is written by people. Dates have their own
module, because they are decided per column.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from warehouse.store import quote_text

TEXT_TYPES = frozenset({"id", "text", "category"})
DATE_TYPES = frozenset({"instant", "date"})
_NO_VALUE = (
    "null", "none", "nan", "na", "n/a", "n.a.", "#n/a", "-", "--", "?", "*", "#", ".", "(null)", "nil",
    "\u2010", "\u2011", "\u2012", "\u2013", "\u2014", "\u2015", "\u2212", "./.", "---",
    "0000-00-00", "0000-00-00 00:00:00", "00/00/0000", "00.00.0000",
)  # fmt: skip
_TRUE = ("true", "t", "yes", "y", "1", "1.0", "on", "x", "是", "có", "ja", "si", "sí", "oui")
_FALSE = ("false", "f", "no", "n", "0", "0.0", "off", "否", "không", "nein", "non")
_FEW = 16
_UNITS = {"milliseconds": "0.001", "seconds": "1", "minutes": "60", "hours": "3600", "days": "86400"}
_CLOCK = r"^(-?)(?:(\d+) ?d(?:ays?)?,? )?(?:(\d+):)?(\d*):([0-5]?\d(?:\.\d+)?)$"
_WORDS = (
    r"(?i)^(?:PT)?(?:(\d+) ?(?:h[a-z]*|std\.?|小时|小時|時間|时|時|giờ))? ?"
    r"(?:(\d+) ?(?:m(?:in[a-z]*)?\.?|分钟|分鐘|分|phút))? ?(?:(\d+(?:\.\d+)?) ?(?:s[a-z]*\.?|秒钟|秒鐘|秒|giây))?$"
)
_CURRENCY = "(?:NT|HK|US|AU|CA|NZ|SG|R|S|A|C)?[$]|[€£¥￥₩₫₹฿₽]|元|円|원|đ|zł|Kč|kr\\.?|Rp\\.?|RM|\\b[A-Z]{3}\\b"


@dataclass(frozen=True)
class NumberReading:
    """What was decided about a column of numbers from all its rows."""

    decimal_comma: bool = False
    percent: bool = False
    is_plain: bool = False


def clean_text(raw: str, nulls: Sequence[str] = ()) -> str:
    """The trimmed text of a cell, null where it says that there is no value (readers have nulled ``NULL`` already)."""
    trimmed = f"nullif(trim({raw}), '')"
    if nulls:
        # A blank among the words: what is written once is read once, and a map may have hundreds of columns.
        words = _in_list(["", *(token.strip().lower() for token in nulls)])
        return f"(case when list_position([{words}], lower(trim({raw}))) > 0 then null else trim({raw}) end)"
    return trimmed


def lazily_trimmed(raw: str) -> str:
    """The same for a column of whose cells hardly any has blanks around it: a look at both ends costs less."""
    return f"(case when starts_with({raw}, ' ') or ends_with({raw}, ' ') then nullif(trim({raw}), '') else {raw} end)"


def whole_sql(text: str) -> str:
    """A text as a whole number, null unless the number written out again is the same text."""
    number = f"try_cast({text} as bigint)"
    return f"(case when cast({number} as varchar) = {text} then {number} end)"


def says_no_value(text: str) -> str:
    """Whether a text that could not be read only says, in one of the usual ways, that there is no value."""
    return _is_one_of(f"lower({text})", _NO_VALUE)


def _is_one_of(text: str, words: Iterable[str]) -> str:
    """A membership as one call. DuckDB makes a join of a long ``in`` list, and a join keeps no order of rows."""
    return f"(coalesce(list_position([{_in_list(words)}], {text}), 0) > 0)"


def _in_list(tokens: Iterable[str]) -> str:
    return ", ".join(quote_text(token) for token in tokens)


def typed_sql(text: str, type_name: str, reading: NumberReading, unit: str | None) -> str:
    """SQL giving ``text`` as ``type_name``; null where it cannot be read. Dates are not for this function."""
    if type_name == "id":
        return f"(case when ends_with({text}, '.0') then regexp_replace({text}, '^(\\d+)\\.0$', '\\1') else {text} end)"
    if type_name in TEXT_TYPES:
        return text
    if type_name == "boolean":
        # What DuckDB takes for a truth is a part of what we do, and read faster.
        return (
            f"coalesce(try_cast({text} as boolean), case when {_is_one_of(f'lower({text})', _TRUE)} then true "
            f"when {_is_one_of(f'lower({text})', _FALSE)} then false end)"
        )
    if type_name == "seconds":
        return _seconds(text, reading, unit)
    if type_name == "share":
        return _share(text, reading)
    if type_name == "time":
        return _time(text)
    number = number_sql(text, reading)
    if type_name in ("count", "integer"):
        if reading.is_plain:
            # A cast to a whole number would also round 1.5.
            return f"(case when not contains({text}, '.') then try_cast({text} as bigint) end)"
        return f"(case when {number} = trunc({number}) and abs({number}) < 9e15 then cast({number} as bigint) end)"
    return number


def number_sql(text: str, reading: NumberReading = NumberReading()) -> str:
    """A number with or without thousands marks, currency, sign behind or in brackets.

    ``is_plain`` columns, as a sample shows them, are cast; whatever else is in them comes back to be decided again.
    """
    if reading.is_plain:
        return f"(case when isfinite(try_cast({text} as double)) then try_cast({text} as double) end)"
    bare = _bare(text)
    if reading.decimal_comma:
        form = r"^-?\d{1,3}(\.?\d{3})*(,\d+)?$|^-?\d+(,\d+)?$"
        plain = f"replace(replace({bare}, '.', ''), ',', '.')"
    else:
        form = r"^-?(\d{1,3}(,\d{2,3})*,\d{3}|\d+)?(\.\d+)?([eE][-+]?\d+)?$"
        plain = f"replace({bare}, ',', '')"
    value = f"try_cast({plain} as double)"
    return f"(case when regexp_matches({bare}, '{form}') and isfinite({value}) then {value} end)"


def _bare(text: str) -> str:
    """Without blanks, currency and apostrophes as thousands marks; ``(5)`` and ``5-`` are -5."""
    stripped = (
        f"regexp_replace(regexp_replace({text}, '{_CURRENCY}', '', 'g'), '[\\s\\x{{A0}}\\x{{202F}}''’+]', '', 'g')"
    )
    return f"regexp_replace({stripped}, '^\\((.*)\\)$|^([^-].*)-$', '-\\1\\2')"


def _share(text: str, reading: NumberReading) -> str:
    number = number_sql(f"rtrim(rtrim({text}, '%'))", reading)
    plain = f"{number} / 100" if reading.percent else number
    return f"(case when contains({text}, '%') then {number} / 100 else {plain} end)"


def whole_seconds(seconds: str) -> str:
    """SQL for seconds that were written as parts of something longer: ``0.3333`` minutes are 20, not 19.998."""
    return f"case when abs({seconds} - round({seconds})) <= 0.01 then round({seconds}) else round({seconds}, 3) end"


def _seconds(text: str, reading: NumberReading, unit: str | None) -> str:
    scale = _UNITS.get(unit or "seconds", "1")
    number = number_sql(text, reading)
    scaled = number if scale == "1" else f"{number} * {scale}"
    scaled = whole_seconds(scaled) if unit in ("minutes", "hours", "days") else scaled
    clock = f"regexp_extract({text}, '{_CLOCK}', ['sign', 'd', 'h', 'm', 's'])"
    total = (
        f"(coalesce(try_cast({clock}.d as double), 0) * 86400 + coalesce(try_cast({clock}.h as double), 0) * 3600 "
        f"+ coalesce(try_cast({clock}.m as double), 0) * 60 + try_cast({clock}.s as double))"
    )
    valid = f"({clock}.h = '' or try_cast({clock}.m as integer) < 60)"
    signed = f"case when not {valid} then null when {clock}.sign = '-' then -{total} else {total} end"
    words = f"regexp_extract({text}, '{_WORDS}', ['h', 'm', 's'])"
    spoken = (
        f"nullif(coalesce(try_cast({words}.h as double), 0) * 3600 + coalesce(try_cast({words}.m as double), 0) * 60 "
        f"+ coalesce(try_cast({words}.s as double), 0), case when {words}.h || {words}.m || {words}.s = '' then 0 end)"
    )
    if reading.is_plain:
        return scaled
    return (
        f"(case when contains({text}, ':') then {signed} "
        f"when regexp_matches({text}, '(?i)[hms时時分秒]|gi') then {spoken} else {scaled} end)"
    )


def _time(text: str) -> str:
    forms = ("%I:%M:%S %p", "%I:%M %p", "%m/%d/%Y %I:%M:%S %p", "%m/%d/%Y %H:%M:%S", "%m/%d/%Y %H:%M",
             "%Y-%m-%d %H:%M:%S", "%H%M", "%H.%M")  # fmt: skip
    return f"coalesce(try_cast({text} as time), cast(try_strptime({text}, [{_in_list(forms)}]) as time))"


def category_words(values: Mapping[str, str | None], known: Sequence[str]) -> dict[str, str | None]:
    """Every word that is understood, lower case, and ours for it; our own words stand for themselves."""
    ours: dict[str, str | None] = {}
    for word in known:
        for spelling in (word, word.replace("_", " "), word.replace("_", "-")):
            ours.setdefault(spelling.lower(), word)
    ours.update({given.strip().lower(): wanted for given, wanted in values.items()})
    return ours


def category_sql(text: str, words: Mapping[str, str | None], *, keep: bool) -> str:
    """Vendor's words to ours, whatever their case; others are kept as they stand or become null.

    ``text`` need not be trimmed: only what is not one of our own words, as most exports have them, is.
    """
    trimmed = f"nullif(trim({text}), '')"
    if not words:
        return trimmed if keep else "cast(null as varchar)"
    # A word's place among those given is the place of ours; no value is the place of an empty word.
    place = f"list_position([{_in_list(words)}], lower({trimmed}))"
    ours = f"nullif(list_extract([{_in_list(wanted or '' for wanted in words.values())}], {place}), '')"
    own = [word for word, wanted in words.items() if word == wanted]
    quick = f"when {_is_any_of(text, own)} then {text} " if own else ""
    other = f"when not {_is_one_of(f'lower({trimmed})', words)} then {trimmed} " if keep else ""
    return f"(case {quick}{other}else {ours} end)" if quick or other else ours


def _is_any_of(text: str, words: Sequence[str]) -> str:
    """The same for a few words, as comparisons: quicker, and no join either."""
    if len(words) > _FEW:
        return _is_one_of(text, words)
    return f"({' or '.join(f'{text} = {quote_text(word)}' for word in words)})"


def is_unknown_word(text: str, words: Mapping[str, str | None]) -> str:
    """Whether a text is none of the understood words."""
    if not words:
        return "true"
    return f"not {_is_one_of(f'lower({text})', words)}"
