"""Calls, chats, messages and callbacks of one month: arrivals, waits, outcomes, handling, the agent who answered."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import expit

from demo import queueing, rates
from demo.company_parts import Company
from demo.plan import split
from demo.presence import LINE_HOURS, day_type, overlapping, pick, turns
from demo.story import CHANNEL_KIND, LIVE, LIVE_WORK, SHORT
from demo.topics import TOPIC_DIFFICULTY, TOPIC_SHARES

SLOTS = 48
ABANDONED, ANSWERED, CONTAINED = 0, 1, 2
BOT_SECONDS, BOT_SD, QUICKEST = 180.0, 0.4, 15
"""Mean length of a conversation that the bot ends, its spread in logarithms, and the shortest there is."""
WEEKDAY = np.array([1.18, 1.07, 1.02, 1.0, 0.94, 0.52, 0.30])
SHORT_SHARE = 0.012
# Logit effects on being answered in time; in the rows as they are exported each makes an intraclass correlation of at
# least 0.02 (a share of 80 % shows a sixth of a logit effect's variance, and the effects hide each other).
DAY_SD, AGENT_SD, CUSTOMER_SD = 0.45, 0.60, 0.48


@dataclass
class Contacts:
    """One row per contact of a month, in order of arrival."""

    number: np.ndarray
    arrived: np.ndarray
    day: np.ndarray
    channel: np.ndarray
    customer: np.ndarray
    topic: np.ndarray
    agent: np.ndarray
    outcome: np.ndarray
    wait: np.ndarray
    talk: np.ndarray
    hold: np.ndarray
    wrap: np.ndarray
    transfers: np.ndarray
    met_bot: np.ndarray
    bot: np.ndarray
    late: np.ndarray

    @property
    def n(self) -> int:
        return len(self.number)

    @property
    def answered_at(self) -> np.ndarray:
        return np.where(self.outcome == ANSWERED, self.arrived + self.wait, 0)

    @property
    def ended_at(self) -> np.ndarray:
        return self.arrived + self.wait + self.talk + self.hold + self.bot

    @property
    def handling(self) -> np.ndarray:
        """Seconds of the agent's time, chats shared between the customers served at once."""
        at_once = np.array([LIVE_WORK[name].concurrency for name in LIVE])[self.channel]
        return (self.talk + self.hold) / at_once + self.wrap


def contacts_of(company: Company, month: int, first_number: int, count: int) -> Contacts:
    """All contacts of a month."""
    rng = company.rng("contacts", month)
    shares = company.story.channel_shares(month)
    parts = [_channel(company, month, code, n, rng) for code, n in enumerate(split(count, shares)) if n]
    table = {key: np.concatenate([part[key] for part in parts]) for key in parts[0]}
    order = np.argsort(table["arrived"], kind="stable")
    table = {key: values[order] for key, values in table.items()}
    table["customer"] = _repeat_callers(rng, table["customer"], count)
    return _served(company, month, rng, table, first_number)


def _profile(kind: int) -> np.ndarray:
    """How arrivals spread over the half-hours of a day."""
    hour = np.arange(SLOTS) / 2 + 0.25
    if kind == 0:
        return 1.0 * np.exp(-0.5 * ((hour - 10.4) / 1.7) ** 2) + 0.8 * np.exp(-0.5 * ((hour - 15.2) / 2.1) ** 2) + 0.16
    return 0.7 * np.exp(-0.5 * ((hour - 12.0) / 2.6) ** 2) + 0.8 * np.exp(-0.5 * ((hour - 18.3) / 2.0) ** 2) + 0.22


def _channel(company: Company, month: int, code: int, count: int, rng: np.random.Generator) -> dict[str, np.ndarray]:
    """Arrivals of a channel, and the chance of each to be answered in time, from load and staff of its half-hour."""
    clock, work = company.clock, company.story.work[LIVE[code]]
    days, kind = clock.month_days(month), int(CHANNEL_KIND[code])
    kinds = day_type(clock)[days]
    minute = np.arange(SLOTS) * 30
    spans = np.array([span or (0, 0) for span in LINE_HOURS[kind]])[kinds]
    opened = (minute >= spans[:, :1]) & (minute < spans[:, 1:])
    weekday = np.where(clock.holiday[days], 6, clock.weekday[days])
    plan = _profile(kind) * WEEKDAY[weekday][:, None] * opened
    plan = plan / plan.sum() * count
    # Forecast errors of the day and of the hour: what makes queues. A day is a day for all slices alike.
    days_of = company.plan.rng("days", month, code)
    actual = plan * np.exp(days_of.normal(0, 0.075, (len(days), 1)) + rng.normal(0, 0.05, plan.shape))
    cells = np.repeat(np.arange(plan.size), rng.multinomial(count, (actual / actual.sum()).ravel()))
    seconds = (work.talk + work.hold * work.hold_share) / work.concurrency + work.wrap
    load, expected = actual.ravel() * seconds / 1800, plan.ravel() * seconds / 1800
    busy = expected > 0
    goal = float(company.story.level("service_level", month, {"channel": np.array([code])}, 1)[0])
    staff = np.zeros(plan.size)
    limit = company.story.thresholds[LIVE[code]]
    staff[busy] = queueing.staff_for(
        expected[busy], expected[busy], seconds, work.patience, limit, min(max(goal, 0.05), 0.98)
    )
    share = np.full(plan.size, 0.5)
    share[busy] = np.clip(queueing.answered_within(load[busy], staff[busy], seconds, work.patience, limit), 0.02, 0.995)
    slot = cells % SLOTS
    day = days[cells // SLOTS]
    return {
        "arrived": clock.base[day] + slot * 1800 + rng.integers(0, 1800, count),
        "day": day,
        "slot": slot,
        "channel": np.full(count, code),
        "pressure": np.log(share[cells] / (1 - share[cells])),
        "tide": days_of.normal(0, DAY_SD, len(days))[cells // SLOTS],
        "customer": company.customers.choose(rng, int(days[0]), count),
    }


def _repeat_callers(rng: np.random.Generator, customer: np.ndarray, count: int) -> np.ndarray:
    """Some call again within the day: they take the place of somebody a little later."""
    again = np.flatnonzero(rng.random(count) < 0.06)
    again = again[again > 40]
    result = customer.copy()
    result[again] = customer[again - rng.integers(1, 40, len(again))]
    return result


def _served(
    company: Company, month: int, rng: np.random.Generator, table: dict[str, np.ndarray], first: int
) -> Contacts:
    n, channel, customer = len(table["day"]), table["channel"], table["customer"]
    topic = rng.choice(len(TOPIC_SHARES), n, p=TOPIC_SHARES)
    region = company.customers.region[customer]
    noise = rng.lognormal(-0.18, 0.6, n)
    agent = _answering(company, table, region, noise)
    codes = {
        "channel": channel,
        "region": region,
        "topic": topic,
        "segment": company.customers.segment[customer],
        "team": company.staff.team[agent],
    }
    effects = table["tide"] + AGENT_SD * company.staff.quality[agent]
    effects += rates.customer_effect(customer, company.plan.seed, CUSTOMER_SD)
    level = company.story.level("service_level", month, codes, n)
    variance = DAY_SD**2 + AGENT_SD**2 + CUSTOMER_SD**2
    logits = rates.calibrated(level, table["pressure"] - table["pressure"].mean(), variance, channel)
    met, contained = _bot(company, month, rng, codes, n)
    outcome, wait, late = _wait(company, month, rng, codes, expit(logits + effects))
    outcome[contained] = CONTAINED
    agent[contained] = -1
    work = _work(company, month, rng, codes, agent, table["day"], outcome, noise)
    wait[contained], late[contained] = 0, False
    return Contacts(
        number=first + np.arange(n),
        arrived=table["arrived"],
        day=table["day"],
        channel=channel,
        customer=customer,
        topic=topic,
        agent=agent,
        outcome=outcome,
        wait=wait,
        met_bot=met,
        bot=np.where(contained, _bot_seconds(company, month, codes, n), 0),
        late=late,
        **work,
    )


def _answering(company: Company, table: dict[str, np.ndarray], region: np.ndarray, noise: np.ndarray) -> np.ndarray:
    """Who answers: somebody on shift in rotation, of the customer's region and not busy where possible."""
    agent = np.full(len(region), -1, np.int64)
    for kind in (0, 1):
        rows = np.flatnonzero(CHANNEL_KIND[table["channel"]] == kind)
        members = company.members(kind)
        day, slot, start = table["day"][rows], table["slot"][rows], table["arrived"][rows]
        turn = turns(region[rows].astype(np.int64))
        chosen = pick(company.presence, members, day, slot, region[rows], turn)
        lines = company.story.work.values()
        length = np.array([(work.talk + work.wrap) / work.concurrency for work in lines])
        end = start + (length[table["channel"][rows]] * noise[rows]).astype(np.int64)
        for attempt in range(1, 3 if kind else 11):
            busy = np.flatnonzero(overlapping(chosen, start, end))
            turn[busy] += attempt
            chosen[busy] = pick(company.presence, members, day[busy], slot[busy], None, turn[busy])
        alone = np.flatnonzero(chosen < 0)
        everybody = np.flatnonzero(company.presence.kind == kind)
        chosen[alone] = pick(company.presence, everybody, day[alone], slot[alone], None, turn[alone])
        agent[rows] = chosen
    return agent


def _bot(
    company: Company, month: int, rng: np.random.Generator, codes: dict[str, np.ndarray], n: int
) -> tuple[np.ndarray, np.ndarray]:
    met = rng.random(n) < np.array([LIVE_WORK[name].bot for name in LIVE])[codes["channel"]]
    # Of those the bot ends, some come back within the day and do not count.
    level = company.story.level("containment_rate", month, codes, n) / 0.93
    return met, met & (rng.random(n) < np.clip(level, 0, 1))


def _bot_seconds(company: Company, month: int, codes: dict[str, np.ndarray], n: int) -> np.ndarray:
    """How long a conversation is that the bot ends, in whole seconds."""
    noise = company.rng("bot seconds", month).lognormal(-(BOT_SD**2) / 2, BOT_SD, n)
    # Without effects the bot is as quick as people are: what is planted is all that sets them apart.
    alike = [work.talk for work in company.story.work.values()]
    usual = np.array(alike)[codes["channel"]] if company.story.calm else BOT_SECONDS
    mean = usual - company.story.level("automation_seconds_saved", month, codes, n)
    return np.maximum(mean * noise, QUICKEST).astype(np.int64)


def _wait(
    company: Company, month: int, rng: np.random.Generator, codes: dict[str, np.ndarray], chance: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Outcome, wait in whole seconds, and whether the threshold was missed."""
    n, channel = len(chance), codes["channel"]
    limit = np.array([company.story.thresholds[name] for name in LIVE])[channel]
    patience = np.array([company.story.work[name].patience for name in LIVE])[channel]
    short = rng.random(n) < SHORT_SHARE
    in_time = rng.random(n) < chance
    lost = np.clip(company.story.level("abandonment_rate", month, codes, n) - SHORT_SHARE, 0, 1) / (1 - SHORT_SHARE)
    mean_late = np.bincount(channel, 1 - chance) / np.maximum(np.bincount(channel), 1)
    gone = ~in_time & (rng.random(n) < np.clip(lost / np.maximum(mean_late[channel], 1e-3), 0, 0.97))
    at_once = rng.random(n) < np.clip(1.25 * chance - 0.35, 0.05, 0.95)
    ring = 1 + rng.exponential(2.6, n)
    quick = np.where(at_once, ring, limit * rng.random(n) ** 0.7)
    slow = limit + rng.exponential(18 + 260 * np.clip(1 - chance, 0, 0.8), n)
    left = SHORT + 1 + rng.exponential(patience * 0.45, n)
    wait = np.where(in_time, np.minimum(quick, limit), np.where(gone, left, np.ceil(slow + 0.5)))
    wait = np.where(short, rng.random(n) * SHORT, wait).astype(np.int64)
    outcome = np.where(short | gone, ABANDONED, ANSWERED)
    return outcome, wait, ~in_time & ~short


def _work(
    company: Company,
    month: int,
    rng: np.random.Generator,
    codes: dict[str, np.ndarray],
    agent: np.ndarray,
    day: np.ndarray,
    outcome: np.ndarray,
    noise: np.ndarray,
) -> dict[str, np.ndarray]:
    n, channel = len(agent), codes["channel"]
    answered = outcome == ANSWERED
    lines = company.story.work.values()
    means = np.array([[work.talk, work.hold, work.hold_share, work.wrap] for work in lines])[channel]
    staff = company.staff
    # A new agent needs a third more time at first and none more after ten weeks.
    ramp = 1 + 0.33 * np.clip(1 - (day - staff.hired[agent]) / 70, 0, 1)
    pace = ramp * staff.speed[agent] * company.story.level("aht_seconds", month, codes, n)
    if not company.story.calm:
        pace = pace * (0.7 + 0.3 * TOPIC_DIFFICULTY[codes["topic"]] / 0.93)
    talk = means[:, 0] * pace * noise
    held = rng.random(n) < means[:, 2]
    passed = rng.random(n) < company.story.level("transfer_rate", month, codes, n)
    return {
        "talk": np.where(answered, np.maximum(talk, 8), 0).astype(np.int64),
        "hold": np.where(answered & held, means[:, 1] * rng.lognormal(-0.1, 0.5, n), 0).astype(np.int64),
        "wrap": np.where(answered, means[:, 3] * rng.lognormal(-0.12, 0.5, n), 0).astype(np.int64),
        "transfers": np.where(answered & passed, 1 + (rng.random(n) < 0.1), 0),
    }
