"""Notices through a real mail server on loopback: once per incident, to the right people, never lost."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from email import message_from_bytes
from email.message import Message
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from alerts.incidents import opened
from alerts.notify import flush, report_run
from expectations.results import CheckResult
from orchestration.alerting import tell_of_failure
from warehouse.errors import SwotlightError
from warehouse.settings import Alerts, Config, Organisation, Settings


@dataclass
class Mailbox:
    """What a mail server has taken in."""

    recipients: list[list[str]] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.recipients.append(list(envelope.rcpt_tos))
        self.messages.append(message_from_bytes(envelope.content))
        return "250 taken"

    def text(self, place: int = -1) -> str:
        message = self.messages[place]
        payloads = [part.get_payload(decode=True) for part in message.walk() if not part.is_multipart()]
        return b"\n".join(part for part in payloads if isinstance(part, bytes)).decode("utf-8")


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def start_server(port: int) -> Iterator[Callable[[], Mailbox]]:
    controllers: list[Controller] = []

    def start() -> Mailbox:
        mailbox = Mailbox()
        controller = Controller(mailbox, hostname="127.0.0.1", port=port)
        controller.start()
        controllers.append(controller)
        return mailbox

    yield start
    for controller in controllers:
        controller.stop()


@pytest.fixture
def settings(tmp_path: Path, port: int) -> Settings:
    def address(to: str) -> str:
        return f"mailto://127.0.0.1:{port}?smtp=127.0.0.1&from=swotlight@example.org&to={to}"

    config = Config(
        organisation=Organisation(name="Example"),
        alerts=Alerts(to=[address("data@example.org"), address("owner@example.org")]),
    )
    return Settings(tmp_path, config)


def result(name: str = "fct_contacts_key", severity: str = "block", passed: bool = False) -> CheckResult:
    return CheckResult(
        name,
        "marts",
        "marts.fct_contacts",
        severity,
        passed,
        "Does not hold: one row each. 2 rows broke it.",
        ("csat",),
    )


def test_a_failed_check_is_one_mail_to_each_address(settings: Settings, start_server: Callable[[], Mailbox]) -> None:
    mailbox = start_server()
    told = report_run(settings, run="run-1", results=[result()])
    assert told.sent == 2
    assert sorted(mailbox.recipients) == [["data@example.org"], ["owner@example.org"]]
    assert "Swotlight, Example: release withheld and 1 more" in str(mailbox.messages[0]["Subject"])
    assert "Check fct_contacts_key on marts.fct_contacts failed." in mailbox.text()
    assert "a release made before stays" in mailbox.text()
    assert "What to do:" in mailbox.text()


def test_the_same_failure_is_told_once_until_it_is_mended(
    settings: Settings, start_server: Callable[[], Mailbox]
) -> None:
    mailbox = start_server()
    for run in ("run-1", "run-2", "run-3"):
        report_run(settings, run=run, results=[result(severity="withdraw")])
    assert len(mailbox.messages) == 2
    mended = report_run(settings, run="run-4", results=[result(severity="withdraw", passed=True)])
    assert mended.resolved == ("check fct_contacts_key failed",)
    report_run(settings, run="run-5", results=[result(severity="withdraw")])
    assert len(mailbox.messages) == 4


def test_what_came_while_there_was_nobody_to_tell_is_told_once_there_is_somebody(
    settings: Settings, start_server: Callable[[], Mailbox]
) -> None:
    mailbox = start_server()
    nobody = Settings(settings.paths.workspace, Config(organisation=Organisation(name="Example")))
    assert report_run(nobody, run="run-1", results=[result(severity="withdraw")]).sent == 0
    assert report_run(settings, run="run-2", results=[result(severity="withdraw")]).sent == 2
    assert report_run(settings, run="run-3", results=[result(severity="withdraw")]).sent == 0
    assert len(mailbox.messages) == 2


def test_a_second_file_that_cannot_be_read_is_told_beside_the_first(
    settings: Settings, start_server: Callable[[], Mailbox]
) -> None:
    mailbox = start_server()
    for name in ("a.csv", "a.csv", "b.csv"):
        report_run(settings, run="run", error=SwotlightError(f"{name} is cut off.", code="cut_off", file=f"/x/{name}"))
    assert len(mailbox.messages) == 4
    with opened(settings.paths.incidents) as store:
        assert [key for _, key, _ in store.open_now()] == ["run:cut_off:a.csv", "run:cut_off:b.csv"]


def test_an_incident_that_cannot_be_noted_does_not_hide_why_the_run_stopped(settings: Settings) -> None:
    settings.paths.incidents.mkdir(parents=True)
    tell_of_failure(settings, "run-1", SwotlightError("The disk is full.", code="disk_full"), None)


def test_only_what_is_new_is_told_when_another_check_fails(
    settings: Settings, start_server: Callable[[], Mailbox]
) -> None:
    mailbox = start_server()
    report_run(settings, run="run-1", results=[result("one", "withdraw")])
    report_run(settings, run="run-2", results=[result("one", "withdraw"), result("two", "withdraw")])
    assert "two" in mailbox.text() and "Check one" not in mailbox.text()


def test_a_notice_waits_while_the_server_is_down_and_goes_out_at_the_next_run(
    settings: Settings, start_server: Callable[[], Mailbox]
) -> None:
    down = report_run(settings, run="run-1", results=[result(severity="withdraw")])
    assert (down.sent, down.pending) == (0, 2)
    mailbox = start_server()
    later = report_run(settings, run="run-2", results=[result(severity="withdraw")])
    assert (later.new, later.sent, later.pending) == ((), 2, 0)
    assert "run-1" in mailbox.text()
    assert flush(settings).sent == 0
    assert len(mailbox.messages) == 2


def test_a_notice_to_one_address_is_not_repeated_because_another_failed(
    settings: Settings, start_server: Callable[[], Mailbox]
) -> None:
    mailbox = start_server()
    good, _ = settings.alerts.to
    bad = "mailto://127.0.0.1:1?smtp=127.0.0.1&from=swotlight@example.org&to=nobody@example.org"
    mixed = Settings(settings.paths.workspace, Config(alerts=Alerts(to=[good, bad])))
    assert (report_run(mixed, run="run-1", results=[result()]).sent, flush(mixed).sent) == (1, 0)
    assert mailbox.recipients == [["data@example.org"]]


def test_a_check_that_holds_again_is_closed_although_another_stops_the_run(
    settings: Settings, start_server: Callable[[], Mailbox]
) -> None:
    start_server()
    report_run(settings, run="run-1", results=[result("one", "withdraw"), result("two")], error=ValueError())
    told = report_run(settings, run="run-2", results=[result("one", passed=True), result("two")], error=ValueError())
    assert (told.new, told.resolved) == ((), ("check one failed",))


def test_a_warning_is_a_badge_and_no_mail(settings: Settings, start_server: Callable[[], Mailbox]) -> None:
    mailbox = start_server()
    assert report_run(settings, run="run-1", results=[result(severity="warn")]).new == ()
    assert mailbox.messages == []


def test_a_stopped_run_is_told_by_its_sentence(settings: Settings, start_server: Callable[[], Mailbox]) -> None:
    mailbox = start_server()
    error = SwotlightError("calls.csv is empty.", code="empty_file", hint="Export it again.")
    told = report_run(settings, run="run-1", error=error, step="raw/contacts")
    assert told.new == ("run:empty_file",)
    assert "calls.csv is empty. Export it again." in mailbox.text()
    assert report_run(settings, run="run-2").resolved == ("refresh failed",)


def test_a_stale_source_is_told_with_its_newest_row(settings: Settings, start_server: Callable[[], Mailbox]) -> None:
    mailbox = start_server()
    report_run(settings, run="run-1", stale=[("calls", datetime(2026, 10, 1, 8), 36.0)])
    assert "Source calls has brought nothing new. Its newest row is of 2026-10-01 08:00 UTC" in mailbox.text()


@pytest.mark.parametrize(
    "error",
    [
        SwotlightError("Could not convert string 'Jane Roe' to INT32", code="sql"),
        SwotlightError("The row of jane.roe@example.org, +44 20 7946 0958, was refused.", code="refused"),
        ValueError("Jane Roe"),
    ],
)
def test_no_mail_quotes_a_person(settings: Settings, start_server: Callable[[], Mailbox], error: Exception) -> None:
    mailbox = start_server()
    report_run(settings, run="run-1", error=error)
    everything = mailbox.text() + str(mailbox.messages[0]["Subject"])
    assert "jane" not in everything.lower() and "7946" not in everything


def test_without_addresses_incidents_are_kept_and_nothing_is_sent(tmp_path: Path) -> None:
    settings = Settings(tmp_path, Config())
    assert report_run(settings, run="run-1", results=[result()]).pending == 0
    with opened(settings.paths.incidents) as store:
        assert store.open_keys() == {"check:fct_contacts_key", "release"}


def test_an_address_apprise_does_not_know_stops_no_run(tmp_path: Path) -> None:
    settings = Settings(tmp_path, Config(alerts=Alerts(to=["nonsense://x"])))
    assert report_run(settings, run="run-1", results=[result()]).pending == 1


def test_the_store_holds_no_address_and_no_password(settings: Settings, start_server: Callable[[], Mailbox]) -> None:
    start_server()
    report_run(settings, run="run-1", results=[result()])
    assert b"example.org" not in settings.paths.incidents.read_bytes().replace(
        b"mail.example.org?to=data@example.org", b""
    )
