"""Writing a source into `swotlight.yml` without losing a comment: lines are added, none is touched.

What belongs here: the text of that file. What a source is made of is decided in `ingestion.adding`.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from warehouse.errors import SwotlightError

_SOURCES = re.compile(r"^sources\s*:\s*(?P<rest>[^#]*?)\s*(?P<comment>#.*)?$")


def register_source(config: Path, name: str, entry: dict[str, Any]) -> None:
    """Add ``sources.<name>``. Raises `SwotlightError` when ``sources:`` is written on one line with something in it."""
    text = config.read_text(encoding="utf-8")
    lines = text.splitlines()
    block = _entry_lines(name, entry, indent=_indent(lines))
    place = next((number for number, line in enumerate(lines) if _SOURCES.match(line)), None)
    if place is None:
        lines += ["", "sources:", *block]
    else:
        match = _SOURCES.match(lines[place])
        assert match is not None
        if match["rest"] not in ("", "{}", "null", "~"):
            raise SwotlightError(
                f"{config}, line {place + 1}: sources are written on one line; give each its own line, then add again.",
                code="config",
                file=str(config),
                line=place + 1,
                key="sources",
            )
        lines[place] = "sources:" + (f"  {match['comment']}" if match["comment"] else "")
        at = _end_of_block(lines, place)
        lines[at:at] = block
    _write(config, "\n".join(lines) + "\n")


def read_by_map(config: Path, name: str, given: str) -> None:
    """Let a source that a shipped adapter read be read by a map; every other line stays."""
    lines = config.read_text(encoding="utf-8").splitlines()
    start = next((n for n, line in enumerate(lines) if re.match(rf"\s+{re.escape(name)}\s*:\s*(#.*)?$", line)), None)
    place = None if start is None else next(
        (n for n in range(start + 1, len(lines)) if re.match(r"\s+adapter\s*:", lines[n])), None
    )  # fmt: skip
    if place is None:
        raise SwotlightError(
            f"{config}: the adapter of source {name} does not stand on a line of its own; write `map: {given}` there.",
            code="config", file=str(config), key=f"sources.{name}.adapter",
        )  # fmt: skip
    lines[place] = re.sub(r"adapter\s*:\s*[\w\"']+", f"map: {_quoted(given)}", lines[place])
    _write(config, "\n".join(lines) + "\n")


def _indent(lines: list[str]) -> str:
    """The indentation that the file's sources have already."""
    start = next((number for number, line in enumerate(lines) if _SOURCES.match(line)), len(lines))
    for line in lines[start + 1 :]:
        if line.strip() and not line.lstrip().startswith("#"):
            blank = line[: len(line) - len(line.lstrip())]
            return blank or "  "
    return "  "


def _end_of_block(lines: list[str], place: int) -> int:
    """After the last line of the block under ``sources:`` that says something."""
    last = place
    for number in range(place + 1, len(lines)):
        line = lines[number]
        if line.strip() and not line[0].isspace() and not line.startswith("#"):
            break
        if line.strip() and line[0].isspace():
            last = number
    return last + 1


def _entry_lines(name: str, entry: dict[str, Any], indent: str) -> list[str]:
    return [f"{indent}{name}:", *(f"{indent}{indent}{key}: {_plain(value)}" for key, value in entry.items())]


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return "[" + ", ".join(_quoted(str(one)) for one in value) + "]"
    return _quoted(str(value))


def _quoted(text: str) -> str:
    return (
        text if re.fullmatch(r"[A-Za-z_][\w./-]*", text) else '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
    )


def _write(config: Path, text: str) -> None:
    half = config.with_name(f".{config.name}.half")
    half.write_text(text, encoding="utf-8")
    half.replace(config)
