"""Who is at work when: absences and shifts per agent and day, and picking somebody who is on shift."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from demo.clock import Clock
from demo.people import Staff
from demo.plan import Plan
from demo.story import SITES

OFF, WORK, VACATION, SICK, HOLIDAY = range(5)
# Opening hours of the lines in minutes of the company's day: weekday, Saturday, Sunday or holiday. None is closed.
LINE_HOURS: dict[int, list[tuple[int, int] | None]] = {
    0: [(480, 1200), (540, 1020), None],
    1: [(480, 1260), (540, 1080), None],
    2: [(480, 1200), (540, 1020), None],
}
# Early, middle and late shifts in minutes of the company's day, by kind of work; the other sites' clocks differ.
SHIFTS = np.array(
    [
        [(480, 990), (540, 1050), (690, 1200)],
        [(480, 990), (600, 1110), (750, 1260)],
        [(480, 990), (540, 1050), (690, 1200)],
    ]
)
SATURDAY = (540, 1080)
SHIFT_NAMES = ["early", "middle", "late"]


@dataclass
class Presence:
    """State of every agent on every day, and the shift worked, in minutes of the company's day."""

    state: np.ndarray
    start: np.ndarray
    end: np.ndarray
    kind: np.ndarray
    team: np.ndarray
    site: np.ndarray

    def at_work(self, day: int) -> np.ndarray:
        return self.state[day] == WORK


def day_type(clock: Clock) -> np.ndarray:
    """0 weekday, 1 Saturday, 2 Sunday or holiday."""
    return np.where(clock.holiday | (clock.weekday == 6), 2, np.where(clock.weekday == 5, 1, 0))


def plan_presence(plan: Plan, clock: Clock, staff: Staff) -> Presence:
    """Draw absences, then make sure that every open line is staffed from opening to closing."""
    rng = plan.rng("presence")
    types = day_type(clock)
    days = len(clock.dates)
    weekday = clock.weekday[:, None]
    off = (weekday == 6) | (weekday == staff.day_off)
    state = np.where(off, OFF, WORK).astype(np.int8)
    _absences(state, rng)
    holiday = (clock.holiday[:, None] & ~(staff.kind == 1)) | (
        clock.holiday[:, None] & (rng.random((1, staff.n)) < 0.5)
    )
    state[(state != OFF) & holiday] = HOLIDAY
    index = np.arange(days)[:, None]
    employed = (index >= staff.hired) & (index <= staff.left)
    start, end = _shifts(staff)
    presence = Presence(state, np.tile(start, (days, 1)), np.tile(end, (days, 1)), staff.kind, staff.team, staff.site)
    presence.start[types == 1], presence.end[types == 1] = SATURDAY
    for kind, hours in LINE_HOURS.items():
        _cover(presence, employed, kind, [hours[t] for t in types])
    presence.state[~employed] = OFF
    return presence


def _absences(state: np.ndarray, rng: np.random.Generator) -> None:
    days, agents = state.shape
    blocks = rng.poisson(days / 365 * 4.6, agents)
    who = np.repeat(np.arange(agents), blocks)
    first = rng.integers(0, days, len(who))
    for step in range(8):
        day = np.minimum(first + step, days - 1)
        hit = state[day, who] == WORK
        state[day[hit], who[hit]] = VACATION
    starts, sick = np.nonzero(rng.random((days, agents)) < 0.0085)
    length = rng.integers(1, 8, len(sick))
    for step in range(7):
        going = (length > step) & (starts + step < days)
        day, agent = starts[going] + step, sick[going]
        hit = state[day, agent] == WORK
        state[day[hit], agent[hit]] = SICK


def _shifts(staff: Staff) -> tuple[np.ndarray, np.ndarray]:
    spans = SHIFTS[staff.kind, staff.shift].astype(np.int16)
    return spans[:, 0], spans[:, 1]


def _cover(presence: Presence, employed: np.ndarray, kind: int, hours: list[tuple[int, int] | None]) -> None:
    """The first of those at work opens the line and the last closes it; with nobody left, somebody is called in."""
    members = np.flatnonzero(presence.kind == kind)
    for day, span in enumerate(hours):
        if span is None:
            continue
        here = members[employed[day, members]]
        working = here[presence.state[day, here] == WORK]
        if not len(working):
            working = (here if len(here) else members)[day % max(len(here), 1) :][:1]
            presence.state[day, working] = WORK
            employed[day, working] = True
        first = working[np.argmin(presence.start[day, working])]
        presence.start[day, first] = min(presence.start[day, first], span[0])
        last = working[np.argmax(presence.end[day, working])]
        presence.end[day, last] = max(presence.end[day, last], span[1])
        if presence.end[day, first] < presence.start[day, last]:
            presence.end[day, first] = presence.start[day, last]


def pick(
    presence: Presence,
    members: np.ndarray,
    day: np.ndarray,
    slot: np.ndarray,
    site: np.ndarray | None,
    offset: np.ndarray,
) -> np.ndarray:
    """For each row somebody of ``members`` on shift in that half-hour, of the wanted site where there is one, in turn.

    ``offset`` (whole numbers) says whose turn it is; -1 where nobody is on shift.
    """
    chosen = np.full(len(day), -1, np.int64)
    if not len(day):
        return chosen
    order = np.argsort(day, kind="stable")
    days, first = np.unique(day[order], return_index=True)
    members = members[np.argsort(presence.site[members], kind="stable")]
    for today, rows in zip(days, np.split(order, first[1:]), strict=True):
        agents = members[presence.state[today, members] == WORK]
        if not len(agents):
            continue
        wanted = site[rows] if site is not None else None
        chosen[rows] = _pick_day(presence, int(today), agents, slot[rows], wanted, offset[rows])
    return chosen


def _pick_day(
    presence: Presence, day: int, agents: np.ndarray, slot: np.ndarray, site: np.ndarray | None, offset: np.ndarray
) -> np.ndarray:
    minute = np.arange(48)[:, None] * 30
    on = (presence.start[day, agents] <= minute) & (presence.end[day, agents] >= minute + 30)
    slots, position = np.nonzero(on)
    sites = presence.site[agents[position]]
    count = np.bincount(slots * 3 + sites, minlength=144).reshape(48, 3)
    begin = (np.cumsum(count.ravel()) - count.ravel()).reshape(48, 3)
    total, start = count.sum(axis=1)[slot], begin[slot, 0]
    if site is not None:
        local = count[slot, site]
        start = np.where(local > 0, begin[slot, site], start)
        total = np.where(local > 0, local, total)
    found = total > 0
    at = start + offset % np.maximum(total, 1)
    result = np.full(len(slot), -1, np.int64)
    result[found] = agents[position[at[found]]]
    return result


def turns(group: np.ndarray) -> np.ndarray:
    """Running number of each row within its group: whose turn it is, in rotation."""
    order = np.argsort(group, kind="stable")
    sizes = np.bincount(group)
    result = np.empty(len(group), np.int64)
    result[order] = np.arange(len(group)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    return result


def overlapping(agent: np.ndarray, start: np.ndarray, end: np.ndarray) -> np.ndarray:
    """Rows that begin while the same agent is still busy with an earlier one."""
    order = np.lexsort((start, agent))
    owner, begin, finish = agent[order], start[order], end[order]
    # Running latest end within the agent: agents are set apart by more than any instant.
    gap = np.int64(1) << 40
    latest = np.maximum.accumulate(finish + owner * gap) - owner * gap
    busy = np.zeros(len(agent), bool)
    busy[order[1:]] = (owner[1:] == owner[:-1]) & (begin[1:] < latest[:-1])
    return busy


def shift_name(shift: int, site: int) -> str:
    """The shift as the workforce system names it."""
    return f"{SITES[site]} {SHIFT_NAMES[shift]}"
