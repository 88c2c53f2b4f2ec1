"""How the dashboards are served."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import flask
import pytest

from dashboards import warming
from dashboards.app import create_app
from dashboards.components.sheets import to_xlsx
from dashboards.components.tables import Column, Table
from dashboards.drawing import PAGES
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


def test_the_chinese_typeface_of_the_sheet_is_served_from_here(client) -> None:  # type: ignore[no-untyped-def]
    sheet = client.get("/assets/tokens.css").get_data(as_text=True)
    address = re.search(r'url\("(vendor/[^"]+\.otf)"\)', sheet)
    assert address
    answer = client.get(f"/assets/{address[1]}")
    assert answer.status_code == 200
    assert answer.data[:4] == b"OTTO"
    assert answer.mimetype == "font/otf"
    assert "immutable" in answer.headers["Cache-Control"]


_TOLD_WHILE_STARTING = """
import os, signal, time
from dashboards import server
signal.signal(signal.SIGQUIT, lambda _signal, _frame: None)
server._listen_only_when_ready()
child = os.fork()
if child == 0:
    time.sleep(0.3)
    signal.signal(signal.SIGQUIT, lambda _signal, _frame: os._exit(7))
    server._hear_again()
    time.sleep(5)
    os._exit(1)
os.kill(child, signal.SIGQUIT)
print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""


def test_a_process_that_is_told_to_end_while_it_starts_ends_when_it_can() -> None:
    done = subprocess.run([sys.executable, "-c", _TOLD_WHILE_STARTING], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "7", "what was said to a process that starts was lost"


def test_health_answers(client) -> None:  # type: ignore[no-untyped-def]
    assert client.get("/health").status_code == 200


def test_the_document_names_no_other_host(client) -> None:  # type: ignore[no-untyped-def]
    page = client.get("/").get_data(as_text=True)
    assert "http://" not in page and "https://" not in page
    assert "plotly-cut.min.js" in page


def test_files_are_kept_for_good_and_compressed(client) -> None:  # type: ignore[no-untyped-def]
    answer = client.get("/assets/vendor/bootstrap.min.css", headers={"Accept-Encoding": "br"})
    assert answer.headers["Cache-Control"].endswith("immutable") and answer.headers["Content-Encoding"] == "br"
    script = client.get("/assets/vendor/plotly-cut.min.js", headers={"Accept-Encoding": "gzip"})
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


def test_the_document_holds_the_page_and_its_language(client) -> None:  # type: ignore[no-untyped-def]
    page = client.get("/service-level?channel=chat").get_data(as_text=True)
    told = json.loads(re.search(r'id="first-told" type="application/json">(.*?)</script>', page, re.S)[1])  # type: ignore[index]
    assert set(told) == {"top", "filters", "page", "bottom"}
    assert "data-chart" in told["page"] and '<html lang="en"' in page


def test_a_document_is_asked_for_anew_each_time(client) -> None:  # type: ignore[no-untyped-def]
    assert client.get("/").headers["Cache-Control"] == "no-store"


def test_a_table_is_drawn_when_it_is_asked_for(client) -> None:  # type: ignore[no-untyped-def]
    table = client.get("/table/overview/trend").get_data(as_text=True)
    assert table.count("<tr>") > 10 and "<caption" in table


def test_no_page_waits_for_numpy() -> None:
    """Loading it takes longer than a page; people who only read need none of it."""
    told = "import sys; from dashboards.app import create_app; from dashboards.warming import load_pages; "
    told += "load_pages(); import analytics.swot.document; print('numpy' in sys.modules, 'pandas' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]


_DRAWN_BESIDE = """
import sys
from dashboards.warming import DEAREST, FIRST, Ahead, try_to_draw
from tests.unit.dashboards.made_up import made_up_readings, made_up_settings
ahead = Ahead(made_up_settings())
ahead.readings = made_up_readings()
known = set(sys.modules)
ahead.start()
ahead.join()
print(sorted(name for name in set(sys.modules) - known), "dash" in known, ahead.readings.now().page is not None)
"""


def test_the_first_pages_are_drawn_before_dash_is_loaded_and_load_nothing_themselves() -> None:
    """A thread that loads modules beside another may wait for it while that one waits for it."""
    done = subprocess.run([sys.executable, "-c", _DRAWN_BESIDE], capture_output=True, text=True, check=True)
    assert done.stdout.split("]")[0] == "[", done.stdout
    assert "could not be drawn" not in done.stderr and " False " in done.stdout


def test_a_new_release_is_drawn_ahead_of_its_visitors(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[str] = []
    monkeypatch.setattr(warming, "draw", lambda _readings, path, _search, _view: drawn.append(path))
    warmer = warming.Warmer(made_up_readings(), warming.Traffic())
    warmer.look()
    warmer.look()
    assert sorted(drawn) == sorted(PAGES), "each page once, and not again while the release is the same"
    warmer._seen = "an older one"
    warmer.look()
    assert len(drawn) == 2 * len(PAGES)


def test_the_dearest_pages_are_drawn_before_the_port_opens_while_there_is_time(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[str] = []
    monkeypatch.setattr(warming, "draw", lambda _readings, path, _search, _view: drawn.append(path))
    warming.draw_first(made_up_readings())
    assert drawn == [warming.FIRST, *warming.DEAREST]
    monkeypatch.setattr(warming, "AHEAD_SECONDS", 0.0)
    warming.draw_first(made_up_readings())
    assert drawn[1 + len(warming.DEAREST) :] == [warming.FIRST], "a slow machine opens its port first"


def test_a_page_with_a_fault_does_not_keep_the_others_from_being_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[str] = []

    def draw(_readings: object, path: str, _search: str, _view: object) -> None:
        drawn.append(path)
        if path == "/swot":
            raise ValueError("a fault")

    monkeypatch.setattr(warming, "draw", draw)
    warming.Warmer(made_up_readings(), warming.Traffic()).look()
    assert sorted(drawn) == sorted(PAGES)


def test_nothing_is_drawn_ahead_while_somebody_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warming, "PAUSE_SECONDS", 0.0)
    traffic, seen = warming.Traffic(), []
    app = flask.Flask("t")
    traffic.watch(app)
    app.add_url_rule("/", "page", lambda: seen.append(traffic.is_quiet()) or "a page")
    app.add_url_rule("/_dash-update-component", "question", lambda: "an answer")
    app.before_request_funcs[None].insert(0, lambda: "a file" if flask.request.path == "/file" else None)
    browser = app.test_client()
    browser.get("/file")
    assert traffic.is_quiet(), "what was answered earlier is not counted as ended"
    browser.get("/")
    assert seen == [False] and traffic.is_quiet() and not traffic.is_asked
    browser.get("/_dash-update-component")
    assert traffic.is_asked


def test_a_spreadsheet_holds_numbers_and_dates_and_no_formula(client, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    from python_calamine import CalamineWorkbook

    answer = client.get("/xlsx/overview/trend")
    assert answer.headers["Content-Disposition"].endswith('.xlsx"')
    (tmp_path / "trend.xlsx").write_bytes(answer.data)
    rows = CalamineWorkbook.from_path(str(tmp_path / "trend.xlsx")).get_sheet_by_index(0).to_python()
    assert rows[0][:3] == ["Week from", "Channel", "Inside threshold"]
    assert isinstance(rows[1][0], date) and isinstance(rows[1][2], float) and len(rows) > 20
    odd = to_xlsx(Table((Column("a", "A"),), ({"a": "=1+1"}, {"a": None}, {"a": -3.5}, {"a": "https://example.org"})))
    (tmp_path / "odd.xlsx").write_bytes(odd)
    odd_rows = CalamineWorkbook.from_path(str(tmp_path / "odd.xlsx")).get_sheet_by_index(0).to_python()
    assert [row[0] for row in odd_rows] == ["A", "=1+1", "", -3.5, "https://example.org"]


@pytest.mark.parametrize("path", ["/csv/overview/secrets", "/csv/nowhere/trend"])
def test_an_unknown_table_is_not_found(client, path: str) -> None:  # type: ignore[no-untyped-def]
    assert client.get(path).status_code == 404
