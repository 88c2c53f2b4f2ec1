"""The worked examples of METRICS, Contacts and Tickets, as raw rows: a source each, so that each can be asked alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from tests.oracle.worlds import AS_OF

Row = dict[str, Any]
OFFICE = "nine to five"
"""A team that works Monday to Friday, 09–17."""
_MONDAY = datetime(2026, 3, 2)
_ZONES = {"berlin": "Europe/Berlin"}
_SOURCES = (
    *(
        "service level",
        "two days",
        "handling",
        "paid time",
        "schedule",
        "half-hour",
        "chats",
        "callbacks",
        "compound",
        "automation",
    ),
    *("reopen", "reply", "backlog", "flip", "berlin", "two seconds", "raised", "fcr", "touches", "next reply"),
)


def examples() -> dict[str, list[Row]]:
    """Its raw rows, by table; every row of a table has the same columns."""
    tickets, events = _tickets(), _events()
    return {
        "ingest.sources": [
            {"source": name, "time_zone": _ZONES.get(name, "UTC"), "is_archive": True, "as_of": str(AS_OF)}
            for name in _SOURCES
        ],
        "config.business_hours": [
            {"team": OFFICE, "weekday": day, "opens_minute": 540, "closes_minute": 1020} for day in range(1, 6)
        ],
        "raw.interval_stats": list(_intervals()),
        "raw.contacts": list(_contacts()),
        "raw.agent_time": list(_time()),
        "raw.tickets": tickets,
        "raw.ticket_events": events,
    }


def _intervals() -> Iterator[Row]:
    """Answered 1000 and abandoned 60 of which 860 and 20 in time and 10 short; days of 725 in 1092 and 37 in 74."""
    for source, day, answered, in_time, abandoned, abandoned_in_time, short in (
        ("service level", 2, 1000, 860, 60, 20, 10),
        ("two days", 2, 1092, 725, 0, 0, 0),
        ("two days", 3, 74, 37, 0, 0, 0),
    ):
        start = datetime(2026, 3, day, 9)
        yield {
            "source": source, "queue": "q", "channel": "voice", "interval_start_at": str(start),
            "interval_end_at": str(start + timedelta(minutes=30)), "answered": answered, "abandoned": abandoned,
            "answered_in_threshold": in_time, "abandoned_in_threshold": abandoned_in_time, "abandoned_short": short,
        }  # fmt: skip


def _contact(source: str, name: str, arrived_at: str, **told: Any) -> Row:
    row: Row = {
        "source": source, "contact_id": name, "arrived_at": arrived_at, "answered_at": None, "ended_at": None,
        "channel": "voice", "outcome": "answered", "team": "north", "agent_id": None, "customer_id": None,
        "topic": None, "talk_seconds": None, "met_automation": None, "transfers": None,
    }  # fmt: skip
    return row | told


def _contacts() -> Iterator[Row]:
    """Handling, the interval of arrival, chats at once, callbacks, automation, and repeats of solved tickets."""
    for number in range(100):
        yield _contact(
            "handling", str(number), "2026-03-02 09:00:00", talk_seconds=600 if number < 10 else 300,
            transfers=int(number < 20),
        )  # fmt: skip
    yield _contact("half-hour", "1", "2026-03-02 07:28:00", answered_at="2026-03-02 07:32:00")
    for name, start, end in (("1", "10:00", "10:10"), ("2", "10:05", "10:15"), ("3", "10:06", "10:08")):
        yield _contact(
            "chats", name, f"2026-03-02 {start}:00", answered_at=f"2026-03-02 {start}:00",
            ended_at=f"2026-03-02 {end}:00", channel="chat", agent_id="ann",
        )  # fmt: skip
    for number in range(10):
        channel = "callback" if number < 4 else "voice"
        outcome = "abandoned" if number == 0 else "answered"
        yield _contact("callbacks", str(number), "2026-03-02 09:00:00", channel=channel, outcome=outcome)
    for number in range(10):
        outcome = "contained" if number < 3 else "answered"
        yield _contact(
            "automation", str(number), "2026-03-02 09:00:00", outcome=outcome, met_automation=number < 4,
            customer_id=str(number),
        )  # fmt: skip
    # The third that automation ended comes back inside a day.
    yield _contact("automation", "back", "2026-03-03 08:59:00", met_automation=False, customer_id="2")
    for number in range(15):
        yield _contact("fcr", str(number), "2026-05-05 09:00:00", customer_id=f"c{number}", topic="bill")


def _time() -> Iterator[Row]:
    """480 paid minutes; 20 % away and 15 % of the rest in breaks; scheduled 09–17 and worked 10–18."""
    row: Row = {"agent_id": "ann", "worked_on": str(date(2026, 3, 2)), "channel": None, "is_paid": True}
    for state, minutes in (("handling", 300), ("available", 60), ("meeting", 30), ("training", 30), ("break", 60)):
        yield row | {
            "source": "paid time", "state": state, "seconds": minutes * 60, "scheduled_seconds": None,
            "adherent_seconds": None,
        }  # fmt: skip
    for state, minutes in (("absence", 96), ("break", 57.6), ("handling", 326.4)):
        yield row | {
            "source": "compound", "state": state, "seconds": minutes * 60, "scheduled_seconds": None,
            "adherent_seconds": None,
        }  # fmt: skip
    yield row | {
        "source": "schedule", "state": "handling", "seconds": 28800, "scheduled_seconds": 28800,
        "adherent_seconds": 25200,
    }  # fmt: skip


def _ticket(source: str, name: str, created_at: datetime, **told: Any) -> Row:
    row: Row = {
        "source": source, "ticket_id": name, "created_at": str(created_at), "status": "open", "solved_at": None,
        "team": "north", "customer_id": None, "topic": None, "channel": "web",
    }  # fmt: skip
    return row | told


def _tickets() -> list[Row]:
    return [
        _ticket("reopen", "1", _MONDAY),
        _ticket("reply", "1", _MONDAY),
        _ticket("flip", "1", _MONDAY),
        _ticket("berlin", "1", datetime(2026, 3, 27, 15), team=OFFICE),
        _ticket("two seconds", "1", datetime(2026, 3, 2, 10, 0, 59)),
        _ticket("raised", "1", _MONDAY),
        _ticket("next reply", "1", _MONDAY),
        *(_ticket("touches", str(n), _MONDAY, status="solved") for n in range(4)),
        *(_ticket("backlog", f"old {n}", _MONDAY - timedelta(days=9)) for n in range(100)),
        *(_ticket("backlog", f"back {n}", _MONDAY - timedelta(days=9)) for n in range(5)),
        *(_ticket("backlog", f"new {n}", _MONDAY + timedelta(hours=9)) for n in range(40)),
        *(_solved_ticket(n, "2026-05-01 09:00:00") for n in range(60)),
        *(_solved_ticket(n, "2026-05-30 09:00:00") for n in range(60, 100)),
    ]


def _solved_ticket(number: int, solved_at: str) -> Row:
    created_at = datetime.fromisoformat(solved_at) - timedelta(hours=1)
    told = {"status": "solved", "solved_at": solved_at, "customer_id": f"c{number}", "topic": "bill"}
    return _ticket("fcr", str(number), created_at, **told)


def _events() -> list[Row]:
    """Every step of the tickets, numbered in order."""
    steps = list(_steps())
    return [
        {
            "source": source, "ticket_id": ticket, "event_id": f"{number:05}", "occurred_at": str(at),
            "event_type": kind, "field": field, "to_value": value, "actor_role": role, "is_public": kind == "reply",
            "is_business": False,
        }
        for number, (source, ticket, kind, field, value, role, at) in enumerate(steps)
    ]  # fmt: skip


def _steps() -> Iterator[tuple[str, str, str, str | None, str | None, str | None, datetime]]:
    def minutes(count: float) -> datetime:
        return _MONDAY + timedelta(minutes=count)

    def status(source: str, ticket: str, to: str, at: datetime) -> Any:
        return (source, ticket, "status", "status", to, None, at)

    yield status("reopen", "1", "solved", minutes(60))
    yield status("reopen", "1", "open", minutes(120))
    yield ("reply", "1", "note", None, None, "agent", minutes(5))
    yield ("reply", "1", "reply", None, None, "agent", minutes(40))
    for value, role, at in (("offered", None, 60), ("bad", "customer", 90), ("good", "customer", 120)):
        yield ("flip", "1", "satisfaction", None, value, role, minutes(at))
    yield ("berlin", "1", "reply", None, None, "agent", datetime(2026, 3, 30, 8))
    yield ("two seconds", "1", "reply", None, None, "agent", datetime(2026, 3, 2, 10, 1, 1))
    yield ("raised", "1", "promise", "first_reply_time", "480", None, minutes(0))
    yield ("raised", "1", "reply", None, None, "agent", minutes(120))
    yield ("raised", "1", "priority", "priority", "urgent", None, minutes(130))
    yield ("raised", "1", "promise", "first_reply_time", "60", None, minutes(130))
    for role, at in (("agent", 10), ("customer", 20), ("agent", 50), ("customer", 60), ("agent", 70)):
        yield ("next reply", "1", "reply", None, None, role, minutes(at))
    for number in range(4):
        # A note says that messages of this ticket are told: none of them public is zero-touch, not unknown.
        yield ("touches", str(number), "note", None, None, "agent", minutes(5))
        for reply in range(number):
            yield ("touches", str(number), "reply", None, None, "agent", minutes(10 + reply))
        yield status("touches", str(number), "solved", minutes(60))
    for number in range(5):
        yield status("backlog", f"back {number}", "solved", _MONDAY - timedelta(days=1))
        yield status("backlog", f"back {number}", "open", minutes(600))
    for number in range(38):
        yield status("backlog", f"old {number}", "solved", minutes(600))
    for number in (98, 99):
        yield ("backlog", f"old {number}", "deleted", None, None, None, minutes(600))
