"""Who is there: heads and full-time equivalents, shrinkage, leaving by tenure, openings to come, how the new learn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from analytics.staffing import erlang
from analytics.staffing.inputs import Inputs
from analytics.staffing.leaving import COVARIATES, YEAR, Hazard, leaving_hazard
from analytics.staffing.series import Array
from analytics.statistics.survival import Curve, kaplan_meier

if TYPE_CHECKING:
    import pandas

RAMP_WEEKS = 26
SHRINKAGE_PARTS = (
    "holidays", "absence", "breaks", "meetings", "training", "coaching", "projects", "system_down", "other",
)  # fmt: skip


@dataclass(frozen=True)
class Opening:
    """One vacancy, opened so many days ago; where somebody said yes: how long ago, and in how many days they begin."""

    team: str
    elapsed: int
    start_in: int | None
    accepted: int = 0


@dataclass(frozen=True)
class Supply:
    """People today and what happens to them. ``hours_a_week``: on-task hours of one full-time person."""

    teams: tuple[str, ...]
    agent_team: Array
    agent_fte: Array
    agent_tenure: Array
    # How many times as often as others people leave, by the groups they belong to; new people by team.
    agent_ratio: Array
    new_ratio: dict[str, float]
    hours_a_week: dict[str, float]
    paid_hours_a_week: float
    shrinkage: dict[str, float]
    hazard: Hazard
    fill: Curve
    fill_days: Array
    start_lag_days: Array
    offer_acceptance: tuple[int, int]
    openings: tuple[Opening, ...]
    ramp: Array
    refused: tuple[tuple[str, int], ...]
    moves: tuple[tuple[str, str, float], ...]

    @property
    def shrinkage_of_rest(self) -> dict[str, float]:
        """Each component as a share of the time that the ones before it leave: these compound to the whole."""
        left, found = 1.0, {}
        for name, share in self.shrinkage.items():
            found[name] = share / left if left > 0 else 0.0
            left -= share
        return found

    @property
    def total_shrinkage(self) -> float:
        """The share of paid time in which nobody can take work: 1 − Π(1 − sᵢ) over the components."""
        return erlang.compound(*self.shrinkage_of_rest.values())


def read_supply(inputs: Inputs) -> Supply | None:
    """People and their ways; ``None`` where no person of the organisation is known."""
    here = inputs.agents[inputs.agents.left_on.isna() & (_day(inputs.agents.hired_on) < np.datetime64(inputs.as_of))]
    if not len(here):
        return None
    teams = tuple(sorted(set(here.team)))
    paid, on_task, parts = _time_shares(inputs)
    lag, fills, refused = _fills(inputs)
    curve, hazard = kaplan_meier(fills), leaving_hazard(inputs)
    return Supply(
        teams=teams,
        agent_team=np.array([teams.index(team) for team in here.team]),
        agent_fte=here.fte.to_numpy(float),
        agent_tenure=(np.datetime64(inputs.as_of) - _day(here.hired_on)).astype(int),
        agent_ratio=np.array(
            [
                hazard.ratio_of(dict(zip(COVARIATES, row, strict=True)))
                for row in here[list(COVARIATES)].itertuples(index=False)
            ]
        ),
        new_ratio={team: hazard.ratio_of({"team": team} | _usual_post(here, team)) for team in teams},
        hours_a_week=_hours(inputs, teams, paid * on_task),
        paid_hours_a_week=paid,
        shrinkage=parts,
        hazard=hazard,
        fill=curve,
        fill_days=np.array([days for days, filled, _ in fills for _ in range(filled)]),
        start_lag_days=lag,
        offer_acceptance=_acceptance(inputs),
        openings=tuple(_openings(inputs)),
        ramp=ramp_curve(inputs),
        refused=refused,
        moves=tuple(
            (str(a), str(b), float(count) / 52)
            for a, b, count in inputs.moves[["from_team", "to_team", "moves"]].to_numpy().tolist()
        ),
    )


def _acceptance(inputs: Inputs) -> tuple[int, int]:
    """Offers accepted, and offers decided on; none of either where nothing tells of an offer that was not accepted."""
    states = inputs.applications.offer_state
    accepted, declined = int((states == "accepted").sum()), int((states == "declined").sum())
    return (accepted, accepted + declined) if declined or (states == "pending").any() else (0, 0)


def _usual_post(here: pandas.DataFrame, team: str) -> dict[str, str]:
    """What most people of a team are: new ones begin as such."""
    rows = here[here.team == team]
    found = {name: rows[name].dropna().astype(str).mode() for name in COVARIATES if name != "team"}
    return {name: str(values.iloc[0]) for name, values in found.items() if len(values)}


def _day(values: object) -> Array:
    return np.asarray(values, "datetime64[D]")


def _time_shares(inputs: Inputs) -> tuple[float, float, dict[str, float]]:
    """Paid hours of a full-time week, the share of it that is on task, and the shares that are not, by reason."""
    paid = float(inputs.time.paid.sum()) / 3600
    weeks = full_time_weeks(inputs, None)
    if paid <= 0 or weeks <= 0:
        return 40.0, 0.7, {"assumed": 0.3}
    parts = {name: float(inputs.time[name].sum()) / 3600 / paid for name in SHRINKAGE_PARTS}
    parts = {name: share for name, share in parts.items() if share > 0}
    return paid / weeks, 1 - sum(parts.values()), parts


def full_time_weeks(inputs: Inputs, team: str | None) -> float:
    """Full-time weeks of the last year in which people were employed."""
    end = np.datetime64(inputs.as_of)
    rows = inputs.agents if team is None else inputs.agents[inputs.agents.team == team]
    start = np.maximum(_day(rows.hired_on), end - 364)
    left = _day(rows.left_on)
    last = np.where(np.isnat(left), end, np.minimum(left, end))
    days = np.maximum((last - start).astype("timedelta64[D]").astype(int), 0)
    return float((days * rows.fte.to_numpy(float)).sum()) / 7


def _hours(inputs: Inputs, teams: tuple[str, ...], usual: float) -> dict[str, float]:
    """On-task hours of a full-time week by team, drawn towards the organisation's where a team's history is short."""
    result = {}
    for team in teams:
        weeks = full_time_weeks(inputs, team)
        rows = inputs.time[inputs.time.team == team]
        hours = float(rows.handling.sum() + rows.available.sum()) / 3600
        result[team] = (hours + 26 * usual) / (weeks + 26) if weeks > 0 and hours > 0 else usual
    return result


def _fills(inputs: Inputs) -> tuple[Array, list[tuple[float, int, int]], tuple[tuple[str, int], ...]]:
    """Start lags; (days, filled, still open) of every vacancy; and what made no sense, counted."""
    hired = inputs.applications[inputs.applications.accepted_on.notna()]
    days = (_day(hired.accepted_on) - _day(hired.opened_on)).astype("timedelta64[D]").astype(float)
    days[np.isnat(_day(hired.opened_on))] = np.nan
    lag = (_day(hired.started_on) - _day(hired.accepted_on)).astype("timedelta64[D]").astype(float)
    lag[np.isnat(_day(hired.started_on))] = np.nan
    posts = inputs.postings
    backwards = int((_day(posts.closed_on) < _day(posts.opened_on)).sum())
    odd = int((days < 0).sum()) + int((lag < 0).sum())
    fills = [(float(d), 1, 0) for d in days[days >= 0]]
    fills += [(float(one.elapsed), 0, 1) for one in _openings(inputs) if one.start_in is None]
    refused = (("requisitions closed before they were opened", backwards), ("hires before their vacancy", odd))
    return lag[lag >= 0], sorted(fills), tuple((name, count) for name, count in refused if count)


def _openings(inputs: Inputs) -> list[Opening]:
    """Vacancies still to be filled, and people who said yes and have not begun."""
    today = np.datetime64(inputs.as_of)
    hired = inputs.applications[inputs.applications.accepted_on.notna()]
    filled = hired.groupby("requisition_id").size()
    found = []
    posts = inputs.postings[inputs.postings.closed_on.isna() & inputs.postings.opened_on.notna()]
    posts = posts.drop_duplicates("requisition_id")
    elapsed = (today - _day(posts.opened_on)).astype(int)
    wanted = posts.openings.fillna(0).to_numpy(int) - posts.requisition_id.map(filled).fillna(0).to_numpy(int)
    for team, days, left in zip(posts.team, elapsed, wanted, strict=True):
        found += [Opening(str(team), int(days), None)] * max(int(left), 0) if days >= 0 else []
    coming = hired[_day(hired.started_on) >= today]
    ahead = (_day(coming.started_on) - today).astype(int)
    said = (today - _day(coming.accepted_on)).astype(int)
    opened = (today - _day(coming.opened_on.fillna(coming.accepted_on))).astype(int)
    for team, days, start, yes in zip(coming.team, opened, ahead, said, strict=True):
        found.append(Opening(str(team), int(days), int(start), int(yes)))
    return found


def ramp_curve(inputs: Inputs) -> Array:
    """Productivity by full week since the first day: usual handling time ÷ one's own, never falling, at most one.

    Usual is that of people beyond 26 weeks, channel by channel. Without enough of both it is one throughout.
    """
    from scipy.optimize import isotonic_regression

    rows = inputs.ramp
    old = rows[rows.week >= RAMP_WEEKS].groupby("channel")[["handled", "seconds"]].sum()
    usual = (old.seconds / old.handled).to_dict()
    new = rows[(rows.week < RAMP_WEEKS) & rows.channel.isin(list(usual))]
    if not len(new) or new.handled.sum() < 500:
        return np.ones(RAMP_WEEKS)
    meant = new.handled * new.channel.map(usual)
    weeks = new.week.to_numpy(int)
    top = np.bincount(weeks, meant.to_numpy(float), minlength=RAMP_WEEKS)
    real = np.bincount(weeks, new.seconds.to_numpy(float), minlength=RAMP_WEEKS)
    ratio = np.divide(top, real, out=np.ones(RAMP_WEEKS), where=real > 0)
    weight = np.bincount(weeks, new.handled.to_numpy(float), minlength=RAMP_WEEKS)
    fitted = isotonic_regression(ratio, weights=np.maximum(weight, 1e-3)).x
    return np.asarray(np.clip(fitted / max(float(fitted[-1]), 1e-9), 0.2, 1.0))


def weeks_to_full(ramp: Array) -> int:
    """Weeks until a new person does 97 % of what the others do."""
    return int(np.argmax(ramp >= 0.97)) if (ramp >= 0.97).any() else len(ramp)


def years_turnover(supply: Supply) -> float:
    """Leavers a year as a share of today's people, given their tenures and groups."""
    return float((supply.hazard.rate(supply.agent_tenure) * supply.agent_ratio).mean() * YEAR)
