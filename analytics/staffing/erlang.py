"""Erlang B, C and A: blocked, patient and impatient callers. Vectorised: every argument may be an array.

Loads are offered traffic in erlangs (arrivals × handling time). Stable at 10,000 erlangs, because only ratios of
neighbouring terms are ever formed. Sources: A. K. Erlang (1917) for B and C; C. Palm (1957) for A, in the form of
A. Mandelbaum and S. Zeltyn, "The Palm/Erlang-A queue" (2004).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from warehouse.errors import UsageError

Array = np.ndarray
Numbers = float | int | Array


@dataclass(frozen=True)
class Service:
    """What so many agents give so much load. Shares, and seconds; ``asa_seconds`` is over the served only."""

    agents: Any
    service_level: Any
    probability_of_waiting: Any
    asa_seconds: Any
    mean_wait_seconds: Any
    occupancy: Any
    abandonment: Any


def erlang_b(agents: Numbers, load: Numbers) -> Any:
    """Share of arrivals blocked when nobody can wait: B(0) = 1, B(n) = a·B(n−1) ÷ (n + a·B(n−1))."""
    agents, load = np.broadcast_arrays(np.asarray(agents, int), np.asarray(load, float))
    _refuse_negative(agents=agents, load=load)
    blocked = np.ones(load.shape)
    result = np.where(agents == 0, 1.0, 0.0)
    for n in range(1, int(agents.max(initial=0)) + 1):
        offered = load * blocked
        blocked = offered / (n + offered)
        result = np.where(agents == n, blocked, result)
    return _plain(result)


def erlang_c(agents: Numbers, load: Numbers) -> Any:
    """Probability that an arrival must wait; 1 where the load is at least the number of agents."""
    agents, load = np.broadcast_arrays(np.asarray(agents, int), np.asarray(load, float))
    blocked = np.asarray(erlang_b(agents, load))
    with np.errstate(divide="ignore", invalid="ignore"):
        waiting = blocked / (1 - load / np.maximum(agents, 1) * (1 - blocked))
    return _plain(np.where(load >= agents, 1.0, waiting))


def patient(calls: Numbers, interval_seconds: float, aht_seconds: float, agents: Numbers, within: float) -> Service:
    """Erlang C: what ``agents`` give ``calls`` per interval when nobody hangs up. Overload: nobody in time."""
    load = _load(calls, interval_seconds, aht_seconds)
    agents = np.asarray(agents, int)
    waiting = np.asarray(erlang_c(agents, load))
    spare = agents - load
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        level = np.where(spare > 0, 1 - waiting * np.exp(-np.maximum(spare, 0) * within / aht_seconds), 0.0)
        wait = np.where(spare > 0, waiting * aht_seconds / np.where(spare > 0, spare, 1.0), np.inf)
        busy = np.minimum(load / np.maximum(agents, 1), 1.0)
    return Service(*map(_plain, (agents, level, waiting, wait, wait, busy, np.zeros(np.shape(wait)))))


def required_patient(calls: Numbers, interval_seconds: float, aht_seconds: float, target: float, within: float) -> Any:
    """The fewest agents whose Erlang C service level reaches ``target`` (a share below 1)."""
    if not 0 < target < 1:
        raise UsageError("A service-level target lies between 0 and 1; no finite number of agents answers every call.")
    load = np.atleast_1d(_load(calls, interval_seconds, aht_seconds))
    distinct, back = np.unique(load, return_inverse=True)
    result = _fewest(distinct, target, within / aht_seconds)[back].reshape(load.shape)
    return int(result[0]) if np.ndim(calls) == 0 else result


def _fewest(loads: Array, target: float, within: float) -> Array:
    """Agents for sorted loads, all climbed together: with n agents a prefix of what is left is done.

    1/B(n) = 1 + n/a · 1/B(n−1); ``within`` is in units of the handling time.
    """
    needed = np.zeros(loads.shape, int)
    done = int(np.searchsorted(loads, 0.0, side="right"))
    with np.errstate(divide="ignore"):
        inverse_load, inverse_b = 1.0 / loads, np.ones(loads.shape)
    n = 0
    while done < len(loads):
        n += 1
        rest = inverse_b[done:]
        rest *= inverse_load[done:]
        rest *= n
        rest += 1.0
        within_reach = slice(done, max(done, int(np.searchsorted(loads, n))))
        a, b = loads[within_reach], inverse_b[within_reach]
        waiting = 1.0 / (b - a / n * (b - 1.0))
        reached = int((1.0 - waiting * np.exp(-(n - a) * within) >= target).sum())
        needed[done : done + reached] = n
        done += reached
    return needed


def scheduled(required: Numbers, shrinkage: float) -> Any:
    """People to put on the rota so that ``required`` are there: ⌈required ÷ (1 − shrinkage)⌉."""
    if not 0 <= shrinkage < 1:
        raise UsageError(f"Shrinkage is a share of paid time from 0 to below 1, not {shrinkage:g}.", key="shrinkage")
    # 14 ÷ 0.7 must be 20, not 21 because of the last binary digit.
    people = np.ceil(np.round(np.asarray(required, float) / (1 - shrinkage), 9)).astype(int)
    return int(people) if people.ndim == 0 else people


def compound(*shares: float) -> float:
    """Shrinkage of several components together: 1 − Π(1 − sᵢ)."""
    return 1 - float(np.prod([1 - share for share in shares]))


def impatient(
    calls: float, interval_seconds: float, aht_seconds: float, agents: int, within: float, patience_seconds: float
) -> Service:
    """Erlang A: patience is exponential with the given mean. The service level has all arrivals in its denominator."""
    load = float(_load(calls, interval_seconds, aht_seconds))
    if patience_seconds <= 0:
        raise UsageError("Patience is a mean time in seconds above zero; leave it out for callers who never hang up.")
    if agents < 1 or load <= 0:
        nobody = 1.0 if load > 0 else 0.0
        return Service(agents, 1 - nobody, nobody, 0.0, nobody * patience_seconds, 0.0, nobody)
    chances = _states(load, agents, aht_seconds / patience_seconds)
    waiting_room = np.arange(len(chances) - agents)
    in_line = chances[agents:]
    arrival_rate = calls / interval_seconds
    queue = float((waiting_room * in_line).sum())
    abandoned = queue / patience_seconds / arrival_rate
    answered, served_wait = _served(in_line, agents, aht_seconds, patience_seconds, within)
    in_time = float(chances[:agents].sum()) + answered
    busy = float((np.minimum(np.arange(len(chances)), agents) * chances).sum()) / agents
    asa = served_wait / (1 - abandoned) if abandoned < 1 else 0.0
    return Service(agents, in_time, float(in_line.sum()), asa, queue / arrival_rate, busy, abandoned)


def _states(load: float, agents: int, impatience: float) -> Array:
    """Stationary probabilities of 0, 1, 2 … in the system, cut where no mass is left; by logarithms: no overflow."""
    size = agents + 64
    while True:
        places = np.arange(1, size)
        deaths = np.minimum(places, agents) + impatience * np.maximum(places - agents, 0)
        logs = np.concatenate([[0.0], np.cumsum(np.log(load / deaths))])
        chances = np.exp(logs - logs.max())
        if chances[-1] < 1e-16 * chances.sum() and load < deaths[-1]:
            return np.asarray(chances / chances.sum())
        size *= 2


def _served(
    in_line: Array, agents: int, aht_seconds: float, patience_seconds: float, within: float
) -> tuple[float, float]:
    """Share of arrivals that wait, are answered within the threshold; and the mean wait of the served per arrival.

    An arrival who finds j waiting is served after j + 1 departures; departures come at agents/AHT + i/patience with i
    ahead. The share served by t integrates the pure-death process; here exactly, as a linear system over the line.
    """
    places = len(in_line)
    service = agents / aht_seconds
    leave = 1.0 / patience_seconds
    ahead = np.arange(places)
    # Served in the end, and the mean wait if so, from position i (people ahead): product of "ahead of me leaves first".
    rates = service + (ahead + 1) * leave
    first = (service + ahead * leave) / rates
    reach = np.cumprod(first)
    waits = np.cumsum(1.0 / rates) * reach
    return _answered_within(in_line, service, leave, within), float((in_line * waits).sum())


def _answered_within(in_line: Array, service: float, leave: float, within: float) -> float:
    """Uniformisation of the position of a waiting caller: moves up at service + ahead·leave, hangs up at leave."""
    if within <= 0:
        return 0.0
    places = len(in_line)
    up = service + np.arange(places) * leave
    top = float(up[-1] + leave)
    position, served, total = in_line.copy(), 0.0, 0.0
    weight_log, mean = -top * within, top * within
    steps = int(mean + 12 * np.sqrt(mean) + 40)
    for step in range(steps):
        total += float(np.exp(weight_log)) * served
        moved = position * up / top
        served += float(moved[0])
        stay = position * (1 - (up + leave) / top)
        stay[:-1] += moved[1:]
        position = stay
        weight_log += np.log(mean) - np.log(step + 1)
    return total


def _load(calls: Numbers, interval_seconds: float, aht_seconds: float) -> Array:
    if interval_seconds <= 0 or aht_seconds <= 0:
        raise UsageError("Interval and handling time are seconds above zero.")
    load = np.asarray(calls, float) * aht_seconds / interval_seconds
    _refuse_negative(load=load)
    return load


def _refuse_negative(**values: Array) -> None:
    for name, value in values.items():
        if np.any(value < 0):
            raise UsageError(f"A negative {name} makes no sense.")


def _plain(value: Any) -> Any:
    array = np.asarray(value)
    return array.item() if array.ndim == 0 else array
