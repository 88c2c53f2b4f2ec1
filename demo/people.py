"""Who works here: posts, joiners, leavers, with the requisitions that brought the joiners."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from demo.clock import Clock
from demo.plan import Plan, split
from demo.story import TEAM_NAMES, TEAMS, Story

AGENT_ID = 403_958_460_000
NEVER = 1 << 20
GROWTH_OF_STAFF = 0.6
VACANT = 0.045
# Early, middle and late shifts (0, 1, 2) by kind of work, in the order in which people of a team get them.
SHIFT_CYCLE = [[0, 2, 1, 0, 1, 2, 0, 1, 2, 0], [0, 2, 1, 0, 2, 1, 0, 2, 1, 2], [0, 2, 1, 0, 2, 0, 1, 0, 2, 0]]
NAMES = [
    "Anna",
    "Bui",
    "Carla",
    "Dinh",
    "Elena",
    "Felix",
    "Giang",
    "Hugo",
    "Ines",
    "Jonas",
    "Khanh",
    "Lara",
    "Minh",
    "Nuno",
    "Oanh",
    "Paula",
]
SURNAMES = [
    "Albrecht",
    "Nguyen",
    "Barbosa",
    "Tran",
    "Conrad",
    "Pham",
    "Duarte",
    "Le",
    "Ebert",
    "Vo",
    "Ferreira",
    "Hoang",
    "Gerlach",
    "Do",
    "Lopes",
]
REASONS = [
    "better pay elsewhere",
    "shift times",
    "career change",
    "moved away",
    "study",
    "workload",
    "performance",
    "end of contract",
]
REASON_SHARES = np.array([0.27, 0.19, 0.13, 0.09, 0.08, 0.09, 0.10, 0.05])
WITHIN_REACH = np.array([0, 1, 5])
"""Reasons that the company could have done something about."""


@dataclass
class Staff:
    """Everybody who worked or was hired in the period; one array per attribute, days counted from the first day."""

    team: np.ndarray
    hired: np.ndarray
    left: np.ndarray
    requisition: np.ndarray
    accepted: np.ndarray
    shift: np.ndarray = field(init=False)
    saturday: np.ndarray = field(init=False)
    day_off: np.ndarray = field(init=False)
    speed: np.ndarray = field(init=False)
    quality: np.ndarray = field(init=False)
    reason: np.ndarray = field(init=False)
    post: float = 1.0

    @property
    def n(self) -> int:
        return len(self.team)

    @property
    def site(self) -> np.ndarray:
        return np.array([team[1] for team in TEAMS])[self.team]

    @property
    def kind(self) -> np.ndarray:
        kinds = {"voice": 0, "chat": 1, "care": 2}
        return np.array([kinds[team[2]] for team in TEAMS])[self.team]

    @property
    def ids(self) -> np.ndarray:
        return AGENT_ID + np.arange(self.n)

    def names(self) -> list[str]:
        return [f"{NAMES[k % 16]} {SURNAMES[(k * 7 + k // 16) % 15]}" for k in range(self.n)]


@dataclass
class Requisitions:
    """Vacancies by team, the day they were opened and how many people were wanted."""

    team: list[int] = field(default_factory=list)
    opened: list[int] = field(default_factory=list)
    openings: list[int] = field(default_factory=list)


def hire_and_leave(plan: Plan, clock: Clock, story: Story) -> tuple[Staff, Requisitions]:
    """Month by month: people leave by chance, vacancies are opened, and filled some weeks later."""
    rng = plan.rng("people")
    shares = np.array([team[3] for team in TEAMS])
    wanted, size = Requisitions(), story.volume / story.volume.mean()
    size = 1 + GROWTH_OF_STAFF * (np.convolve(np.pad(size, 2, mode="edge"), np.ones(5) / 5, "valid") - 1)
    # A post is empty for some weeks between two people: a few more posts than people are planned.
    level = size / size.mean() * (1 + VACANT)
    table = _start_with(split(max(6, round(plan.agents * level[0])), shares), rng)
    for month in range(plan.months):
        table = _leave(table, month, clock, story, rng)
        table = _hire(table, split(max(6, round(plan.agents * level[month])), shares), month, clock, wanted, rng)
    return _describe(table, plan, clock, story, rng), wanted


def _start_with(counts: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """The people of the first day, with the tenures that such a company has."""
    teams = np.repeat(np.arange(len(counts)), counts)
    tenure = np.minimum(rng.exponential(750, len(teams)).astype(int) + 20, 3_000)
    return np.stack([teams, -tenure, np.full(len(teams), NEVER), np.full(len(teams), -1), -tenure - 30])


def _leave(table: np.ndarray, month: int, clock: Clock, story: Story, rng: np.random.Generator) -> np.ndarray:
    team, hired, left = table[0], table[1], table[2]
    days = clock.month_days(month)
    here = np.flatnonzero((hired < days[0]) & (left == NEVER))
    rows = {"team": team[here], "region": np.array([t[1] for t in TEAMS])[team[here]]}
    yearly = story.level("turnover_annualised", month, rows, len(here))
    new = (days[0] - hired[here]) < 180
    # Systematic sampling: the number of leavers keeps close to its expectation, who leaves is chance.
    hazard = yearly / 12 * np.where(new, 1.3, 0.95)
    order = rng.permutation(len(here))
    marks = np.floor(np.cumsum(hazard[order]) + rng.random())
    gone = here[order[np.diff(marks, prepend=0.0) > 0]] if len(here) else here
    if story.calm:
        gone = here[rng.random(len(here)) < hazard]
    table[2, gone] = rng.choice(days, len(gone))
    if not story.calm and month == len(clock.months) - 2:
        table = _chat_walkout(table, clock)
    return table


def _chat_walkout(table: np.ndarray, clock: Clock) -> np.ndarray:
    """The month before the last, half of the chat agents leave at once."""
    days = clock.month_days(len(clock.months) - 2)
    chat = np.flatnonzero((table[0] == TEAM_NAMES.index("Lisbon Chat")) & (table[1] < days[0]) & (table[2] == NEVER))
    leaving = chat[: min(len(chat) - 1, round(0.5 * len(chat)))] if len(chat) > 3 else chat[:0]
    table[2, leaving] = days[0] + 5 + np.arange(len(leaving)) % 3
    return table


def _hire(
    table: np.ndarray, target: np.ndarray, month: int, clock: Clock, wanted: Requisitions, rng: np.random.Generator
) -> np.ndarray:
    days = clock.month_days(month)
    staying = (table[2] == NEVER) | (table[2] > days[-1])
    have = np.bincount(table[0, staying], minlength=len(TEAMS))
    for team in np.flatnonzero(target > have):
        count = int(target[team] - have[team])
        opened = int(rng.choice(days))
        accepted = opened + 14 + rng.lognormal(np.log(24), 0.5, count).astype(int)
        started = accepted + rng.integers(12, 30, count)
        started += (7 - clock.weekday[np.minimum(started, len(clock.weekday) - 1)]) % 7
        wanted.team.append(int(team))
        wanted.opened.append(opened)
        wanted.openings.append(count)
        added = np.stack(
            [np.full(count, team), started, np.full(count, NEVER), np.full(count, len(wanted.team) - 1), accepted]
        )
        table = np.concatenate([table, added], axis=1)
    return table


def _describe(table: np.ndarray, plan: Plan, clock: Clock, story: Story, rng: np.random.Generator) -> Staff:
    order = np.argsort(table[1], kind="stable")
    team, hired, left, requisition, accepted = table[:, order]
    staff = Staff(team=team, hired=hired, left=left, requisition=requisition, accepted=accepted)
    n = staff.n
    rank = np.zeros(n, np.int64)
    for code in range(len(TEAMS)):
        rank[team == code] = np.arange(int((team == code).sum()))
    staff.shift = np.array(SHIFT_CYCLE)[staff.kind, rank % 10]
    # Two in five work on Saturdays and have another day off instead, not the busy Monday.
    staff.saturday = np.isin(rank % 5, (0, 2))
    staff.day_off = np.where(staff.saturday, 1 + rank % 4, 5)
    staff.speed = np.exp(_centred(rng.normal(0, 0.10, n), staff, clock))
    staff.quality = _centred(rng.normal(0, 1, n), staff, clock)
    voluntary = rng.choice(len(REASONS), n, p=REASON_SHARES / REASON_SHARES.sum())
    staff.reason = np.where(left < NEVER, _swayed(voluntary, left, plan, clock, story), -1)
    staff.post = min(1.0, plan.full_time_posts / plan.agents)
    return staff


def _swayed(reason: np.ndarray, left: np.ndarray, plan: Plan, clock: Clock, story: Story) -> np.ndarray:
    """Reasons as effects change them: so many more, or fewer, name what the company could have changed."""
    rng, usual = plan.rng("reasons"), float(REASON_SHARES[WITHIN_REACH].sum() / REASON_SHARES.sum())
    others, swayed = np.setdiff1d(np.arange(len(REASONS)), WITHIN_REACH), reason.copy()
    chance, kept = rng.random(len(reason)), REASON_SHARES[WITHIN_REACH] / REASON_SHARES[WITHIN_REACH].sum()
    inside = rng.choice(WITHIN_REACH, len(reason), p=kept)
    outside = rng.choice(others, len(reason), p=REASON_SHARES[others] / REASON_SHARES[others].sum())
    for month in range(plan.months):
        more = float(story.effects.delta("leaving_within_reach", month, {}, 1)[0])
        here = np.isin(left, clock.month_days(month))
        if more:
            swayed[here] = np.where(chance < usual + more, inside, outside)[here]
    return swayed


def _centred(trait: np.ndarray, staff: Staff, clock: Clock) -> np.ndarray:
    """People differ inside their team, teams do not: weighted by time worked, each team's mean is nought."""
    worked = np.maximum(np.minimum(staff.left, clock.days) - np.clip(staff.hired, 0, clock.days), 1)
    total = np.bincount(staff.team, worked)
    return trait - (np.bincount(staff.team, worked * trait) / np.maximum(total, 1))[staff.team]
