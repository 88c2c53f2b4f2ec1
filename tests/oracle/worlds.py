"""Random small companies, drawn by hypothesis: a source each, with tickets, their events, contacts and agents' time."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from tests.integration.dbt_story import ZONES

AS_OF = datetime(2026, 6, 1)
BEGINNINGS = (
    datetime(2025, 10, 4, 12),
    datetime(2025, 10, 25, 9),
    datetime(2025, 11, 1, 20),
    datetime(2026, 3, 7, 22),
    datetime(2026, 3, 28, 3),
    datetime(2026, 4, 2, 15),
    datetime(2026, 5, 3, 8),
    datetime(2026, 5, 24, 6),
    datetime(2026, 5, 31, 1),
)
STATUSES = ("open", "pending", "on_hold", "solved", "closed", "deleted")
KINDS = (
    *STATUSES,
    "solved",
    "open",
    "reply",
    "reply",
    "note",
    "robot",
    "question",
    "agent",
    "first_reply",
    "resolution",
)
# The limits themselves, and a second beyond them, more often than chance would have them.
WAITS = st.one_of(st.sampled_from((0, 5, 6, 20, 21)), st.integers(0, 40))
STATES = ("handling", "available", "meeting", "training", "break", "absence")


@dataclass(frozen=True)
class Event:
    """One step in a ticket's life; ``value`` is an agent, or a target in minutes."""

    at: datetime
    kind: str
    value: str | None = None
    is_business: bool = False


@dataclass(frozen=True)
class Ticket:
    """A ticket with its events in order, no two at one instant."""

    name: str
    created_at: datetime
    customer: str
    topic: str
    is_complaint: bool
    events: tuple[Event, ...]

    @property
    def status(self) -> str:
        """Its status in the snapshot: the last one entered."""
        entered = [event.kind for event in self.events if event.kind in STATUSES]
        return entered[-1] if entered else "open"


@dataclass(frozen=True)
class Contact:
    """A call or chat."""

    name: str
    arrived_at: datetime
    channel: str
    outcome: str
    customer: str
    topic: str
    wait: int | None
    talk: int | None
    hold: int | None
    wrap: int | None
    transfers: int | None
    met_automation: bool
    length: int

    @property
    def ended_at(self) -> datetime | None:
        """When it ended; unknown with the wait of one who gave up, for either tells the other."""
        is_unknown = self.outcome == "abandoned" and self.wait is None
        return None if is_unknown else self.arrived_at + timedelta(seconds=self.length)


@dataclass(frozen=True)
class AgentTime:
    """Seconds of an agent's day in one state."""

    agent: str
    day: int
    state: str
    seconds: int
    is_paid: bool
    scheduled: int | None
    adherent: int | None


@dataclass(frozen=True)
class World:
    """One company."""

    name: str
    zone: str
    tickets: tuple[Ticket, ...]
    contacts: tuple[Contact, ...]
    time: tuple[AgentTime, ...] = field(default=())


@st.composite
def _tickets(draw: st.DrawFn, world: str, number: int) -> Ticket:
    created = draw(st.sampled_from(BEGINNINGS)) + timedelta(seconds=draw(st.integers(0, 3 * 86400)))
    created = min(created, AS_OF - timedelta(seconds=1))
    events, at = [], created
    for kind in draw(st.lists(st.sampled_from(KINDS), max_size=9)):
        # A first step may fall on the creation itself: the text a ticket came with.
        at += timedelta(seconds=draw(st.integers(0 if not events else 1, 20 * 3600)))
        if at > AS_OF:
            break
        events.append(draw(_event(at, kind)))
    return Ticket(
        f"{world}-{number}",
        created,
        f"{world}-{draw(st.sampled_from('ab'))}",
        draw(st.sampled_from(("billing", "delivery"))),
        draw(st.booleans()),
        tuple(events),
    )


@st.composite
def _event(draw: st.DrawFn, at: datetime, kind: str) -> Event:
    if kind == "agent":
        return Event(at, kind, draw(st.sampled_from(("ann", "ben", "cem"))))
    if kind in ("first_reply", "resolution"):
        return Event(at, kind, str(draw(st.sampled_from((30, 60, 480, 1500)))), draw(st.booleans()))
    return Event(at, kind)


@st.composite
def _contacts(draw: st.DrawFn, world: str, number: int, knows_waits: bool) -> Contact:
    outcome = draw(st.sampled_from(("answered", "answered", "answered", "abandoned", "flowed_out", "contained")))
    answered = outcome == "answered"
    seconds = st.integers(0, 400)
    arrived = draw(st.sampled_from(BEGINNINGS)) + timedelta(seconds=draw(st.integers(0, 3 * 86400)))
    return Contact(
        f"{world}-{number}",
        min(arrived, AS_OF - timedelta(seconds=1)),
        draw(st.sampled_from(("voice", "chat"))),
        outcome,
        f"{world}-{draw(st.sampled_from('ab'))}",
        draw(st.sampled_from(("billing", "delivery"))),
        draw(WAITS) if answered or (outcome == "abandoned" and knows_waits) else None,
        draw(seconds) if answered else None,
        draw(seconds) if answered else None,
        draw(st.one_of(st.none(), seconds)) if answered else None,
        draw(st.one_of(st.none(), st.integers(0, 2))) if answered else None,
        outcome == "contained" or draw(st.booleans()),
        draw(st.integers(1, 3000)),
    )


@st.composite
def _time(draw: st.DrawFn, agent: str, state: str) -> AgentTime:
    seconds = draw(st.integers(0, 30000))
    scheduled = draw(st.one_of(st.none(), st.integers(1, 30000)))
    adherent = min(seconds, scheduled) if scheduled is not None else None
    return AgentTime(agent, 3, state, seconds, draw(st.sampled_from((True, True, False))), scheduled, adherent)


@st.composite
def worlds(draw: st.DrawFn, number: int = 0) -> World:
    """A company; its number gives it a name and one of five zones."""
    name = f"w{number:03d}"
    knows_waits = draw(st.booleans())
    tickets = [draw(_tickets(name, n)) for n in range(draw(st.integers(0, 6)))]
    contacts = [draw(_contacts(name, n, knows_waits)) for n in range(draw(st.integers(0, 8)))]
    states = draw(st.lists(st.sampled_from(STATES), unique=True))
    time = [
        draw(_time(f"{name}-{agent}", state)) for agent in ("x", "y")[: draw(st.integers(0, 2))] for state in states
    ]
    return World(name, ZONES[number % len(ZONES)], tuple(tickets), tuple(contacts), tuple(time))


def rows_of(all_worlds: list[World]) -> dict[str, list[dict[str, Any]]]:
    """The raw rows of all companies, by table."""
    return {
        "ingest.sources": [
            {"source": w.name, "time_zone": w.zone, "is_archive": True, "as_of": str(AS_OF)} for w in all_worlds
        ],
        "raw.tickets": [_ticket_row(w, t) for w in all_worlds for t in w.tickets],
        "raw.ticket_events": [_event_row(w, t, n) for w in all_worlds for t in w.tickets for n in range(len(t.events))],
        "raw.contacts": [_contact_row(w, c) for w in all_worlds for c in w.contacts],
        "raw.agent_time": [_time_row(w, a) for w in all_worlds for a in w.time],
    }


def _ticket_row(world: World, ticket: Ticket) -> dict[str, Any]:
    return {
        "source": world.name,
        "ticket_id": ticket.name,
        "created_at": str(ticket.created_at),
        "status": ticket.status,
        "channel": "email",
        "team": "north",
        "customer_id": ticket.customer,
        "topic": ticket.topic,
        "is_complaint": ticket.is_complaint,
    }


def _event_row(world: World, ticket: Ticket, number: int) -> dict[str, Any]:
    event = ticket.events[number]
    row: dict[str, Any] = {
        "source": world.name, "ticket_id": ticket.name, "event_id": str(number + 1), "occurred_at": str(event.at),
        "field": None, "to_value": event.value, "actor_id": None, "actor_role": None, "is_public": None,
        "is_business": None,
    }  # fmt: skip
    if event.kind == "deleted":
        return row | {"event_type": "deleted"}
    if event.kind in STATUSES:
        return row | {"event_type": "status", "field": "status", "to_value": event.kind}
    if event.kind == "agent":
        return row | {"event_type": "agent"}
    if event.kind in ("first_reply", "resolution"):
        return row | {"event_type": "promise", "field": f"{event.kind}_time", "is_business": event.is_business}
    role = {"reply": "agent", "note": "agent", "robot": "bot", "question": "customer"}[event.kind]
    is_note = event.kind == "note"
    return row | {"event_type": "note" if is_note else "reply", "actor_role": role, "is_public": not is_note}


def _contact_row(world: World, contact: Contact) -> dict[str, Any]:
    return {
        "source": world.name,
        "contact_id": contact.name,
        "arrived_at": str(contact.arrived_at),
        "ended_at": str(contact.ended_at) if contact.ended_at else None,
        "channel": contact.channel,
        "outcome": contact.outcome,
        "team": "north",
        "customer_id": contact.customer,
        "topic": contact.topic,
        "wait_seconds": contact.wait,
        "talk_seconds": contact.talk,
        "hold_seconds": contact.hold,
        "wrap_seconds": contact.wrap,
        "transfers": contact.transfers,
        "met_automation": contact.met_automation,
    }


def _time_row(world: World, time: AgentTime) -> dict[str, Any]:
    return {
        "source": world.name,
        "agent_id": time.agent,
        "worked_on": f"2026-05-{time.day:02d}",
        "state": time.state,
        "seconds": time.seconds,
        "is_paid": time.is_paid,
        "scheduled_seconds": time.scheduled,
        "adherent_seconds": time.adherent,
    }
