"""The workforce system's exports: people, their time, training, quality checks."""

from __future__ import annotations

import numpy as np

from demo import calm, rates
from demo.company_parts import Company
from demo.contacts import ANSWERED, Contacts
from demo.exports import Columns, choose, days_text, numbered, seconds_text, whole
from demo.helpdesk import TICKET_ID
from demo.moves import internal_moves
from demo.people import AGENT_ID, NEVER, REASONS
from demo.plans import plan_of
from demo.presence import HOLIDAY, SICK, VACATION, WORK, shift_name
from demo.story import CHANNELS, REGIONS, TEAM_NAMES
from demo.ticket_rows import Tickets

PAID = 8 * 3_600
BREAK, MEETING, COACHING = 2_700, 900, 500
STATES = ["handling", "available", "meeting", "training", "coaching", "break", "absence", "holiday"]
MAIN_CHANNEL = np.array([0, 1, 4])
COURSES = [
    "Product update",
    "Handling complaints",
    "Writing clearly",
    "Data protection",
    "New billing system",
    "Calm on the phone",
]


def add_handling(company: Company, month: int, contacts: Contacts) -> None:
    """Sum the live handling seconds per day of the month, agent and channel."""
    days = company.clock.month_days(month)
    answered = contacts.outcome == ANSWERED
    shape = (len(days), company.staff.n, 4)
    cell = np.ravel_multi_index(
        (contacts.day[answered] - days[0], contacts.agent[answered], contacts.channel[answered]), shape
    )
    line = contacts.channel[answered]
    company.waits += [np.bincount(line, contacts.wait[answered], minlength=4), np.bincount(line, minlength=4)]
    seconds = np.bincount(cell, contacts.handling[answered], minlength=int(np.prod(shape)))
    company.handling[month] = company.handling.get(month, 0) + seconds.reshape(shape).astype(np.float32)


def occupancy_of(company: Company, month: int) -> float:
    """How busy the month is: the level, moved by volume against people at work."""
    worked = np.array(
        [company.presence.state[company.clock.month_days(m)].__eq__(WORK).sum() for m in range(company.plan.months)],
        float,
    )
    volume = company.story.volume
    pressure = (volume[month] / volume.mean()) / (worked[month] / worked.mean())
    level = float(company.story.level("occupancy", month, {}, 1)[0])
    if company.story.calm:
        return level
    return float(np.clip(level * (1 + 0.35 * (pressure - 1)), 0.735, 0.855))


def time_rows(company: Company, month: int, training: np.ndarray) -> Columns:
    """One row per agent, day, state and channel; ``training`` holds hours per day of the month and agent."""
    clock, rng = company.clock, company.plan.rng("time", month)
    days = clock.month_days(month)
    state, live = company.presence.state[days], company.handling.pop(month)
    at_work, post = state == WORK, company.staff.post
    training = np.where(at_work, np.minimum(training * 3_600, 0.5 * PAID * post), 0)
    monday = (clock.weekday[days] == 0)[:, None]
    meeting = at_work * np.where(monday, 2 * MEETING, 0.6 * MEETING) * post
    coaching, pause = at_work * COACHING * post, at_work * BREAK * post
    planned = np.maximum(at_work * PAID * post - training - meeting - coaching - pause, 0)
    total, busy = live.sum(axis=2), occupancy_of(company, month)
    if company.story.calm:
        opened, mail = calm.open_time(company, month, planned, total, busy)
    else:
        opened = _open_time(planned, total, busy, post)
        mail = _deferred(opened * rng.normal(1, 0.03, opened.shape), total, busy * float(opened.sum()))
    spent = {
        "training": training,
        "meeting": meeting,
        "coaching": coaching,
        "break": pause,
        "absence": (state == SICK) * PAID * post,
        "holiday": ((state == VACATION) | (state == HOLIDAY)) * PAID * post,
    }
    parts = [(0, code, live[:, :, code]) for code in range(4)] + [(0, 4, mail)]
    main = MAIN_CHANNEL[company.staff.kind]
    free = np.maximum(opened - total - mail, 0)
    if company.story.calm:
        parts += calm.free_time(parts, free)
    else:
        parts += [(1, int(code), np.where(main == code, free, 0)) for code in MAIN_CHANNEL]
    parts += [(STATES.index(name), -1, seconds) for name, seconds in spent.items()]
    return _time_columns(company, days, parts, rng)


def _open_time(planned: np.ndarray, live: np.ndarray, busy: float, post: float) -> np.ndarray:
    """Time open to work: as planned with full posts; part-time people come when there is something to do."""
    if post >= 1:
        return np.maximum(planned, live / 0.94)
    low, high, goal = 0.0, 1.0, max(float(planned.sum()), float(live.sum()) / busy)
    for _ in range(30):
        factor = (low + high) / 2
        low, high = (factor, high) if float(np.maximum(live / busy, factor * planned).sum()) < goal else (low, factor)
    return np.maximum(live / busy, high * planned)


def _deferred(opened: np.ndarray, live: np.ndarray, goal: float) -> np.ndarray:
    """Work on tickets fills the time that live contacts leave, up to the wanted occupancy in all."""
    low, high = 0.0, 0.985
    for _ in range(30):
        level = (low + high) / 2
        low, high = (level, high) if float(np.maximum(level * opened, live).sum()) < goal else (low, level)
    return np.maximum(np.maximum(high * opened, live) - live, 0)


def _time_columns(
    company: Company, days: np.ndarray, parts: list[tuple[int, int, np.ndarray]], rng: np.random.Generator
) -> Columns:
    rows = []
    for code, way, spent in parts:
        at, who = np.nonzero(spent >= 1)
        whole_seconds = np.round(spent[at, who]).astype(np.int64)
        rows.append((at, who, np.full(len(at), code), np.full(len(at), way), whole_seconds))
    day, agent, state, channel, seconds = (np.concatenate(part) for part in zip(*rows, strict=True))
    order = np.lexsort((channel, state, agent, day))
    day, agent, state, channel, seconds = (part[order] for part in (day, agent, state, channel, seconds))
    scheduled = np.round(seconds * rng.normal(1.0, 0.04, len(day)).clip(0.8, 1.2)).astype(np.int64)
    return {
        "agent_id": AGENT_ID + agent,
        "worked_on": days_text(company.clock.midnight[days[day]] // 86_400),
        "state": choose(STATES, state),
        "channel": choose(CHANNELS, channel),
        "seconds": seconds,
        "is_paid": choose(["true"], np.zeros(len(day), int)),
        "scheduled_seconds": scheduled,
        "adherent_seconds": np.round(np.minimum(seconds, scheduled) * rng.uniform(0.90, 0.99, len(day))).astype(
            np.int64
        ),
    }


def training_rows(company: Company, month: int, first: int) -> tuple[Columns, np.ndarray]:
    """Courses of two hours on days at work, and two days of introduction for the new; hours per day and agent too."""
    rng, clock, staff = company.plan.rng("training", month), company.clock, company.staff
    days = clock.month_days(month)
    at_work = company.presence.state[days] == WORK
    here = np.flatnonzero(at_work.any(axis=0))
    codes = {"team": staff.team[here], "region": staff.site[here]}
    new = (staff.hired[here] >= days[0]) & (staff.hired[here] <= days[-1])
    level = company.story.level("training_hours_per_agent", month, codes, len(here)) - 16.0 * new.mean()
    who = np.repeat(here, rng.poisson(np.maximum(level, 0) / 2) + 8 * new)
    chance = rng.random((len(days), len(who))) * at_work[:, who]
    day = chance.argmax(axis=0)
    who, day = who[chance.max(axis=0) > 0], day[chance.max(axis=0) > 0]
    pairs = np.unique(day * staff.n + who)
    day, who = pairs // staff.n, pairs % staff.n
    hours = np.zeros(at_work.shape)
    np.add.at(hours, (day, who), 2.0)
    n = len(who)
    course = np.where(np.isin(who, here[new]), 0, rng.integers(0, len(COURSES), n))
    return {
        "training_id": numbered("T", first + np.arange(n)),
        "agent_id": AGENT_ID + who,
        "trained_on": days_text(clock.midnight[days[day]] // 86_400),
        "hours": np.full(n, 2.0),
        "course": choose([*COURSES, "Introduction"], np.where(np.isin(who, here[new]), len(COURSES), course)),
        "topic": choose(
            ["product", "complaints", "writing", "rules", "product", "service", "introduction"],
            np.where(np.isin(who, here[new]), 6, course),
        ),
        "passed": choose(["false", "true"], (rng.random(n) < 0.96).astype(int)),
        "hours_needed": np.full(n, 2.5),
        "plan": plan_of(company, month, who),
    }, hours


def check_rows(
    company: Company, month: int, contacts: Contacts, tickets: Tickets, first: int, trained: np.ndarray
) -> Columns:
    """Quality checks of one contact in eleven and one ticket in fourteen.

    ``trained``: above nought for who had more courses than usual of late, below for who had fewer, ± a half on average.
    """
    rng, clock, end = company.rng("checks", month), company.clock, company.clock.end - 1
    live = np.flatnonzero((contacts.outcome == ANSWERED) & (rng.random(contacts.n) < 0.092))
    mail = np.flatnonzero((tickets.solved <= end) & (rng.random(tickets.n) < 0.07))
    agent = np.concatenate([contacts.agent[live], tickets.agent[mail]])
    channel = np.concatenate([contacts.channel[live], tickets.channel[mail]])
    done = np.concatenate([contacts.ended_at[live], tickets.solved[mail]])
    n = len(agent)
    when = np.minimum(done + rng.integers(3_600, 5 * 86_400, n), end)
    when = np.maximum(when, done + 1)
    keep = when <= end
    codes = {"team": company.staff.team[agent], "channel": channel}
    tide = company.plan.rng("check days", month).normal(0, rates.CLUSTER_SD, len(clock.dates))[clock.day_of(when)]
    level = company.story.level("error_rate", month, codes, n)
    # By so much a factor on either side that both are the planted gap apart.
    gap = company.effects.delta("training_error_gap", month, {}, n)
    level = level * np.exp(2 * np.arcsinh(gap / (2 * np.maximum(level, 1e-3))) * trained[agent])
    logits = rates.calibrated(level, np.zeros(n), 2 * rates.CLUSTER_SD**2)
    failed = rates.draw(rng, logits + tide - rates.CLUSTER_SD * company.staff.quality[agent])
    order = np.argsort(when, kind="stable")
    order = order[keep[order]]
    contact = np.concatenate([contacts.number[live], np.full(len(mail), -1)])
    ticket = np.concatenate([np.full(len(live), -1), tickets.number[mail]])
    score = np.round(np.where(failed, rng.uniform(0.3, 0.7, n), rng.uniform(0.8, 1.0, n)), 2)
    columns = {
        "checked_at": seconds_text(when[order]),
        "passed": choose(["true", "false"], failed[order].astype(int)),
        "score": score[order],
        "agent_id": AGENT_ID + agent[order],
        "team": choose(TEAM_NAMES, codes["team"][order]),
        "channel": choose(CHANNELS, channel[order]),
        "ticket_id": whole(np.where(ticket >= 0, TICKET_ID + ticket, -1)[order]),
        "contact_id": numbered("C", np.where(contact >= 0, 10_000_000 + contact, -1)[order]),
        "error_kind": choose(
            ["wrong information", "step left out", "data protection", "tone"],
            np.where(failed, rng.integers(0, 4, n), -1)[order],
        ),
    }
    return {"check_id": numbered("Q", first + np.arange(len(order)))} | columns


def agent_rows(company: Company) -> Columns:
    """People with the periods for which their details held: a few rise to another tier, a few change their team."""
    staff, clock = company.staff, company.clock
    known = np.flatnonzero(staff.hired < clock.days)
    long = known[(np.minimum(staff.left[known], clock.days) - np.maximum(staff.hired[known], 0)) > 300]
    risen = long[long % 6 == 0]
    day = np.maximum(staff.hired[risen], 0) + 200 + risen * 37 % 90
    if company.story.calm:
        risen, day = calm.promotions(company, known)
    moved, since, there = internal_moves(company, known, risen)
    who = np.concatenate([known, risen, moved])
    base = clock.midnight[0] // 86_400
    end_of_first = np.full(len(known), -1)
    end_of_first[np.searchsorted(known, risen)] = base + day - 1
    end_of_first[np.searchsorted(known, moved)] = base + since - 1
    start = np.concatenate([base + staff.hired[known], base + day, base + since])
    stop = np.concatenate([end_of_first, np.full(len(risen) + len(moved), -1)])
    order = np.lexsort((start, who))
    tier = np.concatenate([np.zeros(len(known), int), np.ones(len(risen), int), np.zeros(len(moved), int)])[order]
    team = np.concatenate([staff.team[known], staff.team[risen], there])[order]
    who, start, stop = who[order], start[order], stop[order]
    gone = (staff.left[who] < clock.days) & (staff.left[who] < NEVER)
    names, site, kind = staff.names(), staff.site[who], staff.kind[who]
    zeros = np.zeros(len(who), int)
    changed = (
        clock.base[np.clip(np.where(gone, staff.left[who], np.maximum(start - base, 0)), 0, clock.days - 1)] + 36_000
    )
    return {
        "agent_id": AGENT_ID + who,
        "valid_from": days_text(start),
        "valid_to": days_text(stop),
        "name": [names[k] for k in who],
        "email": numbered("agent", who, "@lumenta.example"),
        "team": choose(TEAM_NAMES, team),
        "region": choose(REGIONS, site),
        "shift": [shift_name(int(staff.shift[k]), int(staff.site[k])) for k in who],
        "role_type": choose(["inbound_service"], zeros),
        # Every third who rises leads a team.
        "level": choose(["agent", "supervisor"], tier * (who % 3 == 0)),
        "tier": choose(["skill", "technical", "management"], tier * np.where(who % 3 == 0, 2, 1)),
        "skills": choose(["voice,callback,tickets", "chat,messaging,tickets", "tickets,complaints"], kind),
        "languages": choose(["de,en", "pt,es,en", "vi,zh,en"], site),
        "fte": np.full(len(who), round(staff.post, 3)),
        "hired_on": days_text(base + staff.hired[who]),
        "left_on": days_text(np.where(gone, base + staff.left[who], -1)),
        "leaving_kind": choose(
            ["voluntary", "involuntary", "other"],
            np.where(gone, np.where(staff.reason[who] == 6, 1, np.where(staff.reason[who] == 7, 2, 0)), -1),
        ),
        "leaving_reason": choose(REASONS, np.where(gone, staff.reason[who], -1)),
        "is_bot": choose(["false"], zeros),
        "updated_at": seconds_text(changed),
    }
