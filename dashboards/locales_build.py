"""Gathers every visible string into ``locales/messages.pot``: the pages' own and the sentences of the SWOT.

Run `python -m dashboards.locales_build` after changing words; a test holds the file to the code. Needs babel.
"""

from __future__ import annotations

from pathlib import Path

HERE = Path(__file__).parent
TEMPLATE = HERE / "locales" / "messages.pot"
KEYWORDS = {"_": None, "plural": (1, 2)}


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
    head = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n'
    parts = [head]
    for message, (many, places) in sorted(strings().items()):
        lines = [f"#: {place}" for place in dict.fromkeys(places)]
        lines.append("#, python-brace-format" if "{" in message else "")
        lines.append(f"msgid {_quoted(message)}")
        lines += [f"msgid_plural {_quoted(many)}", 'msgstr[0] ""', 'msgstr[1] ""'] if many else ['msgstr ""']
        parts.append("\n".join(line for line in lines if line) + "\n")
    return "\n".join(parts)


def main() -> None:
    """Write the template."""
    TEMPLATE.parent.mkdir(exist_ok=True)
    TEMPLATE.write_text(template(), encoding="utf-8")


if __name__ == "__main__":
    main()
    print(f"{TEMPLATE}: {len(strings())} messages")
