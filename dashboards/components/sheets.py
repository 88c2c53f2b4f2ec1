"""Tables as spreadsheets: the raw values as numbers and dates, with the formats a person expects to see."""

from __future__ import annotations

import io
from datetime import date, datetime
from typing import Any

from dashboards.components.tables import Column, Table

_FORMATS = {
    "ratio": "0.0%",
    "count": "#,##0",
    "currency": "#,##0.00",
    "date": "yyyy-mm-dd",
    "instant": "yyyy-mm-dd hh:mm:ss",
}
_WIDTH = 16


def to_xlsx(table: Table) -> bytes:
    """One sheet: labels in the first row, which stays in view; a value that is not known is an empty cell."""
    from xlsxwriter import Workbook

    out = io.BytesIO()
    # A text that begins like a formula or an address stays a text.
    book = Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "nan_inf_to_errors": True}
    )
    sheet = book.add_worksheet("data")
    sheet.freeze_panes(1, 1)
    sheet.set_column(0, max(0, len(table.columns) - 1), _WIDTH)
    sheet.write_row(0, 0, [column.label for column in table.columns], book.add_format({"bold": True, "bottom": 1}))
    formats = {kind: book.add_format({"num_format": text}) for kind, text in _FORMATS.items()}
    for number, row in enumerate(table.rows, 1):
        for place, column in enumerate(table.columns):
            value = row.get(column.key)
            if value is not None:
                sheet.write(number, place, _cell(value), formats.get(_kind(column, row, value)))
    book.close()
    return out.getvalue()


def _kind(column: Column, row: Any, value: Any) -> str:
    if isinstance(value, datetime):
        return "instant"
    if isinstance(value, date):
        return "date"
    return str(row.get(column.unit_key)) if column.unit_key else column.kind


def _cell(value: Any) -> Any:
    """What a spreadsheet can hold: numbers, dates without a zone, and everything else as text."""
    if isinstance(value, datetime):
        return value.replace(tzinfo=None)
    return value if isinstance(value, int | float | date | str) else str(value)
