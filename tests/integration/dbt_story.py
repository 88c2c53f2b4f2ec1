"""Hand-written rows whose figures are known, and tickets drawn by a seeded die over the changes of the clocks."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta
from typing import Any

AS_OF = "2026-06-01 00:00:00"
ZONES = ("Europe/Berlin", "America/New_York", "Australia/Sydney", "Asia/Kolkata", "America/Sao_Paulo")
SHIFTS = {day: [(9 * 60, 12 * 60 + 30), (13 * 60, 17 * 60)] for day in range(1, 6)} | {6: [(0, 5 * 60)], 7: [(0, 1440)]}
HOLIDAYS = {date(2026, 4, 3), date(2025, 12, 25)}


def config(time_zone: str) -> dict[str, list[dict[str, Any]]]:
    hours = [(d, o, c) for d, spans in SHIFTS.items() for o, c in spans]
    return {
        "config.organisation": [{"name": "Us", "time_zone": time_zone, "currency": "EUR"}],
        "config.thresholds": [{"channel": "default", "answer_within_seconds": 20, "short_abandon_seconds": 5}],
        "config.business_hours": [{"weekday": d, "opens_minute": o, "closes_minute": c} for d, o, c in hours],
        "config.holidays": [{"holiday_on": day, "name": "off"} for day in sorted(HOLIDAYS)],
        "config.pseudonym_key": [{"key": "a key that is never released"}],
    }


def source(name: str, time_zone: str) -> dict[str, Any]:
    return {"source": name, "time_zone": time_zone, "is_archive": True, "as_of": AS_OF}


def random_tickets(count: int = 60) -> list[dict[str, Any]]:
    """Tickets of whole minutes, many of them over a change of the clocks, in five zones."""
    dice = random.Random(7)
    around = [
        datetime(2025, 10, 4),
        datetime(2025, 10, 25),
        datetime(2025, 11, 1),
        datetime(2026, 3, 7),
        datetime(2026, 3, 28),
    ]
    rows = []
    for zone in ZONES:
        for number in range(count):
            begin = dice.choice(around) + timedelta(minutes=dice.randrange(4000))
            end = begin + timedelta(minutes=dice.randrange(1, 9000))
            rows.append(
                {
                    "source": zone,
                    "ticket_id": f"{zone}-{number}",
                    "created_at": begin,
                    "solved_at": end,
                    "status": "solved",
                }
            )
    return rows


def story() -> dict[str, list[dict[str, Any]]]:
    """A few tickets, contacts and answers whose figures are known."""
    berlin = {
        "source": "desk",
        "status": "open",
        "channel": "email",
        "topic": "billing",
        "customer_id": "cy",
        "agent_id": "ann",
    }
    events = [
        ("1", "1", "2026-03-27 15:05:00", "note", None, "ann", "agent", False),
        ("1", "2", "2026-03-30 08:00:00", "reply", None, "ann", "agent", True),
        ("1", "3", "2026-03-30 09:00:00", "status", "solved", "ann", "agent", None),
        ("1", "4", "2026-03-31 09:00:00", "status", "open", "cy", "customer", None),
        ("2", "1", "2026-03-28 10:00:00", "status", "solved", "ann", "agent", None),
        ("2", "2", "2026-03-29 10:00:00", "status", "closed", None, "system", None),
    ]
    names = ("ticket_id", "event_id", "occurred_at", "event_type", "to_value", "actor_id", "actor_role", "is_public")
    answers = [("customer", "nps", "n1", f"c{i}", 10 if i < 6 else 3, "north") for i in range(10)]
    answers += [("employee", "enps", "e1", f"e{i}", 9, "north" if i < 12 else "tiny") for i in range(14)]
    return {
        "ingest.sources": [
            source("desk", "UTC"),
            source("poll", "UTC"),
            source("calls", "UTC"),
            source("acd", "UTC"),
            *(source(z, z) for z in ZONES),
        ],
        "raw.tickets": [
            {**berlin, "ticket_id": "1", "created_at": "2026-03-27 15:00:00", "subject": "Dear Ms Secretname"},
            {**berlin, "ticket_id": "2", "created_at": "2026-03-28 09:00:00"},
            {
                **berlin,
                "ticket_id": "3",
                "created_at": "2026-03-28 09:00:00",
                "status": "deleted",
                "updated_at": "2026-03-30 09:00:00",
            },
            *random_tickets(),
        ],
        "raw.ticket_events": [{"source": "desk", **dict(zip(names, event, strict=True))} for event in events],
        "raw.customers": [
            {
                "source": "crm",
                "customer_id": "cy",
                "name": "Cy Secretname",
                "email": "cy@secret.example",
                "segment": "gold",
            }
        ],
        "raw.agents": [
            {"source": "hr", "agent_id": "ann", "name": "Ann Secretname", "team": "north", "hired_on": "2025-01-01"}
        ],
        "raw.contacts": [
            {
                "source": "calls",
                "contact_id": str(i),
                "queue": "main",
                "channel": "voice",
                "customer_id": "cy",
                "agent_id": "ann",
                "arrived_at": "2026-03-27 07:28:00",
                "answered_at": "2026-03-27 07:28:10" if i < 8 else None,
                "ended_at": "2026-03-27 07:32:00",
                "outcome": "answered" if i < 8 else "abandoned",
                "talk_seconds": 100 if i < 8 else None,
            }
            for i in range(10)
        ],
        "raw.interval_stats": [
            {
                "source": "acd",
                "queue": queue,
                "channel": "voice",
                "interval_start_at": "2026-03-27 07:00:00",
                "interval_end_at": "2026-03-27 07:30:00",
                "offered": 20,
                "answered": 15,
                "abandoned": 4,
                "answered_in_threshold": 12,
            }
            for queue in ("main", "night")
        ],
        "raw.survey_responses": [
            {
                "source": "poll",
                "response_id": who,
                "item_id": item,
                "instrument": instrument,
                "audience": audience,
                "value": value,
                "scale_min": 0,
                "scale_max": 10,
                "responded_at": "2026-03-27 10:00:00",
                "team": team,
                "comment": "call me, Secretname",
            }
            for audience, instrument, item, who, value, team in answers
        ],
    }
