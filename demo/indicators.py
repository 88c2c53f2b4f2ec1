"""Further published figures: labour market, prices of everybody, newcomers, rules and programmes with their dates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from demo.company_parts import Company
from demo.rates import autocorrelated


@dataclass(frozen=True)
class Figure:
    """One published figure; a rule or programme also says from when and until when it holds."""

    indicator: str
    period: date
    published: date
    value: float
    unit: str
    subject: str = "market"
    segment: str | None = None
    n: int | None = None
    standard_error: float | None = None
    region: str = "DE"
    effective: date | None = None
    until: date | None = None


# Level, drift a month, unit, size of the season; vacancies and unemployed move against each other.
LABOUR = {
    "job_openings": (1_280_000.0, 4_100.0, "jobs", 0.035),
    "employment": (45_900_000.0, 9_000.0, "persons", 0.004),
    "unemployed": (2_640_000.0, -5_200.0, "persons", 0.03),
}
SEASON = (0.3, 0.1, 0.6, 0.9, 1.0, 0.6, 0.1, -0.2, 0.4, 0.2, -0.8, -1.9)
# Median pay of the occupation by country, EUR a year, with its growth a year.
WAGES = {"DE": (33_400.0, 0.046), "PT": (20_900.0, 0.052), "VN": (10_100.0, 0.071)}
OCCUPATION = "Customer service representatives"
PRICES = {
    "us": (14.9, 0.055),
    "Brightwell": (16.5, 0.02),
    "Casa Luz": (11.9, 0.01),
    "Lichtkontor": (14.5, 0.04),
}
PLANS = {"Home light": 1.0, "Business light": 4.2}
# Kind, name, unit, months from the end it was announced, months from there until it holds, and until it ends.
EVENTS = (
    ("rule", "Complaints answered in 3 working days", "working days", 3.0, 22, 6, None),
    ("rule", "Cancel as easily as you signed up", "clicks", 2.0, 8, 5, None),
    ("rule", "Say when a bot answers", "rule", 1.0, 5, 9, None),
    ("standard", "ISO 18295 service centres, new edition", "edition", 2.0, 16, 12, None),
    ("support_programme", "Training grant for digital skills", "EUR a person", 2_500.0, 19, 2, 24),
    ("support_programme", "Hiring bonus for long unemployed", "EUR a person", 4_000.0, 9, 1, 12),
    ("entrant", "Nordlampe", "company", 1.0, 14, 0, None),
    ("entrant", "Volt & Faden", "company", 1.0, 4, 0, None),
)


# What the company reports of itself, and further figures of the market: level, drift a month, spread, unit, whose.
REPORTED = {
    "technology_age_years": (4.2, 0.03, 0.05, "years", "us"),
    "technology_incidents": (6.0, -0.05, 2.4, "count", "us"),
    "channel_coverage": (0.82, 0.002, 0.006, "ratio", "us"),
    "regulatory_response_attainment": (0.95, 0.0, 0.008, "ratio", "us"),
    "regulator_complaints": (4.0, 0.04, 2.0, "count", "us"),
    "standards_coverage": (0.78, 0.002, 0.005, "ratio", "us"),
    "competitors_in_market": (14.0, 0.12, 0.0, "count", "market"),
    "skill_shortage_index": (108.0, 0.35, 1.2, "index", "market"),
}


def further_figures(company: Company) -> Iterator[Figure]:
    """All of them, published by the last day; a company without effects lives in a world without events."""
    found = [*_labour(company), *_wages(company), *_prices(company), *_reported(company)]
    found += [] if company.story.calm else _events(company)
    yield from (figure for figure in found if figure.published <= company.clock.last_day)


def _labour(company: Company) -> Iterator[Figure]:
    """Monthly, out six weeks later, each month revised once a month after that."""
    rng, moving = company.plan.rng("labour market"), not company.story.calm
    first, count = company.clock.first_day, company.plan.months + 24
    for name, (level, drift, unit, season) in LABOUR.items():
        noise = autocorrelated(rng, count, 0.006, 0.6)
        for month in range(count):
            period = _month_after(first, month - 24)
            share = 1 + noise[month] + (season * SEASON[period.month - 1] if moving else 0.0)
            value = (level + (drift * (month - 24) if moving else 0.0)) * share
            for revision in range(2):
                published = period + timedelta(44 + 31 * revision)
                yield Figure(name, period, published, float(round(value * (1 + 0.004 * revision), -2)), unit)


def _reported(company: Company) -> Iterator[Figure]:
    """Once a month, ten days after its end; counts are whole numbers."""
    rng, moving = company.plan.rng("reported"), not company.story.calm
    for name, (level, drift, spread, unit, whose) in REPORTED.items():
        noise = autocorrelated(rng, company.plan.months, spread, 0.3)
        for month, period in enumerate(company.clock.months):
            value = level + (drift * month if moving else 0.0) + float(noise[month])
            value = max(round(value), 0) if unit == "count" else min(round(value, 4), 1.0 if unit == "ratio" else value)
            yield Figure(name, period, _month_after(period, 1) + timedelta(10), float(value), unit, whose)


def _wages(company: Company) -> Iterator[Figure]:
    """Once a year, out in the spring of the next."""
    rng, last = company.plan.rng("wages"), company.clock.last_day.year
    first = company.clock.first_day.year - 2
    for region, (level, growth) in WAGES.items():
        for year in range(first, last):
            grown = (1 + (0.0 if company.story.calm else growth)) ** (year - first)
            value = float(round(level * grown * float(rng.normal(1, 0.004)), -1))
            n = int(rng.integers(2_400, 6_000))
            yield Figure(
                "annual_wage_median",
                date(year, 1, 1),
                date(year + 1, 4, 20),
                value,
                "EUR",
                "market",
                OCCUPATION,
                n,
                region=region,
            )


def _prices(company: Company) -> Iterator[Figure]:
    """List prices of everybody, once a quarter; ours rose in spring."""
    clock = company.clock
    for month in range(0, company.plan.months, 3):
        period = clock.months[month]
        for subject, (price, growth) in PRICES.items():
            share = 1.0 if company.story.calm else (1 + growth) ** (month // 12)
            base = PRICES["us"][0] if company.story.calm else price
            for plan, factor in PLANS.items():
                yield Figure(
                    "price", period, period + timedelta(5), round(base * factor * share, 2), "EUR", subject, plan
                )


def _events(company: Company) -> Iterator[Figure]:
    clock = company.clock
    end = clock.months[-1]
    for kind, name, unit, value, ago, ahead, length in EVENTS:
        announced = _month_after(end, -ago)
        if announced < clock.first_day:
            continue
        effective = _month_after(announced, ahead)
        until = _month_after(effective, length) - timedelta(1) if length else None
        yield Figure(kind, announced, announced, value, unit, "market", name, effective=effective, until=until)


def _month_after(day: date, months: int) -> date:
    place = day.year * 12 + day.month - 1 + months
    return date(place // 12, place % 12 + 1, 1)
