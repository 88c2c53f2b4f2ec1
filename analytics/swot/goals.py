"""What an objective consists of, and the tests it may state when it is adopted. Light: pages read it as they start."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

TEST = (
    "In a full month the value is at or beyond the goal, and its 95 % interval (clustered by day, agent and customer) "
    "leaves out where it began."
)
KEEP_TEST = (
    "When it is due, the value is no worse than the goal, or its 95 % interval (clustered by day, agent and customer) "
    "holds the goal."
)


def test_of(start: float, goal: float) -> str:
    """The test that an objective states: of a level to be held where it goes from and to the same value."""
    return KEEP_TEST if start == goal else TEST


@dataclass(frozen=True)
class Goal:
    """An objective as it stands in ``state/``."""

    id: int
    entity_dimension: str
    entity: str | None
    metric: str
    slice: str | None
    owner: str
    goal_from: float
    goal_to: float
    due: date
    actions: str
    pair: str | None
    state: str
    test: str
    adopted_at: str
    adopted_by: str
    changed_at: str
    changed_by: str

    @property
    def keeps(self) -> bool:
        """Whether it is to hold a level rather than to reach one."""
        return self.goal_from == self.goal_to
