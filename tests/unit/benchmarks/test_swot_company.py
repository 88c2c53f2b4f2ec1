"""The made-up companies of the SWOT benchmark hold what is stated of them: nothing is planted that nobody stated."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.special import ndtri

from benchmarks.swot_company import BY_NAME, KINDS, chance, draw, latent_layers

SHARES = [kind.factor for kind in KINDS if kind.is_share]


@pytest.mark.parametrize("factor", SHARES)
def test_a_share_keeps_its_level_however_much_days_agents_and_customers_differ(factor: str) -> None:
    kind = BY_NAME[factor]
    points, weights = np.polynomial.hermite_e.hermegauss(81)
    told = chance(kind, np.full(81, kind.level), math.sqrt(sum(latent_layers(kind))) * points)
    # A chance of 5 % with effects added and cut off at 0 would come to 5.5 %: half of what matters, planted by nobody.
    assert float(told @ weights / weights.sum()) == pytest.approx(kind.level, abs=1e-6)


@pytest.mark.parametrize("factor", SHARES)
def test_two_contacts_of_one_day_go_together_as_stated(factor: str) -> None:
    kind, rng, n = BY_NAME[factor], np.random.default_rng(3), 400_000
    rho, shared = latent_layers(kind)[0], rng.normal(size=n)
    first, second = (
        math.sqrt(rho) * shared + math.sqrt(1 - rho) * rng.normal(size=n) < ndtri(kind.level) for _ in range(2)
    )
    assert float(np.corrcoef(first, second)[0, 1]) == pytest.approx(kind.day, abs=0.008)


def test_a_drawn_company_is_at_its_levels() -> None:
    contacts = draw(1, []).contacts
    for kind in KINDS:
        value = float(contacts[f"y_{kind.factor}"].sum() / contacts[f"x_{kind.factor}"].sum())
        # Forty-eight agents differ by chance, and with them companies.
        assert abs(value - kind.level) < 4 * kind.spread * math.sqrt(kind.agent / 48 + 0.0008), kind.factor
