"""The document a browser loads: the page asked for comes with it, so that it is seen before Dash has loaded.

``assets/first.js`` shows it and draws its charts; Dash's own elements then take these nodes over
(``assets/markup.js``), so that nothing is drawn twice.
"""

from __future__ import annotations

import json
from pathlib import Path

from dash import Dash

from dashboards.assets_build import PLOTLY
from dashboards.components import markup as html
from dashboards.components.markup import render
from dashboards.drawing import Drawn
from dashboards.language import _, current
from dashboards.serving import PLOTLY_PATH

PARTS = ("top", "filters", "page", "bottom")
_FIRST = "<!--first-->"
_DOCUMENT = """<!DOCTYPE html>
<html lang="en" data-theme="light">
<head>
{%metas%}<title>{%title%}</title>{%favicon%}
<link rel="preload" href="/assets/vendor/inter.woff2" as="font" type="font/woff2" crossorigin>
<link rel="preload" href="/assets/vendor/source-serif.woff2" as="font" type="font/woff2" crossorigin>
<script id="plotly-script" defer src="PLOTLY"></script>
{%css%}
<script>(function(){var t=(document.cookie.match(/(?:^|; )swotlight-theme=([^;]*)/)||[])[1]||
(matchMedia("(prefers-color-scheme: dark)").matches?"dark":"light");
document.documentElement.dataset.theme=t})()</script>
</head>
<body><!--first-->{%app_entry%}<footer>{%config%}{%scripts%}{%renderer%}</footer></body>
</html>"""


def index_string() -> str:
    """Dash's template of the document: the theme is set before the first paint, fonts and charts are fetched early."""
    return _DOCUMENT.replace("PLOTLY", f"{PLOTLY_PATH}?m={int(PLOTLY.stat().st_mtime)}")


def after_the_charts(parts: dict[str, str]) -> dict[str, str]:
    """Dash's scripts run after the chart library, which draws what the document holds: the first chart waits for none.

    Deferred scripts run in their order; the chart library is the first of them.
    """
    scripts = parts["scripts"].replace("<script src=", "<script defer src=")
    start = 'addEventListener("DOMContentLoaded",function(){window.renderer=new DashRenderer()})'
    renderer = f'<script id="_dash-renderer">{start}</script>'
    return {**parts, "scripts": scripts, "renderer": renderer}


def frame() -> list[tuple[str, str, dict[str, str]]]:
    """(id, tag, attributes) of the four parts of every page, in order."""
    return [
        ("top", "header", {"className": "top-bar"}),
        ("filters", "div", {"className": "filter-bar", "label": _("Filters")}),
        ("page", "main", {}),
        ("bottom", "nav", {"className": "bottom-bar", "label": _("Pages, at the foot")}),
    ]


class Document(Dash):
    """A Dash app whose document already holds the page."""

    def with_page(self, document: str, drawn: Drawn) -> str:
        """The document with what was drawn for its address."""
        told = json.dumps(dict(zip(PARTS, drawn, strict=True)), separators=(",", ":")).replace("<", "\\u003c")
        boxes = [
            html.element(
                tag, "", className=given.get("className"), **{"aria-label": given.get("label"), "data-first": name}
            )
            for name, tag, given in frame()
        ]
        script = (Path(self.config.assets_folder) / "first.js").read_text(encoding="utf-8")
        first = (
            f'<div id="first-page">{render(boxes)}</div>'
            f'<script id="first-told" type="application/json">{told}</script><script>{script}</script>'
        )
        return document.replace(_FIRST, first, 1).replace('lang="en"', f'lang="{current()}"', 1)
