"""Tables: one description serves the page, the panel behind a chart and the CSV file."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from dashboards import formats
from dashboards.components import markup as html
from dashboards.components.markup import Html
from dashboards.language import _

LONG = 24
SHOWN_ROWS = 500


@dataclass(frozen=True)
class Column:
    """``key`` heads the CSV column, ``label`` the page's; ``kind`` is text, date, instant, change or a metric unit,
    or words: a number with more than itself (a currency of its own, an n), written out and standing right.

    Where rows differ in unit, ``unit_key`` names the field that holds it; a change always has one.
    """

    key: str
    label: str
    kind: str = "text"
    unit_key: str | None = None
    strong: bool = False


@dataclass(frozen=True)
class Table:
    """Columns and rows of raw values; None is told in words."""

    columns: tuple[Column, ...]
    rows: tuple[Mapping[str, Any], ...]
    currency: str = "EUR"


TableMaker = Callable[[], Table]
"""How a page names its tables: they are made when someone asks for one."""


def cell_text(value: Any, column: Column, row: Mapping[str, Any], currency: str) -> str:
    """One raw value in words."""
    if value is None:
        return (
            _("not recorded")
            if is_words(column) or column.kind in ("date", "instant")
            else str(row.get("_missing") or _("no data"))
        )
    kind = str(row.get(column.unit_key)) if column.unit_key else column.kind
    if column.kind == "change":
        return formats.change(float(value), kind, currency=currency)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if kind == "instant" and isinstance(value, datetime):
        return formats.moment(value, short=True)
    if isinstance(value, datetime | date):
        return formats.date_short(value, year=True)
    if kind in ("text", "words"):
        return str(value)
    return str(formats.quantity(float(value), kind, currency=currency))


def is_words(column: Column) -> bool:
    """Whether a column holds words, which stand left; where rows differ in unit it holds numbers."""
    return column.kind == "text" and column.unit_key is None


def table_view(table: Table, *, label: str, compact: bool = True, limit: int = SHOWN_ROWS) -> Html:
    """The table as a page shows it; a long one is cut with a sentence that says so."""
    texts = {"text", "date", "instant"}
    head = [
        html.Th(c.label, scope="col", className="left" if (c.kind in texts and k == 0) or is_words(c) else "")
        for k, c in enumerate(table.columns)
    ]
    body = []
    for row in table.rows[:limit]:
        cells = []
        for k, column in enumerate(table.columns):
            left = is_words(column) or (k == 0 and column.kind in texts)
            text = cell_text(row.get(column.key), column, row, table.currency)
            # A long text may take two lines where it would push the figures beside it out of sight.
            name = ("long" if len(text) > LONG else "nowrap" if k == 0 else "") if left else ""
            classes = " ".join(filter(None, ["left" if left else "", "strong" if column.strong else "", name]))
            cells.append(html.Td(text, className=classes))
        body.append(html.Tr(cells))
    caption = html.Caption(label, className="visually-hidden")
    parts: list[Any] = [
        html.Div(
            html.Table(
                [caption, html.Thead(html.Tr(head)), html.Tbody(body)],
                className="table-plain compact" if compact else "table-plain",
            ),
            className="table-scroll",
            tabIndex=0,
            role="region",
            **{"aria-label": label},
        )
    ]
    if len(table.rows) > limit:
        parts.append(
            html.P(
                _(
                    "{shown} of {all} rows; the CSV file has all.",
                    shown=formats.count(limit),
                    all=formats.count(len(table.rows)),
                ),
                className="caption",
            )
        )
    return html.Div(parts)


def to_csv(table: Table) -> str:
    """The raw values as CSV (RFC 4180), dates in ISO form, no value as an empty field."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([column.key for column in table.columns])
    for row in table.rows:
        writer.writerow([_raw(row.get(column.key)) for column in table.columns])
    return out.getvalue()


def _raw(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return f"{value:.10g}"
    text = str(value)
    # A cell that a spreadsheet would run as a formula is written as text.
    return f"'{text}" if text[:1] in "=+-@\t" and not isinstance(value, int) else text


def rows_of(items: Sequence[Any], **fields: Any) -> tuple[dict[str, Any], ...]:
    """Rows from objects: each field is a function of the object."""
    return tuple({name: make(item) for name, make in fields.items()} for item in items)
