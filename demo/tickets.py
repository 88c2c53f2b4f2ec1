"""Tickets of one month: where they come from and who works on them."""

from __future__ import annotations

import numpy as np

from demo.company_parts import Company
from demo.contacts import ANSWERED, Contacts
from demo.presence import pick
from demo.repeats import Pending, plan_repeats
from demo.story import LIVE, LIVE_WORK
from demo.ticket_rows import NEVER, Tickets
from demo.timeline import set_times, who_complains
from demo.topics import TOPIC_SHARES

FROM_CONTACTS = 0.45
# Share of tickets answered first by a standard answer: of those from contacts, of those that came in writing.
STANDARD = (0.12, 0.24)
OFFLINE_HOURS = np.array(
    [1, 0.6, 0.4, 0.3, 0.3, 0.5, 1, 2, 4, 6, 7, 7, 6.4, 6, 6.2, 6.4, 6.2, 5.6, 5.2, 5, 4.6, 4, 3, 2]
)


def tickets_of(
    company: Company, month: int, contacts: Contacts, first_number: int, count: int, due: Pending
) -> tuple[Tickets, Pending]:
    """All tickets of a month; those from contacts carry the contact's row and agent. Returns repeats still to come."""
    rng = company.rng("tickets", month)
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
    share = np.where(tickets.contact < 0, STANDARD[1], STANDARD[0])
    tickets.standard = company.rng("standard answers", month).random(n) < share
    tickets.after_standard = np.zeros(n, bool)
    # Who comes back depends on when the first ticket was solved: times are made, repeats placed, times made again
    # from the same numbers, so that only the repeats themselves change.
    set_times(company, month, company.rng("times", month), tickets)
    due = plan_repeats(company, month, rng, tickets, due)
    tickets.complaint = who_complains(company, month, rng, tickets)
    tickets.priority = np.where(tickets.complaint, np.maximum(tickets.priority, 2), tickets.priority)
    set_times(company, month, company.rng("times", month), tickets)
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
    clock, members = company.clock, company.members(2)
    day = clock.day_of(instants)
    slot = np.clip((instants - clock.base[day]) // 1800, 0, 47)
    turn = rng.integers(0, 1 << 30, len(day))
    chosen = pick(company.presence, members, day, slot, site, turn)
    left = np.flatnonzero(chosen < 0)
    if len(left):
        chosen[left] = members[turn[left] % len(members)]
    return chosen


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
