"""Words with markup: ``**bold**`` in sentences, terms with their definition, quantities with a small unit."""

from __future__ import annotations

import re
from typing import Any

from dashboards.components import markup as html
from dashboards.components.markup import Html
from dashboards.formats import Quantity
from dashboards.language import current

# The longest clause that is kept in one piece, in characters.
CLAUSE = 24


def rich(text: str) -> list[Any]:
    """A sentence with ``**numbers**`` set bold and kept in one piece; in Chinese lines break between clauses."""
    if current() == "zh":
        clauses = re.findall(r".+?(?:[，；。！？]|$)", html.typeset(text))
        if len(clauses) > 1 and all(clause.count("**") % 2 == 0 for clause in clauses):
            # One that is longer than a line of a phone would leave the line before it half empty.
            kinds = [{"className": "clause"} if len(clause) <= CLAUSE else {} for clause in clauses]
            return [html.Span(_bold(clause), **kind) for clause, kind in zip(clauses, kinds, strict=True)]
    return _bold(html.typeset(text))


def _bold(text: str) -> list[Any]:
    parts = re.split(r"\*\*(.+?)\*\*", text)
    return [html.B(part, className="nowrap") if k % 2 else part for k, part in enumerate(parts) if part]


def plain(text: str) -> str:
    """The same without its marks, for titles, labels and files."""
    return text.replace("**", "")


def serif(text: str) -> str:
    """For the serif, which lacks the narrow no-break space."""
    return plain(text).replace("\u202f", "\u00a0")


def capital(text: str) -> str:
    """With a capital first letter."""
    return text[:1].upper() + text[1:]


def term(words: Any, definition: str, *, right: bool = False, className: str = "") -> Html:
    """Words whose definition shows on hover and on focus."""
    text = html.Span(words, className="text")
    if not definition:
        return html.Span(text, className=className)
    classes = f"term {'right ' if right else ''}{className}".strip()
    return html.Span(
        [text, html.Span(definition, className="definition", role="tooltip")], className=classes, tabIndex=0
    )


def headline(quantity: Quantity) -> Html:
    """The large number with its small unit."""
    unit = html.Span(quantity.unit, className="unit before" if quantity.before else "unit") if quantity.unit else None
    parts = [unit, quantity.number] if quantity.before else [quantity.number, unit]
    return html.Div([part for part in parts if part is not None], className="headline")
