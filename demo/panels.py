"""The surveys of the relationship with customers and of the staff."""

from __future__ import annotations

import numpy as np
from scipy.special import ndtr

from demo import rates, voices
from demo.company_parts import Company
from demo.customers import CUSTOMER_ID
from demo.exports import choose, numbered
from demo.questionnaires import Asked, Wave, answer
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
    seen, expected, drive = voices.service_quality(company, month, n) if month % 6 == 0 else (None, None, None)
    score = _nps(
        rng,
        company.story.level("nps", month, codes, n),
        rates.customer_effect(customer, company.plan.seed + 4),
        drive,
    )
    told = {
        "customer_id": numbered("", CUSTOMER_ID + customer),
        "region": choose(REGIONS, codes["region"]),
        "wave": choose([f"{clock.months[month]:%Y-%m}"], np.zeros(n, int)),
    }
    number = customer + company.customers.n * month
    asked = Asked("relation", "nps", "r", number, invited, answered_at, answered, told)
    answers = [answer("QID1", asked.kept(), score[answered], None)]
    if seen is not None and expected is not None:
        answers += voices.quality_answers(asked, seen, expected, company.plan.rng("points", month))
    if month % 6 == 3:
        answers += voices.kano_answers(asked, company.plan.rng("kano", month), calm=company.story.calm)
    return asked.wave(rng, answers, end)


def _nps(rng: np.random.Generator, points: np.ndarray, pull: np.ndarray, drive: np.ndarray | None = None) -> np.ndarray:
    """Answers 0 to 10 whose promoters less detractors have the given expectation; ``drive`` is standard normal."""
    n = len(points)
    passive = 0.3
    up = np.clip((1 - passive + points / 100) / 2, 0.02, 0.68)
    # Uniform numbers in which the pull of a cluster shows.
    own = rng.normal(0, 1, n)
    if drive is not None:
        own = np.sqrt(1 - voices.PULL**2) * own + voices.PULL * drive
    x = ndtr((own + pull) / np.sqrt(1 + rates.CLUSTER_SD**2))
    kind = np.where(x > 1 - up, 2, np.where(x > 1 - up - passive, 1, 0))
    return np.where(
        kind == 2, 9 + rng.integers(0, 2, n), np.where(kind == 1, 7 + rng.integers(0, 2, n), rng.integers(0, 7, n))
    )


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
    told = {
        "audience": choose(["employee"], zeros),
        "team": choose(TEAM_NAMES, codes["team"]),
        "region": choose(REGIONS, codes["region"]),
        "wave": choose([f"{clock.months[month]:%Y-%m}"], zeros),
    }
    asked = Asked("staff", "enps", "s", here + month * 1_000_000, invited, answered_at, answered, told)
    answers = [answer("QID1", asked.kept(), score[answered], None)]
    for place, gap in enumerate([0.1, 0.2, 0.7, 0.4, 0.2]):
        mood = 4.0 - (0 if company.story.calm else gap) + rng.normal(0, 0.85, n)
        answers.append(answer(f"QID{2 + place}", asked.kept(), np.clip(np.round(mood), 1, 5)[answered], None))
    return asked.wave(rng, answers, clock.end - 1)
