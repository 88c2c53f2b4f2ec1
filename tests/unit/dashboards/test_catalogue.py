"""Every visible string goes through gettext and stands in the catalogue's template."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import dashboards
from dashboards.locales_build import TEMPLATE, strings, template

HERE = Path(dashboards.__file__).parent
# Words that are the same in every language, or that no one sees.
_SAME = {"Swotlight", "WhatsApp"}


def test_the_template_is_the_one_the_code_gives() -> None:
    assert TEMPLATE.read_text(encoding="utf-8") == template(), "run `python -m dashboards.locales_build`"


def test_every_slot_of_a_plural_stands_in_both_forms() -> None:
    for one, (many, _places) in strings().items():
        if many:
            assert set(re.findall(r"\{(\w+)\}", many)) >= set(re.findall(r"\{(\w+)\}", one)), one


def test_no_element_holds_words_outside_the_catalogue() -> None:
    """Literal sentences as children of an element, in any module that draws."""
    found = []
    for folder in ("components", "pages", "figures"):
        for path in sorted((HERE / folder).glob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if (
                    isinstance(node, ast.Call)
                    and isinstance(node.func, ast.Attribute)
                    and getattr(node.func.value, "id", "") == "html"
                ):
                    found += [
                        f"{path.name}:{text.lineno} {text.value!r}"
                        for child in node.args
                        for text in _literals(child)
                        if _is_words(str(text.value))
                    ]
    assert not found, "\n".join(found)


def _literals(node: ast.expr) -> list[ast.Constant]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node]
    if isinstance(node, ast.List | ast.Tuple):
        return [text for child in node.elts for text in _literals(child)]
    if isinstance(node, ast.IfExp):
        return [*_literals(node.body), *_literals(node.orelse)]
    return []


def _is_words(text: str) -> bool:
    return bool(re.search(r"[A-Za-z]{3,}", text)) and text not in _SAME
