"""Surveys as Qualtrics and the usual connectors write them: after contacts, of the relationship, of the staff."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from demo import rates
from demo.company_parts import Company
from demo.contacts import ANSWERED, Contacts
from demo.customers import CUSTOMER_ID
from demo.exports import Columns, choose, numbered, padded, seconds_text, take
from demo.helpdesk import company_satisfaction
from demo.people import AGENT_ID
from demo.story import LIVE, REGIONS, TEAM_NAMES, TOPIC_NAMES

SURVEYS = {"contact": "SV_contactfeedback", "relation": "SV_relationship", "staff": "SV_staffvoice"}
# Number, survey, export tag, wording, selector, options as (value, label).
CSAT = [(1, "Very dissatisfied"), (2, "Dissatisfied"), (3, "Neither"), (4, "Satisfied"), (5, "Very satisfied")]
AGREE = [(k, str(k)) for k in range(1, 8)]
SERVQUAL = ["tangibles", "reliability", "responsiveness", "assurance", "empathy"]
FACETS = ["environment", "work content", "pay and benefits", "training", "leadership"]
QUESTIONS = [
    ("QID1", "contact", "CSAT_overall_1", "How satisfied are you with this contact?", "SAVR", CSAT),
    ("QID2", "contact", "CES_effort_1", "The company made it easy for me to solve my matter.", "SAVR", AGREE),
    ("QID3", "contact", "FCR_resolved_1", "Was one contact enough?", "SAVR", [(0, "No"), (1, "Yes")]),
    ("QID4", "contact", "comment", "What should we do better?", "SL", []),
    ("QID1", "relation", "NPS_loyalty_1", "How likely are you to recommend us?", "NPS", []),
    *[
        (f"QID{2 + k}", "relation", f"SERVQUAL_{name}_1_perception", f"How do we do on {name}?", "SAVR", AGREE)
        for k, name in enumerate(SERVQUAL)
    ],
    *[
        (
            f"QID{7 + k}",
            "relation",
            f"SERVQUAL_{name}_1_expectation",
            f"What do you expect of an excellent company on {name}?",
            "SAVR",
            AGREE,
        )
        for k, name in enumerate(SERVQUAL)
    ],
    ("QID1", "staff", "ENPS_loyalty_1", "How likely are you to recommend us as an employer?", "NPS", []),
    *[
        (f"QID{2 + k}", "staff", f"EMPLOYEE_{name.replace(' ', '-')}_1", f"I am satisfied with {name}.", "SAVR", CSAT)
        for k, name in enumerate(FACETS)
    ],
]
COMMENTS = [
    "Waited too long",
    "Very helpful, thank you",
    "Had to explain it twice",
    "Price too high for what it is",
    "The app keeps crashing",
    "Chờ quá lâu",
    "Nhân viên rất nhiệt tình",
    "Giá cao quá",
    "等了太久",
    "客服很有耐心",
    "应用总是闪退",
]
ANSWER_COLUMNS = ["response_id", "question_id", "question", "value", "text"]


@dataclass
class Wave:
    """What one survey produced in a month, ready to be written."""

    responses: Columns
    answers: list[Columns]
    embedded: list[Columns]
    invitations: Columns


def contact_survey(company: Company, month: int, contacts: Contacts) -> Wave:
    """Three in ten answered contacts are followed by an invitation; who answers tells what happened to them."""
    rng, end = company.plan.rng("contact survey", month), company.clock.end - 1
    rows = np.flatnonzero((contacts.outcome == ANSWERED) & (rng.random(contacts.n) < 0.34))
    n, agent, customer = len(rows), contacts.agent[rows], contacts.customer[rows]
    codes = {
        "channel": contacts.channel[rows],
        "team": company.staff.team[agent],
        "topic": contacts.topic[rows],
        "region": company.customers.region[customer],
        "segment": company.customers.segment[customer],
    }
    invited = contacts.ended_at[rows] + rng.integers(600, 3_600, n)
    answered_at = invited + rng.exponential(16 * 3_600, n).astype(np.int64) + 90
    chance = company.story.level("response_rate", month, codes, n)
    answered = (rng.random(n) < chance) & (answered_at <= end)
    pull = (
        -0.85 * contacts.late[rows]
        - 0.20 * (np.log1p(contacts.wait[rows]) - 1.8)
        - 0.4 * (contacts.transfers[rows] > 0)
    )
    good = company_satisfaction(
        company, month, rng, codes, pull, customer, agent, company.clock.day_of(np.minimum(answered_at, end)), "contact"
    )
    number = contacts.number[rows]
    sent = invited <= end
    told = {
        "customer_id": CUSTOMER_ID + customer,
        "contact_id": numbered("C", 10_000_000 + number),
        "agent_id": AGENT_ID + agent,
        "channel": choose(LIVE, codes["channel"]),
        "team": choose(TEAM_NAMES, codes["team"]),
        "region": choose(REGIONS, codes["region"]),
        "topic": choose(TOPIC_NAMES, codes["topic"]),
    }
    key = padded("R_c", number, 11)
    answers = _contact_answers(rng, key, good, answered)
    invitations = {
        "invitation_id": padded("I_c", number, 11),
        "invited_at": seconds_text(invited),
        "survey_id": choose([SURVEYS["contact"]], np.zeros(n, int)),
        "instrument": choose(["csat"], np.zeros(n, int)),
        "audience": choose(["customer"], np.zeros(n, int)),
        "customer_id": told["customer_id"],
        "contact_id": told["contact_id"],
        "channel": told["channel"],
        "team": told["team"],
        "region": told["region"],
        "responded_at": seconds_text(np.where(answered, answered_at, 0)),
        "response_id": take_or_empty(key, answered),
    }
    return Wave(
        _responses("contact", take({"k": key}, answered)["k"], answered_at[answered], rng),
        answers,
        _embedded(take({"k": key} | told, answered)),
        take(invitations, sent),
    )


def take_or_empty(column: object, keep: np.ndarray) -> object:
    """The column where ``keep`` holds, empty elsewhere."""
    import pyarrow as pa
    import pyarrow.compute as pc

    return pc.if_else(pa.array(keep), column, pa.scalar(None, pa.string()))


def _contact_answers(rng: np.random.Generator, key: object, good: np.ndarray, answered: np.ndarray) -> list[Columns]:
    n = len(good)
    score = np.where(good, 4 + (rng.random(n) < 0.58), 1 + rng.integers(0, 3, n))
    effort = np.clip(np.round(np.where(good, 5.9, 3.6) + rng.normal(0, 1.0, n)), 1, 7).astype(int)
    once = (rng.random(n) < np.where(good, 0.86, 0.42)).astype(int)
    words = np.where(good, 1, rng.choice([0, 2, 3, 4, 5, 7, 8, 10], n))
    said = answered & (rng.random(n) < 0.10)
    labels = [label for _, label in CSAT]
    return [
        _answer("QID1", take({"k": key}, answered)["k"], score[answered], choose(labels, score[answered] - 1)),
        _answer("QID2", take({"k": key}, answered)["k"], effort[answered], None),
        _answer("QID3", take({"k": key}, answered)["k"], once[answered], choose(["No", "Yes"], once[answered])),
        _answer("QID4", take({"k": key}, said)["k"], None, choose(COMMENTS, words[said])),
    ]


def _answer(question: str, key: object, value: np.ndarray | None, text: object) -> Columns:
    n = len(key)  # type: ignore[arg-type]
    empty = choose([""], np.full(n, -1))
    return {
        "response_id": key,
        "question_id": choose([question], np.zeros(n, int)),
        "question_option_key": empty,
        "sub_question_key": empty,
        "sub_question_text": empty,
        "loop_id": empty,
        "value": empty if value is None else value.astype(np.int64),
        "text": empty if text is None else text,
    }


def _responses(survey: str, key: object, finished: np.ndarray, rng: np.random.Generator) -> Columns:
    n = len(finished)
    took = rng.integers(25, 260, n)
    zeros = np.zeros(n, int)
    return {
        "id": key,
        "survey_id": choose([SURVEYS[survey]], zeros),
        "distribution_channel": choose(["email"], zeros),
        "duration_in_seconds": took,
        "start_date": seconds_text(finished - took, False),
        "end_date": seconds_text(finished, False),
        "recorded_date": seconds_text(finished, False),
        "last_modified_date": seconds_text(finished, False),
        "finished": choose(["1"], zeros),
        "progress": np.full(n, 100),
        "status": zeros,
        "user_language": choose(["EN"], zeros),
    }


def _embedded(columns: Columns) -> list[Columns]:
    """Embedded data: one row per response and key."""
    n = len(columns["k"])
    zeros = np.zeros(n, int)
    return [
        {
            "import_id": choose([name], zeros),
            "key": choose([name], zeros),
            "response_id": columns["k"],
            "value": values.cast("string"),
        }
        for name, values in columns.items()
        if name != "k"
    ]


def relation_survey(company: Company, month: int) -> Wave:
    """A fiftieth of the customers are asked each month for a recommendation; twice a year for more."""
    rng, clock, end = company.plan.rng("relation", month), company.clock, company.clock.end - 1
    days = clock.month_days(month)
    n = max(12, round(company.customers.n * 0.02))
    customer = np.unique(company.customers.choose(rng, int(days[0]), n))
    n = len(customer)
    codes = {"region": company.customers.region[customer], "segment": company.customers.segment[customer]}
    invited = clock.base[rng.choice(days, n)] + rng.integers(9 * 3_600, 17 * 3_600, n)
    answered_at = invited + rng.exponential(30 * 3_600, n).astype(np.int64) + 120
    answered = (rng.random(n) < company.story.level("response_rate", month, codes, n)) & (answered_at <= end)
    score = _nps(
        rng,
        company.story.level("nps", month, codes, n),
        rates.customer_effect(customer, company.plan.seed + 4),
    )
    key = padded("R_r", customer + company.customers.n * month, 11)
    kept = take({"k": key}, answered)["k"]
    answers = [_answer("QID1", kept, score[answered], None)]
    served = answered if month % 6 == 0 else np.zeros(n, bool)
    gap = 0.0 if company.story.calm else 1.0
    for place in range(5):
        base = 5.6 + rng.normal(0, 0.9, n)
        seen = np.clip(np.round(base - gap * [0.05, 0.45, 0.6, 0.1, 0.2][place] + rng.normal(0, 0.7, n)), 1, 7)
        answers.append(_answer(f"QID{2 + place}", take({"k": key}, served)["k"], seen[served], None))
        answers.append(
            _answer(f"QID{7 + place}", take({"k": key}, served)["k"], np.clip(np.round(base), 1, 7)[served], None)
        )
    told = {
        "customer_id": CUSTOMER_ID + customer,
        "region": choose(REGIONS, codes["region"]),
        "wave": choose([f"{clock.months[month]:%Y-%m}"], np.zeros(n, int)),
    }
    zeros = np.zeros(n, int)
    invitations = {
        "invitation_id": padded("I_r", customer + company.customers.n * month, 11),
        "invited_at": seconds_text(invited),
        "survey_id": choose([SURVEYS["relation"]], zeros),
        "instrument": choose(["nps"], zeros),
        "audience": choose(["customer"], zeros),
        "customer_id": told["customer_id"],
        "contact_id": choose([""], zeros - 1),
        "channel": choose([""], zeros - 1),
        "team": choose([""], zeros - 1),
        "region": told["region"],
        "responded_at": seconds_text(np.where(answered, answered_at, 0)),
        "response_id": take_or_empty(key, answered),
    }
    return Wave(
        _responses("relation", kept, answered_at[answered], rng),
        answers,
        _embedded(take({"k": key} | told, answered)),
        take(invitations, invited <= end),
    )


def _nps(rng: np.random.Generator, points: np.ndarray, pull: np.ndarray) -> np.ndarray:
    """Answers 0 to 10 whose promoters less detractors have the given expectation."""
    n = len(points)
    passive = 0.3
    up = np.clip((1 - passive + points / 100) / 2, 0.02, 0.68)
    x = rates_uniform(rng, pull, n)
    kind = np.where(x > 1 - up, 2, np.where(x > 1 - up - passive, 1, 0))
    return np.where(
        kind == 2, 9 + rng.integers(0, 2, n), np.where(kind == 1, 7 + rng.integers(0, 2, n), rng.integers(0, 7, n))
    )


def rates_uniform(rng: np.random.Generator, pull: np.ndarray, n: int) -> np.ndarray:
    """Uniform numbers in which the pull of a cluster shows."""
    from scipy.special import ndtr

    return ndtr((rng.normal(0, 1, n) + pull) / np.sqrt(1 + rates.CLUSTER_SD**2))


def staff_survey(company: Company, month: int) -> Wave | None:
    """Twice a year everybody who works here is asked."""
    if month % 6 != 3:
        return None
    rng, clock, staff = company.plan.rng("staff survey", month), company.clock, company.staff
    days = clock.month_days(month)
    here = np.flatnonzero((staff.hired <= days[0]) & (staff.left > days[-1]))
    n, zeros = len(here), np.zeros(len(here), int)
    invited = clock.base[days[7]] + 9 * 3_600 + zeros
    answered_at = invited + rng.exponential(50 * 3_600, n).astype(np.int64) + 300
    answered = (rng.random(n) < 0.84) & (answered_at < clock.end)
    codes = {"team": staff.team[here], "region": staff.site[here]}
    score = _nps(
        rng,
        company.story.level("enps", month, codes, n),
        0.29 * staff.quality[here],
    )
    key = padded(f"R_s{month:03d}", here, 8)
    kept = take({"k": key}, answered)["k"]
    answers = [_answer("QID1", kept, score[answered], None)]
    for place in range(5):
        mood = np.clip(
            np.round(4.0 - (0 if company.story.calm else [0.1, 0.2, 0.7, 0.4, 0.2][place]) + rng.normal(0, 0.85, n)),
            1,
            5,
        )
        answers.append(_answer(f"QID{2 + place}", kept, mood[answered], None))
    told = {
        "audience": choose(["employee"], zeros),
        "team": choose(TEAM_NAMES, codes["team"]),
        "region": choose(REGIONS, codes["region"]),
        "wave": choose([f"{clock.months[month]:%Y-%m}"], zeros),
    }
    empty = choose([""], zeros - 1)
    invitations = {
        "invitation_id": padded(f"I_s{month:03d}", here, 8),
        "invited_at": seconds_text(invited),
        "survey_id": choose([SURVEYS["staff"]], zeros),
        "instrument": choose(["enps"], zeros),
        "audience": told["audience"],
        "customer_id": empty,
        "contact_id": empty,
        "channel": empty,
        "team": told["team"],
        "region": told["region"],
        "responded_at": seconds_text(np.where(answered, answered_at, 0)),
        "response_id": take_or_empty(key, answered),
    }
    return Wave(
        _responses("staff", kept, answered_at[answered], rng),
        answers,
        _embedded(take({"k": key} | told, answered)),
        invitations,
    )


def question_rows() -> tuple[Columns, Columns]:
    """The questions of all surveys, and their options."""
    questions = {
        "id": [q[0] for q in QUESTIONS],
        "survey_id": [SURVEYS[q[1]] for q in QUESTIONS],
        "_fivetran_deleted": ["false"] * len(QUESTIONS),
        "data_export_tag": [q[2] for q in QUESTIONS],
        "question_text": [q[3] for q in QUESTIONS],
        "question_type": ["TE" if q[4] == "SL" else "MC" for q in QUESTIONS],
        "selector": [q[4] for q in QUESTIONS],
    }
    options = [
        (str(k), q[0], SURVEYS[q[1]], "false", value, label)
        for q in QUESTIONS
        for k, (value, label) in enumerate(q[5], 1)
    ]
    names = ["key", "question_id", "survey_id", "_fivetran_deleted", "recode_value", "text"]
    return questions, {name: [row[k] for row in options] for k, name in enumerate(names)}
