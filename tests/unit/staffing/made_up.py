"""A made-up company with known truths, as the frames that `inputs.read` would give."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pandas as pd

from analytics.staffing.inputs import Inputs

AS_OF = date(2026, 3, 2)
DAYS = 420
CALLS, AHT, PATIENCE = 120.0, 300.0, 200.0
OPEN = range(480, 1080, 30)
HEADS = {"North": 26, "South": 17}
PAID, ON_TASK = 40.0, 0.7
TURNOVER = 0.36


def company(*, days: int = DAYS, heads: dict[str, int] | None = None, seed: int = 4) -> Inputs:
    """Voice only, two teams, 120 calls a half-hour on weekdays from 8 to 18, no holidays, a service level of 80 %."""
    rng = np.random.default_rng(seed)
    people = HEADS if heads is None else heads
    return Inputs(
        as_of=AS_OF,
        arrivals=_arrivals(days, rng),
        work=_work(days),
        time=_time(people),
        weeks=pd.DataFrame({"week_on": pd.to_datetime([]), "on_task": [], "deferred": []}),
        shared=pd.DataFrame({"team": [], "share": [], "agent_days": []}),
        agents=_agents(people),
        applications=_frame("requisition_id team opened_on accepted_on started_on decided_on offer_state fill_days"),
        postings=_frame("requisition_id team opened_on closed_on filled_on status openings"),
        tickets=_frame("day_on items solved open_at_end"),
        ramp=_frame("week channel handled seconds"),
        promises=pd.DataFrame({"minutes": []}),
        channels=pd.DataFrame({"channel": ["voice"], "is_live": [True], "answer_within_seconds": [20.0]}),
        holidays=pd.DataFrame({"day_on": pd.to_datetime([])}),
        targets=pd.DataFrame({"metric": [], "entity_dimension": [], "entity": [], "value": []}),
        presence=_frame("team weekday from_minute to_minute agent_days"),
        costs=_frame("category team currency amount months"),
        moves=_frame("from_team to_team moves"),
        spells=spells_of(_agents(people)),
        skills=pd.DataFrame({"skills": ["voice, mail"] * 6 + ["voice"], "languages": ["de"] * 7, "fte": [0.5] * 7}),
    )


def spells_of(agents: pd.DataFrame) -> pd.DataFrame:
    """One period a person, from the first day to the last."""
    return agents.assign(
        agent=range(len(agents)), begins_on=agents.hired_on, ends_on=agents.left_on, is_leaving=agents.left_on.notna()
    )


def _frame(columns: str) -> pd.DataFrame:
    made = pd.DataFrame({name: [] for name in columns.split()})
    for name in made.columns:
        if name.endswith("_on"):
            made[name] = pd.to_datetime(made[name])
    return made


def _arrivals(days: int, rng: np.random.Generator) -> pd.DataFrame:
    rows = []
    for ago in range(days, 0, -1):
        day = AS_OF - timedelta(days=ago)
        if day.weekday() < 5:
            counts = rng.poisson(CALLS, len(OPEN))
            rows += [("North" if k % 2 else "South", "voice", day, minute, int(n))
                     for k, (minute, n) in enumerate(zip(OPEN, counts, strict=True))]  # fmt: skip
    frame = pd.DataFrame(rows, columns=["team", "channel", "arrived_on", "minute_of_day", "offered"])
    frame["arrived_on"] = pd.to_datetime(frame.arrived_on)
    return frame


def _work(days: int) -> pd.DataFrame:
    calls = CALLS * len(OPEN) * min(days, 91) * 5 / 7
    lost = 0.03 * calls
    return pd.DataFrame(
        {"team": ["North"], "channel": ["voice"], "handled": [calls - lost], "offered": [calls],
         "handling_seconds": [(calls - lost) * AHT], "wait_seconds": [lost * PATIENCE], "abandoned": [lost],
         "in_time": [0.0], "sl_base": [0.0]}
    )  # fmt: skip


def _time(heads: dict[str, int]) -> pd.DataFrame:
    """A year of paid time: on task 70 %, the rest absence; the last quarter apart."""
    rows = []
    for team, count in heads.items():
        # Those who left in the year were paid until they did.
        people = count + sum(max(364 - ago, 0) for ago in leaving_days(count)) / 364
        for recent, share in ((True, 0.25), (False, 0.75)):
            paid = people * PAID * 52 * share * 3600
            rows.append({"team": team, "channel": "voice", "is_recent": recent, "handling": 0.5 * paid,
                         "available": 0.2 * paid, "paid": paid, "absence": 0.3 * paid})  # fmt: skip
    names = "team channel is_recent handling available paid meetings training coaching projects breaks absence holidays"
    return pd.DataFrame(rows, columns=[*names.split(), "system_down", "other"]).fillna(0.0)


def leaving_days(count: int) -> list[int]:
    """How many days ago the leavers of a team of so many left."""
    leavers = round(2 * TURNOVER * count)
    return [int(730 * (k + 0.5) / leavers) for k in range(leavers)]


def _agents(heads: dict[str, int]) -> pd.DataFrame:
    """People of all tenures, and so many who left in two years that turnover is as said, whatever the tenure."""
    rows = []
    for team, count in heads.items():
        rows += [(f"{team}{k}", team, AS_OF - timedelta(days=400 + k * 67 % 2_000), None) for k in range(count)]
        for k, ago in enumerate(leaving_days(count)):
            left = AS_OF - timedelta(days=ago)
            rows.append((f"{team}left{k}", team, left - timedelta(days=100 + k * 211 % 1_700), left))
    frame = pd.DataFrame(rows, columns=["agent_key", "team", "hired_on", "left_on"])
    frame["hired_on"], frame["left_on"] = pd.to_datetime(frame.hired_on), pd.to_datetime(frame.left_on)
    for name, value in (("region", "x"), ("role_type", "inbound_service"), ("level", "agent"), ("tier", "skill")):
        frame[name] = value
    return frame.assign(fte=1.0)
