"""Did a fix make complaints fall? Each dated fix of ``reference/fixes.csv`` against the weekly series of its topic."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from analytics.customers.interruptions import FEWEST_AFTER, FEWEST_BEFORE, Interruption, interrupted
from analytics.customers.tables import TableSpec, columns, has_table
from warehouse.errors import SwotlightError

Row = dict[str, Any]
WEEKS_BEFORE, WEEKS_AFTER = 26, 26
FIXES = TableSpec(
    "complaint_fixes",
    "Whether complaints of a topic fell when it was mended: an interrupted series of weeks with Newey–West errors.",
    columns(
        "topic varchar: Topic that was mended",
        "fixed_on date: Day of the fix",
        "what varchar: What was done",
        "owner varchar: Role that answers for it",
        "before double: Complaints ÷ tickets of the topic expected in the week of the fix, had nothing been done",
        "step double: Change of that share at the fix",
        "low double: Lower end of its 95 % interval",
        "high double: Upper end of its 95 % interval",
        "p double: Two-sided p of the step",
        "slope_change double: Change of the weekly trend after the fix",
        "slope_low double: Lower end of its 95 % interval",
        "slope_high double: Upper end of its 95 % interval",
        "weeks_before bigint: Weeks before the fix",
        "weeks_after bigint: Weeks since",
        "lags bigint: Weeks whose likeness the errors allow for",
        "other_step double: Step of all other topics at the same time, to compare with",
        "verdict varchar: fell, rose, no change shown, or too early",
    ),
)
_WEEKS = """
select cast(date_trunc('week', created_on) as date) as week_on, topic, sum(complaints) as complaints,
    sum(tickets_created) as tickets
from rollups.rollup_tickets_created_day where created_on >= ? group by all order by all
"""


def complaint_fixes(con: Any, day: date) -> list[Row]:
    """Every fix that the workspace names, judged on ``day`` (the last full week before it counts last)."""
    if not has_table(con, "config", "fixes"):
        return []
    fixes = con.rows("select topic, try_cast(fixed_on as date) as fixed_on, fixed_on as said, what, owner "
                     "from config.fixes where topic is not null order by all")  # fmt: skip
    for fix in fixes:
        if fix["fixed_on"] is None:
            raise SwotlightError(
                f"fixes.csv: {fix['said']!r} is no day such as 2026-07-01, so the fix of {fix['topic']} has no date.",
                code="reference",
                file="reference/fixes.csv",
                key="fixed_on",
            )
    if not fixes:
        return []
    weeks: dict[date, dict[str, list[float]]] = defaultdict(dict)
    for row in con.rows(_WEEKS, [min(f["fixed_on"] for f in fixes) - timedelta(weeks=WEEKS_BEFORE + 1)]):
        weeks[row["week_on"]][row["topic"]] = [row["complaints"] or 0, row["tickets"] or 0]
    return [judged(fix, weeks, day) for fix in fixes]


def judged(fix: Row, weeks: dict[date, dict[str, list[float]]], day: date) -> Row:
    """One fix against its series. The week in which it happened belongs to neither side. Pure."""
    monday = fix["fixed_on"] - timedelta(days=fix["fixed_on"].weekday())
    span = [monday + timedelta(weeks=k) for k in range(-WEEKS_BEFORE, WEEKS_AFTER + 1) if k]
    span = [week for week in span if week + timedelta(days=7) <= day and week in weeks]
    after = sum(week < monday for week in span)
    own = _fit(span, after, weeks, lambda topic: topic == fix["topic"])
    others = _fit(span, after, weeks, lambda topic: topic != fix["topic"])
    counts = {"weeks_before": after, "weeks_after": len(span) - after}
    if own is None:
        few = after < FEWEST_BEFORE or len(span) - after < FEWEST_AFTER
        return {**fix, **counts, "verdict": "too early" if few else "no complaints"}
    verdict = "fell" if own.fell else "rose" if own.step_low > 0 else "no change shown"
    return {
        **fix, **counts, "before": own.before, "step": own.step, "low": own.step_low, "high": own.step_high,
        "p": own.step_p, "slope_change": own.slope_change, "slope_low": own.slope_low, "slope_high": own.slope_high,
        "lags": own.lags, "other_step": others.step if others else None, "verdict": verdict,
    }  # fmt: skip


def _fit(
    span: Sequence[date], after: int, weeks: dict[date, dict[str, list[float]]], wanted: Any
) -> Interruption | None:
    sums = [[sum(v[k] for topic, v in weeks[week].items() if wanted(topic)) for k in (0, 1)] for week in span]
    known = [(place, complaints / tickets, tickets) for place, (complaints, tickets) in enumerate(sums) if tickets > 0]
    first = sum(place < after for place, _, _ in known)
    if not any(share for _, share, _ in known):
        return None
    return interrupted([share for _, share, _ in known], first, [tickets for _, _, tickets in known])
