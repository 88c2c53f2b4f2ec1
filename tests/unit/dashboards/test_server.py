"""How the dashboards are served."""

from __future__ import annotations

import pytest

from dashboards.app import create_app
from dashboards.server import is_loopback, serve
from tests.unit.dashboards.made_up import made_up_readings, made_up_settings
from warehouse.errors import SwotlightError


@pytest.fixture(scope="module")
def client() -> object:
    app = create_app(made_up_settings(), made_up_readings())
    return app.server.test_client()


def test_only_this_machine_is_served_without_access_rules() -> None:
    with pytest.raises(SwotlightError, match="stay on this machine"):
        serve(made_up_settings(), "0.0.0.0", 8050)


@pytest.mark.parametrize(
    ("host", "stays"),
    [
        ("127.0.0.1", True),
        ("localhost", True),
        ("::1", True),
        ("0.0.0.0", False),
        ("10.0.0.3", False),
        ("example.org", False),
    ],
)
def test_a_loopback_address_is_known(host: str, stays: bool) -> None:
    assert is_loopback(host) is stays


def test_health_answers(client) -> None:  # type: ignore[no-untyped-def]
    assert client.get("/health").status_code == 200


def test_the_document_names_no_other_host(client) -> None:  # type: ignore[no-untyped-def]
    page = client.get("/").get_data(as_text=True)
    assert "http://" not in page and "https://" not in page
    assert "plotly.min.js" in page


def test_files_are_kept_for_good_and_compressed(client) -> None:  # type: ignore[no-untyped-def]
    answer = client.get("/assets/vendor/bootstrap.min.css", headers={"Accept-Encoding": "br"})
    assert answer.headers["Cache-Control"].endswith("immutable") and answer.headers["Content-Encoding"] == "br"
    script = client.get(
        "/_dash-component-suites/plotly/package_data/plotly.min.js", headers={"Accept-Encoding": "gzip"}
    )
    assert script.status_code == 200 and "immutable" in script.headers["Cache-Control"]


def test_a_page_may_only_talk_to_its_own_host(client) -> None:  # type: ignore[no-untyped-def]
    policy = client.get("/").headers["Content-Security-Policy"]
    assert "connect-src 'self'" in policy and "http" not in policy


def test_a_csv_carries_the_filters_of_its_address(client) -> None:  # type: ignore[no-untyped-def]
    whole = client.get("/csv/overview/channels").get_data(as_text=True)
    chat = client.get("/csv/overview/channels?channel=chat").get_data(as_text=True)
    assert whole.startswith("channel,threshold_seconds,value,low,high,n,target,verdict\r\n")
    assert whole != chat
    assert "attachment" in client.get("/csv/overview/trend").headers["Content-Disposition"]


@pytest.mark.parametrize("path", ["/csv/overview/secrets", "/csv/nowhere/trend"])
def test_an_unknown_table_is_not_found(client, path: str) -> None:  # type: ignore[no-untyped-def]
    assert client.get(path).status_code == 404
