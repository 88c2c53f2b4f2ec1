"""Erlang's formulas against printed tables and against exact rational arithmetic.

The trunk table (offered load at a blocking of 0.1, 1, 2 and 5 %) is the Erlang B table of the traffic-engineering
literature, for example J. R. Boucher, *Traffic System Design Handbook* (IEEE Press, 1993) and V. B. Iversen,
*Teletraffic Engineering Handbook* (ITU-D SG 2); 15 lines at 1 % carrying 8.108 erlangs is also the worked example of
the calculator manual at erlang.com ("How much traffic?"). Printed digits decide the tolerance. Everything else here is
computed by `fractions.Fraction` from the definitions, which share no code with the package.
"""

from __future__ import annotations

from fractions import Fraction as F
from math import factorial

import numpy as np
import pytest

from analytics.staffing import erlang, patience

TRUNKS = {
    0.001: {1: 0.0010, 2: 0.0458, 3: 0.1938, 4: 0.4393, 5: 0.7621, 6: 1.1459, 7: 1.5786, 8: 2.0513, 9: 2.5575,
            10: 3.0920, 15: 6.0772, 20: 9.4115, 25: 12.969, 30: 16.684, 50: 32.512, 100: 75.242},
    0.01: {1: 0.0101, 2: 0.1526, 3: 0.4555, 4: 0.8694, 5: 1.3608, 6: 1.9090, 7: 2.5009, 8: 3.1276, 9: 3.7825,
           10: 4.4612, 15: 8.1080, 20: 12.031, 25: 16.125, 30: 20.337, 40: 29.007, 50: 37.901, 100: 84.064},
    0.02: {1: 0.0204, 2: 0.2235, 3: 0.6022, 4: 1.0923, 5: 1.6571, 6: 2.2759, 7: 2.9354, 8: 3.6271, 9: 4.3447,
           10: 5.0840, 15: 9.0096, 20: 13.182, 30: 21.932, 50: 40.255, 100: 87.972},
    0.05: {1: 0.0526, 2: 0.3813, 3: 0.8994, 4: 1.5246, 5: 2.2185, 10: 6.2157, 20: 15.249, 50: 44.533, 100: 95.240},
}  # fmt: skip
PRINTED = [(blocked, lines, load) for blocked, row in TRUNKS.items() for lines, load in row.items()]


@pytest.mark.parametrize(("blocked", "lines", "load"), PRINTED)
def test_the_printed_trunk_table(blocked: float, lines: int, load: float) -> None:
    digit = 10 ** -(4 if load < 10 else 3)
    low, high = (erlang.erlang_b(lines, load + side * 0.6 * digit) for side in (-1, 1))
    assert low <= blocked <= high


def exact_b(agents: int, load: F) -> F:
    """(aⁿ/n!) ÷ Σ aᵏ/k!"""
    return load**agents / factorial(agents) / sum(load**k / factorial(k) for k in range(agents + 1))


def exact_c(agents: int, load: F) -> F:
    """Erlang's own form of the delay formula."""
    last = load**agents / factorial(agents) * F(agents) / (agents - load)
    return last / (sum(load**k / factorial(k) for k in range(agents)) + last)


GRID = [(n, F(n * share, 10)) for n in (1, 2, 5, 10, 14, 25, 60) for share in (3, 6, 8, 9)]


@pytest.mark.parametrize(("agents", "load"), GRID)
def test_b_and_c_are_those_of_rational_arithmetic(agents: int, load: F) -> None:
    assert erlang.erlang_b(agents, float(load)) == pytest.approx(float(exact_b(agents, load)), rel=1e-12)
    assert erlang.erlang_c(agents, float(load)) == pytest.approx(float(exact_c(agents, load)), rel=1e-12)
    blocked = np.exp(-patience._log_inverse_b(np.array(float(agents)), np.array(float(load))))
    assert float(blocked) == pytest.approx(float(exact_b(agents, load)), rel=1e-10)


def exact_a(agents: int, load: F, impatience: F) -> tuple[F, F]:
    """(probability of waiting, share that hangs up) by the birth and death chain, cut where nothing is left."""
    weights, current = [F(1)], F(1)
    for n in range(1, agents + 60 + 4 * int(load)):
        current = current * load / (min(n, agents) + impatience * max(n - agents, 0))
        weights.append(current)
        if n % 8 == 0:
            # Long fractions are cut at far more digits than a float has.
            current = weights[-1] = current.limit_denominator(10**40)
    total = sum(weights)
    waiting = sum(weights[agents:]) / total
    queue = sum((n - agents) * w for n, w in enumerate(weights) if n > agents) / total
    return waiting, queue * impatience / load


@pytest.mark.parametrize(
    ("agents", "load", "impatience"),
    [(1, F(1, 2), F(1)), (1, F(2), F(1, 2)), (5, F(4), F(1, 3)), (5, F(7), F(2)), (10, F(9), F(1, 4)),
     (20, F(22), F(1)),     (50, F(48), F(1, 2)), (14, F(10), F(3, 5))],
)  # fmt: skip
def test_a_is_that_of_the_exact_chain(agents: int, load: F, impatience: F) -> None:
    waiting, leave = exact_a(agents, load, impatience)
    told = patience.outcome(float(load), agents, 1.0, float(1 / impatience), 0.3)
    assert float(told.waiting) == pytest.approx(float(waiting), rel=1e-9)
    assert float(told.abandonment) == pytest.approx(float(leave), rel=1e-8)


def test_the_worked_figures_of_the_metrics_paper() -> None:
    thirteen, fourteen = (erlang.patient(100, 1800, 180, n, 20) for n in (13, 14))
    assert round(thirteen.service_level, 4) == 0.7956
    assert round(fourteen.service_level, 4) == 0.8884
    assert round(fourteen.probability_of_waiting, 4) == 0.1741
    assert round(fourteen.asa_seconds, 2) == 7.84
    assert round(fourteen.occupancy, 4) == 0.7143
    many = erlang.patient(360, 1800, 240, 55, 15)
    assert (round(many.probability_of_waiting, 4), round(many.asa_seconds, 2)) == (0.2387, 8.18)
    assert round(many.service_level, 4) == 0.8459
    assert erlang.erlang_b(1, 1.0) == 0.5
    assert round(erlang.erlang_b(2, 1.0), 10) == 0.2
    assert round(erlang.erlang_c(25, 20.0), 4) == 0.2091
    told = patience.outcome(48.0, 50, 60.0, 120.0, 20.0)
    assert round(float(told.waiting), 4) == 0.4678
    assert round(float(told.abandonment), 4) == 0.0309
    assert round(float(told.mean_wait_seconds), 2) == 3.71
    assert round(float(told.occupancy), 3) == 0.930
    assert (erlang.scheduled(14, 0.25), erlang.scheduled(14, 0.3)) == (19, 20)
    assert round(erlang.compound(0.2, 0.15), 4) == 0.32
