"""The tables of every page at plain addresses with the page's own filters: as CSV, XLSX, or a figure's panel."""

from __future__ import annotations

import flask

from dashboards.components.markup import render
from dashboards.components.sheets import to_xlsx
from dashboards.components.tables import Table, table_view, to_csv
from dashboards.drawing import PAGES
from dashboards.filters import Filters
from dashboards.language import _, speaking
from dashboards.reading import Readings
from dashboards.registry import ENTRIES
from warehouse.errors import SwotlightError

_BY_NAME = {entry.module.replace("_", "-"): entry.path for entry in ENTRIES}
_KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_FRESH = {"Cache-Control": "no-store"}


def add_downloads(server: flask.Flask, readings: Readings) -> None:
    """Serve ``/csv``, ``/xlsx`` and ``/table`` + ``/<page>/<table>`` for the tables each page names."""

    def file(kind: str, page: str, table: str) -> flask.Response:
        with speaking(flask.request.args.get("lang", "en")):
            found = _found(readings, page, table)
            if isinstance(found, flask.Response):
                return found
            filters, made = found
            name = f"swotlight-{page}-{table}-{filters.period.code}.{kind}"
            head = {"Content-Disposition": f'attachment; filename="{name}"', **_FRESH}
            content = to_csv(made) if kind == "csv" else to_xlsx(made)
            return flask.Response(content, mimetype=_KINDS[kind], headers=head)

    def panel(page: str, table: str) -> flask.Response:
        with speaking(flask.request.args.get("lang", "en")):
            found = _found(readings, page, table)
            if isinstance(found, flask.Response):
                return found
            shown = render(table_view(found[1], label=_("Table")))
            return flask.Response(shown, mimetype="text/html", headers=_FRESH)

    for kind in _KINDS:
        server.add_url_rule(f"/{kind}/<page>/<table>", kind, file, defaults={"kind": kind})
    server.add_url_rule("/table/<page>/<table>", "panel", panel)


def _found(readings: Readings, page: str, table: str) -> tuple[Filters, Table] | flask.Response:
    """The table an address names under its filters, or the refusal."""
    module = PAGES[_BY_NAME[page]] if page in _BY_NAME else None
    if module is None or not hasattr(module, "tables"):
        return flask.Response("There is no such table.\n", status=404, mimetype="text/plain")
    try:
        reading = readings.now()
        filters = reading.filters(flask.request.query_string.decode("utf-8", "replace"))
        made = module.tables(reading, filters).get(table)
        if made is None:
            return flask.Response("There is no such table.\n", status=404, mimetype="text/plain")
        return filters, made() if callable(made) else made
    except SwotlightError as error:
        return flask.Response(f"{error.message}\n", status=409, mimetype="text/plain")
