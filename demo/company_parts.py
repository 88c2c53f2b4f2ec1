"""The parts of the company that every generator needs, put together once."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from demo.clock import Clock
from demo.customers import Customers, make_customers
from demo.effects import Effects, load_effects
from demo.people import Requisitions, Staff, hire_and_leave
from demo.plan import Plan
from demo.presence import Presence, plan_presence
from demo.story import DEFAULT_STORY, Story


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
    # Live handling seconds per day and agent and channel, filled month by month.
    handling: dict[int, np.ndarray] = field(default_factory=dict)
    touches: dict[int, int] = field(default_factory=dict)
    handled: dict[int, int] = field(default_factory=dict)


def make_company(plan: Plan, effects: Path | str | None) -> Company:
    """Everything that is known before the first contact arrives."""
    months = [f"{day:%Y-%m}" for day in plan.calendar]
    known = load_effects(effects, months, DEFAULT_STORY)
    clock, story = Clock(plan.calendar), Story(plan, known)
    staff, requisitions = hire_and_leave(plan, clock, story)
    presence = plan_presence(plan, clock, staff)
    return Company(plan, clock, story, staff, requisitions, presence, make_customers(plan, clock), known)
