"""The files that were read, each with where its rows went; on a phone a file is two lines and nothing is cut."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dashboards import formats
from dashboards.components import markup as html
from dashboards.components.markup import Html
from dashboards.components.qualitystrip import source_title
from dashboards.language import _

FIELDS = ("rows_inserted", "rows_updated", "rows_superseded", "rows_duplicate", "rows_quarantined")


def in_short(row: Mapping[str, Any], before: str = "", after: str = "") -> Html:
    """The accounting of a file or a source in a line, for screens that are too narrow for its columns."""
    words = (_("new"), _("updated"), _("older"), _("duplicate"), _("quarantined"))
    counted = [(int(row.get(field) or 0), word) for field, word in zip(FIELDS, words, strict=True)]
    parts = [f"{formats.count(count)}\u00a0{word}" for count, word in counted if count] or [_("no data")]
    return html.Span(" · ".join(filter(None, (before, " + ".join(parts), after))), className="in-short caption")


def file_list(rows: Sequence[Mapping[str, Any]], *, label: str, limit: int) -> Html:
    """One row a file, in order of arrival."""
    words = (_("Read"), _("New"), _("Updated"), _("Older"), _("Duplicate"), _("Quarantined"))
    head = [html.Th(_("File"), scope="col", className="left"), html.Th(_("Source"), scope="col", className="left")]
    head += [html.Th(word, scope="col") for word in words]
    body = [html.Tr(_cells(row)) for row in rows[:limit]]
    caption = html.Caption(label, className="visually-hidden")
    table = html.Table(
        [caption, html.Thead(html.Tr(head)), html.Tbody(body)], className="table-plain compact files-table"
    )
    parts: list[Any] = [html.Div(table, className="table-scroll", tabIndex=0, role="region", **{"aria-label": label})]
    if len(rows) > limit:
        said = _(
            "{shown} of {all} rows; the CSV file has all.", shown=formats.count(limit), all=formats.count(len(rows))
        )
        parts.append(html.P(said, className="caption"))
    return html.Div(parts)


def _cells(row: Mapping[str, Any]) -> list[Html]:
    name = source_title(row)
    read = [html.Td(formats.count(int(row.get("rows_read") or 0)), className="strong")]
    return [
        html.Td([html.Span(str(row["name"]), className="file-name"), in_short(row, name)], className="left"),
        html.Td(name, className="left"),
        *read,
        *(html.Td(formats.count(int(row.get(field) or 0))) for field in FIELDS),
    ]
