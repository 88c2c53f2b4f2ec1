"""Saving what-if settings from the staffing page: what the form sends, checked and written to ``state/``."""

from __future__ import annotations

import json

import flask

from analytics.staffing.scenarios import Scenarios
from dashboards.filters import Filters, language_of
from dashboards.language import _, speaking
from dashboards.queries.staffing_moves import EXTRAS
from dashboards.reading import Readings
from dashboards.refused import refused
from dashboards.visitors import writer
from warehouse.errors import SwotlightError, UsageError
from warehouse.settings import utc_now

ADDRESS = "/scenarios"
_MOST = 4_000


def add_scenarios(server: flask.Flask, readings: Readings) -> None:
    """Serve ``POST /scenarios``: a JSON object with name and query, or with the name to ``forget``."""

    def save() -> tuple[flask.Response, int]:
        with speaking(language_of(flask.request.query_string.decode("utf-8", "replace"))):
            try:
                by = writer(readings.settings.access)
                sent = _sent()
                kept = Scenarios(readings.settings.paths.scenarios)
                if "forget" in sent:
                    kept.remove(sent["forget"])
                    return flask.jsonify({"message": _("{name} is removed.", name=sent["forget"])}), 200
                query = settings_of(sent.get("query", ""), readings)
                one = kept.save(sent.get("name", ""), query, by=by, at=f"{utc_now():%Y-%m-%dT%H:%M:%SZ}")
            except SwotlightError as error:
                status = 403 if error.code == "access" else 400
                return flask.jsonify({"message": refused(error)}), status
            return flask.jsonify({"message": _("{name} is saved.", name=one.name), "query": one.query}), 201

    server.add_url_rule(ADDRESS, "scenario", save, methods=["POST"])


def settings_of(query: str, readings: Readings) -> str:
    """The address with nothing in it but the team and the what-if settings, as the page itself would write it."""
    filters = Filters.parse(query, readings.now().choices())
    kept = {name: value for name in EXTRAS if (value := filters.extra(name)) is not None}
    if not kept:
        raise UsageError(_("Move an assumption first; there is nothing to save."), key="query")
    return Filters.parse("", readings.now().choices()).query(team=filters.value("team"), **kept)


def _sent() -> dict[str, str]:
    try:
        sent = json.loads(flask.request.get_data(cache=False)[:_MOST])
    except ValueError:
        sent = None
    if not isinstance(sent, dict) or not all(isinstance(value, str) for value in sent.values()):
        raise UsageError(_("The form was not understood."), code="scenario")
    return sent
