"""A company of hand-written tickets, each of which a usual package counts wrong."""

from __future__ import annotations

from typing import Any

from tests.oracle.worlds import AS_OF

NAME = "mistakes"
CREATED = "2026-03-02 08:00:00"
# ticket: (status, events as (kind, field, value, role, at))
TICKETS: dict[str, tuple[str, list[tuple[str, str | None, str | None, str | None, str]]]] = {
    "unreplied": ("open", [("note", None, None, "agent", "2026-03-02 08:05:00")]),
    "replied": ("open", [("reply", None, None, "agent", "2026-03-02 08:40:00")]),
    "solved and open now": (
        "open",
        [
            ("status", "status", "solved", None, "2026-03-03 08:00:00"),
            ("status", "status", "open", None, "2026-03-04 08:00:00"),
        ],
    ),
    "came back twice": (
        "solved",
        [
            ("status", "status", "solved", None, "2026-03-03 08:00:00"),
            ("status", "status", "open", None, "2026-03-04 08:00:00"),
            ("status", "status", "solved", None, "2026-03-05 08:00:00"),
            ("status", "status", "open", None, "2026-03-06 08:00:00"),
            ("status", "status", "solved", None, "2026-03-07 08:00:00"),
        ],
    ),
    "won over": (
        "open",
        [
            ("satisfaction", None, "offered", None, "2026-03-03 08:00:00"),
            ("satisfaction", None, "bad", "customer", "2026-03-04 08:00:00"),
            ("satisfaction", None, "good", "customer", "2026-03-05 08:00:00"),
        ],
    ),
    "solved in silence": (
        "solved",
        [
            ("note", None, None, "agent", "2026-03-02 09:00:00"),
            ("status", "status", "solved", None, "2026-03-03 08:00:00"),
        ],
    ),
    "to and fro": (
        "open",
        [
            ("agent", None, "ann", None, "2026-03-02 08:00:00"),
            ("agent", None, "ben", None, "2026-03-02 09:00:00"),
            ("agent", None, "ann", None, "2026-03-02 10:00:00"),
        ],
    ),
}


def mistakes() -> dict[str, list[dict[str, Any]]]:
    """Its raw rows."""
    tickets = [
        {"source": NAME, "ticket_id": name, "created_at": CREATED, "status": status, "team": "north"}
        for name, (status, _) in TICKETS.items()
    ]
    events = [
        {
            "source": NAME, "ticket_id": name, "event_id": str(number), "occurred_at": at, "event_type": kind,
            "field": field, "to_value": value, "actor_role": role, "is_public": kind == "reply",
        }
        for name, (_, steps) in TICKETS.items()
        for number, (kind, field, value, role, at) in enumerate(steps)
    ]  # fmt: skip
    return {
        "ingest.sources": [{"source": NAME, "time_zone": "UTC", "is_archive": True, "as_of": str(AS_OF)}],
        "raw.tickets": tickets,
        "raw.ticket_events": events,
    }
