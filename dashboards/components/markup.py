"""HTML as text, built with the call signature of Dash's own html components.

The Dash renderer keeps a store entry and a loading subscription for every component; a page of some 1,200 of them took
seconds to appear. Pages are therefore written as text here and shown by one Dash component (`dashboards.page_markup`).
Children that are plain text are escaped; only what these functions made is trusted.
"""

from __future__ import annotations

import html as escaping
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache, partial
from typing import Any

from dashboards.language import current

_NAMES = {"className": "class", "tabIndex": "tabindex", "htmlFor": "for", "colSpan": "colspan", "rowSpan": "rowspan"}
_HAN = r"\u3400-\u4dbf\u4e00-\u9fff"
# Between Han and a letter or figure, either way round; a sign or per cent belongs to its figure.
_BORDER = re.compile(rf"(?<=[{_HAN}])(?=[A-Za-z0-9€$£¥+\u2212])|(?<=[A-Za-z0-9%])(?=[{_HAN}])")
_STOP = re.compile(rf"(?<=[{_HAN}）”])[,;:] |[,;:] (?=[{_HAN}“])|(?<=[{_HAN}）”])\.(?= |$)")
_WIDE = {",": "，", ";": "；", ":": "：", ".": "。"}
_AFTER_STOP = re.compile(rf"(?<=[，。；：！？]) +|(?<=[{_HAN}]) (?=[{_HAN}])")
_VOID = {"br", "input", "hr"}
_SHORT = 40


class Html(str):
    """Markup that was made here and is not escaped again."""

    __slots__ = ()


def _style(values: Mapping[str, Any]) -> str:
    parts = []
    for name, value in values.items():
        key = name if name.startswith("--") else re.sub(r"[A-Z]", lambda m: "-" + str(m[0]).lower(), name)
        parts.append(f"{key}:{value}")
    return ";".join(parts)


def _attribute(name: str, value: Any) -> str:
    if value is None or value is False or (value == "" and name == "className"):
        return ""
    if value is True:
        return f" {_NAMES.get(name, name)}"
    text = value if isinstance(value, str) else _style(value) if isinstance(value, Mapping) else str(value)
    # Classes, roles and the like return on every element; what is long was never seen before.
    return _short(name, text) if len(text) <= _SHORT else _written(name, text)


def _written(name: str, text: str) -> str:
    return f' {_NAMES.get(name, name)}="{escaping.escape(text)}"'


_short = lru_cache(maxsize=4096)(_written)


def render(children: Any) -> str:
    """Anything that may stand inside an element as markup: text is escaped, None is nothing, lists are joined."""
    if children is None:
        return ""
    if isinstance(children, Html):
        return str.__str__(children)
    if isinstance(children, str):
        return escaping.escape(typeset(children), quote=False)
    # Nearly all are lists, which are told at once.
    if isinstance(children, list | Iterable):
        return "".join([render(child) for child in children])
    return escaping.escape(str(children), quote=False)


def typeset(text: str) -> str:
    """Text as its language sets it: Chinese has full-width stops, and spaces only between Han and Latin or figures."""
    # Nearly all cells are figures, which no language sets otherwise.
    if text.isascii() or current() != "zh":
        return text
    stopped = _STOP.sub(lambda found: _WIDE[found[0].strip()], text)
    return _BORDER.sub(" ", _AFTER_STOP.sub("", stopped))


def element(tag: str, children: Any = None, /, **attributes: Any) -> Html:
    """One element; `style` may be a mapping, attributes that are None or False are left out."""
    opened = f"<{tag}{''.join([_attribute(name, value) for name, value in attributes.items()])}>"
    return Html(opened if tag in _VOID else f"{opened}{render(children)}</{tag}>")


A = partial(element, "a")
Aside = partial(element, "aside")
B = partial(element, "b")
Br = partial(element, "br")
Button = partial(element, "button")
Caption = partial(element, "caption")
Code = partial(element, "code")
Dd = partial(element, "dd")
Details = partial(element, "details")
Div = partial(element, "div")
Dl = partial(element, "dl")
Dt = partial(element, "dt")
Form = partial(element, "form")
H1 = partial(element, "h1")
H2 = partial(element, "h2")
H3 = partial(element, "h3")
I = partial(element, "i")  # noqa: E741
Input = partial(element, "input")
Label = partial(element, "label")
Li = partial(element, "li")
Nav = partial(element, "nav")
Ol = partial(element, "ol")
P = partial(element, "p")
Pre = partial(element, "pre")
S = partial(element, "s")
Section = partial(element, "section")
Span = partial(element, "span")
Summary = partial(element, "summary")
Table = partial(element, "table")
Tbody = partial(element, "tbody")
Td = partial(element, "td")
Th = partial(element, "th")
Thead = partial(element, "thead")
Tr = partial(element, "tr")
Ul = partial(element, "ul")
