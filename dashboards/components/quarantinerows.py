"""Quarantined rows by reason, each folded over the rows as they stood in their files."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from dashboards import formats
from dashboards.components import markup as html
from dashboards.components.markup import Html
from dashboards.components.qualitystrip import source_title
from dashboards.components.refusals import reason_words
from dashboards.components.words import capital
from dashboards.language import _, plural
from dashboards.queries.raw_rows import RawRows

SHOWN_ROWS = 8
_LONGEST = 400


def reasons_list(counted: Sequence[Mapping[str, Any]], raw: RawRows) -> Html:
    """A line a reason with its rows; the raw rows fold out where they may be shown."""
    grouped: dict[tuple[str, str, str], int] = defaultdict(int)
    for row in counted:
        grouped[_key(row)] += int(row["rows"] or 0)
    texts: dict[tuple[str, str, str], list[Mapping[str, Any]]] = defaultdict(list)
    for row in raw.rows:
        texts[_key(row)].append(row)
    ordered = sorted(grouped.items(), key=lambda pair: -pair[1])
    parts = [_reason(key, count, texts[key], is_open=k == 0) for k, (key, count) in enumerate(ordered)]
    return html.Div([*parts, _why_not(raw)], className="reasons")


def _key(row: Mapping[str, Any]) -> tuple[str, str, str]:
    return str(row["source"]), str(row["reason"]), str(row["field"] or "")


def _reason(key: tuple[str, str, str], count: int, rows: Sequence[Mapping[str, Any]], *, is_open: bool) -> Html:
    source, reason, field = key
    head = [
        html.Span(formats.count(count), className="big num"),
        html.Span(capital(reason_words(reason, field)), className="strong"),
        html.Span(source_title({"source": source}), className="muted"),
    ]
    if not rows:
        return html.Div(head, className="reason-head reason")
    shown = [_row(row) for row in rows[:SHOWN_ROWS]]
    more = count - len(shown)
    if more > 0:
        shown.append(
            html.P(
                plural("{count} more row is like these.", "{count} more rows are like these.", more,
                       count=formats.count(more)),
                className="caption",
            )
        )  # fmt: skip
    folded = {"open": "open"} if is_open else {}
    return html.Details([html.Summary(head, className="reason-head"), html.Div(shown)], className="reason", **folded)


def _row(row: Mapping[str, Any]) -> Html:
    line = row.get("line")
    place = _("{file}, line {line}", file=row["file"], line=formats.count(line)) if line else str(row["file"])
    text = str(row.get("raw_text") or "")
    cut = text if len(text) <= _LONGEST else text[:_LONGEST] + " …"
    return html.Div([html.P(place, className="caption num"), html.Pre(cut, className="raw-row")], className="raw")


def _why_not(raw: RawRows) -> Html | None:
    said = {
        "withheld": _("The rows themselves are shown only on the machine that owns the workspace."),
        "missing": _("The rows of this release are no longer kept; `swotlight refresh --full` sets them aside again."),
    }.get(raw.state)
    return html.P(said, className="caption") if said else None
