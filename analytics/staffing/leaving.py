"""Who leaves, by tenure: the Kaplan–Meier curve, how groups differ from it, and the hazard that supply draws from.

People come under observation at the tenure they had when the two years began, or when a period of theirs began: who
rose to a higher level after two years was not at risk as such before. Groups' ratios are Cox's, drawn to one by four
leavers' weight; the hazard between two tenures is leavers ÷ person-days weighted by these ratios.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from analytics.staffing.series import Array
from analytics.statistics.distributions import normal_quantile
from analytics.statistics.hazards import cox, kaplan_meier_entered
from analytics.statistics.survival import Curve

if TYPE_CHECKING:
    import pandas

    from analytics.staffing.inputs import Inputs

WINDOW_DAYS = 730
PRIOR_LEAVERS = 4.0
USUAL_TURNOVER = 0.3
YEAR = 365.25
COVARIATES = ("team", "role_type", "level", "tier")
# Tenures in days between which the hazard is taken as even.
KNOTS = np.array([0.0, 30, 60, 90, 180, 365, 730, 1_095, 1_825, 36_500])
FEWEST_LEAVERS = 5
FEWEST_AT_RISK = 5


@dataclass(frozen=True)
class Ratio:
    """How many times as often people of a group leave, everything else alike; with its 95 % interval."""

    dimension: str
    entity: str
    value: float
    low: float
    high: float
    leavers: int


@dataclass(frozen=True)
class Group:
    """The curve of the people of one group; ``dimension`` and ``entity`` are None for everybody."""

    dimension: str | None
    entity: str | None
    curve: Curve
    people: int
    leavers: int


@dataclass(frozen=True)
class Hazard:
    """Leavings a day between the knots, for people whose ratio is one; leavers and person-days behind them."""

    daily: Array
    leavers: Array
    days: Array
    ratios: tuple[Ratio, ...]
    groups: tuple[Group, ...]

    def cumulative(self, tenure: Array) -> Array:
        """Expected leavings from the first day to a tenure in days."""
        whole = np.concatenate([[0.0], np.cumsum(self.daily * np.diff(KNOTS))])
        return np.asarray(np.interp(np.maximum(tenure, 0), KNOTS, whole))

    def rate(self, tenure: Array) -> Array:
        """Leavings a day at a tenure."""
        place = np.searchsorted(KNOTS[1:-1], np.maximum(tenure, 0), side="right")
        return np.asarray(self.daily[place])

    def ratio_of(self, groups: Mapping[str, object]) -> float:
        """The product of the ratios of the groups that somebody belongs to."""
        return float(np.prod([one.value for one in self.ratios if str(groups.get(one.dimension)) == one.entity]))


@dataclass(frozen=True)
class _Spells:
    enter: Array
    leave: Array
    gone: Array
    frame: pandas.DataFrame


def leaving_hazard(inputs: Inputs) -> Hazard:
    """Curve, ratios and hazard of the last two years."""
    spells = _spells(inputs)
    columns = _columns(spells)
    x = np.array([(spells.frame[name] == entity).to_numpy(float) for name, entity in columns]).T
    x = x.reshape(len(spells.enter), len(columns))
    fitted = cox(spells.enter, spells.leave, spells.gone, x, PRIOR_LEAVERS)
    z = normal_quantile(0.975)
    ratios = tuple(
        Ratio(name, entity, float(np.exp(log)), float(np.exp(log - z * error)), float(np.exp(log + z * error)),
              int((x[:, place].astype(bool) & spells.gone).sum()))
        for place, ((name, entity), log, error) in enumerate(zip(columns, fitted.logs, fitted.errors, strict=True))
    )  # fmt: skip
    daily, leavers, days = _between_knots(spells, np.exp(x @ fitted.logs))
    return Hazard(daily, leavers, days, ratios, _groups(spells, columns))


def _columns(spells: _Spells) -> list[tuple[str, str]]:
    """The groups that are told apart: every value of a covariate that has more than one."""
    values = {name: sorted(set(spells.frame[name].dropna().astype(str))) for name in COVARIATES}
    return [(name, entity) for name in COVARIATES if len(values[name]) > 1 for entity in values[name]]


def _spells(inputs: Inputs) -> _Spells:
    """(tenure when first seen, tenure when last seen, whether the person left then) within the window."""
    rows = inputs.spells
    end = np.datetime64(inputs.as_of)
    hired, begun, ended = (_day(rows[name]) for name in ("hired_on", "begins_on", "ends_on"))
    window = max(end - WINDOW_DAYS, _first_told(rows.is_leaving.to_numpy(bool), hired, ended))
    begin = np.maximum(np.maximum(begun, hired), window)
    last = np.where(np.isnat(ended), end, np.minimum(ended, end))
    enter, leave = (begin - hired).astype(float), (last - hired).astype(float)
    gone = rows.is_leaving.to_numpy(bool) & (ended >= window) & (ended < end)
    # Who left on the first day was there for half of it.
    leave = np.where(gone & (leave <= enter), enter + 0.5, leave)
    seen = leave > enter
    return _Spells(enter[seen], leave[seen], gone[seen], rows[seen].reset_index(drop=True))


def _first_told(leaving: Array, hired: Array, ended: Array) -> np.datetime64:
    """The day from which leavers are on record: many a list holds only those who were there on its first day.

    Whoever is in it could not have left before; the first leaving ends that time, and counts for nothing itself.
    """
    known = np.sort(ended[leaving])
    if len(known) >= FEWEST_LEAVERS:
        return np.datetime64(known[0] + 1)
    return np.datetime64(hired.min()) if len(hired) else np.datetime64("1900-01-01")


def _day(values: object) -> Array:
    return np.asarray(values, "datetime64[D]")


def _between_knots(spells: _Spells, ratio: Array) -> tuple[Array, Array, Array]:
    """Hazard a day between the knots; a stretch with few leavers leans on the whole."""
    size = len(KNOTS) - 1
    weighted, days, leavers = np.zeros(size), np.zeros(size), np.zeros(size)
    for place in range(size):
        low, high = KNOTS[place], KNOTS[place + 1]
        own = np.clip(np.minimum(spells.leave, high) - np.maximum(spells.enter, low), 0, None)
        days[place], weighted[place] = own.sum(), (own * ratio).sum()
        leavers[place] = (spells.gone & (spells.leave >= low) & (spells.leave < high)).sum()
    usual = leavers.sum() / weighted.sum() if weighted.sum() and leavers.sum() else USUAL_TURNOVER / YEAR
    prior = PRIOR_LEAVERS / 2
    return (leavers + prior) / (weighted + prior / usual), leavers, days


def _groups(spells: _Spells, columns: list[tuple[str, str]]) -> tuple[Group, ...]:
    """Curves of everybody and of every group of at least five leavers."""
    whole = np.ones(len(spells.enter), bool)
    parts: list[tuple[str | None, str | None, Array]] = [(None, None, whole)]
    parts += [(name, entity, (spells.frame[name].astype(str) == entity).to_numpy()) for name, entity in columns]
    found = []
    for name, entity, own in parts:
        leavers = int((spells.gone & own).sum())
        if leavers >= FEWEST_LEAVERS:
            parted = (spells.enter[own], spells.leave[own], spells.gone[own])
            curve = kaplan_meier_entered(*parted, fewest=FEWEST_AT_RISK)
            found.append(Group(name, entity, curve, int(spells.frame[own].agent.nunique()), leavers))
    return tuple(found)
