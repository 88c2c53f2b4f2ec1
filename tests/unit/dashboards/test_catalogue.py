"""Every visible string goes through gettext and stands in the catalogue's template."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import dashboards
from analytics.swot import templates
from dashboards import language, locales_build
from dashboards.locales_build import TEMPLATE, TRANSLATED, catalogue, po_path, strings, template, translations

HERE = Path(dashboards.__file__).parent
# Words that are the same in every language, or that no one sees.
_SAME = {"Swotlight", "WhatsApp"}


def test_the_template_is_the_one_the_code_gives() -> None:
    assert TEMPLATE.read_text(encoding="utf-8") == template(), "run `python -m dashboards.locales_build`"


def test_every_slot_of_a_plural_stands_in_both_forms() -> None:
    for one, (many, _places) in strings().items():
        if many:
            assert set(re.findall(r"\{(\w+)\}", many)) >= set(re.findall(r"\{(\w+)\}", one)), one


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_message_is_translated(language: str) -> None:
    if not po_path(language).exists():
        pytest.skip(f"there is no catalogue of {language} yet: its pages are English")
    assert po_path(language).read_text(encoding="utf-8") == catalogue(language, translations(language))
    lacking = sorted(set(strings()) - set(translations(language)))
    assert not lacking, f"{len(lacking)} messages: {lacking[:10]}"


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_keeps_slots_and_marks(language: str) -> None:
    wrong, known = [], strings()
    for message, said in translations(language).items():
        many = known.get(message, (None, []))[0] or message
        slots = [set(re.findall(r"\{(\w+)\}", text)) for text in (said, message, many)]
        if not slots[0] <= slots[1] | slots[2] or slots[1] - slots[0] - {"count"}:
            wrong.append(f"slots: {message} → {said}")
        if message.count("**") != said.count("**"):
            wrong.append(f"bold: {message} → {said}")
    assert not wrong, "\n".join(wrong[:10])


def test_a_catalogue_is_compiled_and_spoken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locales_build, "LOCALES", tmp_path)
    monkeypatch.setattr(language, "LOCALES", tmp_path)
    language._catalogue.cache_clear()
    one = "{count} check passed"
    locales_build.fill("zh", {"Overview": "概览", one: "{count} 项检查通过", "no such message": "?"})
    locales_build.compile_all()
    assert language.available() == ("en", "zh")
    with language.speaking("zh"):
        assert language._("Overview") == "概览" and language._("SWOT") == "SWOT"
        assert language.plural(one, "All {count} checks passed", 3, count=3) == "3 项检查通过"
    ours = set(translations("zh")) - set(templates().values())
    assert ours == {"Overview", one}, "what the code does not say is dropped"
    assert set(templates().values()) <= set(translations("zh")), "sentences of the SWOT have their words elsewhere"
    assert "Overview" not in locales_build.missing("zh") and "SWOT" in locales_build.missing("zh")
    language._catalogue.cache_clear()


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


def test_no_message_hides_in_a_formatted_string() -> None:
    """What is asked of the catalogue inside an f-string is not gathered, so nobody translates it."""
    found = [
        f"{path.relative_to(HERE)}:{node.lineno}"
        for path in sorted(HERE.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.JoinedStr)
        for call in ast.walk(node)
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") in ("_", "plural")
    ]
    assert not found, "\n".join(found)
