"""Numbers as sentences say them, in English, simplified Chinese and Vietnamese."""

from __future__ import annotations

from datetime import date

THIN = "\u202f"
MINUS = "−"
LANGUAGES = ("en", "zh", "vi")

_SIGNS = {"EUR": "€", "USD": "$", "GBP": "£", "CNY": "¥", "JPY": "¥", "VND": "₫", "INR": "₹"}
_MONEY_ZH = {"EUR": "欧元", "USD": "美元", "GBP": "英镑", "CNY": "元", "JPY": "日元", "VND": "越南盾", "INR": "卢比"}
_UNITS = {
    "days": {"en": " days", "zh": " 天", "vi": " ngày"},
    "hours": {"en": f"{THIN}h", "zh": " 小时", "vi": " giờ"},
    "minutes": {"en": f"{THIN}min", "zh": " 分钟", "vi": " phút"},
    "seconds": {"en": f"{THIN}s", "zh": " 秒", "vi": " giây"},
    "points": {"en": " points", "zh": " 个百分点", "vi": " điểm phần trăm"},
    "score points": {"en": " points", "zh": " 分", "vi": " điểm"},
}


def value_text(value: float, unit: str, currency: str = "", language: str = "en") -> str:
    """A value with its unit: ``82.4 %``, ``+34``, ``5:40 min``, ``4.12``."""
    match unit:
        case "ratio":
            return _percent(value, language)
        case "points":
            return f"{'+' if value > 0 else MINUS if value < 0 else ''}{_plain(abs(value), 0, language)}"
        case "seconds":
            return duration_text(value, language)
        case "minutes":
            return duration_text(60 * value, language)
        case "days":
            return _plain(value, 0, language) + _UNITS["days"][language]
        case "hours":
            return _plain(value, 1, language) + _UNITS["hours"][language]
        case "score" | "index":
            return _plain(value, 1, language)
        case "count":
            return _plain(value, 0, language)
        case "currency":
            return money_text(value, currency, language)
    return _plain(value, 2, language)


def money_text(value: float, currency: str, language: str = "en") -> str:
    """``€ 4.12``, ``4.12 欧元``, ``4,12 €``: cents only below a hundred."""
    amount = _plain(value, 2 if abs(value) < 100 else 0, language)
    if not currency:
        return amount
    if language == "zh":
        return f"{amount} {_MONEY_ZH.get(currency, currency)}"
    sign = _SIGNS.get(currency, currency)
    return f"{amount} {sign}" if language == "vi" else f"{sign}{THIN}{amount}"


def gap_text(difference: float, unit: str, currency: str = "", language: str = "en") -> str:
    """A difference without its sign: ``2.4 points``, ``0.03 points``, ``12 s``."""
    size = abs(difference)
    match unit:
        case "ratio":
            text = _plain(100 * size, 2 if 100 * size < 1 else 1, language)
            return _counted(text, _UNITS["points"][language])
        case "points":
            return _counted(_plain(size, 0, language), _UNITS["score points"][language])
        case "score" | "index":
            return _plain(size, 2 if unit == "score" else 1, language)
    return value_text(size, unit, currency, language)


def _counted(text: str, unit: str) -> str:
    return f"{text} point" if unit == " points" and text in ("1", "1.0") else text + unit


def duration_text(seconds: float, language: str = "en") -> str:
    """A duration by size: ``26 s``, ``5:40 min``, ``3.1 h``, ``42 days``."""
    if seconds < 90:
        return _plain(seconds, 0, language) + _UNITS["seconds"][language]
    if seconds < 3600:
        minutes, rest = divmod(round(seconds), 60)
        return f"{minutes}:{rest:02d}{_UNITS['minutes'][language]}"
    if seconds < 48 * 3600:
        return _plain(seconds / 3600, 1, language) + _UNITS["hours"][language]
    return _plain(seconds / 86400, 0, language) + _UNITS["days"][language]


def month_text(day: date, language: str = "en") -> str:
    """``October 2025``, ``2025 年 10 月``, ``tháng 10/2025``."""
    if language == "zh":
        return f"{day.year} 年 {day.month} 月"
    return f"tháng {day.month}/{day.year}" if language == "vi" else f"{day:%B} {day.year}"


def span_text(start: date, end: date, language: str = "en") -> str:
    """``in October 2025``, ``from November 2024 to October 2025``; in Chinese and Vietnamese alike."""
    first, last = month_text(start, language), month_text(end, language)
    if language == "zh":
        return last if first == last else f"{first}至 {last}"
    if language == "vi":
        return f"trong {last}" if first == last else f"từ {first} đến {last}"
    return f"in {last}" if first == last else f"from {first} to {last}"


def number_text(value: float, language: str = "en") -> str:
    """A whole number with the language's separators: ``4,120``, ``4.120``."""
    return _plain(value, 0, language)


def _percent(value: float, language: str) -> str:
    share = 100 * value
    return f"{_plain(share, 2 if 0 < abs(share) < 1 else 1, language)}{THIN if language == 'en' else ''}%"


def _plain(value: float, digits: int, language: str = "en") -> str:
    text = f"{abs(value):,.{digits}f}"
    sign = MINUS if value < 0 and float(text.replace(",", "")) else ""
    if language == "vi":
        text = text.replace(",", " ").replace(".", ",").replace(" ", ".")
    return sign + text
