"""Who answers against who contacted us: response and completion, representativity, weighting to the contact mix."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any

from analytics.customers.tables import TableSpec, columns
from analytics.customers.weighting import Stratum, weighted_to_mix
from analytics.metrics import ask, request
from analytics.metrics.model import Database
from analytics.statistics.intervals import wilson

Row = dict[str, Any]
FEWEST_EXPECTED = 5
REQUESTS = "complaint_rate"
"""The metric whose denominator is everything customers asked for, contacts and tickets."""
WAVES = TableSpec(
    "survey_waves",
    "Surveys of customers by wave: who was asked, who answered, how far, and why answers are missing.",
    columns(
        "source varchar: Source the answers came from",
        "survey varchar: Survey",
        "wave varchar: Wave; where a survey has none, the first day of the quarter",
        "invited bigint: People invited at least 14 days ago, empty where invitations are not known",
        "responded bigint: Of these, the ones who answered",
        "response_rate double: Answered ÷ invited",
        "response_low double: Lower end of its 95 % interval",
        "response_high double: Upper end of its 95 % interval",
        "respondents bigint: People with at least one answer",
        "questions bigint: Closed questions asked in the wave",
        "completed bigint: Respondents who answered every one of them; not applicable is an answer",
        "completion_rate double: Completed ÷ respondents",
        "valid bigint: Valid answers",
        "not_applicable bigint: Answers that the question did not apply",
        "blank bigint: Questions left blank, where the source says so",
        "outside_scale bigint: Answers outside their scale; they count nowhere",
    ),
)
BIAS = TableSpec(
    "response_bias",
    "Who answered the question of satisfaction against who contacted us, over the last twelve months.",
    columns(
        "dimension varchar: What the group is cut by",
        "group_name varchar: Group",
        "contacts bigint: Requests of the group",
        "answers bigint: Answers of the group",
        "contact_share double: Its share of all requests",
        "answer_share double: Its share of all answers",
        "low double: Lower end of the 95 % interval of the answer share",
        "high double: Upper end of the 95 % interval of the answer share",
        "ratio double: Answer share ÷ contact share: above 1 the group speaks too loud",
        "verdict varchar: over, under, or in line where the interval holds the contact share",
        "distance double: Half the summed differences over the dimension: the share of answers out of place",
    ),
)
WEIGHTED = TableSpec(
    "survey_weighted",
    "Satisfied share per month, as answered and weighted to the mix of contacts by channel; the weighted one leads.",
    columns(
        "month_on date: Month, by its first local day",
        "raw double: Satisfied ÷ valid answers",
        "weighted double: Satisfied share per channel, weighted by the channel's share of requests",
        "low double: Lower end of its 95 % interval",
        "high double: Upper end of its 95 % interval",
        "n bigint: Valid answers",
        "covered double: Share of requests in channels with at least five answers",
    ),
)
_WAVES = """
with answers as materialized (
    select source, survey_id, wave as own_wave,
        case when wave is null then cast(date_trunc('quarter', responded_on) as date) end as quarter_on,
        response_id, item_id, role, answer_state
    from marts.fct_survey_answers
    where responded_on is not null and scale_min is not null
), asked as (
    select source, survey_id, own_wave, quarter_on, count(*) as questions, sum(valid) as valid,
        sum(not_applicable) as not_applicable, sum(blank) as blank, sum(outside_scale) as outside_scale
    from (
        select source, survey_id, own_wave, quarter_on, item_id, role,
            count_if(answer_state = 'valid') as valid, count_if(answer_state = 'not_applicable') as not_applicable,
            count_if(answer_state = 'blank') as blank, count_if(answer_state = 'outside_scale') as outside_scale
        from answers group by all
    ) group by all
), people as (
    select source, survey_id, own_wave, quarter_on, answered, count(*) as people from (
        select source, survey_id, own_wave, quarter_on, response_id,
            count_if(answer_state in ('valid', 'not_applicable')) as answered
        from answers group by all
    ) group by all
)
select asked.source, coalesce(asked.survey_id, asked.source) as survey,
    coalesce(asked.own_wave, cast(asked.quarter_on as varchar)) as wave,
    asked.questions, asked.valid, asked.not_applicable, asked.blank, asked.outside_scale,
    sum(people.people) as respondents,
    coalesce(sum(people.people) filter (where people.answered >= asked.questions), 0) as completed
from asked join people on asked.source = people.source
    and asked.survey_id is not distinct from people.survey_id
    and asked.own_wave is not distinct from people.own_wave
    and asked.quarter_on is not distinct from people.quarter_on
group by all order by all
"""


def invited_by_wave(db: Database) -> dict[tuple[str, str], list[float]]:
    """Invited and answered by (survey, wave); an invitation without a wave belongs to its month and quarter alike."""
    invited: dict[tuple[str, str], list[float]] = defaultdict(lambda: [0.0, 0.0])
    asked = request("response_rate", by=["survey", "wave"], grain="month", where=[("audience", "customer")])
    for row in ask(db, asked):
        survey, wave, month = (*map(str, row.dimensions.values()), row.period)
        if month is None or not row.denominator:
            continue
        quarter = f"{month.replace(month=(month.month - 1) // 3 * 3 + 1):%Y-%m-%d}"
        for period in {quarter, f"{month:%Y-%m}" if wave == "unknown" else wave}:
            invited[survey, period][0] += row.denominator
            invited[survey, period][1] += row.numerator or 0.0
    return invited


def survey_waves(con: Any, invited: Mapping[tuple[str, str], list[float]]) -> list[Row]:
    """Response and completion per wave."""
    return [_wave(row, invited.get((row["survey"], row["wave"]))) for row in con.rows(_WAVES)]


def _wave(row: Row, asked: list[float] | None) -> Row:
    made = {**row, "completion_rate": row["completed"] / row["respondents"] if row["respondents"] else None}
    if asked and asked[0]:
        low, high = wilson(min(asked[1], asked[0]), asked[0])
        made |= {"invited": int(asked[0]), "responded": int(asked[1]), "response_rate": asked[1] / asked[0],
                 "response_low": low, "response_high": high}  # fmt: skip
    return made


def weighted_by_month(db: Database, start: date, end: date) -> list[Row]:
    """Raw and weighted satisfaction of each month from the metric engine's own parts."""
    strata: dict[date, list[Stratum]] = defaultdict(list)
    asked = ask(db, request(["csat", REQUESTS], by=["channel"], grain="month", start=start, end=end))
    requests = {(r.period, r.dimensions["channel"]): r.denominator or 0.0 for r in asked if r.metric == REQUESTS}
    said = {(r.period, r.dimensions["channel"]): r for r in asked if r.metric == "csat" and r.denominator}
    for period, channel in sorted({*requests, *said}, key=str):
        answer = said.get((period, channel))
        numbers = (answer.numerator or 0.0, answer.denominator or 0.0) if answer else (0.0, 0.0)
        if period is not None:
            strata[period].append(Stratum(str(channel), *numbers, requests.get((period, channel), 0.0)))
    made = []
    for month, mine in sorted(strata.items()):
        found = weighted_to_mix(mine)
        if found.n:
            made.append({"month_on": month, **vars(found), "n": int(found.n)})
    return made


def response_bias(db: Database, start: date, end: date) -> list[Row]:
    """Groups by channel, region, segment and topic; a group expected to give fewer than five answers is left out."""
    made: list[Row] = []
    for dimension in ("channel", "region", "segment", "topic"):
        rows = ask(db, request(["csat", REQUESTS], by=[dimension], start=start, end=end))
        contacts = {str(r.dimensions[dimension]): r.denominator or 0.0 for r in rows if r.metric == REQUESTS}
        answers = {str(r.dimensions[dimension]): r.denominator or 0.0 for r in rows if r.metric == "csat"}
        made += bias_of(dimension, contacts, answers)
    return made


def bias_of(dimension: str, contacts: Mapping[str, float], answers: Mapping[str, float]) -> list[Row]:
    """One dimension's groups, those that speak loudest first. Pure."""
    known = {g: n for g, n in contacts.items() if g not in ("unknown", "None") and n > 0}
    asked, said = sum(known.values()), sum(answers.get(g, 0.0) for g in known)
    if not asked or not said:
        return []
    shares = {g: (n / asked, answers.get(g, 0.0) / said) for g, n in known.items()}
    distance = math.fsum(abs(a - b) for a, b in shares.values()) / 2
    made = []
    for group, (contact_share, answer_share) in shares.items():
        if contact_share * said < FEWEST_EXPECTED:
            continue
        low, high = wilson(answers.get(group, 0.0), said)
        verdict = (
            "in line"
            if (low or 0) <= contact_share <= (high or 1)
            else "over"
            if answer_share > contact_share
            else "under"
        )
        made.append({
            "dimension": dimension, "group_name": group, "contacts": int(known[group]),
            "answers": int(answers.get(group, 0)), "contact_share": contact_share, "answer_share": answer_share,
            "low": low, "high": high, "ratio": answer_share / contact_share, "verdict": verdict, "distance": distance,
        })  # fmt: skip
    return sorted(made, key=lambda row: (-row["ratio"], row["group_name"]))
