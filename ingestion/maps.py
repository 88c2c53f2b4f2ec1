"""Maps and adapters: the YAML that says how one vendor's export becomes canonical rows. One format for both.

What belongs here: its shape, reading it with errors that name file, line and key, and finding what ships. How a map
becomes SQL is said in `ingestion.shaping`.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, PrivateAttr, model_validator

from ingestion.contracts import SQL_TYPES, load_contracts
from ingestion.generic import generic_adapter
from warehouse.errors import SwotlightError, UsageError
from warehouse.settings import Zone, package_path
from warehouse.settings_file import check, read_yaml

_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WORDS_AS_TEXT = (":timestamp", ":bool", ":int", ":float")


class _Loader(_Base):  # type: ignore[misc]
    """Reads every scalar but true, false and null as the text that stands there: ``on``, ``Yes``, ``007``, ``12:30``."""

    yaml_implicit_resolvers = {  # noqa: RUF012
        first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(_WORDS_AS_TEXT)]
        for first, resolvers in _Base.yaml_implicit_resolvers.items()
    }


_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))


def _known_type(name: str) -> str:
    if name not in SQL_TYPES:
        raise ValueError(f"{name!r} is no type; types are {', '.join(SQL_TYPES)}")
    return name


def _as_text(value: Any) -> Any:
    return str(value).lower() if isinstance(value, bool) else value


def _as_list(value: Any) -> Any:
    return value if value is None or isinstance(value, list) else [value]


def _empty(value: Any) -> Any:
    return {} if value is None else value


Text = Annotated[str, BeforeValidator(_as_text)]
Names = Annotated[list[Text], BeforeValidator(_as_list)]
FieldType = Annotated[str, AfterValidator(_known_type)]
Otherwise = Literal["keep", "null", "quarantine"]
Identifier = Annotated[str, Field(pattern=r"^[A-Za-z_][A-Za-z0-9_]*$")]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", populate_by_name=True)


class FieldMap(_Strict):
    """One typed reading of a column (or of an expression over columns)."""

    sources: Names | None = Field(default=None, alias="from")
    type: FieldType | None = None
    format: Names | None = None
    time_zone: Zone | None = None
    values: dict[Text, Text | None] | None = None
    otherwise: Annotated[Otherwise | None, BeforeValidator(lambda v: "null" if v is None else v)] = None
    value: Text | None = None
    sql: str | None = None
    nulls: Names = []
    required: bool | None = None
    unit: Literal["milliseconds", "seconds", "minutes", "hours", "days", "percent", "fraction"] | None = None
    decimal: Literal[".", ","] | None = None
    about: str | None = None

    _otherwise_given: bool = PrivateAttr(default=False)

    @model_validator(mode="after")
    def _one_origin(self) -> FieldMap:
        given = [name for name in ("sources", "value", "sql") if getattr(self, name) is not None]
        if len(given) > 1:
            raise ValueError("a field has one origin: `from`, `value` or `sql`")
        self._otherwise_given = "otherwise" in self.model_fields_set
        return self


class RuleMap(_Strict):
    """A row rule of a map; true quarantines the row."""

    name: Identifier
    when: str
    about: str = ""


class ReadingHints(_Strict):
    """What cannot be seen in a file and is therefore said."""

    delimiter: str | None = None
    encoding: str | None = None
    header_line: int | None = Field(default=None, ge=1)
    sheet: str | None = None
    records: str | None = None


class ShapeMap(_Strict):
    """One kind of file."""

    recognise: Names = []
    files: Names | None = None
    table: str | None = None
    key: Names | None = None
    version: str | None = None
    fields: Annotated[dict[Identifier, FieldMap], BeforeValidator(_empty)] = {}
    rules: list[RuleMap] = []
    read: ReadingHints = ReadingHints()
    derive: Literal["tickets"] | None = None
    about: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _bare_fields(cls, given: Any) -> Any:
        """``status:`` alone and ``status: category`` are short for ``{type: …}``."""
        if isinstance(given, dict) and isinstance(given.get("fields"), dict):
            fields = {
                name: {} if field is None else {"type": field} if isinstance(field, str) else field
                for name, field in given["fields"].items()
            }
            return {**given, "fields": fields}
        return given


class JoinMap(_Strict):
    """Another shape of the same source, or a select over its shapes (``sql``, naming them bare); joined left."""

    shape: str | None = None
    sql: str | None = None
    on: str

    @model_validator(mode="after")
    def _shape_or_sql(self) -> JoinMap:
        if (self.shape is None) == (self.sql is None):
            raise ValueError("a join names either a `shape` or a `sql`")
        return self


class ItemMap(_Strict):
    """A wide column that becomes a row: its attributes, usable as ``item.<attribute>``."""

    model_config = ConfigDict(extra="allow")

    item: Text | None = None
    sources: Names | None = Field(default=None, alias="from")
    instrument: Text | None = None
    dimension: Text | None = None
    role: Text | None = None
    text: Text | None = None
    scale: Annotated[list[float], Field(min_length=2, max_length=2)] | None = None
    nulls: Names = []
    values: dict[Text, float | None] | None = None


class UnpivotMap(_Strict):
    """Wide to long."""

    columns: Annotated[dict[Text, ItemMap], BeforeValidator(_empty)] = {}
    matching: str | None = None
    item: ItemMap = ItemMap()

    @model_validator(mode="before")
    @classmethod
    def _list_or_bare(cls, given: Any) -> Any:
        if isinstance(given, dict) and isinstance(given.get("columns"), list):
            given = {**given, "columns": {name: {} for name in given["columns"]}}
        if isinstance(given, dict) and isinstance(given.get("columns"), dict):
            columns = {name: {} if item is None else item for name, item in given["columns"].items()}
            return {**given, "columns": columns}
        return given


class TableMap(_Strict):
    """How landed rows become rows of one canonical table."""

    table: str
    from_: str = Field(alias="from")
    where: str | None = None
    join: dict[Identifier, JoinMap] = {}
    unpivot: UnpivotMap | None = None
    columns: dict[str, Text] = {}
    derive: Literal["tickets"] | None = None


class Adapter(_Strict):
    """A whole map."""

    adapter: str = ""
    title: str | None = None
    kind: str | None = None
    about: str | None = None
    time_zone: Zone | None = None
    shapes: dict[Identifier, ShapeMap] = {}
    tables: list[TableMap] = []
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
    for column in table.columns:
        if column not in columns:
            raise ValueError(
                f"table {table.table}: there is no column {column!r}; its columns are {', '.join(columns)}"
            )


def parse_map(path: Path) -> Adapter:
    """Read and check a map. Raises `SwotlightError` naming file, line and key."""
    _, places = read_yaml(path)
    content = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)
    adapter = check(Adapter, {} if content is None else content, places, path)
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
