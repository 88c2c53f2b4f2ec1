"""Maps and adapters: the YAML that says how one vendor's export becomes canonical rows. One format for both.

What belongs here: its shape, reading it with errors that name file, line and key, and finding what ships. How a map
becomes SQL is said in `ingestion.shaping`.
"""

from __future__ import annotations

import re
from collections.abc import Container
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import Field, PrivateAttr, model_validator

from ingestion.contracts import load_contracts
from ingestion.generic import generic_adapter
from ingestion.map_parts import FieldMap, Identifier, ItemMap, JoinMap, ShapeMap, Strict, TableMap, UnpivotMap
from warehouse.errors import SwotlightError, UsageError
from warehouse.settings import Zone, package_path
from warehouse.settings_file import check, read_yaml

__all__ = [
    "Adapter",
    "FieldMap",
    "ItemMap",
    "JoinMap",
    "ShapeMap",
    "TableMap",
    "UnpivotMap",
    "find_adapter",
    "load_adapters",
    "load_map",
    "parse_map",
]

_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WORDS_AS_TEXT = (":timestamp", ":bool", ":int", ":float")


class _Loader(_Base):  # type: ignore[misc]
    """Reads every scalar but true, false and null as the text that stands there: ``on``, ``Yes``, ``007``."""

    yaml_implicit_resolvers = {  # noqa: RUF012
        first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(_WORDS_AS_TEXT)]
        for first, resolvers in _Base.yaml_implicit_resolvers.items()
    }


_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))


class Adapter(Strict):
    """A whole map."""

    adapter: str = ""
    title: str | None = None
    kind: str | None = None
    about: str | None = None
    time_zone: Zone | None = None
    shapes: dict[Identifier, ShapeMap] = Field(default_factory=dict)
    tables: list[TableMap] = Field(default_factory=list)
    derive: Literal["tickets"] | None = None

    _path: Path | None = PrivateAttr(default=None)

    @property
    def derives_tickets(self) -> bool:
        """Whether tickets are worked out from the events it feeds."""
        return any([self.derive, *(shape.derive for shape in self.shapes.values()), *(t.derive for t in self.tables)])

    @property
    def path(self) -> Path | None:
        """The file it was read from."""
        return self._path

    def kinds(self) -> list[str]:
        """The canonical tables it feeds."""
        tables = [shape.table for shape in self.shapes.values() if shape.table]
        derived = ["tickets"] if self.derives_tickets else []
        return sorted({*tables, *derived, *(table.table for table in self.tables)})

    @model_validator(mode="after")
    def _refers_to_what_exists(self) -> Adapter:
        if not self.shapes:
            raise ValueError("a map needs at least one entry under `shapes`")
        for name, shape in self.shapes.items():
            _check_shape(name, shape)
        for table in self.tables:
            _check_table(table, self.shapes)
        _refuse_open_staff(self.tables, self.shapes)
        if self.derives_tickets and "ticket_events" not in self.kinds():
            raise ValueError("`derive: tickets` needs a map that feeds ticket_events")
        return self


def _known_table(name: str, where: str) -> None:
    if name not in load_contracts():
        raise ValueError(f"{where}: {name!r} is no canonical table; tables are {', '.join(load_contracts())}")


def _check_shape(name: str, shape: ShapeMap) -> None:
    if shape.table is not None:
        _known_table(shape.table, f"shape {name}")
        unknown = [field for field in shape.fields if field not in load_contracts()[shape.table].columns]
        if unknown:
            raise ValueError(
                f"shape {name}: {shape.table} has no column {unknown[0]!r}; its columns are "
                f"{', '.join(load_contracts()[shape.table].columns)}"
            )
        _refuse_lacking(f"shape {name}", shape.table, shape.fields)
    known = set(shape.fields)
    for field in [*(shape.key or []), *([shape.version] if shape.version else [])]:
        if field not in known:
            raise ValueError(f"shape {name}: its key or version names {field!r}, which is not under `fields`")


def _check_table(table: TableMap, shapes: dict[str, ShapeMap]) -> None:
    _known_table(table.table, "tables")
    columns = load_contracts()[table.table].columns
    for wanted in [table.from_, *(join.shape for join in table.join.values() if join.shape)]:
        if wanted not in shapes:
            raise ValueError(f"table {table.table}: {wanted!r} is no shape of this map; shapes are {', '.join(shapes)}")
    _refuse_lacking("tables", table.table, table.columns)
    for column in table.columns:
        if column not in columns:
            raise ValueError(
                f"table {table.table}: there is no column {column!r}; its columns are {', '.join(columns)}"
            )


def _refuse_lacking(where: str, table: str, given: Container[str]) -> None:
    columns = load_contracts()[table].columns
    for name in load_contracts()[table].required:
        if name not in given:
            raise ValueError(f"{where}: {table} needs a column {name!r} ({columns[name].about})")


def _refuse_open_staff(tables: list[TableMap], shapes: dict[str, ShapeMap]) -> None:
    """What employees answered leaves the build as suppressed aggregates only, so a map must say that it is theirs."""
    of_staff = {table.from_ for table in tables if table.table == "agents"}
    of_staff |= {name for name, shape in shapes.items() if shape.table == "agents"}
    for table in tables:
        if table.table == "survey_responses" and table.from_ in of_staff and not _is_staff(table):
            raise ValueError(
                f"tables: answers made of {table.from_}, a list of agents, need `audience: \"'employee'\"`"
            )


def _is_staff(table: TableMap) -> bool:
    return table.columns.get("audience", "").strip() == "'employee'"


def parse_map(path: Path) -> Adapter:
    """Read and check a map. Raises `SwotlightError` naming file, line and key."""
    content, places = read_yaml(path, _Loader)
    adapter = check(Adapter, content, places, path)
    adapter._path = path
    adapter.adapter = adapter.adapter or path.stem
    return adapter


def load_map(path: Path) -> Adapter:
    """A user's map. Raises `SwotlightError` when it is missing or wrong."""
    if not path.is_file():
        raise SwotlightError(
            f"The map {path} does not exist.", code="no_map", file=str(path), hint="Write it, or take `map:` out."
        )
    return parse_map(path)


@cache
def load_adapters() -> dict[str, Adapter]:
    """Every shipped adapter by its name."""
    paths = sorted(package_path("ingestion").glob("adapters/*.yml"))
    shipped = [parse_map(path) for path in paths]
    generic = [Adapter.model_validate(generic_adapter(contract)) for contract in load_contracts().values()]
    return {adapter.adapter: adapter for adapter in [*shipped, *generic]}


def find_adapter(name: str) -> Adapter:
    """A shipped adapter. An unknown name is wrong usage and lists the nearest."""
    own = package_path("ingestion") / "adapters" / f"{name}.yml"
    if re.fullmatch(r"\w+", name) and own.is_file():
        return parse_map(own)
    adapters = load_adapters()
    if name in adapters:
        return adapters[name]
    from difflib import get_close_matches

    near = get_close_matches(name, adapters, n=3, cutoff=0.4) or sorted(adapters)
    raise UsageError(
        f"There is no adapter {name!r}.", code="unknown_adapter", key=name, hint=f"Nearest: {', '.join(near)}."
    )
