"""Which shape of a map a file has, and which shipped adapter speaks its language. By content, never by file name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fnmatch import fnmatchcase
from pathlib import PurePosixPath

from ingestion.headers import HeaderIndex
from ingestion.maps import Adapter, ShapeMap
from ingestion.readers.reading import Hints

_SPARE_COLUMNS = 4


def hints_of(adapter: Adapter) -> Hints:
    """What a map lets its readers know."""
    given = next((shape.read for shape in adapter.shapes.values() if shape.read.model_fields_set), None)
    hints = Hints(**given.model_dump()) if given else Hints()
    hints.names = [frozenset(waited_for(shape)) for shape in adapter.shapes.values()]
    return hints


def waited_for(shape: ShapeMap) -> list[str]:
    """The header names by which a shape is known; without any of its own, those of the columns it reads."""
    if shape.recognise:
        return list(shape.recognise)
    return [
        (field.sources or [name])[0] for name, field in shape.fields.items() if field.value is None and not field.sql
    ]


def shape_of(adapter: Adapter, name: str, columns: Sequence[str]) -> str | None:
    """The most specific shape whose names are all in the file; an only shape without ``recognise`` takes every file."""
    index = HeaderIndex(columns)
    if len(adapter.shapes) == 1:
        only, shape = next(iter(adapter.shapes.items()))
        missing = [wanted for wanted in shape.recognise if index.find(wanted) is None]
        # A column that has gone is to be refused; a file with nothing in common is another file.
        return only if _name_fits(shape, name) and len(missing) * 2 <= len(shape.recognise) else None
    fitting = [
        (bool(shape.files), len(shape.recognise), shape_name)
        for shape_name, shape in adapter.shapes.items()
        if _name_fits(shape, name) and (shape.recognise or shape.files) and index.has_all(shape.recognise)
    ]
    return max(fitting, key=lambda fit: fit[:2])[2] if fitting else None


def _name_fits(shape: ShapeMap, name: str) -> bool:
    if not shape.files:
        return True
    bare = PurePosixPath(name).name
    return any(fnmatchcase(name, glob) or fnmatchcase(bare, glob) for glob in shape.files)


def lacking(adapter: Adapter, shape: str, columns: Sequence[str]) -> list[str]:
    """Names by which a shape is known that a file does not have."""
    index = HeaderIndex(columns)
    return [name for name in adapter.shapes[shape].recognise if index.find(name) is None]


def adapter_for(adapters: Mapping[str, Adapter], headers: Iterable[tuple[str, Sequence[str]]]) -> Adapter | None:
    """The adapter that recognises most files (then most names) of a source; the vendor's before the generic one."""
    files = list(headers)
    best: tuple[tuple[int, int, int], Adapter] | None = None
    for adapter in adapters.values():
        found = [_specificity(adapter, columns) for _, columns in files]
        score = (sum(bool(n) for n in found), sum(found), -adapter.adapter.startswith("generic_"))
        if score[0] and (best is None or score > best[0]):
            best = (score, adapter)
    return best[1] if best else None


def tells_the_make(adapter: Adapter, name: str, columns: Sequence[str]) -> bool:
    """Whether a file of this shape speaks for its adapter.

    A side file such as ``id, name`` is known within its source, but many makes have its like: it speaks for one only
    when it has hardly any other column. A map may also say that such a file alone speaks for
    nobody (``telling: false``).
    """
    shape = adapter.shapes[name]
    feeds = shape.table is not None or any(table.from_ == name for table in adapter.tables)
    if not shape.telling:
        return False
    return feeds or len(columns) <= len(shape.recognise) + _SPARE_COLUMNS


def _specificity(adapter: Adapter, columns: Sequence[str]) -> int:
    index = HeaderIndex(columns)
    telling = (s for name, s in adapter.shapes.items() if s.recognise and tells_the_make(adapter, name, columns))
    return max((len(shape.recognise) for shape in telling if is_read_by(shape, index)), default=0)


def is_read_by(shape: ShapeMap, index: HeaderIndex) -> bool:
    """Whether a file has what a shape is known by and each column without which the shape reads no row of it."""
    needed = (field.sources for field in shape.fields.values() if field.required and field.sources)
    return index.has_all(shape.recognise) and all(index.first(names) is not None for names in needed)
