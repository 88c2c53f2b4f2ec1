"""What customers need: topics they raise and needs their comments speak of, with frequency, trend, and place."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from analytics.customers.comments import SMALLEST_GROUP, Comment, Need
from analytics.customers.tables import TableSpec, columns
from analytics.metrics import MetricRow, ask, request
from analytics.metrics.model import Database
from analytics.metrics.periods import add_months
from analytics.statistics.distributions import student_t_quantile
from analytics.statistics.intervals import wilson

Row = dict[str, Any]
SMALLEST = 5
REQUESTS = "complaint_rate"
"""The metric whose denominator is everything customers asked for."""
PLACES = {(True, True): "act now", (True, False): "plan", (False, True): "help quickly", (False, False): "watch"}
NEEDS = TableSpec(
    "needs",
    "Needs of customers over the last twelve months, from topics and from comments, with a place on importance × "
    "urgency whose axes are the means of the topics, and of the needs of comments.",
    columns(
        "need varchar: Topic, or need that comments speak of",
        "evidence varchar: topics or comments",
        "theme varchar: product, service, price or time",
        "kind varchar: stated (asked for), latent (told only in own words) or emotional",
        "frequency bigint: Requests on the topic, or customers who commented on the need (from ten)",
        "share double: Share of all requests, or of all who commented",
        "trend double: Change of the share a month, in points of share, over twelve months",
        "trend_low double: Lower end of its 95 % interval",
        "trend_high double: Upper end of its 95 % interval",
        "answers bigint: Valid answers to the question of satisfaction on the topic",
        "csat double: Satisfied ÷ valid answers on the topic",
        "met_answers bigint: Of these, answers of people whose matter was solved at once or for good",
        "csat_met double: Satisfied ÷ valid answers where the need was met",
        "csat_met_low double: Lower end of its 95 % interval",
        "csat_met_high double: Upper end of its 95 % interval",
        "resolution_rate double: Tickets solved within 30 days ÷ tickets at least that old",
        "complaint_rate double: Complaints ÷ requests",
        "importance double: Share of all dissatisfied answers that come from the topic; of a need of comments: share "
        "of the dissatisfied who commented that spoke of it",
        "urgency double: Share of its tickets that are urgent, of high priority, or complaints; of a need of comments: "
        "that of the topics its comments are about",
        "importance_axis double: Mean importance of all topics, or of all needs of comments",
        "urgency_axis double: Mean urgency of all topics, or of all needs of comments",
        "place varchar: act now, plan, help quickly or watch",
    ),
)
_MET = """
with said as (
    select source, response_id, ticket_id, coalesce(topic, 'unknown') as topic, satisfied from marts.fct_survey_answers
    where instrument = 'csat' and role = 'perception' and satisfied is not null and responded_on between $1 and $2
), once as (
    select source, response_id, value from marts.fct_survey_answers where instrument = 'fcr' and value is not null
), judged as (
    select said.topic, said.satisfied from said join once using (source, response_id) where once.value = 1
    union all
    select said.topic, said.satisfied from said
    join marts.fct_tickets as tickets on said.ticket_id = tickets.ticket_id and said.source = tickets.source
    where tickets.is_solved and tickets.is_reopened is not true
)
select topic, count(*) as answers, sum(satisfied) as satisfied from judged group by topic
"""
_URGENT = """
select topic, sum(tickets_created) as tickets,
    sum(case when priority in ('urgent', 'high') then tickets_created else complaints end) as urgent
from rollups.rollup_tickets_created_day where created_on between ? and ? group by topic
"""


def theme_of(topic: str, themes: Mapping[str, Sequence[str]]) -> str:
    """The first theme one of whose words is in the topic's name; service where none is."""
    lowered = topic.lower()
    return next((theme for theme, words in themes.items() if any(word in lowered for word in words)), "service")


def topic_needs(con: Any, db: Database, start: date, end: date, themes: Mapping[str, Sequence[str]]) -> list[Row]:
    """Every topic with at least five requests, the most frequent first."""
    names = [REQUESTS, "csat", "resolution_rate"]
    found: dict[str, dict[str, MetricRow]] = defaultdict(dict)
    for row in ask(db, request(names, by=["topic"], start=start, end=end)):
        found[str(row.dimensions["topic"])][row.metric] = row
    months = ask(db, request(REQUESTS, by=["topic"], grain="month", start=start, end=end))
    met = {row["topic"]: row for row in con.rows(_MET, [start, end])}
    urgent = {row["topic"]: row for row in con.rows(_URGENT, [start, end])}
    total = sum(_of(mine, REQUESTS, "denominator") for mine in found.values())
    unhappy = {topic: _of(m, "csat", "denominator") - _of(m, "csat", "numerator") for topic, m in found.items()}
    trends = _trends(months, start, end)
    made = []
    for topic, mine in found.items():
        n = _of(mine, REQUESTS, "denominator")
        if topic in ("unknown", "None") or n < SMALLEST:
            continue
        made.append({
            "need": topic, "evidence": "topics", "theme": theme_of(topic, themes), "kind": "stated",
            "frequency": int(n), "share": n / total, **trends.get(topic, {}),
            **_satisfaction(mine.get("csat"), met.get(topic)),
            "resolution_rate": mine["resolution_rate"].value if "resolution_rate" in mine else None,
            "complaint_rate": mine[REQUESTS].value,
            "importance": unhappy[topic] / sum(unhappy.values()) if sum(unhappy.values()) else None,
            "urgency": urgent[topic]["urgent"] / urgent[topic]["tickets"]
            if topic in urgent and urgent[topic]["tickets"] else None,
        })  # fmt: skip
    return placed(sorted(made, key=lambda row: (-row["frequency"], row["need"])))


def _of(rows: Mapping[str, MetricRow], metric: str, part: str) -> float:
    return float(getattr(rows[metric], part) or 0) if metric in rows else 0.0


def _satisfaction(csat: MetricRow | None, met: Row | None) -> Row:
    made: Row = {}
    if csat and csat.n and csat.n >= SMALLEST:
        made |= {"answers": int(csat.n), "csat": csat.value}
    if met and met["answers"] >= SMALLEST:
        low, high = wilson(met["satisfied"], met["answers"])
        made |= {"met_answers": met["answers"], "csat_met": met["satisfied"] / met["answers"], "csat_met_low": low,
                 "csat_met_high": high}  # fmt: skip
    return made


def placed(rows: list[Row]) -> list[Row]:
    """The place of each row with both coordinates, against the means, which are told along. Pure."""
    known = [r for r in rows if r.get("importance") is not None and r.get("urgency") is not None]
    if len(known) < 2:
        return rows
    across, up = (sum(r[axis] for r in known) / len(known) for axis in ("importance", "urgency"))
    for row in known:
        row |= {"importance_axis": across, "urgency_axis": up,
                "place": PLACES[row["importance"] >= across, row["urgency"] >= up]}  # fmt: skip
    return rows


def _trends(rows: Sequence[MetricRow], start: date, end: date) -> dict[str, Row]:
    months, day = [], start.replace(day=1)
    while day <= end:
        months.append(day)
        day = add_months(day, 1)
    counts: dict[str, dict[date, float]] = defaultdict(dict)
    for row in rows:
        if row.period is not None:
            counts[str(row.dimensions["topic"])][row.period] = row.denominator or 0.0
    totals = [sum(mine.get(month, 0.0) for mine in counts.values()) for month in months]
    return {
        topic: trend_of([mine.get(m, 0.0) / t for m, t in zip(months, totals, strict=True) if t])
        for topic, mine in counts.items()
    }


def trend_of(shares: Sequence[float]) -> Row:
    """Slope a month of a series of shares by least squares, with Student's interval; empty under six months. Pure."""
    n = len(shares)
    if n < 6:
        return {}
    middle, mean = (n - 1) / 2, sum(shares) / n
    spread = sum((k - middle) ** 2 for k in range(n))
    slope = sum((k - middle) * (y - mean) for k, y in enumerate(shares)) / spread
    rest = sum((y - mean - slope * (k - middle)) ** 2 for k, y in enumerate(shares))
    half = student_t_quantile(0.975, n - 2) * math.sqrt(rest / (n - 2) / spread)
    return {"trend": slope, "trend_low": slope - half, "trend_high": slope + half}


def all_needs(topics: list[Row], comments: Sequence[Comment], needs: Sequence[Need]) -> list[Row]:
    """Topics, then needs of comments: each kind placed against its own means, for they are shares of other wholes."""
    urgent = {row["need"]: row["urgency"] for row in topics if row.get("urgency") is not None}
    return [*topics, *placed(comment_needs(comments, needs, urgent))]


def comment_needs(
    comments: Sequence[Comment], needs: Sequence[Need], urgent: Mapping[str, float] | None = None
) -> list[Row]:
    """Needs that ten customers or more spoke of, the most frequent first; ``urgent`` is the urgency of each topic.

    Importance is told where ten of those who commented were dissatisfied.
    """
    unhappy = {c.customer for c in comments if c.satisfied is False}
    everybody = {c.customer for c in comments}
    months = sorted({c.day.replace(day=1) for c in comments})
    by_month: dict[date, set[str]] = defaultdict(set)
    for one in comments:
        by_month[one.day.replace(day=1)].add(one.customer)
    made = []
    for need in needs:
        mine = [c for c in comments if need.name in c.needs]
        people = {c.customer for c in mine}
        if len(people) < SMALLEST_GROUP:
            continue
        shares = [len({c.customer for c in mine if c.day.replace(day=1) == m}) / len(by_month[m]) for m in months]
        made.append({
            "need": need.name, "evidence": "comments", "theme": need.theme, "kind": need.kind,
            "frequency": len(people), "share": len(people) / len(everybody), **trend_of(shares),
            "importance": len(people & unhappy) / len(unhappy) if len(unhappy) >= SMALLEST_GROUP else None,
            "urgency": _urgency([c.topic for c in mine], urgent or {}),
        })  # fmt: skip
    return sorted(made, key=lambda row: (-row["frequency"], row["need"]))


def _urgency(topics: Sequence[str], urgent: Mapping[str, float]) -> float | None:
    """The mean urgency of the topics that comments are about."""
    known = [urgent[topic] for topic in topics if topic in urgent]
    return sum(known) / len(known) if known else None
