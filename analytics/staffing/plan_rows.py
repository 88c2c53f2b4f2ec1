"""The outlook as rows: hiring plan, levers, assumptions, people, summary."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import numpy as np

from analytics.staffing.demand import WEEKS
from analytics.staffing.gap import fill_days, pool_of
from analytics.staffing.headline import Headline
from analytics.staffing.hiring import lead_time
from analytics.staffing.leaving_rows import leaving_facts
from analytics.staffing.levers import levers
from analytics.staffing.outlook import Outlook
from analytics.staffing.pools import Pool
from analytics.staffing.rows import Row, fact, mean_error, round_off
from analytics.staffing.supply import Supply, weeks_to_full, years_turnover
from analytics.staffing.workload import Channel

SMALLEST_GROUP = 5
SPARE_DAYS = 14
WEEKS_A_MONTH = 52 / 12


def plan_rows(outlook: Outlook) -> Iterable[Row]:
    """What stands, by team and day opened; then what is proposed, by day and team."""
    if outlook.supply is None or outlook.gap is None:
        return
    standing = sorted(_standing(outlook, outlook.supply), key=lambda row: (row[2], row[0]))
    proposed = _proposed(outlook, outlook.supply)
    for place, row in enumerate([*standing, *proposed]):
        yield (_letter(place), row[0], *row[1:])


def _standing(outlook: Outlook, supply: Supply) -> Iterable[Row]:
    """Openings of one team and one day together; people who said yes apart, with their first day."""
    groups = Counter((one.team, one.elapsed, one.start_in, one.accepted) for one in supply.openings)
    today = outlook.inputs.as_of
    for (team, elapsed, start_in, accepted), people in sorted(groups.items(), key=str):
        opened = today - timedelta(days=elapsed)
        if start_in is not None:
            start = today + timedelta(days=start_in)
            full = start + timedelta(days=7 * weeks_to_full(supply.ramp))
            accept = today - timedelta(days=accepted)
            yield _row(outlook, team, people, opened, accept, start, full, "approved", 1.0)
            continue
        days = np.sort(fill_days(supply, np.full(200, float(elapsed)), (np.arange(200) + 0.5) / 200))
        accept = opened + timedelta(days=int(np.median(days)))
        start = accept + timedelta(days=int(np.median(supply.start_lag_days)) if len(supply.start_lag_days) else 21)
        full = start + timedelta(days=7 * weeks_to_full(supply.ramp))
        yield _row(outlook, team, people, opened, accept, start, full, "approved", _in_time(days))


def _proposed(outlook: Outlook, supply: Supply) -> list[Row]:
    found = []
    for wave in outlook.waves:
        lead = lead_time(supply, wave.team, outlook.seed)
        posted = outlook.inputs.monday + timedelta(days=7 * wave.week)
        days = np.sort(fill_days(supply, np.zeros(200), (np.arange(200) + 0.5) / 200))
        accept, start, full = (
            posted + timedelta(days=int(part)) for part in (lead.accept_days, lead.start_days, lead.full_days)
        )
        found.append(_row(outlook, wave.team, wave.people, posted, accept, start, full, "proposed", _in_time(days)))
    return found


def _in_time(days: np.ndarray) -> float:
    return float((days <= np.median(days) + SPARE_DAYS).mean())


def _row(
    outlook: Outlook,
    team: str,
    people: int,
    opened: date,
    accept: date,
    start: date,
    full: date,
    state: str,
    in_time: float,
) -> Row:
    pool: Pool | None = pool_of(outlook.pools, team)
    cost = outlook.money.week.get(team)
    yes, decided = outlook.supply.offer_acceptance if outlook.supply else (0, 0)
    offers = people * decided / yes if yes and accept >= outlook.inputs.as_of else None
    return (
        team, pool.name if pool else None, people, opened, accept, start, full,
        " + ".join(pool.channels) if pool else "tickets",
        round_off(cost * WEEKS_A_MONTH * people, 2) if cost and outlook.money.currency else None,
        outlook.money.currency, state, round_off(in_time, 3), round_off(offers, 1),
    )  # fmt: skip


def _letter(place: int) -> str:
    return chr(65 + place) if place < 26 else f"{chr(64 + place // 26)}{chr(65 + place % 26)}"


def lever_rows(outlook: Outlook) -> Iterable[Row]:
    """What each lever buys."""
    for one in levers(outlook):
        yield (one.lever, one.change, one.unit, round_off(one.people_mean, 3), round_off(one.people_worst_week, 3),
               round_off(one.worst_gap_before, 3), round_off(one.worst_gap_after, 3))  # fmt: skip


def assumption_rows(outlook: Outlook) -> Iterable[Row]:
    """Everything that was measured, or had to be assumed, or is missing."""
    for work in outlook.works:
        for channel in work.channels:
            yield from _channel_rows(channel)
        note = "What an hour at work gave against the queue formula, by the service level of the last 13 weeks."
        yield fact("steering", work.pool.name, work.steering, "ratio", note=note)
        note = "Agent-days on more than one live channel; from 0.5 on the channels are pooled."
        yield fact("shared_days", work.pool.name, work.pool.shared, "share", note=note)
    yield from _deferred_rows(outlook)
    if outlook.supply is not None:
        yield from supply_rows(outlook.supply)
    for what, scope, sentence in outlook.missing:
        yield (what, scope, None, None, None, None, None, "insufficient data", sentence)


def _channel_rows(channel: Channel) -> Iterable[Row]:
    known = channel.patience
    yield fact("handling_time", channel.name, channel.aht_seconds, "seconds", channel.handled)
    note = None if known.seconds else "Under 20 callers hung up: they are taken as patient."
    limits = (known.low, known.high)
    yield fact("patience", channel.name, known.seconds, "seconds", float(known.abandoned), note, limits)
    yield fact("contacts_at_once", channel.name, channel.at_once, "contacts", channel.handled)


def _deferred_rows(outlook: Outlook) -> Iterable[Row]:
    work = outlook.deferred
    if work is not None:
        yield fact("deferred_item", "tickets", work.seconds_an_item, "seconds")
        yield fact("promise", "tickets", float(work.promise_days), "days")
        note = f"What is above the usual {work.usual_backlog:.0f} is worked off inside the promise."
        yield fact("backlog", "tickets", work.backlog, "items", note=note)


def supply_rows(supply: Supply) -> Iterable[Row]:
    """Shrinkage by component, leaving, filling, starting, learning, moving."""
    for name, share in supply.shrinkage.items():
        state = "assumed" if name == "assumed" else "measured"
        yield (*fact("shrinkage", name, share, "share")[:7], state, "Share of paid time.")
        note = "Share of the time that the components before it leave; these compound to the whole."
        yield (*fact("shrinkage_of_rest", name, supply.shrinkage_of_rest[name], "share")[:7], state, note)
    note = "1 − Π(1 − sᵢ) over the components; scheduled = ⌈required ÷ (1 − shrinkage)⌉."
    yield fact("shrinkage", "compound", supply.total_shrinkage, "share", note=note)
    yield fact("paid_hours", "organisation", supply.paid_hours_a_week, "hours a week")
    yield from leaving_facts(supply.hazard)
    value, low, high = supply.fill.quantile(0.5)
    note = "Kaplan–Meier, openings that stand counted."
    note = (
        note if value is not None else "Fewer than half of the openings were filled; 45 days are taken where none were."
    )
    yield fact("time_to_fill", "organisation", value, "days", float(len(supply.fill_days)), note, (low, high))
    lags = supply.start_lag_days
    lag = float(lags.mean()) if len(lags) else None
    unknown = None if len(lags) else "No offer accepted has a first day of work; three weeks are taken."
    yield fact("start_lag", "organisation", lag, "days", float(len(lags)), unknown)
    yes, decided = supply.offer_acceptance
    unknown = None if decided else "Nothing tells of an offer that was declined or is still open."
    yield fact("offer_acceptance", "organisation", yes / decided if decided else None, "share", float(decided), unknown)
    for week in range(13):
        yield fact("ramp", f"week {week}", float(supply.ramp[week]), "share")
    moved = sum(weekly for _, _, weekly in supply.moves) * 52
    yield fact("internal_moves", "organisation", moved, "people a year", note="Changes of team in the last year.")


def people_rows(outlook: Outlook) -> Iterable[Row]:
    """Heads by team, role, level, tier, skill and language; groups under five are left out."""
    if outlook.supply is None:
        return
    agents, skills = outlook.inputs.agents, outlook.inputs.skills
    begun = np.asarray(agents.hired_on, "datetime64[D]") < np.datetime64(outlook.inputs.as_of)
    here = agents[agents.left_on.isna() & begun]
    for dimension in ("team", "role_type", "level", "tier"):
        yield from _heads(dimension, zip(here[dimension], here.fte, strict=True))
    for dimension, column in (("skill", "skills"), ("language", "languages")):
        pairs = zip(skills[column], skills.fte, strict=True)
        yield from _heads(dimension, ((one.strip(), fte) for many, fte in pairs for one in str(many or "").split(",")))


def _heads(dimension: str, people: Iterable[tuple[Any, float]]) -> Iterable[Row]:
    heads: Counter[str] = Counter()
    full_time: dict[str, float] = {}
    for entity, fte in people:
        name = str(entity) if entity else "unknown"
        heads[name] += 1
        full_time[name] = full_time.get(name, 0.0) + float(fte)
    for name in sorted(heads):
        if heads[name] >= SMALLEST_GROUP:
            yield (dimension, name, heads[name], round_off(full_time[name], 2))


def summary_row(outlook: Outlook, told: Headline) -> Row:
    """The conclusion with the figures it rests on."""
    supply = outlook.supply
    error, coverage = mean_error(outlook.demand.queues)
    lags = supply.start_lag_days if supply else np.zeros(0)
    return (
        outlook.inputs.as_of, outlook.inputs.monday, WEEKS, len(outlook.gap.required) if outlook.gap else 0,
        told.key, told.sentence, json.dumps(told.slots, sort_keys=True),
        round_off(years_turnover(supply)) if supply else None, round_off(supply.total_shrinkage) if supply else None,
        supply.fill.quantile(0.5)[0] if supply else None, round_off(lags.mean(), 1) if len(lags) else None,
        weeks_to_full(supply.ramp) if supply else None, round_off(error), round_off(coverage),
    )  # fmt: skip
