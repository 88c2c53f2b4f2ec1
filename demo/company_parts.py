"""The parts of the company that every generator needs, put together once."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from demo.clock import Clock
from demo.customers import Customers, make_customers
from demo.effects import Effects, load_effects
from demo.fitting import refuse_what_does_not_fit
from demo.people import Requisitions, Staff, hire_and_leave
from demo.plan import Plan
from demo.presence import Presence, plan_presence
from demo.story import DEFAULT_STORY, TEAM_NAMES, Story

# A slice with fewer agents of a kind than this shares them with the others.
FEWEST = 12


@dataclass
class Company:
    """Plan, calendar, story, people and customers; and what the months report to each other."""

    plan: Plan
    clock: Clock
    story: Story
    staff: Staff
    requisitions: Requisitions
    presence: Presence
    customers: Customers
    effects: Effects
    # Which slice of a large month is being made, of how many; each slice has agents of its own.
    part: int = 0
    parts: int = 1
    # Seconds waited by answered contacts and their number, per live channel.
    waits: np.ndarray = field(default_factory=lambda: np.zeros((2, 4)))
    # Live handling seconds per day and agent and channel, filled month by month.
    handling: dict[int, np.ndarray] = field(default_factory=dict)

    def rng(self, name: str, month: int) -> np.random.Generator:
        """The source of chance of a part of the generator in this slice of a month."""
        return self.plan.rng(name, month, self.part)

    def members(self, kind: int) -> np.ndarray:
        """Agents of a kind of work who serve this slice."""
        agents = np.flatnonzero(self.presence.kind == kind)
        own = agents[agents % self.parts == self.part]
        return own if len(own) >= FEWEST else agents


def make_company(plan: Plan, effects: Path | str | None) -> Company:
    """Everything that is known before the first contact arrives."""
    months = [f"{day:%Y-%m}" for day in plan.calendar]
    known = load_effects(effects, months, DEFAULT_STORY)
    listed = Path(str(effects)) if known.is_calm and known.items else None
    if listed:
        refuse_what_does_not_fit(known, listed, TEAM_NAMES)
    clock, story = Clock(plan.calendar), Story(plan, known)
    staff, requisitions = hire_and_leave(plan, clock, story)
    if listed:
        # A small company has not people in every team.
        refuse_what_does_not_fit(known, listed, {TEAM_NAMES[team] for team in np.unique(staff.team)})
    presence = plan_presence(plan, clock, staff)
    customers = make_customers(plan, clock, is_loyalty_bound=not story.calm)
    return Company(plan, clock, story, staff, requisitions, presence, customers, known)
