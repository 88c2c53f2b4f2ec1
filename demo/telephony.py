"""Exports of the contact platform (one row a contact) and of the partner's night line (half-hours only)."""

from __future__ import annotations

import numpy as np

from demo.company_parts import Company
from demo.contacts import ANSWERED, CONTAINED, Contacts
from demo.customers import CUSTOMER_ID
from demo.exports import Columns, choose, numbered, seconds_text, whole
from demo.helpdesk import TICKET_ID
from demo.people import AGENT_ID
from demo.story import LANGUAGES, LIVE, REGIONS, TEAM_NAMES
from demo.ticket_rows import Tickets
from demo.topics import TOPIC_NAMES

OUTCOMES = ["abandoned", "answered", "contained"]
QUEUES = ["voice_main", "chat_web", "messaging", "callback"]


def contact_rows(company: Company, contacts: Contacts, tickets: Tickets) -> Columns:
    """One row per contact under the contract's own names."""
    n = contacts.n
    answered, contained = contacts.outcome == ANSWERED, contacts.outcome == CONTAINED
    ticket = np.full(n, -1, np.int64)
    with_contact = tickets.contact >= 0
    ticket[tickets.contact[with_contact]] = TICKET_ID + tickets.number[with_contact]
    missing = ~answered
    ended = contacts.ended_at
    return {
        "contact_id": numbered("C", 10_000_000 + contacts.number),
        "arrived_at": seconds_text(contacts.arrived),
        "channel": choose(LIVE, contacts.channel),
        "outcome": choose(OUTCOMES, contacts.outcome),
        "queue": choose(QUEUES, contacts.channel),
        "team": choose(TEAM_NAMES, np.where(contacts.agent >= 0, company.staff.team[contacts.agent], -1)),
        "agent_id": whole(np.where(answered, AGENT_ID + contacts.agent, -1)),
        "customer_id": CUSTOMER_ID + contacts.customer,
        "region": choose(REGIONS, company.customers.region[contacts.customer]),
        "topic": choose(TOPIC_NAMES, contacts.topic),
        "ticket_id": whole(ticket),
        "language": choose(LANGUAGES, company.customers.language[contacts.customer]),
        "direction": choose(["inbound"], np.zeros(n, int)),
        "answered_at": seconds_text(contacts.answered_at),
        "ended_at": seconds_text(ended),
        "wait_seconds": whole(np.where(contained, -1, contacts.wait)),
        "talk_seconds": whole(contacts.talk, missing),
        "hold_seconds": whole(contacts.hold, missing),
        "wrap_seconds": whole(contacts.wrap, missing),
        "transfers": whole(contacts.transfers, missing),
        "met_automation": choose(["false", "true"], contacts.met_bot.astype(int)),
        "updated_at": seconds_text(ended + 60),
    }


def night_line_rows(company: Company) -> Columns:
    """The partner's night line: half-hours from closing to opening, with counts and sums only."""
    rng, clock = company.plan.rng("night line"), company.clock
    slots = np.concatenate([np.arange(42, 48), np.arange(0, 16)])
    day, slot = (grid.ravel() for grid in np.meshgrid(np.arange(1, clock.days), np.sort(slots), indexing="ij"))
    start = clock.base[day] + slot * 1800
    _, first = np.unique(start, return_index=True)
    day, slot, start = day[first], slot[first], start[first]
    scale = max(company.plan.full_time_posts / 60, 0.02)
    growth = np.ones(clock.days) if company.story.calm else company.story.growth[clock.month_of[: clock.days]]
    shape = np.where(slot >= 42, 2.6, 0.6 + 1.6 * (slot >= 12))
    offered = rng.poisson(shape * scale * growth[day] * np.exp(rng.normal(0, 0.15, clock.days))[day])
    short = rng.binomial(offered, 0.015)
    late = rng.binomial(offered - short, 0.19)
    lost = rng.binomial(late, 0.3)
    answered, quick = offered - short - lost, offered - short - late
    calm = company.story.calm
    # Without effects the partner's people are as quick as our own, and so is its queue.
    talk = np.round(answered * (430 if calm else 330) * rng.lognormal(-0.045, 0.3, len(day))).astype(int)
    usual = company.waits[0].sum() / max(company.waits[1].sum(), 1)
    waited = np.round(answered * usual).astype(int) if calm else quick * 6 + (answered - quick) * 55
    n = len(day)
    return {
        "queue": choose(["night_line"], np.zeros(n, int)),
        "channel": choose(["voice"], np.zeros(n, int)),
        "interval_start_at": seconds_text(start),
        "interval_end_at": seconds_text(start + 1800),
        "team": choose(["Night partner"], np.zeros(n, int)),
        "region": choose(REGIONS, np.zeros(n, int)),
        "topic": choose(TOPIC_NAMES, np.full(n, -1)),
        "offered": offered,
        "answered": answered,
        "abandoned": short + lost,
        "abandoned_short": short,
        "answered_in_threshold": quick,
        "abandoned_in_threshold": short + rng.binomial(lost, 0.4),
        "threshold_seconds": np.full(n, 20),
        "flowed_out": np.zeros(n, int),
        "handled": answered,
        "transferred": rng.binomial(answered, 0.05),
        "wait_seconds": waited,
        "talk_seconds": talk,
        "hold_seconds": np.zeros(n, int),
        "wrap_seconds": answered * (58 if calm else 45),
        "updated_at": seconds_text(start + 3600),
    }
