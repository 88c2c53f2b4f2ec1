"""The surveys of the relationship with customers and of the staff."""

from __future__ import annotations

import numpy as np

from demo import rates
from demo.company_parts import Company
from demo.customers import CUSTOMER_ID
from demo.exports import choose, padded, seconds_text, take
from demo.questionnaires import SURVEYS, Wave, answer, embedded, response_rows, take_or_empty
from demo.story import REGIONS, TEAM_NAMES


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
    answers = [answer("QID1", kept, score[answered], None)]
    served = answered if month % 6 == 0 else np.zeros(n, bool)
    gap = 0.0 if company.story.calm else 1.0
    for place in range(5):
        base = 5.6 + rng.normal(0, 0.9, n)
        seen = np.clip(np.round(base - gap * [0.05, 0.45, 0.6, 0.1, 0.2][place] + rng.normal(0, 0.7, n)), 1, 7)
        answers.append(answer(f"QID{2 + place}", take({"k": key}, served)["k"], seen[served], None))
        answers.append(
            answer(f"QID{7 + place}", take({"k": key}, served)["k"], np.clip(np.round(base), 1, 7)[served], None)
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
        response_rows("relation", kept, answered_at[answered], rng),
        answers,
        embedded(take({"k": key} | told, answered)),
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
    answers = [answer("QID1", kept, score[answered], None)]
    for place in range(5):
        mood = np.clip(
            np.round(4.0 - (0 if company.story.calm else [0.1, 0.2, 0.7, 0.4, 0.2][place]) + rng.normal(0, 0.85, n)),
            1,
            5,
        )
        answers.append(answer(f"QID{2 + place}", kept, mood[answered], None))
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
        response_rows("staff", kept, answered_at[answered], rng),
        answers,
        embedded(take({"k": key} | told, answered)),
        invitations,
    )
