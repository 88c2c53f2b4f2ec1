"""Erlang A in closed form, vectorised, for whole or fractional numbers of agents; and patience from censored waits.

The stationary law of the offered wait is an incomplete gamma integral: A. Mandelbaum and S. Zeltyn, "The Palm/Erlang-A
queue, with applications to call centers" (2004), equations for M/M/n+G with exponential patience. Everything is formed
from logarithms, so that 10,000 erlangs are no harder than ten. `erlang.impatient` computes the same by the stationary
probabilities of the queue; tests hold the two to each other.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analytics.statistics.distributions import normal_quantile
from warehouse.errors import UsageError

Array = np.ndarray
Numbers = float | Array
_TINY = 1e-290
_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(48)


@dataclass(frozen=True)
class Outcome:
    """Shares of all arrivals; ``mean_wait_seconds`` is over all of them. Arrays of one shape."""

    service_level: Array
    waiting: Array
    abandonment: Array
    mean_wait_seconds: Array
    occupancy: Array


def outcome(
    load: Numbers, agents: Numbers, aht_seconds: Numbers, patience_seconds: Numbers, within: Numbers
) -> Outcome:
    """What ``agents`` (may be fractional) give ``load`` erlangs of callers with exponential patience."""
    load, agents, aht, patience, within = np.broadcast_arrays(
        *(np.asarray(v, float) for v in (load, agents, aht_seconds, patience_seconds, within))
    )
    if np.any(patience <= 0) or np.any(aht <= 0):
        raise UsageError("Patience and handling time are mean times in seconds above zero.")
    some, n = (load > 0) & (agents > 0), np.maximum(agents, 1e-6)
    a = np.where(some, load, 1.0)
    z, k = a * patience / aht, n * patience / aht
    idle = _log_inverse_b(n - 1, a)
    wait = np.log(z) + _log_g(k, z)
    total = np.logaddexp(idle, wait)
    answered = np.exp(_served(z, k, np.where(within > 0, within, 0.0) / patience) - total) * (within > 0)
    waiting = np.exp(wait - total)
    leave = np.clip(waiting - np.exp(np.log(z) + _log_g(k + 1, z) - total), 0.0, 1.0)
    level = np.clip(np.exp(idle - total) + answered, 0.0, 1.0)
    nobody = (load > 0) & (agents <= 0)
    return Outcome(
        service_level=np.where(some, level, np.where(nobody, 0.0, 1.0)),
        waiting=np.where(some, waiting, nobody * 1.0),
        abandonment=np.where(some, leave, nobody * 1.0),
        mean_wait_seconds=np.where(some, leave * patience, nobody * patience),
        occupancy=np.where(some, np.minimum(a * (1 - leave) / n, 1.0), 0.0),
    )


def served_wait(load: Numbers, agents: Numbers, aht_seconds: Numbers, patience_seconds: Numbers) -> Array:
    """Mean wait of those who are answered (ASA), by quadrature of their waiting-time law."""
    load, n, aht, patience = np.broadcast_arrays(
        *(np.asarray(v, float) for v in (load, agents, aht_seconds, patience_seconds))
    )
    z, k = load * patience / aht, n * patience / aht
    total = np.logaddexp(_log_inverse_b(n - 1, load), np.log(z) + _log_g(k, z))
    whole = np.exp(np.log(z) + _log_g(k + 1, z) - total)
    scale = aht / np.maximum(np.abs(n - load), np.sqrt(load))
    area = np.zeros(load.shape)
    for node, weight in zip(_NODES, _WEIGHTS, strict=True):
        s = (node + 1) / 2
        t = scale * s / (1 - s)
        gone = np.exp(_served(z, k, t / patience) - total)
        area += weight / 2 * np.maximum(whole - gone, 0) * scale / (1 - s) ** 2
    served = 1 - outcome(load, n, aht, patience, np.zeros(load.shape)).abandonment
    return np.asarray(area / np.maximum(served, 1e-300))


def _log_inverse_b(m: Array, a: Array) -> Array:
    """log 1/B(m, a) for real m > −1: 1/B = eᵃ a⁻ᵐ Γ(m+1, a)."""
    from scipy.special import gammaincc, gammaln

    upper = gammaincc(m + 1, a)
    logs = a - m * np.log(a) + gammaln(m + 1) + np.log(np.maximum(upper, _TINY))
    if np.any(upper <= _TINY):
        # Far more load than agents: Γ(m+1, a) = aᵐ e⁻ᵃ (1 + m/a + m(m−1)/a² + …).
        term, total = np.ones(np.shape(a)), np.ones(np.shape(a))
        for j in range(int(np.max(m)) + 1):
            term = term * np.maximum(m - j, 0) / a
            total = total + term
            if np.max(term) < 1e-17:
                break
        logs = np.where(upper <= _TINY, np.log(total), logs)
    return np.asarray(logs)


def _log_g(k: Array, x: Array) -> Array:
    """log of eˣ x⁻ᵏ γ(k, x), with γ the lower incomplete gamma function."""
    from scipy.special import gammainc, gammaln

    lower = gammainc(k, x)
    logs = x - k * np.log(np.maximum(x, _TINY)) + gammaln(k) + np.log(np.maximum(lower, _TINY))
    if np.any(lower <= _TINY):
        # k far above x: the series 1/k · (1 + x/(k+1) + …) converges at once.
        term, total = np.ones(np.shape(x)), np.ones(np.shape(x))
        for i in range(1, 5_000):
            term = term * np.where(lower <= _TINY, x / (k + i), 0.0)
            total = total + term
            if np.max(term, initial=0.0) < 1e-17:
                break
        logs = np.where(lower <= _TINY, np.log(total) - np.log(k), logs)
    return np.asarray(logs)


def _served(z: Array, k: Array, t: Array) -> Array:
    """log of λ∫₀ᵗ e^{−θx} e^{λH(x)−nμx} dx, time in units of the mean patience."""
    whole = np.log(z) + _log_g(k + 1, z)
    y = z * np.exp(-t)
    with np.errstate(divide="ignore"):
        rest = z - y - t * k + np.log(np.maximum(y, _TINY)) + _log_g(k + 1, y)
        return np.asarray(whole + np.log(-np.expm1(np.minimum(rest - whole, 0.0))))


@dataclass(frozen=True)
class Patience:
    """Mean patience in seconds with its 95 % interval; ``None`` where nobody, or hardly anybody, hung up."""

    seconds: float | None
    low: float | None
    high: float | None
    abandoned: int


FEWEST_ABANDONED = 20


def estimate_patience(waited_seconds: float, abandoned: int) -> Patience:
    """Mean of an exponential patience from all waits, an answered caller's being censored: Σ waits ÷ hang-ups.

    The interval is that of a Poisson count (Wilson and Hilferty's cube root). Source: L. Brown et al., "Statistical
    analysis of a telephone call center", JASA 100 (2005), section 5.
    """
    if waited_seconds < 0 or abandoned < 0:
        raise UsageError("Waits and hang-ups are counted from zero upwards.")
    if abandoned < FEWEST_ABANDONED or waited_seconds <= 0:
        return Patience(None, None, None, abandoned)
    z = normal_quantile(0.975)
    fewer = abandoned * (1 - 1 / (9 * abandoned) - z / (3 * np.sqrt(abandoned))) ** 3
    one = abandoned + 1
    more = one * (1 - 1 / (9 * one) + z / (3 * np.sqrt(one))) ** 3
    return Patience(waited_seconds / abandoned, waited_seconds / float(more), waited_seconds / float(fewer), abandoned)
