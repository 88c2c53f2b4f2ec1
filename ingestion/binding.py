"""Which column of a file gives which field: header names as a file spells them, and expressions over them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from ingestion.datatypes import clean_text
from ingestion.headers import HeaderIndex
from ingestion.line_identity import SAID_PREFIX
from ingestion.plans import Field, Shape
from ingestion.readers.reading import Reading
from warehouse.store import quote_name, quote_text

_QUOTED = re.compile(r"'(?:[^']|'')*'|\"((?:[^\"]|\"\")+)\"")


@dataclass(frozen=True)
class Bound:
    """A field bound to a file: the SQL of its text, or ``None`` when the file has no such column."""

    field: Field
    text: str | None
    header: str | None = None

    @property
    def bare(self) -> str | None:
        """Its column as it stands, where trimming and listed nulls can be left out when the values allow it."""
        plain = self.header is not None and not self.field.given.nulls
        return quote_name(self.header) if plain and self.header is not None else None


def bind(shape: Shape, reading: Reading) -> list[Bound]:
    """Find every field's column in a file."""
    index = HeaderIndex(reading.columns)
    return [_bind(field, index) for field in shape.fields]


def _bind(field: Field, index: HeaderIndex) -> Bound:
    given = field.given
    if field.is_absent:
        return Bound(field, None)
    if given.value is not None:
        return Bound(field, quote_text(given.value))
    if given.sql is not None:
        wanted = [found[1] for found in _QUOTED.finditer(given.sql) if found[1]]
        if wanted and index.first(wanted) is None:
            return Bound(field, None)
        return Bound(field, _clean(f"cast(({_with_headers(given.sql, index)}) as varchar)", field))
    header = index.first(field.names)
    return Bound(field, _clean(quote_name(header), field) if header is not None else None, header)


def _clean(raw: str, field: Field) -> str:
    return clean_text(raw, field.given.nulls)


def _with_headers(sql: str, index: HeaderIndex) -> str:
    """Quoted names as the file spells them; a column that is not there is null."""

    def put(match: re.Match[str]) -> str:
        if match[1] is None:
            return match[0]
        header = index.find(match[1].replace('""', '"'))
        return quote_name(header) if header is not None else "cast(null as varchar)"

    return _QUOTED.sub(put, sql)


def missing_fields(bound: list[Bound]) -> Mapping[str, Field]:
    """Fields whose column the file does not have."""
    missing = [item.field for item in bound if item.text is None and not item.field.is_absent]
    return {field.name: field for field in missing if not field.name.startswith(SAID_PREFIX)}
