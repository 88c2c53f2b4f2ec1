"""Numbers as English sentences say them: shares with a thin space, differences in points, durations by size."""

from __future__ import annotations

from datetime import date

THIN = "\u202f"
MINUS = "−"


_SIGNS = {"EUR": "€", "USD": "$", "GBP": "£", "CNY": "¥", "JPY": "¥", "VND": "₫", "INR": "₹"}


def value_text(value: float, unit: str, currency: str = "") -> str:
    """A value with its unit: ``82.4 %``, ``+34``, ``5:40 min``, ``4.12``."""
    match unit:
        case "ratio":
            return _percent(value)
        case "points":
            return f"{'+' if value > 0 else MINUS if value < 0 else ''}{abs(value):.0f}"
        case "seconds":
            return duration_text(value)
        case "minutes":
            return duration_text(60 * value)
        case "days":
            return f"{_plain(value, 0)} days"
        case "hours":
            return f"{_plain(value, 1)}{THIN}h"
        case "score":
            return _plain(value, 1)
        case "count":
            return _plain(value, 0)
        case "currency":
            return money_text(value, currency)
    return _plain(value, 2)


def money_text(value: float, currency: str) -> str:
    """``€ 4.12``, ``€ 1,204``: sign or code, a thin space, and cents only below a hundred."""
    amount = _plain(value, 2 if abs(value) < 100 else 0)
    return f"{_SIGNS.get(currency, currency)}{THIN}{amount}" if currency else amount


def gap_text(difference: float, unit: str, currency: str = "") -> str:
    """A difference without its sign: ``2.4 points``, ``0.03 points``, ``12 s``."""
    size = abs(difference)
    match unit:
        case "ratio":
            text = _plain(100 * size, 2 if 100 * size < 1 else 1)
            return f"{text} point{'' if text == '1.0' else 's'}"
        case "points":
            return f"{size:.0f} point{'' if round(size) == 1 else 's'}"
        case "score":
            return _plain(size, 2)
    return value_text(size, unit, currency)


def duration_text(seconds: float) -> str:
    """A duration by size: ``26 s``, ``5:40 min``, ``3.1 h``, ``42 days``."""
    if seconds < 90:
        return f"{seconds:.0f}{THIN}s"
    if seconds < 3600:
        minutes, rest = divmod(round(seconds), 60)
        return f"{minutes}:{rest:02d}{THIN}min"
    if seconds < 48 * 3600:
        return f"{seconds / 3600:.1f}{THIN}h"
    return f"{seconds / 86400:.0f} days"


def month_text(day: date) -> str:
    """``October 2025``."""
    return f"{day:%B} {day.year}"


def span_text(start: date, end: date) -> str:
    """``in October 2025``, ``from November 2024 to October 2025``."""
    first, last = month_text(start), month_text(end)
    return f"in {last}" if first == last else f"from {first} to {last}"


def _percent(value: float) -> str:
    share = 100 * value
    text = _plain(abs(share), 2 if 0 < abs(share) < 1 else 1)
    return f"{MINUS if share < 0 else ''}{text}{THIN}%"


def _plain(value: float, digits: int) -> str:
    text = f"{abs(value):,.{digits}f}"
    return f"{MINUS}{text}" if value < 0 and float(text.replace(",", "")) else text
