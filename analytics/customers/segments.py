"""Customers by segment: who they are, what they are worth, how they get in touch, and how likely they are to leave."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from analytics.customers.loyalty import churn_risk
from analytics.customers.suppression import SMALLEST, by_partition
from analytics.customers.tables import TableSpec, columns
from analytics.statistics.intervals import wilson

Row = dict[str, Any]
FEWEST_AT_RISK = 30
"""Customers a segment must have before a chance of leaving is told of it: never one person's."""
DIMENSIONS = ("segment", "region", "age_band", "gender", "spend_band", "tenure_band", "industry", "company_size")
SEGMENTS = TableSpec(
    "customer_segments",
    "Customers by segment over the last twelve months: size, value, contacts, satisfaction, chance of leaving.",
    columns(
        "dimension varchar: What customers are cut by: segment, region, age_band, gender, spend_band, tenure_band, "
        "industry, company_size (the last two for business customers)",
        "segment_name varchar: Group",
        "customers bigint: Customers now, empty where hidden",
        "customer_share double: Their share of all customers of the cut",
        "spend_total double: What they spent in twelve months, in the currency of the row",
        "currency varchar: Currency, empty where there are several",
        "spend_per_customer double: Spend ÷ customers whose spend is known",
        "spend_share double: Share of all spend of the cut",
        "requests bigint: Contacts and tickets of the last twelve months",
        "requests_per_customer double: Requests ÷ customers",
        "complaints bigint: Complaints of the last twelve months",
        "answers bigint: Valid answers to the question of satisfaction, last twelve months",
        "csat double: Satisfied ÷ valid answers, from five answers",
        "csat_low double: Lower end of its 95 % interval",
        "csat_high double: Upper end of its 95 % interval",
        "left_count bigint: Customers who left in the last twelve months",
        "customer_years double: Years under observation in the last twelve months",
        "churn_risk double: Chance that a customer of the group leaves within a year, from 30 customers",
        "churn_low double: Lower end of its 95 % interval",
        "churn_high double: Upper end of its 95 % interval",
        "note varchar: small or complement where the numbers are hidden",
    ),
)
_SQL = """
with customers as (
    select customer_key, segment, region, age_band, gender, spend, currency, customer_since_on as since_on, churned_on,
        case when is_business then industry end as industry,
        case when is_business then company_size end as company_size,
        case when spend is not null then (array['lowest quarter', 'second quarter', 'third quarter', 'top quarter'])[
            ntile(4) over (partition by spend is null, currency order by spend, customer_key)] end as spend_band,
        case when customer_since_on is null then null
            when customer_since_on > $1::date - 365 then 'under 1 year'
            when customer_since_on > $1::date - 3 * 365 then '1 to 3 years'
            when customer_since_on > $1::date - 5 * 365 then '3 to 5 years'
            else '5 years or more' end as tenure_band
    from intermediate.int_customers_current where customer_since_on is null or customer_since_on <= $1::date
), asked as (
    select customer_key, count(*) as requests, sum(complaint) as complaints from (
        select customer_key, 0 as complaint from marts.fct_contacts
        where arrived_on > $1::date - 365 and arrived_on <= $1::date and customer_key is not null
        union all
        select customer_key, cast(is_complaint as integer) from marts.fct_tickets
        where created_on > $1::date - 365 and created_on <= $1::date and customer_key is not null and not is_deleted
    ) group by customer_key
), said as (
    select customer_key, sum(satisfied) as satisfied, count(satisfied) as answers from marts.fct_survey_answers
    where instrument = 'csat' and role = 'perception' and responded_on > $1::date - 365 and responded_on <= $1::date
        and satisfied is not null and customer_key is not null group by customer_key
), each as (
    select customers.*, asked.requests, asked.complaints, said.satisfied, said.answers,
        churned_on is null or churned_on > $1::date as is_here,
        churned_on > $1::date - 365 and churned_on <= $1::date as has_left,
        greatest(0, least(coalesce(churned_on, $1::date), $1::date)
            - greatest(coalesce(since_on, $1::date - 365), $1::date - 365)) / 365.0 as years
    from customers left join asked using (customer_key) left join said using (customer_key)
    where churned_on is null or churned_on > $1::date - 365
), alike as materialized (
    -- People alike in every cut are added up once; each cut is then read from these.
    select {names}, count_if(is_here) as customers, sum(spend) filter (where is_here) as spend,
        count(spend) filter (where is_here) as spending,
        min(currency) as first_currency, max(currency) as last_currency,
        sum(requests) as requests, sum(complaints) as complaints, sum(satisfied) as satisfied, sum(answers) as answers,
        count_if(has_left) as left_count, sum(years) as customer_years
    from each group by all
)
select {names}, grouping({names}) as cut,
    sum(customers) as customers, sum(spend) as spend, sum(spending) as spending,
    case when min(first_currency) = max(last_currency) then min(first_currency) end as currency,
    coalesce(sum(requests), 0) as requests, coalesce(sum(complaints), 0) as complaints,
    coalesce(sum(satisfied), 0) as satisfied, coalesce(sum(answers), 0) as answers,
    coalesce(sum(left_count), 0) as left_count, coalesce(sum(customer_years), 0) as customer_years
from alike group by grouping sets ({sets})
"""


def customer_segments(con: Any, day: date) -> list[Row]:
    """Every segment as it stands on ``day``; small ones hidden together with what would give them away."""
    names = ", ".join(DIMENSIONS)
    sets = ", ".join(f"({name})" for name in DIMENSIONS)
    found = con.rows(_SQL.format(names=names, sets=sets), [day])
    sums = []
    for row in found:
        # Bit k from the right is the k-th dimension from the right; the one that is not set is the one cut by.
        place = next(k for k in range(len(DIMENSIONS)) if not row["cut"] >> (len(DIMENSIONS) - 1 - k) & 1)
        if (name := row[DIMENSIONS[place]]) is not None:
            sums.append({**row, "dimension": DIMENSIONS[place], "segment_name": name})
    return segments_of(sums)


def segments_of(sums: Iterable[Row]) -> list[Row]:
    """Sums per segment become rows: pure."""
    rows = sorted(sums, key=lambda r: (DIMENSIONS.index(r["dimension"]), r["segment_name"]))
    cells = {(r["dimension"], r["segment_name"]): r for r in rows}
    hidden = by_partition({cell: float(r["customers"]) for cell, r in cells.items()})
    # Who left, and who answered, are groups of people too.
    for part in ("left_count", "answers"):
        cells_of = {cell: float(r[part]) for cell, r in cells.items() if cell not in hidden}
        for cell in by_partition(cells_of):
            cells[cell][f"hides_{part}"] = True
    whole = {
        d: [sum(float(r[k] or 0) for r in rows if r["dimension"] == d) for k in ("customers", "spend")]
        for d in DIMENSIONS
    }
    return [_segment(row, hidden, *whole[row["dimension"]]) for row in rows if row["customers"]]


def _segment(row: Row, hidden: set[tuple[str, str]], customers: float, spend: float) -> Row:
    head = {"dimension": row["dimension"], "segment_name": row["segment_name"]}
    if (row["dimension"], row["segment_name"]) in hidden:
        return {**head, "note": "small" if row["customers"] < SMALLEST else "complement"}
    made = head | {name: row[name] for name in ("customers", "currency", "requests", "complaints")}
    made["customer_share"] = row["customers"] / customers if customers else None
    made["requests_per_customer"] = row["requests"] / row["customers"]
    if row["currency"] and row["spending"]:
        own = float(row["spend"])
        made |= {"spend_total": round(own, 2), "spend_per_customer": own / row["spending"],
                 "spend_share": own / spend if spend else None}  # fmt: skip
    if row["answers"] >= SMALLEST and not row.get("hides_answers"):
        low, high = wilson(row["satisfied"], row["answers"])
        made |= {"answers": row["answers"], "csat": row["satisfied"] / row["answers"], "csat_low": low,
                 "csat_high": high}  # fmt: skip
    if row["customers"] >= FEWEST_AT_RISK and not row.get("hides_left_count"):
        risk = churn_risk(row["left_count"], row["customer_years"])
        if risk:
            made |= {"left_count": row["left_count"], "customer_years": row["customer_years"],
                     "churn_risk": risk.chance, "churn_low": risk.low, "churn_high": risk.high}  # fmt: skip
    return made
