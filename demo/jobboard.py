"""Job postings of other employers, as a job board would export them: pay by the hour, the month or the year."""

from __future__ import annotations

import numpy as np

from demo.company_parts import Company
from demo.exports import Columns, choose, days_text, numbered
from demo.market import COMPETITORS
from demo.story import REGIONS, SITES

A_WEEK = 9
EMPLOYERS = [*COMPETITORS, "Callhaus", "Atlantis Contact", "Red River BPO", "Stadtwerke Mitte", "Banco do Sul"]
INDUSTRIES = ["Lighting", "Outsourcing", "Utilities", "Banking", "Retail"]
PLATFORMS = ["Indeed", "LinkedIn", "StepStone", "TopCV"]
COUNTRIES = ["DE", "PT", "VN"]
# Title, kind of work, level, tier, share of the postings, pay against an agent's, years asked for.
ROLES = [
    ("Customer Service Agent", "inbound_service", "agent", "skill", 0.44, 1.00, 1),
    ("Telephone Sales Agent", "outbound_sales", "agent", "skill", 0.18, 1.04, 1),
    ("Technical Support Specialist", "inbound_service", "agent", "technical", 0.20, 1.24, 2),
    ("Team Lead Customer Service", "inbound_service", "supervisor", "management", 0.10, 1.45, 4),
    ("Contact Centre Manager", "inbound_service", "manager", "management", 0.06, 2.00, 6),
    ("Head of Customer Operations", "inbound_service", "senior_manager", "management", 0.02, 3.10, 10),
]
AGENT_PAY = np.array([34_200.0, 21_600.0, 10_600.0])
EDUCATION = ["none", "vocational", "bachelor"]
LANGUAGES = [
    ["German", "German,English"],
    ["Portuguese,English", "Portuguese,Spanish"],
    ["Vietnamese", "Vietnamese,English"],
]
SKILLS = ["CRM", "CRM,chat", "telephony", "writing,chat", "troubleshooting,CRM", "sales,telephony"]
PERIODS = ["year", "month", "hour"]
PER_YEAR = np.array([1.0, 12.0, 2_080.0])


def posting_rows(company: Company) -> Columns:
    """One row per posting. Pay grows year by year and technical roles are sought more and more, unless all is calm."""
    rng, clock, moving = company.plan.rng("job board"), company.clock, not company.story.calm
    n = A_WEEK * clock.days // 7
    day = np.sort(rng.integers(0, clock.days, n))
    age = day / clock.days if moving else np.zeros(n)
    role = _roles(rng, age)
    site = rng.choice(3, n, p=[0.5, 0.28, 0.22])
    pay = AGENT_PAY[site] * np.array([r[5] for r in ROLES])[role] * (1 + 0.09 * age) * rng.lognormal(0, 0.09, n)
    period = rng.choice(3, n, p=[0.6, 0.22, 0.18])
    low = pay * 0.94 / PER_YEAR[period]
    digits = np.where(period == 2, 100.0, 0.1)
    open_days = rng.integers(14, 75, n)
    base = clock.midnight[0] // 86_400
    over = day + open_days < clock.days
    years = np.maximum(np.array([r[6] for r in ROLES])[role] + rng.integers(-1, 2, n), 0)
    school = np.clip(rng.integers(0, 2, n) + (years >= 4), 0, 2)
    words = [text for row in LANGUAGES for text in row]
    return {
        "posting_id": numbered("JB", 500_000 + np.arange(n)),
        "is_own": choose(["false"], np.zeros(n, int)),
        "audience": choose(["external"], np.zeros(n, int)),
        "title": choose([r[0] for r in ROLES], role),
        "employer": choose(EMPLOYERS, rng.integers(0, len(EMPLOYERS), n)),
        "city": choose(SITES, site),
        "region": choose(REGIONS, site),
        "country": choose(COUNTRIES, site),
        "industry": choose(INDUSTRIES, rng.integers(0, len(INDUSTRIES), n)),
        "platform": choose(PLATFORMS, np.where(site == 2, 3, rng.integers(0, 3, n))),
        "role_type": choose([r[1] for r in ROLES], role),
        "level": choose([r[2] for r in ROLES], role),
        "tier": choose([r[3] for r in ROLES], role),
        "openings": 1 + rng.poisson(0.8, n),
        "status": choose(["open", "closed"], over.astype(int)),
        "opened_on": days_text(base + day),
        "posted_on": days_text(base + day),
        "closed_on": days_text(np.where(over, base + day + open_days, -1)),
        "pay_low": np.round(low * digits) / digits,
        "pay_high": np.round(low * 1.13 * digits) / digits,
        "pay_period": choose(PERIODS, np.where(rng.random(n) < 0.04, -1, period)),
        "currency": choose(["EUR"], np.zeros(n, int)),
        "employment": choose(["full-time", "part-time"], (rng.random(n) < 0.2).astype(int)),
        "education": choose(EDUCATION, school),
        "experience_years": years.astype(float),
        "languages": choose(words, site * 2 + rng.integers(0, 2, n)),
        "skills": choose(SKILLS, np.where(role == 1, 5, np.where(role == 2, 4, rng.integers(0, 4, n)))),
        "is_remote": choose(["false", "true"], (rng.random(n) < 0.16 + 0.12 * age).astype(int)),
    }


def _roles(rng: np.random.Generator, age: np.ndarray) -> np.ndarray:
    """A role per posting; technical ones take from the plain ones as time goes by."""
    shares = np.tile([r[4] for r in ROLES], (len(age), 1))
    shares[:, 2] += 0.14 * age
    shares[:, 0] -= 0.14 * age
    return (rng.random(len(age))[:, None] > np.cumsum(shares, axis=1)).sum(axis=1).clip(0, len(ROLES) - 1)
