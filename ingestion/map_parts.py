"""The parts a map is made of: fields, shapes, joins, items, tables. `ingestion.maps` puts them together."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, PrivateAttr, model_validator

from ingestion.contracts import SQL_TYPES
from warehouse.settings import Zone


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


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", populate_by_name=True)


class FieldMap(Strict):
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
    undecided: Literal["d-m-Y", "m-d-Y"] | None = None
    about: str | None = None

    _otherwise_given: bool = PrivateAttr(default=False)

    @model_validator(mode="after")
    def _one_origin(self) -> FieldMap:
        given = [name for name in ("sources", "value", "sql") if getattr(self, name) is not None]
        if len(given) > 1:
            raise ValueError("a field has one origin: `from`, `value` or `sql`")
        self._otherwise_given = "otherwise" in self.model_fields_set
        return self


class RuleMap(Strict):
    """A row rule of a map; true quarantines the row."""

    name: Identifier
    when: str
    about: str = ""


class ReadingHints(Strict):
    """What cannot be seen in a file and is therefore said."""

    delimiter: str | None = None
    encoding: str | None = None
    header_line: int | None = Field(default=None, ge=1)
    sheet: str | None = None
    records: str | None = None
    second_header: bool | Literal["if_first_empty"] | None = None
    columns: Names = []


class ShapeMap(Strict):
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
    telling: bool = True
    whole: bool = False
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


class JoinMap(Strict):
    """Another shape of the same source, or a select over its shapes (``sql``, naming them bare); joined left."""

    shape: str | None = None
    sql: str | None = None
    on: str

    @model_validator(mode="after")
    def _shape_or_sql(self) -> JoinMap:
        if (self.shape is None) == (self.sql is None):
            raise ValueError("a join names either a `shape` or a `sql`")
        return self


class ItemMap(Strict):
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
    not_applicable: Names = []
    values: dict[Text, float | None] | None = None


class UnpivotMap(Strict):
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


class TableMap(Strict):
    """How landed rows become rows of one canonical table."""

    table: str
    from_: str = Field(alias="from")
    where: str | None = None
    join: dict[Identifier, JoinMap] = {}
    unpivot: UnpivotMap | None = None
    columns: dict[str, Text] = {}
    derive: Literal["tickets"] | None = None
