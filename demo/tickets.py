"""Tickets of one month: where they come from, who works on them, when they are answered, solved and reopened."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from demo import rates
from demo.company_parts import Company
from demo.contacts import ANSWERED, Contacts
from demo.presence import pick
from demo.story import LIVE, LIVE_WORK, TOPIC_COMPLAINTS, TOPIC_DIFFICULTY, TOPIC_SHARES

PRIORITIES = ["low", "normal", "high", "urgent"]
FROM_CONTACTS = 0.45
NEVER = 1 << 60
DAY = 86_400
OFFLINE_HOURS = np.array(
    [1, 0.6, 0.4, 0.3, 0.3, 0.5, 1, 2, 4, 6, 7, 7, 6.4, 6, 6.2, 6.4, 6.2, 5.6, 5.2, 5, 4.6, 4, 3, 2]
)


@dataclass
class Tickets:
    """One row per ticket of a month, in order of creation; instants in seconds, ``NEVER`` where it does not happen."""

    number: np.ndarray
    created: np.ndarray
    channel: np.ndarray
    customer: np.ndarray
    topic: np.ndarray
    contact: np.ndarray
    priority: np.ndarray
    complaint: np.ndarray
    agent: np.ndarray
    assigned: np.ndarray = field(init=False)
    replied: np.ndarray = field(init=False)
    solved: np.ndarray = field(init=False)
    reopened: np.ndarray = field(init=False)
    solved_again: np.ndarray = field(init=False)
    asked: np.ndarray = field(init=False)
    answered: np.ndarray = field(init=False)
    second: np.ndarray = field(init=False)
    passed_on: np.ndarray = field(init=False)
    back: np.ndarray = field(init=False)
    raised: np.ndarray = field(init=False)
    deleted: np.ndarray = field(init=False)
    one_touch: np.ndarray = field(init=False)

    @property
    def n(self) -> int:
        return len(self.number)

    @property
    def last_solved(self) -> np.ndarray:
        return np.where(
            self.solved_again < NEVER, self.solved_again, np.where(self.reopened < NEVER, NEVER, self.solved)
        )


@dataclass
class Pending:
    """Repeats that are due after the month's end: who, about what, when."""

    customer: np.ndarray
    topic: np.ndarray
    due: np.ndarray


NOBODY = Pending(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.int64))


def tickets_of(
    company: Company, month: int, contacts: Contacts, first_number: int, count: int, due: Pending
) -> tuple[Tickets, Pending]:
    """All tickets of a month; those from contacts carry the contact's row and agent. Returns repeats still to come."""
    rng = company.plan.rng("tickets", month)
    rows = _from_contacts(rng, contacts, count)
    table = _origins(company, month, rng, contacts, rows, count - len(rows))
    order = np.argsort(table["created"], kind="stable")
    table = {key: values[order] for key, values in table.items()}
    n = len(order)
    tickets = Tickets(
        number=first_number + np.arange(n),
        priority=rng.choice(4, n, p=[0.16, 0.62, 0.17, 0.05]),
        complaint=np.zeros(n, bool),
        **table,
    )
    tickets.agent = _owners(company, rng, tickets)
    # Who comes back depends on when the first ticket was solved: times are made, repeats placed, times made again
    # from the same numbers, so that only the repeats themselves change.
    _times(company, month, company.plan.rng("times", month), tickets)
    due = _repeats(company, month, rng, tickets, due)
    tickets.complaint = _complaints(company, month, rng, tickets)
    tickets.priority = np.where(tickets.complaint, np.maximum(tickets.priority, 2), tickets.priority)
    _times(company, month, company.plan.rng("times", month), tickets)
    _second_agents(company, rng, tickets)
    return tickets, due


def _from_contacts(rng: np.random.Generator, contacts: Contacts, count: int) -> np.ndarray:
    answered = np.flatnonzero(contacts.outcome == ANSWERED)
    weight = np.array([LIVE_WORK[name].ticket for name in LIVE])[contacts.channel[answered]]
    wanted = min(round(FROM_CONTACTS * count), len(answered) // 2)
    keys = np.log(rng.random(len(answered))) / weight
    return np.sort(answered[np.argsort(-keys, kind="stable")[:wanted]])


def _origins(
    company: Company, month: int, rng: np.random.Generator, contacts: Contacts, rows: np.ndarray, offline: int
) -> dict[str, np.ndarray]:
    clock, days = company.clock, company.clock.month_days(month)
    weekday = np.array([1.2, 1.1, 1.05, 1.0, 0.95, 0.6, 0.5])[clock.weekday[days]] * np.where(
        clock.holiday[days], 0.6, 1
    )
    weekday = weekday * np.exp(rng.normal(0, 0.08, len(days)))
    weights = (weekday[:, None] * OFFLINE_HOURS).ravel()
    cells = rng.choice(len(weights), offline, p=weights / weights.sum())
    created = clock.base[days[cells // 24]] + cells % 24 * 3600 + rng.integers(0, 3600, offline)
    age = 0.0 if company.story.calm else month / max(company.plan.months - 1, 1)
    shares = np.array([0.62 - 0.12 * age, 0.26, 0.12 + 0.12 * age])
    return {
        "created": np.concatenate([contacts.ended_at[rows], created]),
        "channel": np.concatenate([contacts.channel[rows], 4 + rng.choice(3, offline, p=shares / shares.sum())]),
        "customer": np.concatenate([contacts.customer[rows], company.customers.choose(rng, int(days[0]), offline)]),
        "topic": np.concatenate([contacts.topic[rows], rng.choice(len(TOPIC_SHARES), offline, p=TOPIC_SHARES)]),
        "contact": np.concatenate([rows, np.full(offline, -1)]),
        "agent": np.concatenate([contacts.agent[rows], np.full(offline, -1)]),
    }


def _owners(company: Company, rng: np.random.Generator, tickets: Tickets) -> np.ndarray:
    """Who took the contact keeps its ticket, mostly; everything else goes to the care team of the region."""
    care = (tickets.agent < 0) | (rng.random(tickets.n) < 0.3)
    opening = company.clock.after_business(tickets.created, np.full(tickets.n, 1_800.0)).astype(np.int64)
    agent = tickets.agent.copy()
    agent[care] = _on_shift(company, opening[care], company.customers.region[tickets.customer[care]], rng)
    return agent


def _on_shift(company: Company, instants: np.ndarray, site: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Somebody of the care teams who is at work at that instant."""
    clock, members = company.clock, np.flatnonzero(company.presence.kind == 2)
    day = clock.day_of(instants)
    slot = np.clip((instants - clock.base[day]) // 1800, 0, 47)
    turn = rng.integers(0, 1 << 30, len(day))
    chosen = pick(company.presence, members, day, slot, site, turn)
    left = np.flatnonzero(chosen < 0)
    if len(left):
        chosen[left] = members[turn[left] % len(members)]
    return chosen


def _repeats(company: Company, month: int, rng: np.random.Generator, tickets: Tickets, due: Pending) -> Pending:
    """A share of solved tickets leads to another of the same customer and topic inside a week."""
    codes = {
        "team": company.staff.team[tickets.agent],
        "topic": tickets.topic,
        "region": company.customers.region[tickets.customer],
    }
    level = company.story.level("fcr_internal", month, codes, tickets.n)
    logits = rates.calibrated((1 - level) * 1.025, np.zeros(tickets.n), 2 * rates.CLUSTER_SD**2)
    logits = logits - rates.CLUSTER_SD * company.staff.quality[tickets.agent]
    returns = rates.draw(rng, logits + rates.customer_effect(tickets.customer, company.plan.seed + 5))
    when = tickets.last_solved + rng.integers(3_600, round(6.2 * DAY), tickets.n)
    parents = np.flatnonzero(returns & (when < NEVER // 2))
    planned = Pending(
        np.concatenate([due.customer, tickets.customer[parents]]),
        np.concatenate([due.topic, tickets.topic[parents]]),
        np.concatenate([due.due, when[parents]]),
    )
    source = np.concatenate([np.full(len(due.due), -1), parents])
    return _place(company, month, tickets, planned, source)


def _place(company: Company, month: int, tickets: Tickets, planned: Pending, source: np.ndarray) -> Pending:
    """Give the repeats of this month the next free places among the tickets that came in writing."""
    clock = company.clock
    end = clock.base[clock.month_days(month)[-1] + 1]
    order = np.argsort(planned.due, kind="stable")
    order = order[planned.due[order] < clock.end]
    now, later = order[planned.due[order] < end], order[planned.due[order] >= end]
    free = np.flatnonzero(tickets.contact < 0)
    place = np.searchsorted(tickets.created[free], planned.due[now])
    # Each takes the next free place: strictly rising positions.
    place = np.maximum.accumulate(place - np.arange(len(now))) + np.arange(len(now))
    now, place = now[place < len(free)], place[place < len(free)]
    at = free[place]
    near = tickets.created[at] < planned.due[now] + 0.75 * DAY
    at, now = at[near], now[near]
    tickets.customer[at], tickets.topic[at] = planned.customer[now], planned.topic[now]
    # A repeat may have a repeat: hand the customer down the chain, one link a round.
    linked, origin = at[source[now] >= 0], source[now][source[now] >= 0]
    for _ in range(12):
        tickets.customer[linked], tickets.topic[linked] = tickets.customer[origin], tickets.topic[origin]
    known = source[later] >= 0
    customer = np.where(known, tickets.customer[source[later]], planned.customer[later])
    return Pending(customer, np.where(known, tickets.topic[source[later]], planned.topic[later]), planned.due[later])


def _complaints(company: Company, month: int, rng: np.random.Generator, tickets: Tickets) -> np.ndarray:
    # A complaint rate is per contact and ticket; there are about 3.1 of these to a ticket.
    codes = {
        "topic": tickets.topic,
        "region": company.customers.region[tickets.customer],
        "segment": company.customers.segment[tickets.customer],
    }
    level = company.story.level("complaint_rate", month, codes, tickets.n) * 3.1
    relative = TOPIC_COMPLAINTS[tickets.topic] / (TOPIC_COMPLAINTS * TOPIC_SHARES).sum()
    if company.story.calm:
        relative = np.ones(tickets.n)
    # People complain while somebody is there to hear it: not when the next hour of work is most of a day away.
    heard = company.clock.after_business(tickets.created, np.full(tickets.n, 3_600.0)) - tickets.created < 20 * 3_600
    level = level * heard / max(float(heard.mean()), 0.1)
    logits = rates.calibrated(np.clip(level * relative, 0, 0.9), np.zeros(tickets.n), rates.CLUSTER_SD**2)
    return rates.draw(rng, logits + rates.customer_effect(tickets.customer, company.plan.seed + 1))


def _times(company: Company, month: int, rng: np.random.Generator, tickets: Tickets) -> None:
    """First reply, solution, reopening: business time, longer for hard topics and low priority."""
    clock, n, staff = company.clock, tickets.n, company.staff
    codes = {
        "channel": tickets.channel,
        "team": staff.team[tickets.agent],
        "topic": tickets.topic,
        "region": company.customers.region[tickets.customer],
        "segment": company.customers.segment[tickets.customer],
    }
    tide = np.exp(rng.normal(0, 0.16, len(clock.base)))[clock.day_of(tickets.created)]
    pace = tide * np.exp(-0.16 * staff.quality[tickets.agent]) * np.array([1.35, 1.0, 0.62, 0.3])[tickets.priority]
    level = company.story.level("first_reply_business_minutes_p50", month, codes, n)
    live = tickets.contact >= 0
    minutes = np.maximum(level, 5) * pace * rng.lognormal(0, 0.85, n) * np.where(live, 0.62, 1.28)
    minutes = np.maximum(minutes, 0.5)
    tickets.replied = clock.after_business(tickets.created, minutes * 60).astype(np.int64)
    tickets.assigned = clock.after_business(tickets.created, minutes * 60 * rng.uniform(0.3, 0.8, n)).astype(np.int64)
    tickets.assigned = np.where(live, tickets.created + 5, tickets.assigned)
    tickets.assigned = np.minimum(tickets.assigned, tickets.replied - 1)
    _solve(company, month, rng, tickets, codes, pace)


def _solve(
    company: Company,
    month: int,
    rng: np.random.Generator,
    tickets: Tickets,
    codes: dict[str, np.ndarray],
    pace: np.ndarray,
) -> None:
    clock, n = company.clock, tickets.n
    tickets.one_touch = rng.random(n) < 0.42
    level = company.story.level("full_resolution_business_minutes_p50", month, codes, n)
    pace = pace * (TOPIC_DIFFICULTY[tickets.topic] if not company.story.calm else 1.0)
    work = np.where(
        tickets.one_touch, rng.uniform(1, 6, n), 1.75 * np.maximum(level, 30) * pace * rng.lognormal(0, 0.9, n)
    )
    work = np.minimum(work, 60 * 8 * 26.0)
    # A few are deleted, and some come back after the thirtieth day.
    level = np.minimum(company.story.level("resolution_rate", month, codes, n) / 0.9955, 0.999)
    in_time = rates.calibrated(level, np.zeros(n), 2 * rates.CLUSTER_SD**2)
    in_time = rates.draw(
        rng,
        in_time
        + rates.CLUSTER_SD * company.staff.quality[tickets.agent]
        + rates.customer_effect(tickets.customer, company.plan.seed + 2),
    )
    tickets.solved = clock.after_business(tickets.replied, work * 60).astype(np.int64)
    # Those not solved inside thirty days take up to three months more.
    limit = tickets.created + 30 * DAY
    tickets.solved = np.where(
        in_time,
        np.minimum(tickets.solved, clock.after_business(limit - 4 * DAY, 60 * rng.uniform(1, 300, n))),
        tickets.solved,
    )
    late = clock.after_business(limit + 3_600, 60 * rng.exponential(9_000, n) + 60)
    tickets.solved = np.where(in_time, tickets.solved, late).astype(np.int64)
    tickets.one_touch &= in_time
    _hurry_complaints(company, month, rng, tickets, codes)
    _reopen(company, month, rng, tickets, codes)


def _hurry_complaints(
    company: Company, month: int, rng: np.random.Generator, tickets: Tickets, codes: dict[str, np.ndarray]
) -> None:
    """Complaints come first: most are answered within the hour of work and solved inside a day."""
    clock, n = company.clock, tickets.n
    fast = rng.random(n) < company.story.level("complaints_resolved_24h", month, codes, n)
    reply = clock.after_business(tickets.created, 60 * np.minimum(rng.lognormal(3.2, 0.6, n), 240.0)).astype(np.int64)
    solved = clock.after_business(reply, 60 * rng.lognormal(4.6, 0.7, n)).astype(np.int64)
    solved = np.maximum(np.minimum(solved, tickets.created + 23 * 3_600), reply + 60)
    fast &= tickets.complaint
    tickets.replied = np.where(fast, np.minimum(reply, tickets.replied), tickets.replied)
    tickets.assigned = np.where(fast, np.minimum(tickets.assigned, tickets.replied - 1), tickets.assigned)
    tickets.solved = np.where(fast, solved, tickets.solved)
    slow = tickets.complaint & ~fast
    tickets.solved = np.where(slow, np.maximum(tickets.solved, tickets.created + 25 * 3_600), tickets.solved)
    tickets.one_touch &= ~slow


def _reopen(
    company: Company, month: int, rng: np.random.Generator, tickets: Tickets, codes: dict[str, np.ndarray]
) -> None:
    clock, n = company.clock, tickets.n
    level = company.story.level("reopen_rate", month, codes, n)
    logits = (
        rates.calibrated(level, np.zeros(n), rates.CLUSTER_SD**2)
        - rates.CLUSTER_SD * company.staff.quality[tickets.agent]
    )
    comes_back = rates.draw(rng, logits)
    tickets.reopened = np.where(comes_back, tickets.solved + rng.integers(3_600, 3 * DAY, n), NEVER)
    tickets.solved_again = np.where(
        comes_back,
        clock.after_business(np.where(comes_back, tickets.reopened, tickets.solved), 60 * rng.lognormal(5.6, 0.8, n)),
        NEVER,
    ).astype(np.int64)
    talks = ~tickets.one_touch & (rng.random(n) < 0.75)
    span = np.maximum(tickets.solved - tickets.replied, 60)
    tickets.asked = np.where(talks, tickets.replied + (span * rng.uniform(0.2, 0.6, n)).astype(np.int64), NEVER)
    tickets.answered = np.where(talks, tickets.replied + (span * rng.uniform(0.65, 0.98, n)).astype(np.int64), NEVER)
    answered = clock.after_business(np.where(talks, tickets.answered, tickets.created), np.ones(n)).astype(np.int64)
    tickets.answered = np.where(talks, np.minimum(answered, tickets.solved), NEVER)
    tickets.raised = np.where(
        (rng.random(n) < 0.03) & (tickets.priority < 3), tickets.created + rng.integers(1_800, DAY, n), NEVER
    )
    gone = rng.random(n) < 0.004
    tickets.deleted = np.where(gone, tickets.created + rng.integers(60, 1_500, n), NEVER)


def _second_agents(company: Company, rng: np.random.Generator, tickets: Tickets) -> None:
    """Some tickets are passed on, some come back; those of agents who left are taken over."""
    n, clock = tickets.n, company.clock
    middle = np.minimum(tickets.replied + 60, tickets.solved)
    moment = clock.after_business(middle, np.ones(n)).astype(np.int64)
    gone = company.staff.left[tickets.agent] < clock.day_of(np.minimum(tickets.solved, clock.end))
    passed = ~tickets.one_touch & (gone | (rng.random(n) < 0.07))
    tickets.second = np.full(n, -1, np.int64)
    tickets.second[passed] = _on_shift(company, moment[passed], company.customers.region[tickets.customer[passed]], rng)
    same = tickets.second == tickets.agent
    tickets.second[same] = -1
    tickets.passed_on = np.where(tickets.second >= 0, moment, NEVER)
    back = (tickets.second >= 0) & ~gone & (rng.random(n) < 0.2)
    tickets.back = np.where(
        back, np.minimum(tickets.passed_on + 5_400, np.maximum(tickets.solved - 30, tickets.passed_on + 1)), NEVER
    )
