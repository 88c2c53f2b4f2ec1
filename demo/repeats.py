"""Who comes back with the same matter inside a week of its solution."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from demo import rates
from demo.company_parts import Company
from demo.ticket_rows import DAY, NEVER, Tickets


@dataclass
class Pending:
    """Repeats that are due after the month's end: who, about what, when, when the week is over, and whether the first
    answer was a standard one."""

    customer: np.ndarray
    topic: np.ndarray
    due: np.ndarray
    until: np.ndarray
    standard: np.ndarray


NOBODY = Pending(*(np.zeros(0, np.int64) for _ in range(5)))


def plan_repeats(company: Company, month: int, rng: np.random.Generator, tickets: Tickets, due: Pending) -> Pending:
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
        np.concatenate([due.until, tickets.last_solved[parents] + round(6.95 * DAY)]),
        np.concatenate([due.standard, tickets.standard[parents]]),
    )
    source = np.concatenate([np.full(len(due.due), -1), parents])
    return _place(company, month, tickets, planned, source)


def _taken(due: np.ndarray, until: np.ndarray, created: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(who, which place): each in turn takes the next free place; who finds none inside the week goes without one and
    leaves it to others."""
    first = np.searchsorted(created, due).tolist()
    limits, instants = until.tolist(), created.tolist()
    pairs, following = [], 0
    for who, place in enumerate(first):
        following = max(following, place)
        if following < len(instants) and instants[following] < limits[who]:
            pairs.append((who, following))
            following += 1
    found = np.array(pairs, np.int64).reshape(-1, 2)
    return found[:, 0], found[:, 1]


def _place(company: Company, month: int, tickets: Tickets, planned: Pending, source: np.ndarray) -> Pending:
    """Give the repeats of this month the next free places among the tickets that came in writing."""
    clock = company.clock
    end = clock.base[clock.month_days(month)[-1] + 1]
    order = np.argsort(planned.due, kind="stable")
    order = order[planned.due[order] < clock.end]
    now, later = order[planned.due[order] < end], order[planned.due[order] >= end]
    free = np.flatnonzero(tickets.contact < 0)
    who, place = _taken(planned.due[now], planned.until[now], tickets.created[free])
    at, now = free[place], now[who]
    tickets.customer[at], tickets.topic[at] = planned.customer[now], planned.topic[now]
    tickets.after_standard[at] = planned.standard[now]
    # A repeat may have a repeat: hand the customer down the chain, one link a round.
    linked, origin = at[source[now] >= 0], source[now][source[now] >= 0]
    for _ in range(12):
        tickets.customer[linked], tickets.topic[linked] = tickets.customer[origin], tickets.topic[origin]
    known = source[later] >= 0
    customer = np.where(known, tickets.customer[source[later]], planned.customer[later])
    topic = np.where(known, tickets.topic[source[later]], planned.topic[later])
    return Pending(customer, topic, planned.due[later], planned.until[later], planned.standard[later])
