"""What satisfaction hangs on: the share of its explained variance that each attribute accounts for.

LMG (Shapley) shares: the gain in R² an attribute brings, averaged over every order in which attributes can be added.
"""

from __future__ import annotations

import math
import zlib
from dataclasses import dataclass
from itertools import combinations

import numpy as np

MOST = 10
"""Attributes the exact average is made for: 2^10 subsets; more are refused, not sampled."""
DRAWS, AT_ONCE = 400, 200


@dataclass(frozen=True)
class Driver:
    """One attribute's share of the explained variance with its 95 % bootstrap interval, and its mean performance."""

    attribute: str
    share: float
    low: float
    high: float
    performance: float
    performance_low: float
    performance_high: float


@dataclass(frozen=True)
class Drivers:
    """All attributes of one outcome; shares add up to 1. ``r2`` is the share of variance explained at all."""

    outcome: str
    n: int
    r2: float
    drivers: tuple[Driver, ...]


def lmg_shares(correlations: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Shares of R² (summing to 1) and R² itself, from correlations (… × k+1 × k+1) whose last row is the outcome.

    Sources: R. H. Lindeman, P. F. Merenda, R. Z. Gold (1980), 119 ff.; U. Grömping, J. Stat. Softw. 17 (2006).
    """
    k = correlations.shape[-1] - 1
    gains = _r_squared_of_subsets(correlations[..., :k, :k], correlations[..., :k, k])
    shares = np.zeros((*correlations.shape[:-2], k))
    weights = [math.factorial(size) * math.factorial(k - size - 1) / math.factorial(k) for size in range(k)]
    for attribute in range(k):
        for subset in range(2**k):
            if not subset >> attribute & 1:
                gain = gains[..., subset | 1 << attribute] - gains[..., subset]
                shares[..., attribute] += weights[subset.bit_count()] * gain
    r2 = gains[..., -1]
    explained = r2[..., None] > 1e-12
    return np.where(explained, shares / np.where(explained, r2[..., None], 1.0), 1 / k), r2


def _r_squared_of_subsets(predictors: np.ndarray, outcome: np.ndarray) -> np.ndarray:
    k = outcome.shape[-1]
    found = np.zeros((*outcome.shape[:-1], 2**k))
    for size in range(1, k + 1):
        for chosen in combinations(range(k), size):
            index = list(chosen)
            block, side = predictors[..., index, :][..., index], outcome[..., index]
            # Least squares of the smallest norm: two attributes that are copies of each other share their gain.
            slopes = np.linalg.pinv(block, hermitian=True) @ side[..., None]
            found[..., sum(1 << i for i in chosen)] = (side * slopes[..., 0]).sum(axis=-1)
    return np.clip(found, 0.0, 1.0)


def drivers_of(outcome: str, names: list[str], ratings: np.ndarray, y: np.ndarray, draws: int = DRAWS) -> Drivers:
    """Shares, intervals and performance from complete answers: ``ratings`` is n × k, ``y`` the outcome.

    The bootstrap draws respondents; its seed is the content, so that the same answers give the same interval.
    Raises `ValueError` for fewer than 30 respondents, constant answers, or more than ``MOST`` attributes.
    """
    n, k = ratings.shape
    if not 2 <= k <= MOST:
        raise ValueError(f"drivers of {outcome}: {k} attributes, but 2 to {MOST} can be told apart.")
    if n < 30:
        raise ValueError(f"drivers of {outcome}: {n} complete answers, but 30 are needed.")
    data = np.column_stack([ratings, y]).astype(float)
    if np.any(data.std(axis=0) <= 0):
        raise ValueError(f"drivers of {outcome}: an attribute or the outcome never varies.")
    shares, r2 = lmg_shares(np.corrcoef(data, rowvar=False))
    drawn = _bootstrap(data, draws)
    low, high = np.quantile(drawn, [0.025, 0.975], axis=0)
    means, errors = data[:, :k].mean(axis=0), 1.959964 * data[:, :k].std(axis=0, ddof=1) / math.sqrt(n)
    made = [
        Driver(
            names[i], *map(float, (shares[i], low[i], high[i], means[i], means[i] - errors[i], means[i] + errors[i]))
        )
        for i in range(k)
    ]
    return Drivers(outcome, n, float(r2), tuple(sorted(made, key=lambda d: (-d.share, d.attribute))))


def content_seed(data: np.ndarray) -> int:
    """A seed from the rows themselves, whatever order they came in."""
    ordered = data[np.lexsort(data.T[::-1])]
    return zlib.crc32(np.ascontiguousarray(ordered).tobytes())


def _bootstrap(data: np.ndarray, draws: int) -> np.ndarray:
    """Shares of every draw of respondents, draws × k."""
    ordered = data[np.lexsort(data.T[::-1])]
    rng = np.random.default_rng(content_seed(data))
    n, columns = ordered.shape
    centred = ordered - ordered.mean(axis=0)
    # Cross products once per respondent: a draw is then one product of weights with a table.
    products = (centred[:, :, None] * centred[:, None, :]).reshape(n, -1)
    made = []
    for part in range(0, draws, AT_ONCE):
        size = min(AT_ONCE, draws - part)
        drawn = rng.integers(0, n, size=(size, n), dtype=np.int32)
        weights = np.stack([np.bincount(one, minlength=n) for one in drawn]) / n
        means = weights @ centred
        covariance = (weights @ products).reshape(-1, columns, columns) - means[:, :, None] * means[:, None, :]
        spread = np.sqrt(np.maximum(np.diagonal(covariance, axis1=1, axis2=2), 0))
        keep = np.all(spread > 0, axis=1)
        made.append(lmg_shares((covariance / (spread[:, :, None] * spread[:, None, :]))[keep])[0])
    return np.concatenate(made)
