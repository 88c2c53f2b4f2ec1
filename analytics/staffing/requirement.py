"""How many agents an interval needs for a set of targets; and what so many give. Vectorised over intervals."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analytics.staffing import erlang, patience
from warehouse.errors import UsageError

Array = np.ndarray
# Below this many distinct loads each is sought by itself; above it, each number of agents gets its largest load.
FEW = 48
STEPS = 44


@dataclass(frozen=True)
class Targets:
    """What must hold in every interval; ``None`` means not asked for. Shares below one, times in seconds."""

    service_level: float | None = 0.8
    within_seconds: float = 20.0
    asa_seconds: float | None = None
    abandonment: float | None = None
    occupancy: float | None = None

    def __post_init__(self) -> None:
        for name, value in (("service level", self.service_level), ("occupancy", self.occupancy)):
            if value is not None and not 0 < value < 1:
                raise UsageError(
                    f"A target for {name} lies between 0 and 1, not {value:g}; "
                    "no finite number of agents answers every call.",
                    key=name.replace(" ", "_"),
                )
        if self.within_seconds < 0:
            raise UsageError("The threshold of the service level is in seconds from zero on.", key="within")
        if self.abandonment is not None and not 0 < self.abandonment <= 1:
            raise UsageError("A target for abandonment is a share above 0, up to 1.", key="abandonment")
        if self.asa_seconds is not None and self.asa_seconds <= 0:
            raise UsageError("A target for the average speed of answer is in seconds above zero.", key="asa")
        if all(v is None for v in (self.service_level, self.asa_seconds, self.abandonment, self.occupancy)):
            raise UsageError("Name at least one target: service level, speed of answer, abandonment or occupancy.")


@dataclass(frozen=True)
class Work:
    """Handling time, and patience (``None``: callers who never hang up), in seconds."""

    aht_seconds: float
    patience_seconds: float | None = None

    def __post_init__(self) -> None:
        if not self.aht_seconds > 0:
            raise UsageError(f"Handling time is in seconds above zero, not {self.aht_seconds:g}.", key="aht")
        if self.patience_seconds is not None and not self.patience_seconds > 0:
            raise UsageError(
                f"Patience is a mean time in seconds above zero, not {self.patience_seconds:g}; "
                "leave it out for callers who never hang up.",
                key="patience",
            )


def required(load: Array, work: Work, targets: Targets) -> Array:
    """The fewest whole agents for each load in erlangs; 0 where there is no load."""
    load = np.asarray(load, float)
    if np.any(load < 0) or not np.all(np.isfinite(load)):
        raise UsageError("A load is a finite number of erlangs from zero on.")
    distinct, back = np.unique(load, return_inverse=True)
    some = distinct[distinct > 0]
    found = np.zeros(len(distinct), int)
    if len(some):
        few = len(some) <= FEW
        found[distinct > 0] = _each(some, work, targets) if few else _by_capacity(some, work, targets)
    return np.asarray(found[back].reshape(load.shape))


def meets(agents: Array, load: Array, work: Work, targets: Targets) -> Array:
    """Whether every target holds."""
    good = np.ones(np.broadcast_shapes(np.shape(agents), np.shape(load)), bool)
    level, asa, leave, busy = _figures(agents, load, work, targets)
    if targets.service_level is not None:
        good &= level >= targets.service_level
    if targets.asa_seconds is not None:
        good &= asa <= targets.asa_seconds
    if targets.abandonment is not None:
        good &= leave <= targets.abandonment
    if targets.occupancy is not None:
        good &= busy <= targets.occupancy
    return np.asarray(good)


def service_level(load: Array, agents: Array, work: Work, within_seconds: float) -> Array:
    """Share of arrivals answered in time; ``agents`` may be fractional."""
    return _figures(agents, load, work, Targets(within_seconds=within_seconds))[0]


def _figures(agents: Array, load: Array, work: Work, targets: Targets) -> tuple[Array, Array, Array, Array]:
    agents, load = np.broadcast_arrays(np.asarray(agents, float), np.asarray(load, float))
    if work.patience_seconds is None:
        return _patient(agents, load, work, targets)
    told = patience.outcome(load, agents, work.aht_seconds, work.patience_seconds, targets.within_seconds)
    asa = told.mean_wait_seconds
    if targets.asa_seconds is not None:
        some = (load > 0) & (agents > 0)
        asa = np.where(some, 0.0, np.where(load > 0, np.inf, 0.0))
        asa[some] = patience.served_wait(load[some], agents[some], work.aht_seconds, work.patience_seconds)
    return told.service_level, asa, told.abandonment, told.occupancy


def _patient(agents: Array, load: Array, work: Work, targets: Targets) -> tuple[Array, Array, Array, Array]:
    spare = agents - load
    stable = (spare > 0) & (load > 0)
    a, n = np.where(stable, load, 1.0), np.where(stable, agents, 2.0)
    blocked = np.exp(-patience._log_inverse_b(n, a))
    waiting = blocked / (1 - a / n * (1 - blocked))
    level = 1 - waiting * np.exp(-np.maximum(n - a, 0) * targets.within_seconds / work.aht_seconds)
    wait = waiting * work.aht_seconds / (n - a)
    idle = load <= 0
    return (
        np.where(stable, level, np.where(idle, 1.0, 0.0)),
        np.where(stable, wait, np.where(idle, 0.0, np.inf)),
        np.zeros(load.shape),
        np.where(stable, a / n, np.where(idle, 0.0, 1.0)),
    )


def _each(loads: Array, work: Work, targets: Targets) -> Array:
    """Bisection over whole numbers of agents, all loads together."""
    low, high = np.zeros(len(loads), int), _enough(loads, work, targets)
    while np.any(high - low > 1):
        middle = (low + high) // 2
        good = meets(middle, loads, work, targets)
        low, high = np.where(good, low, middle), np.where(good, middle, high)
    return high


def _enough(loads: Array, work: Work, targets: Targets) -> Array:
    high = np.ceil(loads + 2 * np.sqrt(loads) + 2).astype(int)
    for _ in range(40):
        bad = ~meets(high, loads, work, targets)
        if not bad.any():
            return high
        high = np.where(bad, high * 2, high)
    raise UsageError("No number of agents reaches these targets; a threshold of zero seconds and a share near one?")


def _by_capacity(loads: Array, work: Work, targets: Targets) -> Array:
    """The largest load that 1, 2, 3 … agents carry, by bisection; then each load finds its place."""
    most = int(_each(loads[-1:], work, targets)[0])
    agents = np.arange(1, most + 1)
    low, high = np.zeros(most), np.full(most, float(loads[-1]))
    for _ in range(STEPS):
        middle = (low + high) / 2
        good = meets(agents, middle, work, targets)
        low, high = np.where(good, middle, low), np.where(good, high, middle)
    # The last one carries the largest load by construction.
    low[-1] = max(low[-1], float(loads[-1]))
    return np.searchsorted(low * (1 + 1e-12), loads, side="left") + 1


def agents_for(
    calls: float, interval_seconds: float, work: Work, targets: Targets, shrinkage: float = 0.0
) -> dict[str, float | int | None]:
    """One interval: the fewest agents, the rota, and what they give. Keys are those of `swotlight staffing erlang`."""
    if interval_seconds <= 0:
        raise UsageError("The interval is a time above zero.", key="interval")
    if calls < 0:
        raise UsageError(f"A number of calls is counted from zero on, not {calls:g}.", key="calls")
    load = calls * work.aht_seconds / interval_seconds
    agents = int(required(np.array([load]), work, targets)[0])
    rota = erlang.scheduled(agents, shrinkage)
    if work.patience_seconds is None:
        given = erlang.patient(calls, interval_seconds, work.aht_seconds, agents, targets.within_seconds)
    else:
        given = _impatient(calls, interval_seconds, work, agents, targets.within_seconds)
    empty = calls == 0
    return {
        "agents": agents,
        "scheduled": rota,
        "service_level": None if empty else float(given.service_level),
        "probability_of_waiting": 0.0 if empty else float(given.probability_of_waiting),
        "asa_seconds": 0.0 if empty else float(given.asa_seconds),
        "mean_wait_seconds": 0.0 if empty else float(given.mean_wait_seconds),
        "occupancy": 0.0 if empty else float(given.occupancy),
        "abandonment": 0.0 if empty else float(given.abandonment),
    }


def _impatient(calls: float, interval_seconds: float, work: Work, agents: int, within: float) -> erlang.Service:
    assert work.patience_seconds is not None
    load = np.array(calls * work.aht_seconds / interval_seconds)
    told = patience.outcome(load, np.array(agents), work.aht_seconds, work.patience_seconds, np.array(within))
    asa = patience.served_wait(load, np.array(agents), work.aht_seconds, work.patience_seconds) if agents else 0.0
    return erlang.Service(
        agents, told.service_level, told.waiting, asa, told.mean_wait_seconds, told.occupancy, told.abandonment
    )
