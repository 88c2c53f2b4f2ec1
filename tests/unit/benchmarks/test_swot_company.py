"""The made-up companies of the SWOT benchmark hold what is stated of them: nothing is planted that nobody stated."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.special import ndtri

from benchmarks.swot_company import BY_NAME, KINDS, MONTHS, SPREAD_OF, Effect, chance, draw, latent_layers

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


def test_teams_drawn_apart_are_apart_and_teams_alike_are_not() -> None:
    alike, apart = (
        draw(5, effects).spread for effects in ([], [Effect(SPREAD_OF, "team=North", 8, "worse", since=MONTHS - 12)])
    )
    tail, head = slice(-12, None), slice(None, -12)
    levels = [
        [float(s["y_spread"][part].sum() / s["x_spread"][part].sum()) for part in (head, tail)] for s in (alike, apart)
    ]
    # Twelve agents a team differ by chance, so teams do a little; eight times 0.02 are 0.16 between North and the rest.
    assert max(abs(level) for level in levels[0]) < 0.06
    assert abs(levels[1][0]) < 0.06
    assert levels[1][1] == pytest.approx(0.16, abs=0.05)


def test_a_drawn_company_is_at_its_levels() -> None:
    contacts = draw(1, []).contacts
    for kind in KINDS:
        value = float(contacts[f"y_{kind.factor}"].sum() / contacts[f"x_{kind.factor}"].sum())
        # Forty-eight agents differ by chance, and with them companies.
        assert abs(value - kind.level) < 4 * kind.spread * math.sqrt(kind.agent / 48 + 0.0008), kind.factor
