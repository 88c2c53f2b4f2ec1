"""What staying and buying again hang on: how easily a customer is satisfied, by the effect that pleases elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.special import ndtr

from demo.rates import customer_effect

if TYPE_CHECKING:
    from demo.customers import Customers

CHURN, PURCHASE = 0.8, 0.6
"""How much longer a customer stays, and how much sooner they buy again, per standard deviation, on the log scale."""
DAYS_BETWEEN_PURCHASES = 150.0
SATISFACTION_STREAM, PURCHASE_STREAM = 3, 6


def bind_loyalty(customers: Customers, seed: int) -> None:
    """Who is easily satisfied stays longer: the time until leaving is stretched, its mean kept."""
    standard = customer_effect(np.arange(customers.n), seed + SATISFACTION_STREAM, 1.0)
    joined = np.maximum(customers.since, 0) + 30
    stretched = (customers.churned - joined) * np.exp(CHURN * standard - CHURN**2 / 2)
    customers.churned = (joined + stretched).astype(customers.churned.dtype)
    customers.is_loyalty_bound = True


def last_purchases(customers: Customers, part: np.ndarray, days: int, seed: int) -> np.ndarray:
    """Day of the latest purchase, counted from the first day of the period."""
    pull = PURCHASE if customers.is_loyalty_bound else 0.0
    standard = customer_effect(part, seed + SATISFACTION_STREAM, 1.0)
    even = np.clip(ndtr(customer_effect(part, seed + PURCHASE_STREAM, 1.0)), 1e-6, 1.0)
    waiting = -np.log(even) * DAYS_BETWEEN_PURCHASES * np.exp(-pull * standard)
    last_seen = np.minimum(customers.churned[part], days - 1)
    return np.maximum(last_seen - waiting, customers.since[part]).astype(np.int64)
