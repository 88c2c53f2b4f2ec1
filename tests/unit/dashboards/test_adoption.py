"""Who may adopt an objective on a page, under whose name, and what the server refuses to write."""

from __future__ import annotations

import getpass
import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import flask
import pytest

from analytics.swot import Objectives
from analytics.swot.adopting import checked
from dashboards.adoption import add_adoption
from dashboards.queries.objectives import from_shown, to_shown, version
from dashboards.visitors import add_gate
from tests.unit.dashboards.made_up import AS_OF, made_up_reading
from warehouse.errors import UsageError
from warehouse.settings import Config, Settings

OURS = {"X-Swotlight": "1", "Origin": "http://localhost", "Host": "localhost"}
PROXY = {"user_header": "X-Forwarded-User", "proxies": ["127.0.0.1"]}
FORM = {"metric": "csat", "owner": "Head of care", "to": "91.5", "due": "2027-03-31", "actions": "Call back"}
STANDS = [{"slice": None, "value": 0.887}]


def client(tmp_path: Path, access: dict[str, Any] | None = None) -> tuple[Any, Objectives]:
    """A server with nothing but the writing, and the objectives it writes to."""
    settings = Settings(tmp_path, Config.model_validate({"access": access}))
    reading = made_up_reading()
    release = SimpleNamespace(as_of=AS_OF, name="r", rows=_rows)
    told = SimpleNamespace(release=release, metrics=reading.metrics, settings=settings)
    server = flask.Flask("t")
    add_gate(server, settings)
    add_adoption(server, SimpleNamespace(settings=settings, now=lambda: told))
    server.add_url_rule("/", "page", lambda: "a page")
    return server.test_client(), Objectives(settings.paths.objectives)


def _rows(sql: str, parameters: Any = None) -> list[dict[str, Any]]:
    if "max(value)" in sql:
        return STANDS if parameters[0] == "csat" else []
    return [{"metric": "csat"}]


def send(client: Any, form: Any = FORM, **headers: str) -> Any:
    return client.post("/objectives", data=json.dumps(form), headers={**OURS, **headers})


def test_an_objective_is_kept_with_who_and_when_in_the_metrics_own_unit(tmp_path: Path) -> None:
    browser, store = client(tmp_path)
    answer = send(browser)
    assert answer.status_code == 201 and "recorded for" in answer.json["message"]
    goal = store.get(answer.json["id"])
    assert (goal.metric, goal.goal_from, goal.goal_to, goal.owner) == ("csat", 0.887, 0.915, "Head of care")
    assert goal.adopted_by == getpass.getuser() and goal.adopted_at.endswith("Z")
    assert store.changes(goal.id)[0]["by"] == getpass.getuser()


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Swotlight": ""},
        {"Origin": "https://evil.example"},
        {"Host": "evil.example", "Origin": "http://evil.example"},
    ],
    ids=["without our header", "from another site", "under a foreign name that leads here"],
)
def test_another_site_cannot_write_through_a_visitors_browser(tmp_path: Path, headers: dict[str, str]) -> None:
    browser, store = client(tmp_path)
    assert send(browser, **headers).status_code == 403
    assert store.all() == []


def test_behind_a_proxy_the_name_is_the_one_it_gives(tmp_path: Path) -> None:
    browser, store = client(tmp_path, PROXY)
    host = {"Host": "figures.example.org", "Origin": "https://figures.example.org"}
    answer = send(browser, **host, **{"X-Forwarded-User": "ann@example.org"})
    assert answer.status_code == 201
    assert store.get(1).adopted_by == "ann@example.org"


def test_whom_the_proxy_has_not_named_sees_nothing_and_writes_nothing(tmp_path: Path) -> None:
    browser, store = client(tmp_path, PROXY)
    assert browser.get("/").status_code == 401
    assert send(browser).status_code == 401
    assert browser.get("/", headers={"X-Forwarded-User": "ann"}).status_code == 200
    assert store.all() == []


def test_a_name_is_believed_from_the_proxys_address_alone(tmp_path: Path) -> None:
    browser, store = client(tmp_path, PROXY)
    named = {"X-Forwarded-User": "ann"}
    elsewhere = {"REMOTE_ADDR": "10.0.0.7"}
    assert browser.get("/", headers=named, environ_base=elsewhere).status_code == 401
    answer = browser.post("/objectives", data="{}", headers={**OURS, **named}, environ_base=elsewhere)
    assert answer.status_code == 401 and store.all() == []


@pytest.mark.parametrize("name", ["ann, root", "ann\u202eroot", "a" * 201, " "])
def test_a_doubtful_name_is_nobodys(tmp_path: Path, name: str) -> None:
    browser, _store = client(tmp_path, PROXY)
    sent = name.encode("utf-8").decode("latin-1")
    assert browser.get("/", headers={"X-Forwarded-User": sent}).status_code == 401


def test_editors_are_the_only_ones_who_write_where_they_are_named(tmp_path: Path) -> None:
    browser, store = client(tmp_path, {**PROXY, "editors": ["ann"]})
    assert send(browser, **{"X-Forwarded-User": "bob"}).status_code == 403
    assert send(browser, **{"X-Forwarded-User": "ann"}).status_code == 201
    assert [goal.adopted_by for goal in store.all()] == ["ann"]


def test_open_access_without_a_proxy_reads_and_never_writes(tmp_path: Path) -> None:
    browser, store = client(tmp_path, {})
    assert browser.get("/").status_code == 200
    answer = send(browser)
    assert answer.status_code == 403 and "Nobody is signed in" in answer.json["message"]
    assert store.all() == []


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"to": "soon"}, "no number"),
        ({"to": "nan"}, "needs a number"),
        ({"due": "2026-10-31"}, "has gone"),
        ({"due": "never"}, "no day"),
        ({"owner": "x" * 501}, "at most 500"),
        ({"owner": " "}, "owner"),
        ({"metric": "cast"}, "csat"),
    ],
    ids=["a word", "nan", "past", "no day", "a novel", "nobody", "unknown metric"],
)
def test_what_could_not_be_held_to_is_refused_in_a_sentence(tmp_path: Path, change: dict[str, str], says: str) -> None:
    browser, store = client(tmp_path)
    answer = send(browser, {**FORM, **change})
    assert answer.status_code == 400 and says in answer.json["message"]
    assert store.all() == []


@pytest.mark.parametrize("change", [{"to": "soon"}, {"due": "never"}, {"owner": " "}, {"metric": "cast"}])
@pytest.mark.parametrize("language", ["zh", "vi"])
def test_a_refusal_is_said_in_the_language_of_the_page(tmp_path: Path, change: dict[str, str], language: str) -> None:
    browser, _store = client(tmp_path)
    told = {
        where: browser.post(where, data=json.dumps({**FORM, **change}), headers=OURS).json["message"]
        for where in ("/objectives", f"/objectives?lang={language}")
    }
    english, translated = told.values()
    assert translated and not set(translated.split()) & (set(english.split()) - {"2027-03-31.", "SWOT"})


@pytest.mark.parametrize("form", [[], "csat", {"metric": 3}, None])
def test_what_is_no_form_is_refused(tmp_path: Path, form: Any) -> None:
    browser, store = client(tmp_path)
    assert send(browser, form).status_code == 400
    assert browser.post("/objectives", data="{", headers=OURS).status_code == 400
    assert store.all() == []


def test_the_page_is_drawn_anew_after_a_change(tmp_path: Path) -> None:
    browser, _store = client(tmp_path)
    reading = SimpleNamespace(settings=Settings(tmp_path, Config()))
    before = version(reading)
    send(browser)
    assert before is None and version(reading) is not None


def test_a_goal_survives_the_form() -> None:
    for value, unit in ((0.915, "ratio"), (26.14, "seconds"), (4.5, "score"), (-12.0, "points")):
        assert from_shown(to_shown(value, unit), unit) == pytest.approx(value)
    with pytest.raises(UsageError):
        from_shown("1 000 000,5", "count")
    with pytest.raises(UsageError, match="number to go to"):
        checked({"goal_from": 1.0, "goal_to": float("inf"), "due": "2027-01-01"}, None, AS_OF.date())
