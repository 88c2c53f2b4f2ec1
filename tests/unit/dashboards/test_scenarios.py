"""Saving a scenario from the staffing page: who may, what is kept of the address, what the page shows of it."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import flask
import pytest

from analytics.staffing.scenarios import Scenarios
from dashboards.drawing import draw
from dashboards.figures.plotting import View
from dashboards.scenarios import add_scenarios
from tests.unit.dashboards.made_up import made_up_reading, made_up_readings
from warehouse.settings import Config, Paths, Settings

OURS = {"X-Swotlight": "1", "Origin": "http://localhost", "Host": "localhost"}


def client(tmp_path: Path) -> tuple[Any, Scenarios]:
    settings = Settings(tmp_path, Config.model_validate({}))
    server = flask.Flask("t")
    add_scenarios(server, SimpleNamespace(settings=settings, now=made_up_reading))  # type: ignore[arg-type]
    return server.test_client(), Scenarios(settings.paths.scenarios)


def send(browser: Any, form: Any, **headers: str) -> Any:
    return browser.post("/scenarios", data=json.dumps(form), headers={**OURS, **headers})


def test_only_the_team_and_the_assumptions_of_an_address_are_kept(tmp_path: Path) -> None:
    browser, kept = client(tmp_path)
    answer = send(browser, {"name": "Winter", "query": "?volume=10&wave=4&item=x&team=nobody&evil=1&lang=zh"})
    assert answer.status_code == 201
    assert [one.query for one in kept.all()] == ["?volume=10&wave=4"]
    assert send(browser, {"forget": "Winter"}).status_code == 200
    assert kept.all() == []


@pytest.mark.parametrize(
    ("form", "says"),
    [
        ({"name": "Winter", "query": ""}, "Move an assumption first"),
        ({"name": "", "query": "?volume=10"}, "name has 1 to"),
        ({"forget": "Summer"}, "no scenario called Summer"),
        (["Winter"], "not understood"),
        ({"name": 3}, "not understood"),
    ],
    ids=["nothing moved", "no name", "unknown", "a list", "a number"],
)
def test_nonsense_is_answered_in_a_sentence(tmp_path: Path, form: Any, says: str) -> None:
    browser, kept = client(tmp_path)
    answer = send(browser, form)
    assert answer.status_code == 400 and says in answer.json["message"]
    assert kept.all() == []


def test_another_site_cannot_save(tmp_path: Path) -> None:
    browser, kept = client(tmp_path)
    assert send(browser, {"name": "W", "query": "?volume=1"}, Origin="https://evil.example").status_code == 403
    assert kept.all() == []


def test_the_page_lists_what_was_saved_and_is_another_page_then(tmp_path: Path) -> None:
    readings = made_up_readings()
    readings.reading.settings.paths = Paths(tmp_path)

    def page(search: str) -> str:
        drawn = draw(readings, "/staffing", search, View())[2]
        return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", drawn)).split())

    assert "Saved scenarios" not in page("?volume=10")
    Scenarios(readings.reading.settings.paths.scenarios).save(
        "Winter", "?volume=10", by="Ana", at="2026-11-22T20:00:00Z"
    )
    assert "Saved scenarios Winter" in page("?volume=10")
