"""What the marts say about arrivals, work, people and openings: read once, as frames, for everything that follows.

What belongs here: SQL on marts and rollups, and the fingerprint of what was read. Nothing is judged here.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from warehouse.errors import SwotlightError
from warehouse.settings import package_path

if TYPE_CHECKING:
    import pandas

RECENT_DAYS = 91
YEAR_DAYS = 364

_SQL = {
    "arrivals": """
        select coalesce(team, 'unknown') as team, channel, arrived_on, minute_of_day, sum(offered) as offered
        from rollups.rollup_contacts_interval where offered > 0 and arrived_on < ? group by all order by all""",
    "work": """
        select coalesce(team, 'unknown') as team, channel, sum(handled) as handled, sum(offered) as offered,
            sum(handling_seconds) as handling_seconds, sum(wait_seconds) as wait_seconds, sum(abandoned) as abandoned,
            sum(sl_answered) as in_time, sum(sl_base) as sl_base
        from rollups.rollup_contacts_interval where arrived_on < ? and arrived_on >= ? group by all order by all""",
    "time": """
        select coalesce(team, 'unknown') as team, coalesce(channel, 'unknown') as channel,
            (worked_on >= cast(? as date) - 91) as is_recent,
            sum(handling_seconds) as handling, sum(available_seconds) as available, sum(paid_seconds) as paid,
            sum(meeting_seconds) as meetings, sum(training_seconds) as training, sum(coaching_seconds) as coaching,
            sum(project_seconds) as projects, sum(break_seconds) as breaks, sum(absence_seconds) as absence,
            sum(holiday_seconds) as holidays, sum(system_down_seconds) as system_down, sum(other_seconds) as other
        from rollups.rollup_agent_time_day where worked_on < ? and worked_on >= ? group by all order by all""",
    "weeks": """
        select cast(date_trunc('week', worked_on) as date) as week_on,
            sum(handling_seconds + available_seconds) as on_task,
            coalesce(sum(t.handling_seconds) filter (not c.is_live), 0) as deferred
        from rollups.rollup_agent_time_day as t left join marts.dim_channel as c on c.channel = t.channel
        where worked_on < ? and worked_on >= ? group by all order by all""",
    "shared": """
        select team, avg(case when channels > 1 then 1.0 else 0.0 end) as share, count(*) as agent_days from (
            select coalesce(d.team, 'unknown') as team, agent_key, worked_on, count(distinct d.channel) as channels
            from marts.fct_agent_days as d inner join marts.dim_channel as c on c.channel = d.channel and c.is_live
            where worked_on < ? and worked_on >= cast(? as date) - 91 and handling_seconds > 0 group by all)
        group by all order by all""",
    "agents": """
        select agent_key, coalesce(team, 'unknown') as team, region, role_type, level, tier, coalesce(fte, 1.0) as fte,
            hired_on, case when left_on >= cast(? as date) then null else left_on end as left_on
        from marts.dim_agent where not is_automation and hired_on is not null order by all""",
    "applications": """
        select requisition_id, coalesce(team, 'unknown') as team, opened_on, accepted_on,
            case when accepted_on is not null then started_on end as started_on, decided_on,
            case when decided_on is null and accepted_on is null and offer_state is not null then 'pending'
                else offer_state end as offer_state
        from (
            select * replace (case when accepted_on < ? then accepted_on end as accepted_on,
                case when decided_on < ? then decided_on end as decided_on)
            from marts.fct_applications)
        where offer_state is not null or accepted_on is not null order by all""",
    "postings": """
        select requisition_id, coalesce(max(team), 'unknown') as team, min(opened_on) as opened_on,
            case when bool_and(coalesce(ended_on < ?, false)) then max(ended_on) end as closed_on,
            sum(openings_counted) as openings
        from (
            select *, coalesce(closed_on, case when status in ('closed', 'filled') then coalesce(filled_on, opened_on)
                end) as ended_on
            from marts.fct_postings where is_own and (opened_on is null or opened_on < ?))
        group by requisition_id order by all""",
    "tickets": """
        select day_on, sum(created + reopened) as items, sum(solved) as solved, sum(open_at_end) as open_at_end
        from rollups.rollup_backlog_team_day where day_on < ? group by all order by all""",
    "ramp": """
        select least(cast(floor((c.arrived_on - a.hired_on) / 7) as integer), 40) as week, channel,
            sum(c.handling_base) as handled, sum(c.handling_seconds) as seconds
        from rollups.rollup_agent_contacts_day as c inner join marts.dim_agent as a on a.agent_key = c.agent_key
        where a.hired_on <= c.arrived_on and c.arrived_on < ? and c.handling_base > 0 group by all order by all""",
    "promises": """
        select median(target_minutes) as minutes from marts.fct_ticket_promises
        where promise = 'resolution' and is_business and due_on < ? and due_on >= cast(? as date) - 182""",
    "channels": "select channel, is_live, answer_within_seconds from marts.dim_channel order by position",
    "holidays": "select day_on from marts.dim_date where is_holiday order by 1",
    "targets": """
        select metric, entity_dimension, entity, value from marts.targets
        where metric in ('service_level', 'occupancy') order by all""",
    "presence": """
        with spans as (
            select team, agent_key, arrived_on, min(minute_of_day) as from_minute, max(minute_of_day) as to_minute
            from marts.fct_contacts
            where arrived_on < ? and arrived_on >= cast(? as date) - 56 and is_answered and agent_key is not null
            group by all)
        select coalesce(team, 'unknown') as team, cast(date_part('isodow', arrived_on) as integer) as weekday,
            cast(from_minute as integer) as from_minute, cast(to_minute as integer) as to_minute, count(*) as agent_days
        from spans group by all order by all""",
    "costs": """
        select category, coalesce(team, 'unknown') as team, max(currency) as currency, sum(amount) as amount,
            count(distinct month_on) as months
        from rollups.rollup_costs_month where month_on < ? and month_on >= ? and category in ('labour', 'recruiting')
        group by all order by all""",
}
_DIGITS = 6
_PARAMS = {
    "arrivals": "d", "work": "dr", "time": "ddy", "weeks": "dt", "shared": "dd", "agents": "d", "tickets": "d",
    "ramp": "d", "promises": "dd", "presence": "dd", "costs": "dy", "applications": "dd", "postings": "dd",
}  # fmt: skip


@dataclass(frozen=True)
class Inputs:
    """One frame per question; ``as_of`` is the first day of which nothing is known."""

    as_of: date
    arrivals: pandas.DataFrame
    work: pandas.DataFrame
    time: pandas.DataFrame
    weeks: pandas.DataFrame
    shared: pandas.DataFrame
    agents: pandas.DataFrame
    applications: pandas.DataFrame
    postings: pandas.DataFrame
    tickets: pandas.DataFrame
    ramp: pandas.DataFrame
    promises: pandas.DataFrame
    channels: pandas.DataFrame
    holidays: pandas.DataFrame
    targets: pandas.DataFrame
    presence: pandas.DataFrame
    costs: pandas.DataFrame
    moves: pandas.DataFrame
    spells: pandas.DataFrame
    skills: pandas.DataFrame

    @property
    def monday(self) -> date:
        """The first day of the first full week ahead."""
        return self.as_of + timedelta(days=(7 - self.as_of.weekday()) % 7)


def read(con: Any, as_of: date) -> Inputs:
    """Read what was known before ``as_of``, though rows go on. ``as_of`` moves back to the day after the last arrivals.

    Raises `SwotlightError` when there are no arrivals at all.
    """
    newest = con.scalar("select max(arrived_on) from rollups.rollup_contacts_interval where offered > 0")
    if newest is None:
        raise SwotlightError(
            "There are no contacts to forecast from.",
            code="insufficient",
            hint="Add a source of contacts or of interval statistics with `swotlight add`.",
        )
    day = min(as_of, newest + timedelta(days=1))
    known = {"d": day, "r": day - timedelta(days=RECENT_DAYS), "y": day - timedelta(days=YEAR_DAYS),
             "t": day - timedelta(days=2 * YEAR_DAYS)}  # fmt: skip
    frames = {
        one.name: _settled(con.frame(_SQL[one.name], [known[mark] for mark in _PARAMS.get(one.name, "")] or None))
        for one in fields(Inputs)
        if one.name in _SQL
    }
    if (people := _people_then(con, day)) is not None:
        frames["agents"] = people
    return Inputs(as_of=day, moves=_moves(con, day), spells=_spells(con, day), skills=_skills(con, day), **frames)


def _settled(frame: pandas.DataFrame) -> pandas.DataFrame:
    """Sums of floating numbers differ in their last digits with the order of adding: these are cut off."""
    return frame.round(_DIGITS)


def _has_periods(con: Any, *columns: str) -> bool:
    """Whether the periods of people are at hand: in the build, never in a release."""
    known = con.scalar(
        "select count(*) from information_schema.tables where table_schema = 'intermediate' "
        "and table_name = 'int_agent_periods'"
    )
    return bool(known) and set(columns) <= set(con.columns("from intermediate.int_agent_periods"))


def _people_then(con: Any, day: date) -> pandas.DataFrame | None:
    """Who was what on the day: a plan of a past day knows nothing of later moves. None where only a release is."""
    if not _has_periods(con, "agent_id", "agent_key", "team", "joined_from", "employed_from", "is_automation"):
        return None
    return con.frame(
        """
        select agent_key, coalesce(team, 'unknown') as team, region, role_type, level, tier, coalesce(fte, 1.0) as fte,
            employed_from as hired_on, case when employed_to < ? then employed_to end as left_on
        from intermediate.int_agent_periods
        where not coalesce(is_automation, false) and employed_from is not null and joined_from < ?
        qualify row_number() over (partition by agent_id order by holds_from desc) = 1
        order by all""",
        [day, day],
    )


def _skills(con: Any, day: date) -> pandas.DataFrame:
    """Skills and languages of everybody employed on the day, as lists with commas; none where only a release is."""
    if not _has_periods(con, "agent_id", "skills", "languages", "employed_from", "employed_to", "is_automation"):
        return con.frame("select '' as skills, '' as languages, 1.0 as fte limit 0")
    return con.frame(
        """
        select skills, languages, coalesce(fte, 1.0) as fte from intermediate.int_agent_periods
        where not coalesce(is_automation, false) and employed_from < ? and (employed_to is null or employed_to >= ?)
        qualify row_number() over (partition by agent_id order by holds_from desc) = 1
        order by all""",
        [day, day],
    )


def _spells(con: Any, day: date) -> pandas.DataFrame:
    """Who was what from when to when; of the last known state alone where only the release is at hand."""
    whole = "agent_id", "team", "role_type", "level", "tier", "employed_from", "employed_to", "holds_from", "is_latest"
    if not _has_periods(con, *whole, "is_automation"):
        return con.frame(
            """
            select agent_key as agent, coalesce(team, 'unknown') as team, role_type, level, tier, hired_on,
                hired_on as begins_on, left_on as ends_on, left_on is not null as is_leaving
            from marts.dim_agent where not is_automation and hired_on is not null and hired_on < ? order by all""",
            [day],
        )
    return con.frame(
        """
        select dense_rank() over (order by agent_id) as agent, coalesce(team, 'unknown') as team, role_type, level,
            tier, employed_from as hired_on, case when period_number = 1 then employed_from else holds_from end
                as begins_on,
            least(employed_to, lead(holds_from) over (partition by agent_id order by holds_from)) as ends_on,
            coalesce(is_latest and employed_to < ?, false) as is_leaving
        from intermediate.int_agent_periods
        where not coalesce(is_automation, false) and employed_from < ?
        order by all""",
        [day, day],
    )


def _moves(con: Any, day: date) -> pandas.DataFrame:
    """Changes of team in the last year, from the periods of people; none where only the release is at hand."""
    if not _has_periods(con, "agent_id", "team", "valid_from"):
        return con.frame("select 'a' as from_team, 'b' as to_team, 0 as moves limit 0")
    return con.frame(
        """
        select from_team, team as to_team, count(*) as moves from (
            select team, valid_from, lag(team) over (partition by agent_id order by valid_from) as from_team
            from intermediate.int_agent_periods)
        where from_team <> team and valid_from >= ? and valid_from < ? group by all order by all""",
        [day - timedelta(days=YEAR_DAYS), day],
    )


def fingerprint(inputs: Inputs) -> str:
    """One hash over every value read and over this package's own code."""
    from pandas.util import hash_pandas_object

    total = hashlib.sha256(inputs.as_of.isoformat().encode())
    for one in fields(Inputs):
        if one.name != "as_of":
            frame = getattr(inputs, one.name)
            total.update(one.name.encode() + ",".join(frame.columns).encode())
            total.update(hash_pandas_object(frame, index=False).to_numpy().tobytes())
    for path in sorted(package_path("analytics/staffing").glob("*.py")):
        total.update(path.read_bytes())
    return total.hexdigest()
