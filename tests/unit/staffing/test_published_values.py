"""Erlang's formulas against printed tables and worked examples of others, and against exact arithmetic.

`published_loss.csv` holds cells of the Erlang loss table of the ITU (offered load at a given blocking), as the package
Math::Telephony::ErlangB carries it in its tests (t/ErlangB-ITU.t). `published_queues.csv` names a source in every row.
Printed digits decide the tolerance. Everything else here is computed from the definitions by `fractions` and `decimal`,
which share no code with the package.
"""

from __future__ import annotations

import csv
from decimal import Decimal as D
from decimal import localcontext
from fractions import Fraction as F
from math import factorial
from pathlib import Path

import numpy as np
import pytest

from analytics.staffing import erlang, patience
from analytics.staffing.requirement import Targets, Work, required

HERE = Path(__file__).parent


def read(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def half_a_digit(printed: str) -> float:
    """How far the true value may be from a printed one; a little more than half, as some tables cut off."""
    return 0.6 * float(10 ** -len(printed.partition(".")[2]))


PRINTED = [
    (share, int(row["lines"]), row[share]) for row in read("published_loss.csv") for share in row if share != "lines"
]


@pytest.mark.parametrize(("blocked", "lines", "load"), PRINTED)
def test_the_printed_loss_table(blocked: str, lines: int, load: str) -> None:
    # Five digits are printed, trailing noughts left out.
    digit = 10.0 ** (np.floor(np.log10(float(load))) - 4)
    low, high = (erlang.erlang_b(lines, float(load) + side * max(0.6 * digit, 6e-6)) for side in (-1, 1))
    assert low <= float(blocked) <= high


def test_there_are_more_than_thirty_published_values() -> None:
    assert len(PRINTED) == 126
    assert len(read("published_queues.csv")) >= 22
    assert all(row["source"] for row in read("published_queues.csv"))


@pytest.mark.parametrize("row", read("published_queues.csv"), ids=lambda row: f"{row['figure']} {row['printed']}")
def test_what_others_published(row: dict[str, str]) -> None:
    agents, calls, interval, aht = int(row["agents"]), *(float(row[key]) for key in ("calls", "interval", "aht"))
    load, within = calls * aht / interval, float(row["within"] or 0)
    if row["figure"] == "blocked":
        told = erlang.erlang_b(agents, load)
    elif row["patience"]:
        found = patience.outcome(load, agents, aht, float(row["patience"]), within)
        told = {
            "waiting": found.waiting, "lost": found.abandonment, "busy": found.occupancy, "level": found.service_level,
            "mean wait": found.mean_wait_seconds,
        }[row["figure"]]  # fmt: skip
    else:
        one = erlang.patient(calls, interval, aht, agents, within)
        told = {"waiting": one.probability_of_waiting, "level": one.service_level, "busy": one.occupancy}[row["figure"]]
    seconds = 60 if row["figure"] == "mean wait" else 1
    assert float(told) == pytest.approx(float(row["printed"]), abs=half_a_digit(row["printed"]) * seconds)


def test_agents_that_another_calculator_asks_for() -> None:
    # Math::Telephony::ErlangC, t/Math-Telephony-ErlangC.t: 27.083 erlangs of 150 s calls.
    load = np.array([27.083])
    assert required(load, Work(150), Targets(None, 20, asa_seconds=5)).tolist() == [34]
    assert required(load, Work(150), Targets(0.94, 20)).tolist() == [34]


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


def decimal_b(agents: int, load: D) -> D:
    """1 ÷ B = Σ n! ÷ (n − j)! ÷ aʲ, term by term with sixty digits."""
    term, total = D(1), D(1)
    for j in range(agents):
        term = term * (agents - j) / load
        total += term
    return 1 / total


def decimal_a(agents: int, load: D, impatience: D) -> tuple[float, float]:
    """(probability of waiting, share that hangs up) by the chain, relative to the state in which all are busy."""
    below, weight = D(0), D(1)
    for n in range(agents, 0, -1):
        weight = weight * n / load
        below += weight
    above, queue, weight, n = D(1), D(0), D(1), 0
    while weight > D(10) ** -40:
        n += 1
        weight = weight * load / (agents + n * impatience)
        above, queue = above + weight, queue + n * weight
    total = above + below
    return float(above / total), float(queue / total * impatience / load)


@pytest.mark.parametrize(("agents", "load"), [(10_000, 10_000), (10_050, 10_000), (9_800, 10_000), (10_300, 9_999.5)])
def test_ten_thousand_erlangs_are_those_of_sixty_digits(agents: int, load: float) -> None:
    with localcontext() as context:
        context.prec = 60
        blocked = decimal_b(agents, D(load))
        waiting, leave = decimal_a(agents, D(load), D("0.6"))
        delayed = float(blocked * agents / (agents - D(load) * (1 - blocked))) if agents > load else 1.0
    assert erlang.erlang_b(agents, load) == pytest.approx(float(blocked), rel=1e-10)
    assert erlang.erlang_c(agents, load) == pytest.approx(delayed, rel=1e-9)
    told = patience.outcome(load, agents, 180.0, 300.0, 20.0)
    assert float(told.waiting) == pytest.approx(waiting, rel=1e-7)
    assert float(told.abandonment) == pytest.approx(leave, rel=1e-6, abs=1e-12)


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
