"""The rows behind a figure: pseudonymous, page by page, as a file."""

from __future__ import annotations

from typing import Any

from dashboards import formats
from dashboards.components import markup as html
from dashboards.components import shell
from dashboards.components.figure import empty
from dashboards.components.marks import icon
from dashboards.components.markup import Html
from dashboards.components.tables import Column, Table, table_view
from dashboards.components.words import serif
from dashboards.figures.plotting import View
from dashboards.filters import Filters, dimension_label
from dashboards.language import _
from dashboards.names import column_label
from dashboards.queries import rows as queries
from dashboards.queries.about import about
from dashboards.reading import Reading

PATH = "/rows"
CONTROLS = ("period", "channel", "team", "region", "topic")


def body(reading: Reading, filters: Filters, view: View) -> list[Any]:
    """The page below the bars."""
    found = queries.rows_page(reading, filters)
    name = fact_name(queries.fact_of(filters).table)
    release = shell.release_block(about(reading), reading.settings.organisation.time_zone)
    eyebrow = shell.joined([_("Rows"), filters.period.label, filters.scope, _hour_words(filters)])
    if found is None:
        head = shell.page_head(
            eyebrow, _("This release holds no {name}.", name=name.lower()), "", release, name=_("Rows")
        )
        return [head, empty(_("There are no such rows."), _("The figures that counted them come from summed tables."))]
    title = (
        _("{count} {name} stand behind this figure.", count=formats.count(found.total), name=name.lower())
        if found.total
        else _("No {name} in this slice.", name=name.lower())
    )
    lede = _("Ids are pseudonyms; instants are UTC. A row counts on its local day.")
    if found.unfiltered:
        lede += " " + _(
            "Not filtered by {list}: these rows do not carry it.",
            list=formats.say_list([dimension_label(d).lower() for d in found.unfiltered]),
        )
    table = table_view(_table(found), label=name, limit=queries.PAGE_ROWS)
    return [
        shell.page_head(eyebrow, serif(title), lede, release, name=_("Rows")),
        html.Section([_actions(found, filters), table, _pager(found, filters)], className="section"),
    ]


def fact_name(table: str) -> str:
    """A fact table in words."""
    return {
        "fct_contacts": _("Contacts"),
        "fct_tickets": _("Tickets"),
        "fct_queue_intervals": _("Intervals"),
        "fct_survey_answers": _("Answers"),
        "fct_applications": _("Applications"),
    }[table]


def _hour_words(filters: Filters) -> str:
    weekday, hour = filters.extra("weekday"), filters.extra("hour")
    if not weekday or not hour:
        return ""
    return f"{formats.weekday_long(int(weekday))} {int(hour):02}:00–{int(hour) + 1:02}:00"


def tables(reading: Reading, filters: Filters) -> dict[str, Table]:
    """The rows as a file."""
    found = queries.rows_file(reading, filters)
    return {"rows": _table(found)} if found else {}


def _kind(name: str, kind: str) -> str:
    if kind.startswith("TIMESTAMP"):
        return "instant"
    if kind == "DATE":
        return "date"
    if name.endswith("_seconds"):
        return "seconds"
    if name.endswith("_minutes"):
        return "minutes"
    return "count" if kind in ("BIGINT", "INTEGER", "HUGEINT", "DOUBLE") else "text"


def _table(found: queries.RowsPage) -> Table:
    columns = tuple(Column(name, column_label(name), _kind(name, kind)) for name, kind in found.columns)
    return Table(columns, tuple({**row, "_missing": _("not known")} for row in found.rows))


def _actions(found: queries.RowsPage, filters: Filters) -> Html:
    first, last = (found.page - 1) * queries.PAGE_ROWS + 1, min(found.page * queries.PAGE_ROWS, found.total)
    note = (
        _(
            "{first}–{last} of {all}, newest first",
            first=formats.count(first),
            last=formats.count(last),
            all=formats.count(found.total),
        )
        if found.total
        else ""
    )
    csv = html.A(
        [icon("download"), _("CSV")],
        href="/csv/rows/rows" + filters.query(page=None),
        className="control small",
        download="rows.csv",
    )
    return html.Div([html.Span(note, className="sub"), csv], className="rows-head")


def _pager(found: queries.RowsPage, filters: Filters) -> Html | None:
    if found.pages < 2:
        return None
    links = []
    if found.page > 1:
        links.append(
            html.A(_("Newer"), href=PATH + filters.query(page=str(found.page - 1)), className="control small go")
        )
    links.append(
        html.Span(
            _("Page {page} of {all}", page=formats.count(found.page), all=formats.count(found.pages)), className="sub"
        )
    )
    if found.page < found.pages:
        links.append(
            html.A(_("Older"), href=PATH + filters.query(page=str(found.page + 1)), className="control small go")
        )
    return html.Nav(links, className="pager", **{"aria-label": _("Pages of rows")})
