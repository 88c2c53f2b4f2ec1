"""How answers travel: compressed, cached for good where their address changes with their content, from here only."""

from __future__ import annotations

import flask
from flask_compress import Compress

from dashboards.assets_build import HAN_FONT, PACKED_PLOTLY, PLOTLY, VENDOR, package_file

_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; frame-ancestors 'self'; base-uri 'self'"
)
PLOTLY_PATH = f"/assets/vendor/{PLOTLY.name}"
HAN_PATH = f"/assets/vendor/{HAN_FONT[1]}"
_FOR_GOOD = "public, max-age=31536000, immutable"


class _Packed:
    """Compressed files by algorithm and address. There are few; what is made per question is never kept."""

    def __init__(self) -> None:
        self._files: dict[str, bytes] = {}

    def get(self, key: str) -> bytes | None:
        """The packed file, if it was packed before."""
        return self._files.get(key)

    def set(self, key: str, value: bytes) -> None:
        """Keep a packed file."""
        if not key.endswith(";"):
            self._files[key] = value


def _is_file(path: str) -> bool:
    return path.startswith(("/assets/", "/_dash-component-suites/"))


def _key(request: flask.Request) -> str:
    return request.full_path if _is_file(request.path) else ""


def _packed_plotly() -> flask.Response | None:
    """The chart library as it was packed when the assets were built."""
    packed = VENDOR / PACKED_PLOTLY
    takes_brotli = "br" in flask.request.accept_encodings
    if flask.request.path != PLOTLY_PATH or not takes_brotli or not packed.exists():
        return None
    head = {"Content-Encoding": "br", "Vary": "Accept-Encoding"}
    return flask.Response(packed.read_bytes(), mimetype="application/javascript", headers=head)


def _han_font() -> flask.Response | None:
    """The Chinese typeface from the package that ships it. A browser asks only where no installed one has a sign."""
    if flask.request.path != HAN_PATH:
        return None
    return flask.send_file(package_file(*HAN_FONT), mimetype="font/otf")


def add_caching(server: flask.Flask) -> None:
    """Compression and headers for every answer of the server."""
    server.config.update(
        COMPRESS_ALGORITHM=["br", "gzip"],
        COMPRESS_BR_LEVEL=4,
        COMPRESS_LEVEL=4,
        COMPRESS_MIN_SIZE=1000,
        COMPRESS_CACHE_BACKEND=_Packed,
        COMPRESS_CACHE_KEY=_key,
        COMPRESS_MIMETYPES=[
            "text/html",
            "text/css",
            "text/csv",
            "application/javascript",
            "text/javascript",
            "application/json",
        ],
    )
    Compress(server)
    server.before_request(_packed_plotly)
    server.before_request(_han_font)
    server.after_request(_headers)


def _headers(response: flask.Response) -> flask.Response:
    path = flask.request.path
    if _is_file(path) and response.status_code == 200:
        response.headers["Cache-Control"] = _FOR_GOOD
    elif path == "/health" or response.mimetype == "text/html":
        response.headers["Cache-Control"] = "no-store"
    response.headers["Content-Security-Policy"] = _POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "same-origin"
    return response
