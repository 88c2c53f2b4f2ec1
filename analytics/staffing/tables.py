"""The released tables of the staffing analysis: columns, what they mean, and writing them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from warehouse.store import quote_text


@dataclass(frozen=True)
class Table:
    """A table of schema ``marts``: its grain in a sentence, and (column, type, description) in order."""

    name: str
    grain: str
    columns: tuple[tuple[str, str, str], ...]


DEMAND = Table("demand_forecast", "One row per queue, day and interval ahead in which contacts are expected.", (
    ("pool", "varchar", "Teams that share channels; a partner's line has its own"),
    ("channel", "varchar", "Live channel"),
    ("day_on", "date", "Local day"),
    ("minute_of_day", "integer", "Start of the interval in local minutes after midnight"),
    ("interval_minutes", "integer", "Length of the interval"),
    ("expected", "double", "Expected arrivals"),
    ("low", "double", "10th percentile of arrivals (80 % interval, calibrated on backtests)"),
    ("high", "double", "90th percentile of arrivals"),
    ("model", "varchar", "Model chosen by the backtest"),
))  # fmt: skip
BACKTEST = Table("forecast_backtest", "One row per queue, model and origin of the rolling-origin backtest.", (
    ("pool", "varchar", "Teams that share channels; tickets for deferred work"),
    ("channel", "varchar", "Channel; tickets for deferred work"),
    ("model", "varchar", "Candidate model; null where history is too short"),
    ("is_chosen", "boolean", "Whether this model has the least mean error of the queue"),
    ("origin_on", "date", "First day the model was not shown"),
    ("horizon_days", "integer", "Days judged after the origin"),
    ("intervals", "bigint", "Intervals judged"),
    ("wape", "double", "Sum of absolute errors divided by actual arrivals, at interval grain"),
    ("bias", "double", "Forecast minus actual, divided by actual arrivals"),
    ("coverage", "double", "Share inside the 80 % interval calibrated on the other origins; chosen model only"),
    ("history_days", "integer", "Days of history"),
    ("missing_days", "integer", "Days without data that were left out"),
    ("outage_intervals", "integer", "Intervals of outages that were filled with what was usual"),
    ("outlier_days", "integer", "Single days far from their neighbours that were left out"),
    ("state", "varchar", "judged, or insufficient data"),
))  # fmt: skip
INTERVALS = Table("staffing_intervals", "One row per pool, day and interval of the 26 weeks ahead with work.", (
    ("pool", "varchar", "Teams that share channels"),
    ("day_on", "date", "Local day"),
    ("minute_of_day", "integer", "Start of the interval in local minutes after midnight"),
    ("load", "double", "Contacts in progress on average (erlangs)"),
    ("required", "double", "Agents needed: the pooled bound where people switch channels, else the separate one"),
    ("scheduled", "double", "People on the rota so that these are there: required ÷ (1 − shrinkage), rounded up"),
    ("required_pooled", "double", "Lower bound: all channels as one queue"),
    ("required_separate", "double", "Upper bound: each channel staffed alone"),
    ("available", "double", "Agents there in the middle run, spread as shifts were in the last eight weeks"),
    ("gap", "double", "Available minus required"),
))  # fmt: skip
GAP = Table("staffing_supply_demand", "One row per week ahead and team; team null for the whole organisation.", (
    ("week_on", "date", "Monday of the week"),
    ("team", "varchar", "Team; null for all"),
    ("pool", "varchar", "Pool of the team; null for all and for teams without live channels"),
    ("required_p10", "double", "Full-time people needed, 10th percentile of the runs"),
    ("required_p50", "double", "Full-time people needed, middle run"),
    ("required_p90", "double", "Full-time people needed, 90th percentile"),
    ("available_p10", "double", "Full-time people at work after leaving, joining and ramp-up, 10th percentile"),
    ("available_p50", "double", "Full-time people at work, middle run"),
    ("available_p90", "double", "Full-time people at work, 90th percentile"),
    ("gap_p10", "double", "Available minus required, 10th percentile"),
    ("gap_p50", "double", "Available minus required, middle run"),
    ("gap_p90", "double", "Available minus required, 90th percentile"),
    ("probability_short", "double", "Share of runs in which fewer are available than required"),
    ("service_level_p10", "double", "Expected service level of the pool, 10th percentile of the runs"),
    ("service_level_p50", "double", "Expected service level of the pool, middle run"),
    ("service_level_p90", "double", "Expected service level of the pool, 90th percentile"),
    ("service_level_target", "double", "Target of the pool"),
    ("live_people", "double", "Part of the need that is live contacts"),
    ("deferred_people", "double", "Part of the need that is deferred work inside its promise"),
    ("survivors", "double", "Expected people of today still at work"),
    ("joiners", "double", "Expected people from openings that stand today"),
    ("plan_added", "double", "Expected people the hiring plan adds"),
    ("available_with_plan_p50", "double", "Middle run with the hiring plan"),
    ("hours_a_person", "double", "On-task hours of a full-time person in that week"),
))  # fmt: skip
PLAN = Table("hiring_plan", "One row per wave: openings that stand, and openings the plan proposes.", (
    ("wave", "varchar", "Letter of the wave"),
    ("team", "varchar", "Team"),
    ("pool", "varchar", "Pool of the team"),
    ("people", "integer", "People wanted"),
    ("open_by", "date", "Day by which the openings must be posted (or were)"),
    ("offers_by", "date", "Median day of acceptance"),
    ("start_on", "date", "Median first day"),
    ("productive_on", "date", "Day from which they do what the others do"),
    ("covers", "varchar", "Channels"),
    ("cost_a_month", "double", "Pay and on-costs of the wave a month; null where no costs are known"),
    ("currency", "varchar", "Currency of the cost"),
    ("state", "varchar", "approved (stands today) or proposed"),
    ("on_time_probability", "double", "Probability that such an opening has its person by start_on plus two weeks"),
    ("offers_needed", "double", "Offers to make at the measured acceptance rate; null where somebody has said yes"),
))  # fmt: skip
LEVERS = Table("staffing_levers", "One row per lever, held against the middle run.", (
    ("lever", "varchar", "shrinkage, handling_time, deflection, overtime or target"),
    ("change", "double", "How far it is moved"),
    ("unit", "varchar", "share (points), relative, or hours a week"),
    ("people_mean", "double", "Full-time people it is worth, mean of 26 weeks"),
    ("people_worst_week", "double", "Full-time people it is worth in the worst week"),
    ("worst_gap_before", "double", "Gap of the worst week, people"),
    ("worst_gap_after", "double", "Gap of the then worst week, people"),
))  # fmt: skip
CURVES = Table("staffing_curves", "One row per week ahead, pool, curve and point: what the page's sliders read.", (
    ("week_on", "date", "Monday of the week"),
    ("pool", "varchar", "Teams that share channels; of the curve opening the team"),
    ("curve", "varchar", "people (by load factor), service_level (by share of the need that is there), or opening"),
    ("x", "double", "Load factor, available divided by required, or weeks after an opening is posted"),
    ("y", "double", "Full-time people of live work, service level, or productive people of one opening"),
))  # fmt: skip
ASSUMPTIONS = Table("staffing_assumptions", "One row per measured assumption and whom it is of.", (
    ("assumption", "varchar", "What is assumed"),
    ("scope", "varchar", "Team, pool, channel or the organisation"),
    ("value", "double", "Value; null where the data is insufficient"),
    ("low", "double", "Lower end of its 95 % interval, where it has one"),
    ("high", "double", "Upper end"),
    ("n", "double", "Observations behind it"),
    ("unit", "varchar", "Unit"),
    ("state", "varchar", "measured, assumed, or insufficient data"),
    ("note", "varchar", "In a sentence"),
))  # fmt: skip
SUPPLY = Table("staffing_people", "One row per dimension and value with five people or more employed today.", (
    ("dimension", "varchar", "team, role_type, level, tier, skill or language; a person may have several of these"),
    ("entity", "varchar", "The value"),
    ("heads", "bigint", "People"),
    ("full_time", "double", "Full-time equivalents"),
))  # fmt: skip
LEAVING = Table("staffing_leaving", "One row per group and tenure at which somebody left; null for everybody.", (
    ("dimension", "varchar", "team, role_type, level or tier; null for everybody"),
    ("entity", "varchar", "The value; groups of fewer than five leavers are left out"),
    ("tenure_days", "double", "Days since the first day of work"),
    ("at_risk", "bigint", "People of that tenure who were there; never fewer than five"),
    ("survival", "double", "Share still there after so many days: Kaplan–Meier, two years, late entry"),
    ("low", "double", "Lower end of its 95 % interval"),
    ("high", "double", "Upper end"),
    ("people", "bigint", "People of the group in the two years"),
    ("leavers", "bigint", "Of these, leavers"),
))  # fmt: skip
SUMMARY = Table("staffing_summary", "One row: the conclusion.", (
    ("as_of", "date", "First day of which nothing was known"),
    ("first_week_on", "date", "Monday of the first week ahead"),
    ("weeks", "integer", "Weeks ahead"),
    ("runs", "integer", "Simulated runs; 0 where people are not known"),
    ("headline_key", "varchar", "post, too_late, enough or insufficient"),
    ("headline", "varchar", "The conclusion in English"),
    ("slots", "varchar", "Its values as JSON, for other languages"),
    ("turnover", "double", "Leavers a year as a share of people, given tenures and teams"),
    ("shrinkage", "double", "Share of paid time in which nobody can take work"),
    ("fill_days", "double", "Median days from opening to acceptance"),
    ("start_lag_days", "double", "Mean days from acceptance to the first day"),
    ("ramp_weeks", "integer", "Weeks until a new person does what the others do"),
    ("wape", "double", "Error of the chosen models at interval grain, all queues, weighted by contacts"),
    ("coverage", "double", "Coverage of the 80 % interval in the backtests"),
))  # fmt: skip

TABLES = (DEMAND, BACKTEST, INTERVALS, GAP, PLAN, LEVERS, CURVES, ASSUMPTIONS, SUPPLY, LEAVING, SUMMARY)


def write(con: Any, rows: Mapping[str, Sequence[Sequence[Any]]]) -> None:
    """Replace every table, all or none; rows in the order given, so that the same input gives the same bytes."""
    con.execute("begin transaction")
    try:
        con.execute("create schema if not exists marts")
        for table in TABLES:
            _replace(con, table, rows.get(table.name, []))
        con.execute("commit")
    except BaseException:
        con.execute("rollback")
        raise


def _replace(con: Any, table: Table, rows: Sequence[Sequence[Any]]) -> None:
    import pandas

    names = [name for name, _, _ in table.columns]
    con.register("staffing_rows", pandas.DataFrame(list(rows), columns=names, dtype=object))
    chosen = ", ".join(f"cast({name} as {kind}) as {name}" for name, kind, _ in table.columns)
    con.execute(f"create or replace table marts.{table.name} as select {chosen} from staffing_rows")
    con.execute("drop view staffing_rows")
    con.execute(f"comment on table marts.{table.name} is {quote_text(table.grain)}")
    for name, _, text in table.columns:
        con.execute(f"comment on column marts.{table.name}.{name} is {quote_text(text)}")
