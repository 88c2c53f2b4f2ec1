"""How waiting follows from load and staff: a many-server queue with impatient customers, per interval.

Probability of waiting after Garnett, Mandelbaum and Reiman, *Designing a call center with impatient customers* (2002);
the offered wait of those who wait is close to a normal distribution cut off at nought.
"""

from __future__ import annotations

import numpy as np
from scipy.special import ndtr


def _hazard(x: np.ndarray) -> np.ndarray:
    """Normal density over upper tail."""
    density = np.exp(-0.5 * np.square(x)) / np.sqrt(2 * np.pi)
    return density / np.maximum(ndtr(-x), 1e-12)


def waiting(load: np.ndarray, staff: np.ndarray, work: float, patience: float) -> np.ndarray:
    """Probability that a contact waits, for offered load in erlangs, agents, and seconds of work and patience."""
    load = np.maximum(load, 1e-6)
    beta = (staff - load) / np.sqrt(load)
    ratio = np.sqrt(work / patience)
    return 1 / (1 + ratio * _hazard(beta / ratio) / np.maximum(_hazard(-beta), 1e-12))


def answered_within(load: np.ndarray, staff: np.ndarray, work: float, patience: float, seconds: float) -> np.ndarray:
    """Share of contacts that reach an agent inside ``seconds``."""
    load = np.maximum(load, 1e-6)
    rate = load / work
    variance = patience / rate
    mean = (load - staff) / work * variance
    spread = np.sqrt(variance)
    beyond = ndtr((mean - seconds) / spread) / np.maximum(ndtr(mean / spread), 1e-12)
    return 1 - waiting(load, staff, work, patience) * np.clip(beyond, 0, 1)


def staff_for(
    load: np.ndarray, weight: np.ndarray, work: float, patience: float, seconds: float, goal: float
) -> np.ndarray:
    """Staff per interval, load + margin·sqrt(load), whose weighted share inside ``seconds`` is the goal."""
    low, high = -3.0, 8.0
    total = max(float(weight.sum()), 1e-9)
    for _ in range(30):
        margin = (low + high) / 2
        share = answered_within(load, load + margin * np.sqrt(load), work, patience, seconds)
        if float((share * weight).sum()) / total < goal:
            low = margin
        else:
            high = margin
    return load + high * np.sqrt(load)
