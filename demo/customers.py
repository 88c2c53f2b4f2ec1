"""Who is served: customers in the order in which they joined, with segment, region, language and spend."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from demo.clock import Clock
from demo.exports import Columns, choose, days_text, numbered, padded, seconds_text, whole
from demo.loyalty import bind_loyalty, last_purchases
from demo.plan import Plan
from demo.rates import customer_effect
from demo.story import LANGUAGES, LANGUAGES_BY_REGION, REGION_SHARES, REGIONS, SEGMENT_SHARES, SEGMENTS

CUSTOMER_ID = 396_330_000_000
CITIES = [
    ["Berlin", "Hamburg", "Wien", "Zürich"],
    ["Lisboa", "Porto", "Madrid", "Sevilla"],
    ["Hà Nội", "Đà Nẵng", "Thành phố Hồ Chí Minh", "Hải Phòng"],
]
COUNTRIES = [["DE", "DE", "AT", "CH"], ["PT", "PT", "ES", "ES"], ["VN", "VN", "VN", "VN"]]
FIRST = ["Mia", "Noah", "Sofia", "Luis", "Linh", "Tuan", "Wei", "Clara", "Omar", "Eva", "Rui", "Thao"]
LAST = ["Winter", "Santos", "Nguyễn", "Becker", "Costa", "Trần", "Zhang", "Keller", "Ramos", "Phạm", "Silva", "Wolf"]
INDUSTRIES = ["Retail", "Hospitality", "Construction", "Health", "Education", "Offices"]
SIZES = ["1-9", "10-49", "50-249", "250+"]
CHUNK = 500_000


@dataclass
class Customers:
    """Codes per customer; ``since`` and ``churned`` are days counted from the first day of the period."""

    region: np.ndarray
    segment: np.ndarray
    language: np.ndarray
    since: np.ndarray
    churned: np.ndarray
    is_loyalty_bound: bool = False

    @property
    def n(self) -> int:
        return len(self.region)

    def choose(self, rng: np.random.Generator, day: int, n: int) -> np.ndarray:
        """``n`` customers of that time; some write far more often than others."""
        known = max(int(np.searchsorted(self.since, day)), min(10, self.n))
        index = np.minimum((known * rng.random(n) ** 1.35).astype(np.int64), known - 1)
        index = known - 1 - index
        for _ in range(3):
            gone = self.churned[index] < day
            index[gone] = (index[gone] * 31 + 7) % known
        return index


def make_customers(plan: Plan, clock: Clock, *, is_loyalty_bound: bool = False) -> Customers:
    """Half were customers before the period began; the others joined during it."""
    longer = 1.6 if is_loyalty_bound else 1.0
    parts = [_joined(plan, clock, number, longer) for number in range(-(-plan.customers // CHUNK))]
    region, segment, language, since, churned = (np.concatenate(columns) for columns in zip(*parts, strict=True))
    customers = Customers(region, segment, language, since, churned)
    # In order of joining; who leaves does so a lifetime later.
    customers.since.sort()
    customers.churned += np.maximum(customers.since, 0) + 30
    if is_loyalty_bound:
        bind_loyalty(customers, plan.seed)
    return customers


def _joined(plan: Plan, clock: Clock, number: int, longer: float) -> tuple[np.ndarray, ...]:
    """Region, segment, language, day of joining and days until leaving of one chunk of customers.

    Businesses stay ``longer`` times as long as others.
    """
    rng, n = plan.rng("customers", number), min(CHUNK, plan.customers - number * CHUNK)
    since = np.where(rng.random(n) < 0.55, -rng.integers(1, 2_000, n), rng.integers(0, clock.days, n))
    region = rng.choice(3, n, p=REGION_SHARES)
    segment = rng.choice(4, n, p=SEGMENT_SHARES)
    table = np.cumsum(np.array(LANGUAGES_BY_REGION), axis=1)
    language = (rng.random(n)[:, None] > table[region]).sum(axis=1).clip(0, len(LANGUAGES) - 1)
    life = rng.exponential(365 * 7, n) * np.where(segment >= 2, longer, 1.0)
    return tuple(
        column.astype(kind)
        for column, kind in zip((region, segment, language, since, life), ["i1", "i1", "i1", "i4", "i4"], strict=True)
    )


def customer_rows(plan: Plan, clock: Clock, customers: Customers) -> Iterator[Columns]:
    """The export of the customer system, in chunks."""
    for number, start in enumerate(range(0, customers.n, CHUNK)):
        part = np.arange(start, min(start + CHUNK, customers.n))
        yield _rows(plan.rng("customer rows", number), clock, customers, part, plan.seed)


def _rows(rng: np.random.Generator, clock: Clock, customers: Customers, part: np.ndarray, seed: int) -> Columns:
    n = len(part)
    region, segment = customers.region[part], customers.segment[part]
    business = segment >= 2
    city = rng.integers(0, 4, n)
    birth = np.where(business, -1, rng.integers(1945, 2007, n))
    age = np.clip((2026 - birth - 18) // 10, 0, 5)
    spend = np.exp(rng.normal(np.array([4.6, 5.6, 7.4, 9.2])[segment], 0.5) + customer_effect(part, seed, 0.2))
    left = customers.churned[part]
    base = clock.midnight[0] // 86_400
    changed = np.clip(np.where(left < clock.days, left, customers.since[part]), 0, clock.days - 1)
    return {
        "customer_id": CUSTOMER_ID + part,
        "name": choose([f"{first} {last}" for last in LAST for first in FIRST], part % 144),
        "email": numbered("customer", part, "@example.com"),
        "phone": padded("+49 30 555 ", rng.integers(0, 10_000, n), 4),
        "segment": choose(SEGMENTS, segment),
        "region": choose(REGIONS, region),
        "city": choose([name for row in CITIES for name in row], region * 4 + city),
        "country": choose([name for row in COUNTRIES for name in row], region * 4 + city),
        "birth_year": whole(birth),
        "age_band": choose(["18-27", "28-37", "38-47", "48-57", "58-67", "68+"], np.where(business, -1, age)),
        "gender": choose(["female", "male", "other"], np.where(business, -1, rng.choice(3, n, p=[0.5, 0.48, 0.02]))),
        "language": choose(LANGUAGES, customers.language[part]),
        "is_business": choose(["false", "true"], business.astype(int)),
        "organisation": numbered("Company ", np.where(business, part // 2, -1), ""),
        "industry": choose(INDUSTRIES, np.where(business, rng.integers(0, 6, n), -1)),
        "company_size": choose(SIZES, np.where(business, np.where(segment == 3, 3, rng.integers(0, 3, n)), -1)),
        "spend": np.round(spend, 2),
        "currency": choose(["EUR"], np.zeros(n, int)),
        "customer_since_on": days_text(base + customers.since[part]),
        "last_purchase_on": days_text(base + last_purchases(customers, part, clock.days, seed)),
        "churned_on": days_text(np.where(left < clock.days, base + left, -1)),
        "updated_at": seconds_text(clock.base[changed] + 30_000),
    }
