"""Telling people: one notice per incident, through apprise, kept until it is delivered."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from alerts.events import Event, Incident, check_failed, release_withheld, run_failed, source_stale
from alerts.incidents import Delivery, digest, opened
from expectations.results import CheckResult, blocking
from warehouse.settings import Settings, utc_now

_LOG = logging.getLogger("swotlight.alerts")


@dataclass(frozen=True)
class Told:
    """What came of telling: incidents ``new`` and ``resolved``, deliveries ``sent`` and still ``pending``."""

    new: tuple[str, ...] = ()
    resolved: tuple[str, ...] = ()
    sent: int = 0
    pending: int = 0


def notify(settings: Settings, event: Event) -> Told:
    """Tell `alerts.to` of the incidents that were not known yet, in one notice, and send what is still pending.

    Never raises for a server that does not answer: the notice stays in ``state/incidents.sqlite`` and goes out at the
    next call. Without addresses the incidents are kept all the same, and told once there is one.
    """
    return _tell(settings, event, cleared=())


def report_run(
    settings: Settings,
    *,
    run: str,
    results: Sequence[CheckResult] = (),
    stale: Sequence[tuple[str, datetime | None, float]] = (),
    error: BaseException | None = None,
    step: str | None = None,
) -> Told:
    """Everything a finished run has to tell, in one notice: failed checks, stale sources, why it stopped.

    ``stale`` are (source, newest row, limit in hours); ``error`` is what stopped the run (a refusal by blocking checks
    is told as those checks). What passes now is resolved and would be told again if it failed again.
    """
    incidents = [check_failed(result) for result in results if not result.passed and result.severity != "warn"]
    incidents += [source_stale(*entry) for entry in stale]
    stopped_by_checks = blocking(results)
    if stopped_by_checks:
        incidents.insert(0, release_withheld(stopped_by_checks))
    elif error is not None:
        incidents.insert(0, run_failed(error, step))
    return _tell(settings, Event(run, tuple(incidents)), _cleared(incidents, results, completed=error is None))


def flush(settings: Settings) -> Told:
    """Send what is still pending."""
    return _tell(settings, Event("", ()), cleared=())


def _cleared(incidents: Sequence[Incident], results: Sequence[CheckResult], completed: bool) -> tuple[str, ...]:
    """Keys that this run shows to be well: checks that passed, or ``*`` for all it did not name when it completed."""
    named = {incident.key for incident in incidents}
    passed = {f"check:{result.name}" for result in results if result.passed}
    return tuple(sorted(passed - named)) + (("*",) if completed else ())


def _tell(settings: Settings, event: Event, cleared: Sequence[str]) -> Told:
    now = utc_now()
    with opened(settings.paths.incidents) as store:
        named = {incident.key for incident in event.incidents}
        well = store.open_keys() - named if "*" in cleared else set(cleared)
        resolved = store.resolve(well, now)
        new = store.open(event.incidents, event.run, now)
        untold = store.untold(event.incidents)
        if untold and settings.alerts.to:
            title, body = _notice(settings, event, untold)
            store.write(title, body, settings.alerts.to, now)
            store.note_told(untold)
    sent, pending = _deliver(settings)
    return Told(tuple(incident.key for incident in new), tuple(resolved), sent, pending)


def _notice(settings: Settings, event: Event, new: Sequence[Incident]) -> tuple[str, str]:
    first = new[0].title
    more = f" and {len(new) - 1} more" if len(new) > 1 else ""
    lines = [f"Swotlight, {settings.organisation.name}, run {event.run}.", ""]
    for incident in new:
        lines += [incident.body, ""]
    lines += [
        "What to do: run `swotlight status` in the workspace, or open the Data quality page; mend the source, its map "
        "or the settings, then run `swotlight refresh`.",
        "This is told once. It is told again only if it is mended and comes back.",
    ]
    return f"Swotlight, {settings.organisation.name}: {first}{more}", "\n".join(lines)


def _deliver(settings: Settings) -> tuple[int, int]:
    """Send what is due to each address; what fails stays. Returns how many were sent and how many are left."""
    by_digest = {digest(address): address for address in settings.alerts.to}
    sent = pending = 0
    with opened(settings.paths.incidents) as store:
        for delivery in store.due():
            address = by_digest.get(delivery.address)
            if address is None:
                continue  # No longer to be told; should the address come back, so does the notice.
            done = _send(address, delivery)
            store.sent(delivery, utc_now() if done else None)
            sent, pending = sent + done, pending + (not done)
    if pending:
        _LOG.warning("%d notices could not be sent; they go out at the next run.", pending)
    return sent, pending


def _send(address: str, delivery: Delivery) -> bool:
    import apprise

    sender: Any = apprise.Apprise()
    if not sender.add(_as_plain_text(address)):
        # No exception: a run is not stopped by its alert. The notice stays pending and the status says so.
        _LOG.warning(
            "An address under alerts.to in swotlight.yml is none that apprise knows; addresses look like "
            "mailto://user:password@mail.example.org?to=data@example.org."
        )
        return False
    return bool(sender.notify(title=delivery.title, body=delivery.body, body_format=apprise.NotifyFormat.TEXT))


def _as_plain_text(address: str) -> str:
    """Mail goes out as plain text unless the address asks for a format."""
    parts = urlsplit(address)
    if parts.scheme not in ("mailto", "mailtos") or any(name == "format" for name, _ in parse_qsl(parts.query)):
        return address
    return f"{address}{'&' if parts.query else '?'}format=text"
