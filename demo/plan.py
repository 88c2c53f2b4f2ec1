"""What is asked for: size, months, seed; how much of it falls into each month, and where chance comes from."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from datetime import date

import numpy as np

from warehouse.errors import UsageError

LAST_MONTH = (2026, 10)
CONTACTS_PER_TICKET = 7 / 3
TICKETS_PER_AGENT_MONTH = 10_000 / 60
SMALLEST, LARGEST = 1_000, 100_000_000


@dataclass(frozen=True)
class Plan:
    """Size of the company; every later figure follows from these four and the story."""

    tickets: int
    months: int
    seed: int

    def __post_init__(self) -> None:
        if not SMALLEST <= self.tickets <= LARGEST:
            raise UsageError(
                f"The demo company can have {SMALLEST:,} to {LARGEST:,} tickets, not {self.tickets:,}.",
                key="tickets",
                hint="Give a number such as --tickets 300000.",
            )
        if not 1 <= self.months <= 120:
            raise UsageError(f"The demo company can have 1 to 120 months, not {self.months}.", key="months")
        if self.seed < 0:
            raise UsageError(f"The seed is a whole number from 0 on, not {self.seed}.", key="seed")

    @property
    def contacts(self) -> int:
        return round(self.tickets * CONTACTS_PER_TICKET)

    @property
    def full_time_posts(self) -> float:
        """Full-time posts that the volume needs: 60 for 10,000 tickets a month."""
        return self.tickets / self.months / TICKETS_PER_AGENT_MONTH

    @property
    def agents(self) -> int:
        """People on those posts; a very small company keeps at least six part-time ones."""
        return max(6, round(self.full_time_posts))

    @property
    def customers(self) -> int:
        return max(50, round(self.tickets * 0.3))

    @property
    def calendar(self) -> list[date]:
        """First days of the months, oldest first."""
        last = LAST_MONTH[0] * 12 + LAST_MONTH[1] - 1
        return [date(n // 12, n % 12 + 1, 1) for n in range(last - self.months + 1, last + 1)]

    def rng(self, *stream: str | int) -> np.random.Generator:
        """An own source of chance per part and month, so that no part disturbs another."""
        keys = [part if isinstance(part, int) else zlib.crc32(part.encode()) for part in stream]
        return np.random.default_rng([self.seed, *keys])


def split(total: int, weights: np.ndarray) -> np.ndarray:
    """Whole numbers with the given sum, as near to the weights as can be."""
    exact = total * np.asarray(weights, float) / np.sum(weights)
    whole = np.floor(exact).astype(np.int64)
    rest = np.argsort(whole - exact, kind="stable")[: total - int(whole.sum())]
    whole[rest] += 1
    return whole
