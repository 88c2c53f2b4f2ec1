"""Who asks: the person a reverse proxy has signed in, else the user of this machine; and who may write.

A name is believed only from the proxy's own address (``access.proxies``). Where a proxy is set up, nothing but the
health check is answered to anybody it has not named, so that nobody can go round it. Writing further needs a request
of our own pages: another site can neither send the header nor come from our origin.
"""

from __future__ import annotations

import getpass
from ipaddress import ip_address
from urllib.parse import urlsplit

import flask

from dashboards.language import _
from warehouse.errors import SwotlightError
from warehouse.settings import Access, Settings

OUR_HEADER = "X-Swotlight"
_LONGEST = 200
_OPEN = ("/health",)


def visitor(access: Access | None) -> str | None:
    """The name of who asks; None where nobody is known. On this machine alone it is the machine's user."""
    if access is None:
        return getpass.getuser()
    if access.user_header is None or not _from_proxy(access):
        return None
    name = flask.request.headers.get(access.user_header, "").strip()
    # Two headers arrive joined by a comma: then one of them did not come from the proxy.
    is_name = name and len(name) <= _LONGEST and name.isprintable() and "," not in name
    return name if is_name else None


def _from_proxy(access: Access) -> bool:
    try:
        peer = ip_address(flask.request.environ.get("REMOTE_ADDR") or "")
    except ValueError:
        return False
    return any(peer in network for network in access.proxies)


def writer(access: Access | None) -> str:
    """The name under which a change is recorded. `SwotlightError` where the request may not write."""
    if not _is_ours(access):
        raise SwotlightError(_("This page did not send the request; open Swotlight and try again."), code="access")
    name = visitor(access)
    if name is None:
        raise SwotlightError(
            _("Nobody is signed in. Objectives are adopted by people the proxy of swotlight.yml has named."),
            code="access",
        )
    if access is not None and access.editors is not None and name not in access.editors:
        raise SwotlightError(_("{name} may read but not adopt objectives.", name=name), code="access")
    return name


def _is_ours(access: Access | None) -> bool:
    """Whether our own page sent it: with our header, from our origin, and here under a name of this machine."""
    request = flask.request
    host = request.headers.get("Host", "")
    origin = request.headers.get("Origin")
    if request.headers.get(OUR_HEADER) != "1" or (origin and urlsplit(origin).netloc != host):
        return False
    return access is not None or _is_this_machine(urlsplit(f"//{host}").hostname or "")


def _is_this_machine(name: str) -> bool:
    """A foreign name that leads to this machine's address is refused: a page of that site could be asking."""
    if name == "localhost":
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False


def add_gate(server: flask.Flask, settings: Settings) -> None:
    """Refuse whoever the proxy has not named, where a proxy is set up."""
    access = settings.access
    if access is None or access.user_header is None:
        return

    def gate() -> flask.Response | None:
        if flask.request.path in _OPEN or visitor(access) is not None:
            return None
        words = "Sign in first: Swotlight is reached through the address of its proxy.\n"
        return flask.Response(words, status=401, mimetype="text/plain")

    server.before_request(gate)
