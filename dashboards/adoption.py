"""Adopting an objective from a page: what the form sends, checked and written to ``state/`` with who and when."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import flask

from analytics.swot import Objectives
from analytics.swot.adopting import by_hand, checked, from_pair
from dashboards.filters import language_of
from dashboards.language import _, speaking
from dashboards.queries.objectives import from_shown
from dashboards.reading import Reading, Readings
from dashboards.refused import refused
from dashboards.visitors import writer
from warehouse.errors import SwotlightError, UsageError
from warehouse.settings import utc_now

ADDRESS = "/objectives"
_MOST = 20_000


def add_adoption(server: flask.Flask, readings: Readings) -> None:
    """Serve ``POST /objectives``: a JSON object with pair or metric and entity, owner, to, due and actions."""

    def adopt() -> tuple[flask.Response, int]:
        with speaking(language_of(flask.request.query_string.decode("utf-8", "replace"))):
            try:
                by = writer(readings.settings.access)
                told = _terms(readings.now(), _sent())
                at = f"{utc_now():%Y-%m-%dT%H:%M:%SZ}"
                goal = Objectives(readings.settings.paths.objectives).add(told, by=by, at=at)
            except SwotlightError as error:
                status = 403 if error.code == "access" else 400
                return flask.jsonify({"message": refused(error)}), status
            words = _("Objective {number} is adopted, recorded for {name}.", number=goal.id, name=by)
            return flask.jsonify({"message": words, "id": goal.id}), 201

    server.add_url_rule(ADDRESS, "adopt", adopt, methods=["POST"])


def _sent() -> Mapping[str, Any]:
    try:
        sent = json.loads(flask.request.get_data(cache=False)[:_MOST])
    except ValueError:
        sent = None
    if not isinstance(sent, dict) or not all(isinstance(value, str) for value in sent.values()):
        raise UsageError(_("The form was not understood."), code="objective")
    return sent


def _terms(reading: Reading, sent: Mapping[str, str]) -> dict[str, Any]:
    """The objective the form describes; where it stands comes from the release, never from the form."""
    if sent.get("pair"):
        told = from_pair(reading.release, sent["pair"])
    else:
        told = by_hand(
            reading.release, sent.get("metric", ""), sent.get("dimension") or "organisation", sent.get("entity") or None
        )
    metric = reading.metrics().get(told["metric"])
    told |= {name: sent[name].strip() for name in ("owner", "due", "actions") if sent.get(name)}
    if sent.get("to"):
        told["goal_to"] = from_shown(sent["to"], metric.unit if metric else "count")
    return checked({"actions": "", **told}, metric, reading.release.as_of.date())
