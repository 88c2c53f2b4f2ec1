"""Cuts Plotly's chart library down to the kinds of chart we draw, so that a browser reads a quarter of it.

The library comes as one bundle: functions and modules one after another in one function, and a last module that
registers every kind of chart. Only the kinds asked for are registered here; what they do not reach, by name, is left
out. Lines and points belong to its core and are always there.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

# What is drawn beside lines and points (tests/unit/dashboards/test_chart_library.py asks the figures).
KINDS = ("bar",)
_REGISTERS = re.compile(rb"\.register\(\[([\w$(),]+)\]\)")
_COMMENTS = re.compile(rb"/\*.*?\*/", re.DOTALL)
_ENTRY = re.compile(rb"return ([\w$]+)\(\);")
_CORE = re.compile(rb"var [\w$]+=([\w$]+)\(\);")
_HANDS_ON = re.compile(rb"exports=([\w$]+)\(\)\}\)$")
_SPEAKS_OF = re.compile(rb"[\w$]+\(([\w$]+),")
_KIND = re.compile(rb'moduleType:"trace",name:"(\w+)"')
_MANY = 100
_DECLARATIONS = ("variable_declarator", "function_declaration")


@dataclass
class _Piece:
    """One function or module of the bundle: what it is called, its text, the names it uses."""

    name: bytes
    text: bytes
    keyword: bytes
    uses: set[bytes] = field(default_factory=set)


def cut(bundle: bytes, kinds: Sequence[str] = KINDS) -> bytes:
    """The library with the named kinds of chart, with its licences. Raises ValueError when it is not built as known."""
    pieces, entry = _pieces(bundle)
    by_name = {piece.name: piece for piece in pieces if piece.keyword}
    _register_only(by_name, entry, kinds)
    alive = _reached(pieces, by_name, entry)
    kept = b"".join(p.keyword + p.text + b";" for p in pieces if p.name in alive)
    licence, notices = _COMMENTS.findall(bundle[: bundle.index(b"*/") + 2] + bundle[bundle.rindex(b"/*") :])
    library = b'window.Plotly=(function(){"use strict";' + kept + b"return " + entry + b"()})();"
    return b"\n".join([licence, library, notices, b""])


def _register_only(by_name: dict[bytes, _Piece], entry: bytes, kinds: Sequence[str]) -> None:
    """Rewrite the module that registers all kinds, so that it names those asked for and no other."""
    last = by_name[entry]
    registers, core = _REGISTERS.search(last.text), _CORE.search(last.text)
    if not registers or not core:
        raise ValueError("Plotly's bundle does not register its kinds of chart where it did.")
    names = [name.removesuffix(b"()") for name in registers[1].split(b",")]
    kept = [name for name in names if _kind(by_name, name) in kinds]
    if len(kept) != len(kinds):
        raise ValueError(f"Plotly's bundle does not name each of these kinds of chart once: {', '.join(kinds)}.")
    listed = b".register([" + b",".join(name + b"()" for name in kept) + b"])"
    last.text = last.text.replace(registers[0], listed)
    last.uses -= set(names) - set(kept)


def _kind(by_name: dict[bytes, _Piece], name: bytes) -> str:
    """The kind of chart a registered module draws; modules that hand on another are followed."""
    text = by_name[name].text
    while not (told := _KIND.search(text)) and (on := _HANDS_ON.search(text)):
        text = by_name[on[1]].text
    return told[1].decode() if told else ""


def _reached(pieces: Iterable[_Piece], by_name: dict[bytes, _Piece], entry: bytes) -> set[bytes]:
    """Names of what the entry uses, directly or not. A statement about a name belongs to it."""
    about: dict[bytes, set[bytes]] = {}
    for piece in pieces:
        if not piece.keyword:
            about.setdefault(piece.name, set()).update(piece.uses)
    alive: set[bytes] = set()
    waiting = [entry]
    while waiting:
        name = waiting.pop()
        if name in alive or name not in by_name:
            continue
        alive.add(name)
        waiting.extend(by_name[name].uses | about.get(name, set()))
    return alive


def _pieces(bundle: bytes) -> tuple[list[_Piece], bytes]:
    """What the bundle's one large function holds, in order, and the name of what it returns."""
    import tree_sitter_javascript
    from tree_sitter import Language, Parser, Query, QueryCursor

    language = Language(tree_sitter_javascript.language())
    block = _body(Parser(language).parse(bundle).root_node)
    parts = [part for statement in block.named_children for part in _declared(statement)]
    entry = _ENTRY.fullmatch(_text(bundle, parts.pop()))
    if not entry:
        raise ValueError("Plotly's bundle does not end by returning its library.")
    pieces = [_piece(bundle, part) for part in parts]
    query = Query(language, "[(identifier) (shorthand_property_identifier)] @name")
    starts = [part.start_byte for part in parts]
    for node in QueryCursor(query).captures(block)["name"]:
        place = bisect_right(starts, node.start_byte) - 1
        if place >= 0 and node.end_byte <= parts[place].end_byte:
            pieces[place].uses.add(_text(bundle, node))
    return pieces, entry[1]


def _piece(bundle: bytes, part: Any) -> _Piece:
    text = _text(bundle, part)
    if part.type in _DECLARATIONS:
        keyword = b"var " if part.type == "variable_declarator" else b" "
        return _Piece(_text(bundle, part.child_by_field_name("name")), text, keyword)
    about = _SPEAKS_OF.match(text)
    if not about:
        raise ValueError(f"Plotly's bundle holds a statement of an unknown kind: {text[:60]!r}.")
    return _Piece(about[1], text, b"")


def _declared(statement: Any) -> list[Any]:
    return statement.named_children if statement.type == "variable_declaration" else [statement]


def _body(root: Any) -> Any:
    """The one function everything is in: the longest of the longest, downwards."""
    node = root
    while node.named_children:
        node = max(node.named_children, key=lambda child: child.end_byte - child.start_byte)
        if node.type == "statement_block" and node.named_child_count >= _MANY:
            return node
    raise ValueError("Plotly's bundle is not one large function any more.")


def _text(bundle: bytes, node: Any) -> bytes:
    return bundle[node.start_byte : node.end_byte]
