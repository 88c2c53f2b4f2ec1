"""Assembles the Dash app: one layout, one callback that draws the page an address asks for, and the downloads."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import dash_bootstrap_components as dbc
import flask
from dash import Input, Output, dcc, html
from plotly.io.json import config as json_config

from dashboards.adoption import add_adoption
from dashboards.assets_build import are_built, build_assets
from dashboards.document import Document, after_the_charts, frame, index_string
from dashboards.downloads import add_downloads
from dashboards.drawing import draw
from dashboards.figures.plotting import View
from dashboards.filters import language_of
from dashboards.language import _, speaking
from dashboards.locales_build import compile_all
from dashboards.page_markup import PageMarkup
from dashboards.reading import Readings
from dashboards.report.serving import add_report
from dashboards.scenarios import add_scenarios
from dashboards.serving import add_caching
from dashboards.visitors import add_gate
from warehouse.settings import Settings

_HIDDEN: Any = {"aria-hidden": "true"}
_LIVE: Any = {"aria-live": "polite"}
ASSETS = Path(__file__).parent / "assets"


class _App(Document):
    """Draws the page an address asks for into its document."""

    def __init__(self, readings: Readings, *given: Any, **options: Any) -> None:
        self._readings = readings
        super().__init__(*given, **options)

    def interpolate_index(self, **parts: Any) -> str:  # type: ignore[override]
        """Dash's document with the page of the request in it."""
        search = flask.request.query_string.decode("utf-8", "replace")
        drawn = draw(self._readings, flask.request.path, search, _view(None))
        with speaking(language_of(search)):
            return self.with_page(super().interpolate_index(**after_the_charts(parts)), drawn)


def create_app(settings: Settings, readings: Readings | None = None) -> Document:
    """The dashboards of a workspace. Nothing is read from it before the first page is asked for."""
    if not are_built():
        build_assets()
    compile_all(only_missing=True)
    # Dash's layout is written without numpy, which no page needs: its other way of writing would load it.
    json_config.default_engine = "json"
    source = readings or Readings(settings)
    app = _App(
        source,
        "dashboards",
        assets_folder=str(ASSETS),
        assets_ignore=r".*vendor.*|bootstrap.*|.*woff2|first\.js|plotly.*",
        external_stylesheets=[_versioned("vendor/bootstrap.min.css")],
        serve_locally=True,
        title="Swotlight",
        update_title=None,  # type: ignore[arg-type]
        suppress_callback_exceptions=True,
        health_endpoint="health",
        meta_tags=[{"name": "viewport", "content": "width=device-width, initial-scale=1"}],
        compress=False,
        add_log_handler=False,
        eager_loading=False,
    )
    app.index_string = index_string()
    app.layout = _layout

    @app.callback(
        Output("top", "html"),
        Output("filters", "html"),
        Output("page", "html"),
        Output("bottom", "html"),
        Input("url", "pathname"),
        Input("url", "search"),
        Input("view", "data"),
    )
    def show(path: str | None, search: str | None, view: Any) -> tuple[Any, ...]:
        """Translate the address, draw: nothing else belongs in a callback."""
        return draw(source, path or "/", search or "", _view(view))

    add_gate(app.server, settings)
    add_downloads(app.server, source)
    add_adoption(app.server, source)
    add_scenarios(app.server, source)
    add_report(app.server, source)
    add_caching(app.server)
    return app


def _view(told: Any) -> View:
    """Theme and width: what the browser just told, else what it remembers; anything else is the default."""
    seen = told if isinstance(told, dict) else {}
    theme = seen.get("theme") or flask.request.cookies.get("swotlight-theme")
    width = seen.get("width") or flask.request.cookies.get("swotlight-width")
    return View("dark" if theme == "dark" else "light", "phone" if width == "phone" else "wide")


def _versioned(name: str) -> str:
    return f"/assets/{name}?m={int((ASSETS / name).stat().st_mtime)}"


def _layout() -> dbc.Container:
    return dbc.Container(
        fluid=True,
        className="p-0",
        children=[
            dcc.Location(id="url", refresh="callback-nav"),
            dcc.Store(id="view"),
            html.A(_("Skip to the page"), href="#page", className="skip-link"),
            html.Div(className="loading-rule", **_HIDDEN),
            *(PageMarkup(id=name, tag=tag, **given) for name, tag, given in frame()),
            html.Div(id="toast", className="toast", role="status", **_LIVE),
        ],
    )
