"""What a ticket of the demo is while it is made: one array per attribute."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

PRIORITIES = ["low", "normal", "high", "urgent"]
NEVER = 1 << 60
DAY = 86_400


@dataclass
class Tickets:
    """One row per ticket of a month, in order of creation; instants in seconds, ``NEVER`` where it does not happen."""

    number: np.ndarray
    created: np.ndarray
    channel: np.ndarray
    customer: np.ndarray
    topic: np.ndarray
    contact: np.ndarray
    priority: np.ndarray
    complaint: np.ndarray
    agent: np.ndarray
    assigned: np.ndarray = field(init=False)
    replied: np.ndarray = field(init=False)
    solved: np.ndarray = field(init=False)
    reopened: np.ndarray = field(init=False)
    solved_again: np.ndarray = field(init=False)
    asked: np.ndarray = field(init=False)
    answered: np.ndarray = field(init=False)
    second: np.ndarray = field(init=False)
    passed_on: np.ndarray = field(init=False)
    back: np.ndarray = field(init=False)
    raised: np.ndarray = field(init=False)
    deleted: np.ndarray = field(init=False)
    one_touch: np.ndarray = field(init=False)
    # Whether the first reply is a standard answer, and whether the customer is back after one.
    standard: np.ndarray = field(init=False)
    after_standard: np.ndarray = field(init=False)

    @property
    def n(self) -> int:
        return len(self.number)

    @property
    def last_solved(self) -> np.ndarray:
        return np.where(
            self.solved_again < NEVER, self.solved_again, np.where(self.reopened < NEVER, NEVER, self.solved)
        )
