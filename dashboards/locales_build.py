"""The catalogues: every visible string gathered into ``locales/messages.pot``, merged into each language, compiled.

``python -m dashboards.locales_build`` after changing words; ``… missing zh`` prints what lacks a translation as JSON
(message → ""), ``… fill zh FILE`` takes such a file back. Tests hold the files to the code. Needs babel.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
LOCALES = HERE / "locales"
TEMPLATE = LOCALES / "messages.pot"
TRANSLATED = ("zh", "vi")
KEYWORDS = {"_": None, "plural": (1, 2)}
_HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n'
# Chinese and Vietnamese have one form for every number.
_ONE_FORM = '"Language: {language}\\n"\n"Plural-Forms: nplurals=1; plural=0;\\n"\n'


def strings() -> dict[str, tuple[str | None, list[str]]]:
    """Each message with its plural (if any) and the files that say it, in a fixed order."""
    from babel.messages.extract import extract_from_file

    from analytics.swot import templates

    found: dict[str, tuple[str | None, list[str]]] = {}
    for path in sorted(HERE.rglob("*.py")):
        for _line, message, _comments, _context in extract_from_file("python", path, keywords=KEYWORDS):
            one, many = (message[0], message[1]) if isinstance(message, tuple) else (message, None)
            place = found.setdefault(one, (many, []))[1]
            name = path.relative_to(HERE.parent).as_posix()
            if name not in place:
                place.append(name)
    for sentence in templates().values():
        found.setdefault(sentence, (None, []))[1].append("analytics/swot/sentences.py")
    return found


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def template() -> str:
    """The catalogue template as text; it holds no date, so that it changes only when words do."""
    return _written(_HEAD, {}, forms=2)


def catalogue(language: str, translations: dict[str, str]) -> str:
    """A language's catalogue as text: every message of the code, translated or empty; nothing else is kept."""
    return _written(_HEAD + _ONE_FORM.format(language=language), translations, forms=1)


def _written(head: str, translations: dict[str, str], *, forms: int) -> str:
    parts = [head]
    for message, (many, places) in sorted(strings().items()):
        said = _quoted(translations.get(message, ""))
        lines = [f"#: {place}" for place in dict.fromkeys(places)]
        lines.append("#, python-brace-format" if "{" in message else "")
        lines.append(f"msgid {_quoted(message)}")
        if many:
            lines += [f"msgid_plural {_quoted(many)}", *(f"msgstr[{form}] {said}" for form in range(forms))]
        else:
            lines.append(f"msgstr {said}")
        parts.append("\n".join(line for line in lines if line) + "\n")
    return "\n".join(parts)


def po_path(language: str) -> Path:
    """Where a language's translations stand."""
    return LOCALES / language / "LC_MESSAGES" / "messages.po"


def translations(language: str) -> dict[str, str]:
    """Message → translation of a language, the empty ones left out; none where there is no catalogue yet."""
    path = po_path(language)
    if not path.exists():
        return {}
    said = {}
    for message in _read(path):
        if message.id:
            one = message.id[0] if isinstance(message.id, tuple) else message.id
            text = message.string[0] if isinstance(message.string, tuple) else message.string
            if text:
                said[str(one)] = str(text)
    return said


def _read(path: Path) -> Any:
    from babel.messages.pofile import read_po

    with path.open("rb") as file:
        return read_po(file)


def _sentences(language: str) -> dict[str, str]:
    """The SWOT's sentences, whose words stand in their own place in every language."""
    from analytics.swot import templates

    said = templates(language)
    return {english: said[key] for key, english in templates().items()}


def missing(language: str) -> list[str]:
    """The messages of the code that a language lacks."""
    said = translations(language) | _sentences(language)
    return [message for message in sorted(strings()) if message not in said]


def fill(language: str, further: dict[str, str]) -> None:
    """Write a language's catalogue: what it had, `further` and the SWOT's sentences, of what the code says."""
    path = po_path(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    known = {**translations(language), **further, **_sentences(language)}
    path.write_text(catalogue(language, known), encoding="utf-8")


def compile_all(*, only_missing: bool = False) -> list[Path]:
    """Compile each language's catalogue beside it (``messages.mo``); a language without one stays English."""
    made = []
    for language in TRANSLATED:
        source = po_path(language)
        target = source.with_suffix(".mo")
        if not source.exists() or (only_missing and target.exists()):
            continue
        from babel.messages.mofile import write_mo

        draft = target.with_suffix(".part")
        with draft.open("wb") as file:
            write_mo(file, _read(source))
        draft.replace(target)
        made.append(target)
    return made


def main(words: list[str]) -> None:
    """Write the template and every catalogue, or what the words ask for."""
    match words:
        case ["missing", language]:
            print(json.dumps(dict.fromkeys(missing(language), ""), ensure_ascii=False, indent=1))
            return
        case ["fill", language, file]:
            fill(language, json.loads(Path(file).read_text(encoding="utf-8")))
        case []:
            TEMPLATE.parent.mkdir(exist_ok=True)
            TEMPLATE.write_text(template(), encoding="utf-8")
            for language in TRANSLATED:
                if po_path(language).exists():
                    fill(language, {})
        case _:
            raise SystemExit("Words: nothing, `missing LANGUAGE` or `fill LANGUAGE FILE`.")
    compile_all()
    lacking = {language: len(missing(language)) for language in TRANSLATED}
    print(f"{TEMPLATE.name}: {len(strings())} messages; without translation: {lacking}")


if __name__ == "__main__":
    main(sys.argv[1:])
