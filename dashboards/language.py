"""The language of what is being drawn: gettext catalogues in ``locales/``, chosen per request.

English is the text in the code itself. Strings are looked up when they are drawn, never at import.
"""

from __future__ import annotations

import gettext
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path

LANGUAGES = {"en": "EN", "zh": "中文", "vi": "VI"}
LOCALES = Path(__file__).parent / "locales"
_current: ContextVar[str] = ContextVar("language", default="en")


@lru_cache(maxsize=8)
def _catalogue(language: str) -> gettext.NullTranslations:
    return gettext.translation("messages", LOCALES, languages=[language], fallback=True)


def available() -> tuple[str, ...]:
    """English, and every language whose catalogue has been compiled."""
    return ("en", *(code for code in ("zh", "vi") if (LOCALES / code / "LC_MESSAGES" / "messages.mo").exists()))


def current() -> str:
    """The code of the language being drawn: ``en``, ``zh`` or ``vi``."""
    return _current.get()


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Draw in `language` inside the block."""
    token = _current.set(language if language in LANGUAGES else "en")
    try:
        yield
    finally:
        _current.reset(token)


def _(text: str, /, **slots: object) -> str:
    """The text in the current language, its ``{slots}`` filled."""
    said = _catalogue(_current.get()).gettext(text)
    return said.format(**slots) if slots else said


def spoken(address: str) -> str:
    """An address that leads to a page in the current language."""
    if current() == "en":
        return address
    return f"{address}{'&' if '?' in address else '?'}lang={current()}"


def plural(one: str, many: str, amount: int, /, **slots: object) -> str:
    """`one` or `many` by `amount`, in the current language; the count's text goes in as a slot."""
    return _catalogue(_current.get()).ngettext(one, many, amount).format(**slots)
