"""What `swotlight staffing --json` prints: the staffing tables of a release as one document."""

from __future__ import annotations

import json
from typing import Any

from warehouse.errors import SwotlightError

_WEEKS = """
    select week_on as week, team, pool, required_p10, required_p50 as required, required_p90, available_p10,
        available_p50, available_p90, gap_p10, gap_p50, gap_p90, probability_short, service_level_p10,
        service_level_p50, service_level_p90, service_level_target, available_with_plan_p50
    from marts.staffing_supply_demand order by week_on, team nulls first"""
_PLAN = """
    select wave, team, pool, people, open_by, offers_by, start_on, productive_on, covers, cost_a_month, currency, state,
        on_time_probability, offers_needed
    from marts.hiring_plan order by length(wave), wave"""
_FORECAST = """
    select pool, channel, model, avg(wape) as wape, avg(coverage) as coverage, count(*) as origins
    from marts.forecast_backtest where is_chosen group by all order by all"""


def document(release: Any) -> dict[str, Any]:
    """Weeks, plan, levers, forecast errors and what was insufficient. Raises `SwotlightError` for an old release."""
    known = release.scalar(
        "select count(*) from information_schema.tables "
        "where table_schema = 'marts' and table_name = 'staffing_summary'"
    )
    if not known:
        raise SwotlightError(
            f"The release {release.name} has no staffing tables.", code="no_staffing", hint="Run `swotlight refresh`."
        )
    summary = release.rows("select * from marts.staffing_summary")
    told = summary[0] if summary else {}
    return {
        "as_of": release.as_of,
        "release": release.name,
        "first_week": told.get("first_week_on"),
        "headline": told.get("headline"),
        "headline_key": told.get("headline_key", "insufficient"),
        "headline_values": json.loads(told["slots"]) if told.get("slots") else {},
        "weeks": release.rows(_WEEKS),
        "hiring_plan": release.rows(_PLAN),
        "levers": release.rows("select * from marts.staffing_levers"),
        "forecast": release.rows(_FORECAST),
        "insufficient": release.rows(
            "select assumption as what, scope, note as missing from marts.staffing_assumptions "
            "where state = 'insufficient data' order by all"
        ),
    }
