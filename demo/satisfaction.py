"""Who is satisfied, and the ticket system's ratings."""

from __future__ import annotations

import numpy as np

from demo import rates
from demo.company_parts import Company
from demo.contacts import Contacts
from demo.customers import CUSTOMER_ID
from demo.exports import Columns, choose, seconds_text, take
from demo.helpdesk import GROUP_ID, TICKET_ID, owner_at
from demo.people import AGENT_ID
from demo.ticket_rows import DAY, NEVER, Tickets


def rating_rows(company: Company, month: int, tickets: Tickets, contacts: Contacts) -> Columns:
    """Ratings, offered after the solution and answered by some; good ones follow from what happened."""
    rng, n, end = company.rng("ratings", month), tickets.n, company.clock.end - 1
    offered = tickets.solved + rng.integers(20 * 3_600, 28 * 3_600, n)
    asked = (rng.random(n) < 0.45) & (offered <= end) & (tickets.deleted == NEVER)
    codes = {
        "channel": tickets.channel,
        "team": company.staff.team[tickets.agent],
        "topic": tickets.topic,
        "region": company.customers.region[tickets.customer],
        "segment": company.customers.segment[tickets.customer],
    }
    response = company.story.level("response_rate", month, codes, n)
    answered_at = offered + (rng.exponential(14 * 3_600, n)).astype(np.int64) + 60
    answered = asked & (rng.random(n) < response) & (answered_at <= end)
    late = np.where(tickets.contact >= 0, contacts.late[tickets.contact], False)
    waited = np.log1p((company.clock.business(tickets.replied) - company.clock.business(tickets.created)) / 60)
    pull = 0.30 * (waited.mean() - waited) - 0.75 * late - 0.9 * (tickets.reopened < NEVER) - 0.5 * tickets.complaint
    pull -= 0.35 * np.log1p((tickets.solved - tickets.created) / DAY / 3)
    good = company_satisfaction(
        company,
        month,
        rng,
        codes,
        pull,
        tickets.customer,
        tickets.agent,
        company.clock.day_of(np.minimum(answered_at, end)),
        "ticket",
    )
    score = np.where(answered, np.where(good, 0, 1), 2)
    columns = {
        "id": 362_000_000_000 + tickets.number,
        "assignee_id": AGENT_ID + owner_at(tickets, tickets.solved),
        "created_at": seconds_text(offered, False),
        "group_id": GROUP_ID + company.staff.team[owner_at(tickets, tickets.solved)],
        "requester_id": CUSTOMER_ID + tickets.customer,
        "score": choose(["good", "bad", "offered"], score),
        "ticket_id": TICKET_ID + tickets.number,
        "updated_at": seconds_text(np.where(answered, answered_at, offered), False),
        "comment": choose(
            ["Took too long", "Not solved", "Friendly and quick"],
            np.where(answered & (some_words(rng, n)), np.where(good, 2, tickets.number % 2), -1),
        ),
    }
    return take(columns, asked)


def some_words(rng: np.random.Generator, n: int) -> np.ndarray:
    """One in eight says something."""
    return rng.random(n) < 0.125


def company_satisfaction(
    company: Company,
    month: int,
    rng: np.random.Generator,
    codes: dict[str, np.ndarray],
    pull: np.ndarray,
    customer: np.ndarray,
    agent: np.ndarray,
    day: np.ndarray,
    stream: str,
) -> np.ndarray:
    """Is each customer satisfied: the month's level, what happened to them, and effects of day, agent and customer."""
    tide = company.plan.rng("tide", stream).normal(0, rates.CLUSTER_SD, len(company.clock.dates))
    level = company.story.level("csat", month, codes, len(pull))
    logits = rates.calibrated(level, pull, 3 * rates.CLUSTER_SD**2)
    effects = (
        tide[day]
        + rates.CLUSTER_SD * company.staff.quality[agent]
        + rates.customer_effect(customer, company.plan.seed + 3)
    )
    return rates.draw(rng, logits + effects)
