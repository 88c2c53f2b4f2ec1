"""Assembles the Dash app: one layout, one callback that draws the page an address asks for, and the downloads."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path
from typing import Any

import dash_bootstrap_components as dbc
import flask
from dash import Dash, Input, Output, dcc, html

from dashboards.assets_build import are_built, build_assets
from dashboards.downloads import add_downloads
from dashboards.drawing import draw
from dashboards.figures.plotting import View
from dashboards.language import _
from dashboards.page_markup import PageMarkup
from dashboards.reading import Readings
from dashboards.serving import PLOTLY_PATH, add_caching
from warehouse.settings import Settings

_HIDDEN: Any = {"aria-hidden": "true"}
_LIVE: Any = {"aria-live": "polite"}
ASSETS = Path(__file__).parent / "assets"


def create_app(settings: Settings, readings: Readings | None = None) -> Dash:
    """The dashboards of a workspace. Nothing is read from it before the first page is asked for."""
    if not are_built():
        build_assets()
    app = Dash(
        "dashboards",
        assets_folder=str(ASSETS),
        assets_ignore=r".*vendor.*|bootstrap.*|.*woff2",
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
    app.index_string = _index()
    app.layout = _layout
    source = readings or Readings(settings)

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

    add_downloads(app.server, source)
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
            PageMarkup(id="top", tag="header", className="top-bar"),
            PageMarkup(id="filters", className="filter-bar", label=_("Filters")),
            PageMarkup(id="page", tag="main"),
            PageMarkup(id="bottom", tag="nav", className="bottom-bar", label=_("Pages, at the foot")),
            html.Div(id="toast", className="toast", role="status", **_LIVE),
        ],
    )


def _index() -> str:
    """The document: the theme is set before the first paint, fonts and charts are fetched early."""
    document = """<!DOCTYPE html>
<html lang="en" data-theme="light">
<head>
{%metas%}<title>{%title%}</title>{%favicon%}
<link rel="preload" href="/assets/vendor/inter.woff2" as="font" type="font/woff2" crossorigin>
<link rel="preload" href="/assets/vendor/source-serif.woff2" as="font" type="font/woff2" crossorigin>
{%css%}
<script id="plotly-script" defer src="PLOTLY"></script>
<script>(function(){var t=(document.cookie.match(/(?:^|; )swotlight-theme=([^;]*)/)||[])[1]||
(matchMedia("(prefers-color-scheme: dark)").matches?"dark":"light");
document.documentElement.dataset.theme=t})()</script>
</head>
<body>{%app_entry%}<footer>{%config%}{%scripts%}{%renderer%}</footer></body>
</html>"""
    return document.replace("PLOTLY", f"{PLOTLY_PATH}?v={version('plotly')}")
