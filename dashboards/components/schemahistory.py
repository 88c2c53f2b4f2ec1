"""The columns of every source's files: which came, which have gone, since when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from dashboards import formats
from dashboards.components import markup as html
from dashboards.components.figure import Foot, empty, figure_section
from dashboards.components.markup import Html
from dashboards.components.qualitystrip import source_title
from dashboards.components.tables import Column, Table, table_view
from dashboards.language import _, plural

_SHOWN = 400


def schema_section(history: Sequence[Mapping[str, Any]], local: Callable[[datetime], datetime], data: str) -> Html:
    """The section: a line a source, its changed columns in words, all of them folded below."""
    changed = [row for row in history if row.get("is_new") or row.get("is_gone")]
    title = (
        plural(
            "{count} column came or went between files",
            "{count} columns came or went between files",
            len(changed),
            count=formats.count(len(changed)),
        )
        if changed
        else _("Every source still has the columns it began with")
    )
    if not history:
        body: Any = empty(_("No file has been read."), "")
        return figure_section("columns", _("Columns"), "", body)
    by_source: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in history:
        by_source[str(row["source"])].append(row)
    parts = [_source(name, rows, local) for name, rows in sorted(by_source.items())]
    sub = _("Columns of each source's files, by the kind of file; those that came or went stand open")
    return figure_section("columns", title, sub, html.Div(parts), Foot(data=data, has_table=False))


def _source(name: str, rows: Sequence[Mapping[str, Any]], local: Callable[[datetime], datetime]) -> Html:
    changed = [row for row in rows if row.get("is_new") or row.get("is_gone")]
    count = plural("{count} column", "{count} columns", len(rows), count=formats.count(len(rows)))
    said = (
        plural("{count} changed", "{count} changed", len(changed), count=formats.count(len(changed)))
        if changed
        else _("unchanged")
    )
    head = [
        html.Span(source_title({"source": name}), className="strong"),
        html.Span(f"{count}, {said}", className="muted num"),
    ]
    ordered = sorted(rows, key=lambda row: (not (row.get("is_new") or row.get("is_gone")), str(row["shape"])))
    table = table_view(schema_table(ordered, local), label=source_title({"source": name}), limit=_SHOWN)
    folded = {"open": "open"} if changed else {}
    summary = html.Summary(head, className="reason-head")
    return html.Details([summary, html.Div(table, className="tall schema")], className="reason", **folded)


def schema_table(rows: Sequence[Mapping[str, Any]], local: Callable[[datetime], datetime]) -> Table:
    """The columns of one source, or of all, as a table."""
    columns = (
        Column("column_name", _("Column"), strong=True),
        Column("shape", _("Kind of file")),
        Column("state", _("State")),
        Column("files", _("Files with it"), "count"),
        Column("first_seen", _("First seen"), "instant"),
    )
    return Table(columns, tuple({**row, **_told(row, local)} for row in rows))


def _told(row: Mapping[str, Any], local: Callable[[datetime], datetime]) -> dict[str, Any]:
    seen = row.get("first_seen")
    state = _("in every file")
    if row.get("is_gone"):
        state = _("gone; last in {file}", file=row.get("last_file") or _("a file that is no longer there"))
    elif row.get("is_new"):
        state = _("new with {file}", file=row.get("first_file"))
    elif int(row.get("files") or 0) < int(row.get("files_of_shape") or 0):
        state = _("not in every file")
    return {"state": state, "shape": str(row["shape"]).replace("_", " "), "first_seen": local(seen) if seen else None}
