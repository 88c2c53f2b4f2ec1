"""When tickets are answered, solved and reopened, and which of them are complaints."""

from __future__ import annotations

import numpy as np

from demo import rates
from demo.company_parts import Company
from demo.ticket_rows import DAY, NEVER, Tickets
from demo.topics import TOPIC_COMPLAINTS, TOPIC_DIFFICULTY, TOPIC_SHARES

FOLLOWED = 1.2
"""Customers back inside the week per one who is there among the tickets: some of them come for the second time."""


def who_complains(company: Company, month: int, rng: np.random.Generator, tickets: Tickets) -> np.ndarray:
    # A complaint rate is per contact and ticket; there are ten thirds of these to a ticket, and some are deleted.
    codes = {
        "topic": tickets.topic,
        "region": company.customers.region[tickets.customer],
        "segment": company.customers.segment[tickets.customer],
    }
    level = company.story.level("complaint_rate", month, codes, tickets.n) * 3.6
    relative = TOPIC_COMPLAINTS[tickets.topic] / (TOPIC_COMPLAINTS * TOPIC_SHARES).sum()
    if company.story.calm:
        relative = np.ones(tickets.n)
    # People complain while somebody is there to hear it: not when the next hour of work is most of a day away.
    heard = company.clock.after_business(tickets.created, np.full(tickets.n, 3_600.0)) - tickets.created < 20 * 3_600
    level = level * heard / max(float(heard.mean()), 0.1)
    # Who is back after a standard answer may complain more often, where that is planted.
    held = codes | {"team": company.staff.team[tickets.agent]}
    back = 1 - company.story.level("fcr_internal", month, held, tickets.n)
    more = FOLLOWED * company.effects.delta("standard_answer_complaint_gap", month, {}, tickets.n) / back.mean()
    level = level * relative + more * tickets.after_standard * heard / max(float(heard.mean()), 0.1)
    logits = rates.calibrated(np.clip(level, 0, 0.9), np.zeros(tickets.n), rates.CLUSTER_SD**2)
    return rates.draw(rng, logits + rates.customer_effect(tickets.customer, company.plan.seed + 1))


def set_times(company: Company, month: int, rng: np.random.Generator, tickets: Tickets) -> None:
    """First reply, solution, reopening: business time, longer for hard topics and low priority."""
    clock, n, staff = company.clock, tickets.n, company.staff
    codes = {
        "channel": tickets.channel,
        "team": staff.team[tickets.agent],
        "topic": tickets.topic,
        "region": company.customers.region[tickets.customer],
        "segment": company.customers.segment[tickets.customer],
    }
    tide = np.exp(company.plan.rng("ticket days", month).normal(0, 0.16, len(clock.base)))[
        clock.day_of(tickets.created)
    ]
    pace = tide * np.exp(-0.16 * staff.quality[tickets.agent]) * np.array([1.35, 1.0, 0.62, 0.3])[tickets.priority]
    level = company.story.level("first_reply_business_minutes_p50", month, codes, n)
    live = tickets.contact >= 0
    # What was a call or a chat is confirmed sooner than a letter is answered.
    origin = 1.17 if company.story.calm else np.where(live, 0.775, 1.60)
    minutes = np.maximum(level, 5) * pace * rng.lognormal(0, 0.85, n) * origin
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
        tickets.one_touch, rng.uniform(1, 6, n), 2.39 * np.maximum(level, 30) * pace * rng.lognormal(0, 0.9, n)
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
    talks = ~tickets.one_touch & (rng.random(n) < 0.6)
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
