"""The landed table of a shape while its files come in: made with the first, widened when a later one needs it.

Ids that all look like whole numbers are kept as numbers, which cost a tenth of what texts cost to write; a file with
another id makes the column a text again. Who reads the table sees texts (`ingestion.views`).
"""

from __future__ import annotations

from dataclasses import replace

from ingestion.plans import Field, Shape
from ingestion.shaping import Decisions
from warehouse.store import Connection, quote_name

NUMBER, TEXT = "BIGINT", "VARCHAR"


class LandTable:
    """The table and which of its ids are kept as whole numbers."""

    def __init__(self, con: Connection, shape: Shape) -> None:
        self.con = con
        self.shape = shape
        self.whole: set[str] = set()
        self._is_made = False

    def fit(self, decisions: Decisions) -> Decisions:
        """Let the table take rows that are read by ``decisions``; the decisions that then hold for them."""
        if not self._is_made:
            self.whole = set(decisions.whole)
            self.make()
        for name in self.whole - decisions.whole:
            column = quote_name(name)
            self.con.execute(f"alter table {self.shape.land} alter column {column} type {TEXT}")
        self.whole &= decisions.whole
        return replace(decisions, whole=set(self.whole))

    def make(self) -> None:
        """Make it, empty, unless a file has."""
        if self._is_made:
            return
        columns = [f"{quote_name(field.name)} {self._type(field)}" for field in self.shape.fields if field.is_stored]
        own = ["_file SMALLINT", "_state SMALLINT", "_raw VARCHAR"]
        self.con.execute(f"create or replace table {self.shape.land} ({', '.join([*columns, *own])})")
        self._is_made = True

    def _type(self, field: Field) -> str:
        return NUMBER if field.name in self.whole else field.sql_type
