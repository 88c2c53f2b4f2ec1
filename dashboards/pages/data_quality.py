"""Data quality: does every row add up, what was set aside and why, which checks failed, how fresh is it?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dashboards import formats
from dashboards.components import markup as html
from dashboards.components import shell
from dashboards.components.checktable import checks_section
from dashboards.components.figure import Foot, empty, figure_section
from dashboards.components.filelist import file_list, in_short
from dashboards.components.filterbar import copy_link, menu, option
from dashboards.components.marks import chip, glyph
from dashboards.components.markup import Html
from dashboards.components.qualitystrip import source_note, source_state, source_title, total, upto
from dashboards.components.quarantinerows import reasons_list
from dashboards.components.refusals import reason_word
from dashboards.components.schemahistory import schema_section, schema_table
from dashboards.components.tables import Column, Table
from dashboards.figures.plotting import View
from dashboards.filters import Filters
from dashboards.language import _, current, plural
from dashboards.pages.parts import data_link
from dashboards.queries.about import About, about, files, quarantine, schema_history
from dashboards.queries.raw_rows import RawRows, raw_rows
from dashboards.reading import Reading

PATH = "/data-quality"
CONTROLS = ()
_FIELDS = ("rows_inserted", "rows_updated", "rows_superseded", "rows_duplicate", "rows_quarantined")
_SHOWN_FILES = 200
_INDENT = {"paddingLeft": "8px"}


def bar(reading: Reading, filters: Filters) -> Html:
    """One control: which source."""
    names = [str(source["source"]) for source in about(reading).sources]
    chosen = filters.extra("source") if filters.extra("source") in names else None
    everything = _("All {count}", count=formats.count(len(names)))
    options = [option(everything, PATH + filters.query(source=None), chosen=chosen is None)]
    options += [
        option(source_title({"source": name}), PATH + filters.query(source=name), chosen=name == chosen)
        for name in names
    ]
    control = menu(
        _("Source"),
        source_title({"source": chosen}) if chosen else everything,
        options,
        is_set=chosen is not None,
        clear=PATH + filters.query(source=None) if chosen else None,
    )
    return html.Div([control, html.Div(copy_link(), className="bar-end")], className="bar-inner")


def body(reading: Reading, filters: Filters, view: View) -> list[Any]:
    """The page below the bars."""
    facts, chosen = about(reading), filters.extra("source")
    sources = [s for s in facts.sources if not chosen or s["source"] == chosen]
    mine = [f for f in files(reading) if not chosen or f["source"] == chosen]
    aside = [q for q in quarantine(reading) if not chosen or q["source"] == chosen]
    columns = [c for c in schema_history(reading) if not chosen or c["source"] == chosen]
    return [
        _head(reading, facts, sources),
        _equation(sources),
        _sources(reading, sources, filters),
        checks_section(facts, data_link(PATH, "checks", filters)),
        _quarantine(aside, raw_rows(reading, chosen), filters),
        schema_section(columns, reading.local, data_link(PATH, "columns", filters)),
        _files(mine, filters),
    ]


def _head(reading: Reading, facts: About, sources: Sequence[Mapping[str, Any]]) -> Html:
    read, aside, failed = total(sources, "rows_read"), total(sources, "rows_quarantined"), facts.failed
    if not sources:
        title = _("No source has been loaded yet.")
    elif not failed and not facts.stale:
        title = _("Every row is accounted for and every check passed.")
    elif facts.stale and not failed:
        title = plural(
            "Every row is accounted for; {count} source is late.",
            "Every row is accounted for; {count} sources are late.",
            len(facts.stale),
            count=formats.number_word(len(facts.stale)),
        )
    else:
        title = plural(
            "Every row is accounted for; {count} check failed.",
            "Every row is accounted for; {count} checks failed.",
            len(failed),
            count=formats.number_word(len(failed)),
        )
    if read != sum(total(sources, field) for field in _FIELDS):
        title = _("The rows do not add up.")
    lede = _(
        "**{read}** rows were read from {sources} sources; **{aside}** are in quarantine.",
        read=formats.count(read),
        sources=formats.number_word(len(sources)),
        aside=formats.count(aside),
    )
    withheld = facts.withheld(current())
    if withheld:
        shown = withheld[:4] + ([_("{count} others", count=len(withheld) - 4)] if len(withheld) > 4 else [])
        lede += " " + _("Withheld until their check passes: {metrics}.", metrics=formats.say_list(shown))
    release = shell.release_block(facts, reading.settings.organisation.time_zone)
    return shell.page_head(shell.joined([_("Data quality"), facts.name]), title, lede, release, name=_("Data quality"))


def _equation(sources: Sequence[Mapping[str, Any]]) -> Html:
    words = (_("rows read"), _("new rows"), _("updated"), _("older versions"), _("exact duplicates"), _("quarantined"))
    values = [total(sources, field) for field in ("rows_read", *_FIELDS)]
    balances = values[0] == sum(values[1:])
    parts: list[Any] = []
    for k, (name, value) in enumerate(zip(words, values, strict=True)):
        sign = [html.Span("=" if k == 1 else "+", className="sign")] if k else []
        number = html.Div([html.Span(formats.count(value), className="big"), html.Span(name, className="caption")])
        parts.append(html.Div([*sign, number], className="term"))
    verdict = chip("met" if balances else "missed", _("Balances") if balances else _("Does not balance"))
    head = html.Div([html.H2(_("What was read and where it went")), verdict], className="line-head")
    return html.Section([head, html.Div(parts, className="equation-row")], className="section")


def _sources(reading: Reading, sources: Sequence[Mapping[str, Any]], filters: Filters) -> Html:
    late = [source_title(s) for s in sources if s.get("is_stale")]
    title = (
        plural("{list} is past its promise", "{list} are past their promise", len(late), list=formats.say_list(late))
        if late
        else _("Every source is an archive, judged at its newest event")
        if sources and all(s.get("is_archive") for s in sources)
        else _("Every source is inside its promise")
    )
    head = [
        html.Th(""),
        html.Th(_("Source"), className="left", style=_INDENT),
        html.Th(_("Read as"), className="left"),
        html.Th(_("Files")),
    ]
    head += [
        html.Th(words) for words in (_("Read"), _("New"), _("Updated"), _("Older"), _("Duplicate"), _("Quarantined"))
    ]
    head += [html.Th(_("Newest record"), className="left"), html.Th(_("State"), className="left")]
    rows = [html.Tr(_source_cells(reading, source)) for source in sources]
    table = html.Div(
        html.Table([html.Thead(html.Tr(head)), html.Tbody(rows)], className="table-plain sources-table"),
        className="table-scroll",
    )
    sub = _(
        "For every source: read = new + updated + older versions + exact duplicates + quarantined. Times: {zone}.",
        zone=reading.settings.organisation.time_zone,
    )
    return figure_section("sources", title, sub, table, Foot(data=data_link(PATH, "sources", filters), has_table=False))


def _source_cells(reading: Reading, source: Mapping[str, Any]) -> list[Html]:
    numbers = [
        html.Td(formats.count(source.get(field) or 0), className="strong" if field == "rows_read" else "")
        for field in ("rows_read", *_FIELDS)
    ]
    # What is quarantined stands in the accounting already.
    note = source_note(source) if source.get("is_stale") or not source.get("rows_quarantined") else ""
    return [
        html.Td(glyph(source_state(source))),
        html.Td([source_title(source), in_short(source, after=note)], className="left strong", style=_INDENT),
        html.Td(_read_as(source), className="left muted"),
        html.Td(formats.count(source.get("files") or 0)),
        *numbers,
        html.Td(upto(source.get("newest_record_at"), reading.local).removeprefix("to "), className="left nowrap"),
        html.Td(source_note(source), className="left second"),
    ]


def _read_as(source: Mapping[str, Any]) -> str:
    """The make whose adapter reads the files; a map that is called as its source is the workspace's own."""
    adapter = str(source.get("adapter") or "")
    is_own = adapter in ("", str(source["source"])) or adapter.split("_")[0] == "source"
    return _("own map") if is_own else adapter.replace("_", " ")


def _file_table(rows: Sequence[Mapping[str, Any]]) -> Table:
    columns = (
        Column("name", _("File")),
        Column("source", _("Source")),
        Column("rows_read", _("Read"), "count", strong=True),
        Column("rows_inserted", _("New"), "count"),
        Column("rows_updated", _("Updated"), "count"),
        Column("rows_superseded", _("Older"), "count"),
        Column("rows_duplicate", _("Duplicate"), "count"),
        Column("rows_quarantined", _("Quarantined"), "count"),
    )
    return Table(columns, tuple({**row, "source": source_title(row)} for row in rows))


def _files(rows: Sequence[Mapping[str, Any]], filters: Filters) -> Html:
    title = plural("{count} file was read", "{count} files were read", len(rows), count=formats.count(len(rows)))
    body = file_list(rows, label=title, limit=_SHOWN_FILES) if rows else empty(_("No file was read."), "")
    return figure_section(
        "files",
        title,
        _("In order of arrival; the newest version of a row counts"),
        html.Div(body, className="tall"),
        Foot(data=data_link(PATH, "files", filters), has_table=False),
    )


def _quarantine_table(rows: Sequence[Mapping[str, Any]]) -> Table:
    columns = (
        Column("reason", _("Reason")),
        Column("field", _("Field")),
        Column("source", _("Source")),
        Column("rows", _("Rows"), "count", strong=True),
    )
    summed: dict[tuple[str, str, str], int] = {}
    for row in rows:
        field = str(row["field"] or "").replace("_", " ") or _("whole row")
        key = (reason_word(str(row["reason"])), field, str(row["source"]))
        summed[key] = summed.get(key, 0) + int(row["rows"] or 0)
    ordered = sorted(summed.items(), key=lambda pair: -pair[1])
    return Table(columns, tuple({"reason": r, "field": f, "source": s, "rows": n} for (r, f, s), n in ordered))


def _quarantine(rows: Sequence[Mapping[str, Any]], raw: RawRows, filters: Filters) -> Html:
    if not rows:
        return figure_section(
            "quarantine", _("Nothing is in quarantine"), "", empty(_("Every row read could be used."), "")
        )
    table = _quarantine_table(rows)
    title = _("Most often: {reason}", reason=table.rows[0]["reason"])
    foot = Foot(
        note=_("No release and no download holds these rows; mend the map or the export and refresh."),
        data=data_link(PATH, "quarantine", filters),
        has_table=False,
    )
    sub = _("Rows set aside by reason, as they stood in their files")
    return figure_section("quarantine", title, sub, reasons_list(rows, raw), foot)


def tables(reading: Reading, filters: Filters) -> dict[str, Table]:
    """The tables that can be downloaded."""
    facts = about(reading)
    source_columns = tuple(
        Column(key, key)
        for key in (
            "source",
            "adapter",
            "files",
            "rows_read",
            *_FIELDS,
            "newest_record_at",
            "as_of",
            "is_stale",
            "stale_after_hours",
        )
    )
    check_columns = tuple(
        Column(key, key)
        for key in ("check_name", "stage", "table_name", "severity", "passed", "detail", "metrics", "checked_at")
    )
    return {
        "sources": Table(source_columns, facts.sources),
        "checks": Table(check_columns, facts.checks),
        "files": _file_table(files(reading)),
        "quarantine": _quarantine_table(quarantine(reading)),
        "columns": schema_table(schema_history(reading), reading.local),
    }
