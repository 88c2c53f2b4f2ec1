"""CSV files of every table, at plain addresses that carry the page's own filters."""

from __future__ import annotations

import flask

from dashboards.components.tables import to_csv
from dashboards.drawing import PAGES
from dashboards.language import speaking
from dashboards.reading import Readings
from warehouse.errors import SwotlightError


def add_downloads(server: flask.Flask, readings: Readings) -> None:
    """Serve ``/csv/<page>/<table>`` for the tables each page names."""
    by_name = {page.__name__.rsplit(".", 1)[-1].replace("_", "-"): page for page in PAGES.values()}

    def csv(page: str, table: str) -> flask.Response:
        if page not in by_name or not hasattr(by_name[page], "tables"):
            return flask.Response("There is no such table.\n", status=404, mimetype="text/plain")
        try:
            reading = readings.now()
            filters = reading.filters(flask.request.query_string.decode("utf-8", "replace"))
            with speaking(filters.extra("lang") or "en"):
                tables = by_name[page].tables(reading, filters)
        except SwotlightError as error:
            return flask.Response(f"{error.message}\n", status=409, mimetype="text/plain")
        if table not in tables:
            return flask.Response("There is no such table.\n", status=404, mimetype="text/plain")
        name = f"swotlight-{page}-{table}-{filters.period.code}.csv"
        head = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
        return flask.Response(to_csv(tables[table]), mimetype="text/csv; charset=utf-8", headers=head)

    server.add_url_rule("/csv/<page>/<table>", "csv", csv)
