"""How numbers, dates and intervals are written, in English, Chinese and Vietnamese. The only module that knows.

The signs: minus is U+2212, a range has an en dash, a number and its unit are joined by U+202F (U+00A0 in the serif).
Nothing here decides what a number means; a value that is missing is the caller's business.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import date, datetime

from dashboards.language import _, current

THIN = "\u202f"
MINUS = "\u2212"
DASH = "\u2013"
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_SIGNS = {"EUR": "€", "USD": "$", "GBP": "£", "JPY": "¥", "CNY": "¥", "VND": "₫", "CHF": "CHF"}
_UNITS = {
    "seconds": {"en": "s", "zh": "秒", "vi": "giây"},
    "minutes": {"en": "min", "zh": "分钟", "vi": "phút"},
    "hours": {"en": "h", "zh": "小时", "vi": "giờ"},
    "days": {"en": "days", "zh": "天", "vi": "ngày"},
}
_ZH_MONEY = {"EUR": "欧元", "USD": "美元", "CNY": "元", "VND": "越南盾", "GBP": "英镑"}


@dataclass(frozen=True)
class Quantity:
    """A number and its unit apart, so that a headline can set the unit smaller."""

    number: str
    unit: str = ""
    before: bool = False
    tight: bool = False

    def __str__(self) -> str:
        if not self.unit:
            return self.number
        gap = "" if self.tight else THIN
        return f"{self.unit}{gap}{self.number}" if self.before else f"{self.number}{gap}{self.unit}"


def number(value: float, decimals: int = 0) -> str:
    """``48912.5`` → ``48,912.5``; Vietnamese swaps comma and point."""
    text = f"{abs(value):,.{decimals}f}"
    sign = MINUS if value < 0 and float(text.replace(",", "")) else ""
    if current() == "vi":
        text = text.translate(str.maketrans(",.", ".,"))
    return sign + text


def signed(value: float, decimals: int = 0) -> str:
    """A change: always with its sign, except a plain zero."""
    text = number(value, decimals)
    return text if text.startswith(MINUS) or not float(f"{abs(value):.{decimals}f}") else f"+{text}"


def count(value: float) -> str:
    """A whole number with thousands."""
    return number(round(value))


def unit_word(unit: str) -> str:
    """What a unit of time is called beside a number: ``s``, ``秒``, ``giây``."""
    return _UNITS[unit][current()]


def with_unit(text: str, unit: str) -> str:
    """A written number, or range of numbers, with its unit of time or its per cent sign."""
    return str(Quantity(text, "%", tight=_tight()) if unit == "%" else Quantity(text, unit_word(unit)))


def signed_percent(share: float, decimals: int = 1) -> str:
    """A relative change: ``+16.8 %``, ``+16.8%``, ``+16,8%``."""
    return with_unit(signed(share * 100, decimals), "%")


def _tight() -> bool:
    return current() in ("zh", "vi")


def share_decimals(share: float) -> int:
    """One decimal, two under one per cent."""
    return 2 if 0 < abs(share) < 0.01 else 1


def percent(share: float, decimals: int | None = None) -> str:
    """``0.8242`` → ``82.4 %``."""
    return str(_share(share, decimals))


def _share(share: float, decimals: int | None = None) -> Quantity:
    return Quantity(number(share * 100, share_decimals(share) if decimals is None else decimals), "%", tight=_tight())


def _duration(seconds: float) -> Quantity:
    size = abs(seconds)
    if size < 60:
        return Quantity(number(seconds, 0 if size >= 9.95 or size == round(size) else 1), unit_word("seconds"))
    if size < 3600 - 0.5:
        whole = round(size)
        return Quantity(f"{MINUS if seconds < 0 else ''}{whole // 60}:{whole % 60:02}", unit_word("minutes"))
    if size < 48 * 3600:
        return Quantity(number(seconds / 3600, 1), unit_word("hours"))
    return Quantity(number(seconds / 86400, 0 if size >= 10 * 86400 else 1), unit_word("days"))


def money(value: float, currency: str) -> Quantity:
    """By size: ``€ 4.12``, ``€ 21,600``, ``€ 1.2 million``."""
    size = abs(value)
    if size >= 1e6 and current() != "zh":
        text = _("{number} million", number=number(value / 1e6, 1))
    else:
        text = number(value, 2 if size < 100 else 0)
    if current() == "zh":
        return Quantity(text, _ZH_MONEY.get(currency, currency))
    return Quantity(text, _SIGNS.get(currency, currency), before=current() == "en")


def quantity(value: float, unit: str, *, currency: str = "EUR") -> Quantity:
    """A metric's value as its unit is written; `unit` is one of the metrics layer's units."""
    match unit:
        case "ratio":
            return _share(value)
        case "seconds":
            return _duration(value)
        case "minutes":
            return _duration(value * 60)
        case "hours":
            return Quantity(number(value, 1), unit_word("hours"))
        case "days":
            return Quantity(number(value, 0 if abs(value) >= 10 else 1), unit_word("days"))
        case "currency":
            return money(value, currency)
        case "points":
            return Quantity(signed(value))
        case "score":
            return Quantity(number(value, 1 if abs(value) >= 1 else 2))
        case "index":
            return Quantity(number(value, 1))
    return Quantity(number(value, 0 if value == round(value) or abs(value) >= 100 else 1))


def change(difference: float, unit: str, *, currency: str = "EUR", like: float = 1.0) -> str:
    """A difference of two values, signed and in words: ``+1.6 points``, ``−0:12 min``; as exact as the value `like`."""
    if unit == "ratio":
        return points(difference, like=like)
    if unit == "points":
        return signed(difference)
    written = str(quantity(abs(difference), unit, currency=currency)).lstrip("+")
    # What is written as a plain zero has no sign, like `signed`.
    sign = "" if not re.search("[1-9]", written) else MINUS if difference < 0 else "+"
    return f"{sign}{written}"


def points(difference: float, *, sign: bool = True, like: float = 1.0) -> str:
    """A difference of shares in percentage points; without its sign where the sentence says the direction."""
    decimals = share_decimals(like)
    text = signed(difference * 100, decimals) if sign else number(abs(difference) * 100, decimals)
    return _("{number} points", number=text).replace(" ", THIN if current() == "en" else " ")


def interval(low: float, high: float, unit: str, *, currency: str = "EUR") -> str:
    """``82.1–82.8``; with signs ``−20.0 to −17.4``. The unit is said once, elsewhere, except for durations."""
    if unit == "ratio":
        decimals = 2 if 0 < high < 0.01 else 1
        first, last = number(low * 100, decimals), number(high * 100, decimals)
    elif unit == "points":
        first, last = signed(low), signed(high)
    else:
        one, two = quantity(low, unit, currency=currency), quantity(high, unit, currency=currency)
        first, last = (one.number, str(two)) if one.unit == two.unit and not two.before else (str(one), str(two))
        if two.before:
            first, last = str(one), two.number
    return span(first, last)


def span(first: str, last: str) -> str:
    """Two written numbers as a range."""
    if MINUS in first + last or "+" in first + last:
        word = {"zh": "至", "vi": "đến"}.get(current(), "to")
        return f"{first} {word} {last}"
    return f"{first}{DASH}{last}"


def p_value(p: float) -> str:
    """Three decimals; ``< 0.001`` below."""
    return f"< {number(0.001, 3)}" if p < 0.001 else number(p, 3)


def date_long(day: date) -> str:
    """``2 November 2026``."""
    if current() == "zh":
        return f"{day.year} 年 {day.month} 月 {day.day} 日"
    if current() == "vi":
        return f"{day.day} tháng {day.month}, {day.year}"
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def date_short(day: date, *, year: bool = False) -> str:
    """``2 Nov``."""
    if current() == "zh":
        return day.isoformat() if year else f"{day.month} 月 {day.day} 日"
    if current() == "vi":
        return f"{day.day}/{day.month}" + (f"/{day.year}" if year else "")
    return f"{day.day} {_MONTHS[day.month - 1][:3]}" + (f" {day.year}" if year else "")


def month_long(day: date, *, year: bool = True) -> str:
    """``October 2026``, or the month alone."""
    if current() == "zh":
        return (f"{day.year} 年 " if year else "") + f"{day.month} 月"
    if current() == "vi":
        return f"tháng {day.month}" + (f"/{day.year}" if year else "")
    return _MONTHS[day.month - 1] + (f" {day.year}" if year else "")


def month_axis(day: date, *, year: bool = False) -> str:
    """A tick: ``May 2026``, ``Jun``."""
    if current() == "zh":
        return f"{day.year % 100:02}年{day.month}月" if year else f"{day.month}月"
    if current() == "vi":
        return f"{day.month}/{day.year}" if year else f"{day.month}"
    return _MONTHS[day.month - 1][:3] + (f" {day.year}" if year else "")


def weekday_short(iso_weekday: int) -> str:
    """``Mon`` for 1."""
    names = (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))
    return names[iso_weekday - 1]


def weekday_long(iso_weekday: int) -> str:
    """``Monday`` for 1."""
    names = (_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"))
    return names[iso_weekday - 1]


def moment(instant: datetime, *, short: bool = False) -> str:
    """``2 November 2026, 06:14``; short: ``2 Nov 2026, 06:14``."""
    day = date_short(instant.date(), year=True) if short else date_long(instant.date())
    return day_and(day, clock(instant))


def day_and(day: str, time: str) -> str:
    """A written day with a written time: ``2 November 2026, 24:00``, ``2026 年 11 月 2 日 24:00``."""
    return f"{day} {time}" if current() == "zh" else f"{day}, {time}"


def clock(instant: datetime) -> str:
    """``06:14``; 24-hour."""
    return f"{instant.hour:02}:{instant.minute:02}"


def nice_steps(low: float, high: float, most: int = 5, *, whole: bool = False) -> list[float]:
    """At most `most` round numbers that lie inside low…high; `whole` keeps them to whole numbers."""
    if not math.isfinite(low) or not math.isfinite(high) or high <= low:
        return [low]
    raw = (high - low) / max(most - 1, 1)
    power = 10 ** math.floor(math.log10(raw))
    for factor in (1, 2, 2.5, 5, 10, 20, 25, 50):
        step = max(1, round(factor * power)) if whole else factor * power
        first = math.ceil(low / step - 1e-9)
        last = math.floor(high / step + 1e-9)
        if last - first + 1 <= most and factor * power >= raw * 0.6:
            return [round(step * k, 10) for k in range(first, last + 1)]
    return [low, high]


def say_list(words: list[str]) -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    if len(words) < 2:
        return "".join(words)
    return _("{first} and {last}", first=_(", ").join(words[:-1]), last=words[-1])


def number_word(value: int) -> str:
    """Small whole numbers in words inside sentences: ``seven``; larger ones in figures."""
    words = (
        _("none"),
        _("one"),
        _("two"),
        _("three"),
        _("four"),
        _("five"),
        _("six"),
        _("seven"),
        _("eight"),
        _("nine"),
        _("ten"),
        _("eleven"),
        _("twelve"),
    )
    return words[value] if 0 <= value < len(words) else count(value)
