"""The four distributions our intervals need, in plain Python, so that asking for a metric imports no scipy.

Belongs here: distribution functions and their inverses. Does not: any interval or test made from them.
Sources: Abramowitz & Stegun (1964) 26.5 and 26.7 for the relations; the continued fraction of the incomplete beta
function is 26.5.8, evaluated by Lentz's method.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache
from statistics import NormalDist

_NORMAL = NormalDist()
_TINY = 1e-300


def normal_quantile(p: float) -> float:
    """z with Φ(z) = p."""
    return _NORMAL.inv_cdf(p)


def normal_two_sided(z: float) -> float:
    """P(|Z| ≥ |z|)."""
    return math.erfc(abs(z) / math.sqrt(2.0))


def incomplete_beta(a: float, b: float, x: float) -> float:
    """The regularised incomplete beta function I_x(a, b)."""
    if x <= 0.0:
        return 0.0
    if x >= 1.0:
        return 1.0
    front = math.exp(math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x))
    if x < (a + 1.0) / (a + b + 2.0):
        return front * _beta_fraction(a, b, x) / a
    return 1.0 - front * _beta_fraction(b, a, 1.0 - x) / b


def _beta_fraction(a: float, b: float, x: float) -> float:
    c, d = 1.0, 1.0 - (a + b) * x / (a + 1.0)
    d = 1.0 / (d if abs(d) > _TINY else _TINY)
    value = d
    for m in range(1, 20_000):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for step in (even, odd):
            d = 1.0 + step * d
            d = 1.0 / (d if abs(d) > _TINY else _TINY)
            c = 1.0 + step / c
            c = c if abs(c) > _TINY else _TINY
            value *= d * c
        if abs(d * c - 1.0) < 1e-14:
            break
    return value


def student_t_two_sided(t: float, df: float) -> float:
    """P(|T| ≥ |t|) with ``df`` degrees of freedom."""
    return incomplete_beta(df / 2.0, 0.5, df / (df + t * t))


@lru_cache(maxsize=4096)
def student_t_quantile(p: float, df: float) -> float:
    """t with P(T ≤ t) = p."""
    if p < 0.5:
        return -student_t_quantile(1.0 - p, df)
    if p == 0.5:
        return 0.0
    if df > 200:
        return _student_t_expansion(normal_quantile(p), df)
    return _student_t_newton(p, df)


def _student_t_newton(p: float, df: float) -> float:
    """Newton's steps from the expansion, kept inside a bracket; a handful where bisection takes fifty."""
    front = math.exp(math.lgamma((df + 1) / 2) - math.lgamma(df / 2)) / math.sqrt(df * math.pi)
    low, high, t = 0.0, math.inf, max(_student_t_expansion(normal_quantile(p), df), 1e-6)
    for _ in range(100):
        miss = 1.0 - student_t_two_sided(t, df) / 2.0 - p
        low, high = (t, high) if miss < 0 else (low, t)
        step = miss / (front * (1 + t * t / df) ** (-(df + 1) / 2))
        after = t - step
        if not low < after < high:
            after = 2 * t if math.isinf(high) else (low + high) / 2
        if abs(after - t) <= 1e-15 * t:
            break
        t = after
    return t


def _student_t_expansion(z: float, df: float) -> float:
    """Abramowitz & Stegun 26.7.5: below 1e-9 off from 200 degrees of freedom on."""
    return (
        z
        + (z**3 + z) / (4 * df)
        + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * df**2)
        + (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * df**3)
    )


def gamma_cdf(shape: float, x: float) -> float:
    """The regularised lower incomplete gamma function P(shape, x): series below the mode, fraction above it."""
    if x <= 0.0:
        return 0.0
    front = math.exp(shape * math.log(x) - x - math.lgamma(shape))
    if x < shape + 1.0:
        term = total = 1.0 / shape
        k = shape
        while abs(term) > abs(total) * 1e-16:
            k += 1.0
            term *= x / k
            total += term
        return front * total
    b = x + 1.0 - shape
    c, d = 1.0 / _TINY, 1.0 / b
    value = d
    for i in range(1, 20_000):
        an = -i * (i - shape)
        b += 2.0
        d = 1.0 / (an * d + b or _TINY)
        c = b + an / c or _TINY
        value *= d * c
        if abs(d * c - 1.0) < 1e-15:
            break
    return 1.0 - front * value


@lru_cache(maxsize=4096)
def gamma_quantile(p: float, shape: float) -> float:
    """x with P(shape, x) = p (unit scale)."""
    return _invert(lambda x: gamma_cdf(shape, x), p, shape + 1.0)


def binomial_cdf(k: int, n: int, p: float) -> float:
    """P(X ≤ k) of a binomial(n, p)."""
    if k < 0:
        return 0.0
    if k >= n:
        return 1.0
    return incomplete_beta(n - k, k + 1.0, 1.0 - p)


@lru_cache(maxsize=4096)
def binomial_quantile(level: float, n: int, p: float) -> int:
    """The smallest k with P(X ≤ k) ≥ level; beyond 10,000 by the normal approximation (off by one rank at most)."""
    if n > 10_000 and min(p, 1 - p) * n > 100:
        return math.ceil(n * p + normal_quantile(level) * math.sqrt(n * p * (1 - p)) - 0.5)
    # The normal guess is a step or two off; from there it is walked to the exact one.
    guess = n * p + normal_quantile(level) * math.sqrt(n * p * (1 - p)) if 0 < level < 1 else n * p
    k = min(max(round(guess), 0), n)
    while k < n and binomial_cdf(k, n, p) < level:
        k += 1
    while k > 0 and binomial_cdf(k - 1, n, p) >= level:
        k -= 1
    return k


def _invert(cdf: Callable[[float], float], p: float, guess: float) -> float:
    """The root of an increasing ``cdf`` on [0, ∞) by bracketing and bisection."""
    low, high = 0.0, max(guess, 1.0)
    while cdf(high) < p:
        low, high = high, high * 2.0
    for _ in range(200):
        middle = (low + high) / 2.0
        if middle in (low, high):
            break
        if cdf(middle) < p:
            low = middle
        else:
            high = middle
    return (low + high) / 2.0
