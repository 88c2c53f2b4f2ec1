"""The board report as a download: ``/report/<format>?lang=&period=``, written once per release and question."""

from __future__ import annotations

import tempfile
import threading
from pathlib import Path

import flask

from dashboards.filters import language_of
from dashboards.language import speaking
from dashboards.reading import Kept, Readings
from warehouse.errors import SwotlightError

_KINDS = {
    "html": "text/html; charset=utf-8",
    "pdf": "application/pdf",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
_KEPT = 6


def add_report(server: flask.Flask, readings: Readings) -> None:
    """Serve the report; one is written at a time, the last few are kept."""
    kept, writing = Kept(_KEPT), threading.Lock()

    def report(form: str) -> flask.Response:
        language = language_of(flask.request.query_string.decode("utf-8", "replace"))
        period = flask.request.args.get("period")
        if form not in _KINDS:
            return flask.Response("There is no such report.\n", status=404, mimetype="text/plain")
        try:
            with writing, speaking(language):
                key = (readings.now().release.name, form, language, period)
                content = kept.get(key, lambda: _written(readings, form, language, period))
        except SwotlightError as error:
            return flask.Response(f"{error.message}\n", status=409, mimetype="text/plain")
        name = f"board-report-{language}.{form}"
        head = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
        return flask.Response(content, mimetype=_KINDS[form], headers=head)

    server.add_url_rule("/report/<form>", "report", report)


def _written(readings: Readings, form: str, language: str, period: str | None) -> bytes:
    from dashboards.report.building import write_report

    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / f"report.{form}"
        write_report(readings.settings, target, form=form, language=language, period=period)
        return target.read_bytes()
