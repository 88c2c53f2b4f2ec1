"""What a company's figures are, told in plain Python from METRICS.md: one pass over each ticket, no SQL, no sharing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from tests.oracle.clock import open_minutes, open_until
from tests.oracle.worlds import AS_OF, STATUSES, AgentTime, Contact, Ticket, World

DAY = timedelta(days=1)
WAITING = {"new", "open", "on_hold"}
WORKING = {"new", "open"}
Figures = dict[str, float | None]


@dataclass
class Life:
    """What a ticket went through, followed event by event."""

    status: str = "new"
    reopens: int = 0
    first_solved: datetime | None = None
    last_solved: datetime | None = None
    first_reply: datetime | None = None
    replies: int = 0
    has_messages: bool = False
    has_statuses: bool = False
    reassignments: int = 0
    agents: int = 0
    removed: datetime | None = None


def class_of(status: str) -> str:
    """Solved, gone or unsolved."""
    return {"solved": "solved", "closed": "solved", "deleted": "gone"}.get(status, "unsolved")


def life_of(ticket: Ticket, until: datetime = AS_OF) -> Life:
    """Everything up to an instant."""
    life, holder = Life(), None
    for event in (e for e in ticket.events if e.at <= until):
        if event.kind in STATUSES:
            before, after = class_of(life.status), class_of(event.kind)
            life.has_statuses = True
            if before == "unsolved" and after == "solved":
                life.first_solved, life.last_solved = life.first_solved or event.at, event.at
            life.reopens += before == "solved" and after == "unsolved"
            life.removed = event.at if after == "gone" else None
            life.status = event.kind
        elif event.kind in ("reply", "note", "robot", "question"):
            life.has_messages = True
            if event.kind == "reply" and event.at > ticket.created_at:
                life.first_reply, life.replies = life.first_reply or event.at, life.replies + 1
        elif event.kind == "agent":
            life.agents += 1
            life.reassignments += holder is not None and holder != event.value
            holder = event.value
    return life


def minutes_in(ticket: Ticket, statuses: set[str]) -> float:
    """Calendar minutes spent in some statuses."""
    status, since, total = "new", ticket.created_at, 0.0
    steps = [(e.at, e.kind) for e in ticket.events if e.kind in STATUSES]
    for at, kind in [*steps, (AS_OF, "")]:
        total += (at - since).total_seconds() if status in statuses else 0
        status, since = kind, at
    return total / 60


def tickets_of(world: World) -> Figures:
    """Volumes, resolution, reopening, effort."""
    lives = [(t, life_of(t)) for t in world.tickets]
    solved = [life for _, life in lives if life.last_solved]
    cohort = [t for t in world.tickets if t.created_at + 30 * DAY <= AS_OF]
    in_time = [t for t in cohort if class_of(life_of(t, t.created_at + 30 * DAY).status) == "solved"]
    timed = [t for t, life in lives if life.has_statuses]
    # Where replies are told at all, silence of a ticket with messages or a history is none; elsewhere it tells nothing.
    told = any(life.replies for _, life in lives)
    known = [life for _, life in lives if told and (life.has_messages or life.has_statuses)]
    assigned = [life for _, life in lives if life.agents]
    complaints = [(t, life) for t, life in lives if t.is_complaint and t.created_at + DAY <= AS_OF]
    prompt = [1 for t, life in complaints if life.first_solved and life.first_solved <= t.created_at + DAY]
    return {
        "tickets_created": float(len(lives)) if lives else None,
        "tickets_solved": float(len(solved)) if solved else None,
        "resolution_rate": share(len(in_time), len(cohort)),
        "reopen_rate": share(sum(life.reopens > 0 for life in solved), len(solved)),
        "requester_wait_minutes": mean([minutes_in(t, WAITING) for t in timed]),
        "agent_work_minutes": mean([minutes_in(t, WORKING) for t in timed]),
        "agent_wait_minutes": mean([minutes_in(t, {"pending"}) for t in timed]),
        "touches": mean([life.replies for life in known]),
        "reassignments": mean([life.reassignments for life in assigned]),
        "complaints_resolved_24h": share(len(prompt), len(complaints)),
        "fcr_internal": first_contact(world, lives),
    }


def first_contact(world: World, lives: list[tuple[Ticket, Life]]) -> float | None:
    """Solved a week ago without another request of the customer on the topic inside that week."""
    asked = [(t.customer, t.topic, t.created_at) for t in world.tickets]
    asked += [(c.customer, c.topic, c.arrived_at) for c in world.contacts]
    base = kept = 0
    for ticket, life in lives:
        if life.last_solved and life.last_solved + 7 * DAY <= AS_OF:
            base += 1
            kept += not any(
                who == ticket.customer and what == ticket.topic and life.last_solved < at <= life.last_solved + 7 * DAY
                for who, what, at in asked
            )
    return share(kept, base)


def durations_of(world: World) -> dict[str, list[float]]:
    """Every duration of every ticket."""
    found: dict[str, list[float]] = {}
    for ticket in world.tickets:
        life = life_of(ticket)
        ends = {
            "first_reply": life.first_reply,
            "first_resolution": life.first_solved,
            "full_resolution": life.last_solved if class_of(life.status) == "solved" else None,
        }
        for name, end in ends.items():
            if end is not None:
                calendar = (end - ticket.created_at).total_seconds() / 60
                found.setdefault(f"{name}_calendar_minutes", []).append(calendar)
                business = open_minutes(ticket.created_at, end, world.zone)
                found.setdefault(f"{name}_business_minutes", []).append(business)
    return found


def promises_of(world: World) -> Figures:
    """Promises met of those due, by the target made and by the last one set before the promise was kept."""
    made: list[bool] = []
    again: list[bool] = []
    lives = [life_of(ticket) for ticket in world.tickets]
    # Of a company that tells no first reply, or no end, silence is no breach.
    told = {"first_reply": any(one.first_reply for one in lives), "resolution": any(one.last_solved for one in lives)}
    for ticket, life in zip(world.tickets, lives, strict=True):
        judged = min(life.removed or AS_OF, AS_OF)
        for kind in ("first_reply", "resolution"):
            targets = [e for e in ticket.events if e.kind == kind]
            if not targets:
                continue
            kept = life.first_reply if kind == "first_reply" else None
            if kind == "resolution" and class_of(life.status) == "solved":
                kept = life.last_solved
            last = [e for e in targets if kept is None or e.at <= kept] or targets[:1]
            for target, verdicts in ((targets[0], made), (last[-1], again)):
                # A re-target moves the minutes; whether they are business minutes was said when the promise was made.
                minutes = float(target.value or 0)
                if targets[0].is_business:
                    due = open_until(ticket.created_at, minutes, world.zone)
                else:
                    due = ticket.created_at + timedelta(minutes=minutes)
                if due <= AS_OF and (kept is not None or (told[kind] and judged > due)):
                    verdicts.append(kept is not None and kept <= due)
    return {
        "sla_attainment": share(sum(made), len(made)),
        "sla_attainment_retargeted": share(sum(again), len(again)),
    }


def contacts_of(world: World) -> Figures:
    """Offered, answered, abandoned, the service level and its five variants, times, transfers, containment."""
    answered = [c for c in world.contacts if c.outcome == "answered"]
    abandoned = [c for c in world.contacts if c.outcome == "abandoned"]
    offered = [c for c in world.contacts if c.outcome in ("answered", "abandoned", "flowed_out")]
    told = [c for c in answered if c.transfers is not None]
    offered_any = float(len(offered)) if world.contacts else None
    return {
        "offered": offered_any,
        "answered": float(len(answered)) if world.contacts else None,
        "abandonment_rate": share(len(abandoned), len(offered)),
        **levels(answered, abandoned, world),
        "asa_seconds": mean([c.wait for c in answered if c.wait is not None]),
        "aht_seconds": mean([(c.talk or 0) + (c.hold or 0) + (c.wrap or 0) for c in answered]),
        "transfer_rate": share(sum((c.transfers or 0) > 0 for c in told), len(told)),
        "containment_rate": containment(world.contacts),
    }


def levels(answered: Sequence[Contact], abandoned: Sequence[Contact], world: World) -> Figures:
    """The main form and F1 … F5, over channels whose source says how long the abandoned waited."""
    known = {c.channel for c in world.contacts} - {c.channel for c in abandoned if c.wait is None}
    an = [c for c in answered if c.channel in known]
    ab = [c for c in abandoned if c.channel in known]
    in_time, given_up = sum((c.wait or 0) <= 20 for c in an), sum((c.wait or 0) <= 20 for c in ab)
    short = sum((c.wait or 0) <= 5 for c in ab)
    every, gone = len(answered), len(abandoned)
    prompt = sum((c.wait or 0) <= 20 for c in answered)
    return {
        "service_level": share(in_time, len(an) + len(ab) - short),
        "service_level_f1": share(in_time + given_up, len(an) + len(ab)),
        "service_level_f2": share(prompt, every),
        "service_level_f3": share(prompt, every + gone),
        "service_level_f4": share(in_time, len(an) + len(ab) - given_up),
        "service_level_f5": share(in_time + short, len(an) + len(ab)),
    }


def containment(contacts: Iterable[Contact]) -> float | None:
    """Ended by automation and nobody back inside a day, of the contacts that met automation at least a day ago."""
    everything = list(contacts)
    due = kept = 0
    for one in everything:
        over = one.ended_at or one.arrived_at
        if one.met_automation and over + DAY <= AS_OF:
            due += 1
            later = [
                c
                for c in everything
                if c.customer == one.customer and (c.arrived_at, c.name) > (one.arrived_at, one.name)
            ]
            back = min((c.arrived_at for c in later), default=None)
            kept += one.outcome == "contained" and not (back is not None and back <= over + DAY)
    return share(kept, due)


def efficiency_of(times: Sequence[AgentTime]) -> Figures:
    """Occupancy, utilisation, shrinkage, adherence, conformance from seconds by state."""

    def seconds(*states: str) -> int:
        return sum(t.seconds for t in times if t.state in states)

    paid = sum(t.seconds for t in times if t.is_paid)
    off = sum(t.seconds for t in times if t.is_paid and t.state not in ("handling", "available"))
    scheduled = sum(t.scheduled or 0 for t in times)
    return {
        "occupancy": share(seconds("handling"), seconds("handling", "available")),
        "utilisation": share(seconds("handling", "available", "meeting", "training"), paid),
        "shrinkage": share(off, paid),
        "adherence": share(sum(t.adherent or 0 for t in times), scheduled),
    }


def backlog_of(world: World, at: datetime = AS_OF) -> int:
    """Tickets open at an instant."""
    return sum(t.created_at <= at and class_of(life_of(t, at).status) == "unsolved" for t in world.tickets)


def nearest_rank(values: Iterable[float], q: float) -> float:
    """The q-quantile by nearest rank."""
    ordered = sorted(values)
    return ordered[max(ceil(round(q * len(ordered), 9)), 1) - 1]


def share(part: float, whole: float) -> float | None:
    """A ratio; no denominator, no value."""
    return part / whole if whole else None


def mean(values: Sequence[float]) -> float | None:
    """The mean of what is known."""
    return sum(values) / len(values) if values else None
