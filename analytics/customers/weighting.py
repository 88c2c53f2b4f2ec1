"""Answers weighted to the mix of contacts: who answers is not who contacted us."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from analytics.statistics.distributions import normal_quantile


@dataclass(frozen=True)
class Stratum:
    """One group, such as a channel: satisfied of n answers, and the contacts it really had."""

    name: str
    satisfied: float
    n: float
    contacts: float


@dataclass(frozen=True)
class Weighted:
    """The share as answered (``raw``) and weighted to the contacts, with the latter's 95 % interval.

    ``covered`` is the share of contacts whose group has an answer at all; the rest cannot be spoken for.
    """

    raw: float | None
    weighted: float | None
    low: float | None
    high: float | None
    n: float
    covered: float | None


def weighted_to_mix(strata: Sequence[Stratum], fewest: int = 5) -> Weighted:
    """Σ contacts share × satisfied share, over groups with at least ``fewest`` answers.

    Interval: p̃ of Agresti and Coull in each group's variance, so that a group of only satisfied answers is not certain.
    Source: W. G. Cochran, Sampling Techniques (1977), 5A.9 (poststratification); A. Agresti, B. A. Coull (1998).
    """
    n, satisfied = sum(s.n for s in strata), sum(s.satisfied for s in strata)
    raw = satisfied / n if n else None
    contacts = sum(s.contacts for s in strata)
    known = [s for s in strata if s.n >= fewest and s.contacts > 0]
    base = sum(s.contacts for s in known)
    if not base:
        return Weighted(raw, None, None, None, n, 0.0 if contacts else None)
    value = sum(s.contacts / base * s.satisfied / s.n for s in known)
    variance = sum((s.contacts / base) ** 2 * _variance(s.satisfied, s.n) for s in known)
    half = normal_quantile(0.975) * math.sqrt(variance)
    return Weighted(raw, value, max(0.0, value - half), min(1.0, value + half), n, base / contacts)


def _variance(satisfied: float, n: float) -> float:
    share = (satisfied + 2) / (n + 4)
    return share * (1 - share) / (n + 4)
