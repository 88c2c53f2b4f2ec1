"""The tables of what customers say: words, topics that were found, redacted comments."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dashboards.components.tables import Column, Table
from dashboards.figures.customers_words import language_name, need_name
from dashboards.language import _

Row = dict[str, Any]
SMALLEST_TOLD = 10


def words_table(rows: Sequence[Row]) -> Table:
    """Words said by ten customers or more."""
    return _said_table(rows, Column("term", _("Word or phrase"), strong=True))


def found_table(rows: Sequence[Row]) -> Table:
    """Topics that were found in comments."""
    dissatisfied = Column("dissatisfied", _("Dissatisfied"), "ratio")
    return _said_table(rows, Column("terms", _("Topic, by its words"), strong=True), dissatisfied)


def _said_table(rows: Sequence[Row], said: Column, *further: Column) -> Table:
    """What was said, by language and by how many."""
    columns = (
        Column("language", _("Language")),
        said,
        Column("customers", _("Customers"), "count"),
        Column("share", _("Of who commented"), "ratio"),
        *further,
    )
    few = _("too few")
    return Table(columns, tuple([{**r, "language": language_name(r["language"]), "_missing": few} for r in rows]))


def comments_table(rows: Sequence[Row]) -> Table:
    """Redacted comments."""
    columns = (
        Column("need", _("Need")),
        Column("language", _("Language")),
        Column("said", _("Comment, without names and numbers"), strong=True),
        Column("times", _("Customers"), "count"),
    )
    few = _("under ten")
    named = [
        {**r, "need": need_name(r["need"]), "language": language_name(r["language"]), "_missing": few,
         "times": r["times"] if r["times"] >= SMALLEST_TOLD else None}
        for r in rows
    ]  # fmt: skip
    return Table(columns, tuple(named))
