"""Contracts: what a canonical table holds. The YAML files in ``contracts/`` are the one place where this is said.

What belongs here: reading those files into frozen shapes. How rows get there is the business of maps and shaping.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from warehouse.errors import SwotlightError

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
CONTRACTS_FOLDER = Path(__file__).parent / "contracts"

SQL_TYPES = {
    "id": "VARCHAR",
    "text": "VARCHAR",
    "category": "VARCHAR",
    "instant": "TIMESTAMP",
    "date": "DATE",
    "time": "TIME",
    "seconds": "DOUBLE",
    "decimal": "DOUBLE",
    "share": "DOUBLE",
    "money": "DOUBLE",
    "count": "BIGINT",
    "integer": "BIGINT",
    "boolean": "BOOLEAN",
}


@dataclass(frozen=True)
class Column:
    """A column of a canonical table; ``cls`` is its personal-data class (plain, quasi, personal, free_text)."""

    name: str
    type: str
    about: str
    required: bool = False
    cls: str = "plain"
    values: tuple[str, ...] = ()
    open: bool = False

    @property
    def sql_type(self) -> str:
        """The DuckDB type the column has in ``raw``."""
        return SQL_TYPES[self.type]

    @property
    def is_closed(self) -> bool:
        """Whether only the listed values may stand in it."""
        return bool(self.values) and not self.open


@dataclass(frozen=True)
class Rule:
    """A row for which ``when`` is true is quarantined with ``name`` as its reason."""

    name: str
    when: str
    about: str


@dataclass(frozen=True)
class Contract:
    """A canonical table: its grain, key, columns and the rules its rows must keep.

    ``said_once``: rows of a source that say the same in every column are one row, as a figure that is published twice
    is one figure. Elsewhere two rows are two events, and a key they share is a fault that the checks name.
    ``event_time`` says when what a row tells of came to be, ``events`` which other days of it are events as well: the
    newest of all is what an archive is judged at.
    ``parts``: several lines of one file with the same key are parts of one figure; they are ``added`` to one row, or
    all ``kept``, where whoever reads the table sums it anyway.
    """

    table: str
    grain: str
    about: str
    key: tuple[str, ...]
    event_time: str
    columns: dict[str, Column]
    rules: tuple[Rule, ...] = ()
    version: str | None = None
    said_once: bool = False
    parts: str | None = None
    events: tuple[str, ...] = ()

    @property
    def required(self) -> tuple[str, ...]:
        """Columns without which a row or a file means nothing."""
        return tuple(name for name, column in self.columns.items() if column.required)


def _column(name: str, given: dict[str, Any]) -> Column:
    return Column(
        name=name,
        type=given["type"],
        about=given["about"],
        required=bool(given.get("required", False)),
        cls=given.get("class", "plain"),
        values=tuple(str(value) for value in given.get("values", ())),
        open=bool(given.get("open", False)),
    )


def _contract(path: Path) -> Contract:
    given = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)
    try:
        return Contract(
            table=given["table"],
            grain=given["grain"],
            about=given["about"],
            key=tuple(given["key"]),
            version=given.get("version"),
            said_once=bool(given.get("said_once", False)),
            parts=given.get("parts"),
            event_time=given["event_time"],
            events=tuple(given.get("events", ())),
            columns={name: _column(name, column) for name, column in given["columns"].items()},
            rules=tuple(Rule(**rule) for rule in given.get("rules", ())),
        )
    except (KeyError, TypeError) as error:
        raise SwotlightError(
            f"The contract {path.name} is incomplete: {error} is missing or wrong.", code="bad_contract", file=str(path)
        ) from error


@cache
def load_contracts() -> dict[str, Contract]:
    """Every canonical table by its name, in alphabetical order."""
    contracts = [_contract(path) for path in sorted(CONTRACTS_FOLDER.glob("*.yml"))]
    return {contract.table: contract for contract in contracts}
