"""What is planted in the demo's customers comes back by the analyses."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from analytics.customers.drivers import drivers_of
from analytics.customers.kano import classify
from analytics.customers.loyalty import Loyal, link
from demo import loyalty, panels, voices
from demo.customers import Customers
from demo.plan import Plan
from demo.questionnaires import KANO, SERVQUAL
from demo.rates import customer_effect

N = 6_000


def company(*, calm: bool) -> Any:
    return SimpleNamespace(plan=Plan(6_000, 12, 7), story=SimpleNamespace(calm=calm))


def recommended(*, calm: bool) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    seen, expected, drive = voices.service_quality(company(calm=calm), 6, N)
    rng = np.random.default_rng(1)
    return seen, expected, panels._nps(rng, np.full(N, 30.0), np.zeros(N), drive)


def test_planted_drivers_lie_in_their_intervals() -> None:
    seen, _, score = recommended(calm=False)
    found = {d.attribute: d for d in drivers_of("nps", list(SERVQUAL), seen, score).drivers}
    assert sorted(found, key=lambda name: -found[name].share)[:2] == ["reliability", "responsiveness"]
    for name, planted in voices.DRIVERS.items():
        assert found[name].low - 0.01 <= planted <= found[name].high + 0.01, name


def test_the_recommendation_keeps_its_level_whatever_drives_it() -> None:
    _, _, score = recommended(calm=False)
    assert 100 * ((score >= 9).mean() - (score <= 6).mean()) == pytest.approx(30, abs=3.5)


def test_planted_gaps_come_back_and_a_calm_company_has_none() -> None:
    seen, expected, _ = recommended(calm=False)
    assert (seen - expected).mean(axis=0) == pytest.approx(-voices.GAPS, abs=0.06)
    seen, expected, _ = recommended(calm=True)
    assert (seen - expected).mean(axis=0) == pytest.approx(np.zeros(5), abs=0.05)


def test_a_calm_company_has_no_drivers() -> None:
    seen, _, score = recommended(calm=True)
    assert drivers_of("nps", list(SERVQUAL), seen, score, draws=50).r2 < 0.01


@pytest.mark.parametrize(("feature", "kind"), KANO, ids=[name for name, _ in KANO])
def test_planted_classes_of_features_come_back(feature: str, kind: str) -> None:
    rng = np.random.default_rng(3)
    both = [1 + rng.choice(5, 400, p=chances) for chances in voices.KINDS[kind]]
    counts: dict[tuple[float, float], int] = {}
    for pair in zip(*both, strict=True):
        counts[pair] = counts.get(pair, 0) + 1
    found = classify(feature, counts)
    assert found is not None and (found.kind, found.is_clear) == (kind, True)


def test_the_easily_satisfied_stay_longer_and_buy_again_sooner() -> None:
    n, days = 40_000, 900
    rng = np.random.default_rng(5)
    zeros = np.zeros(n, np.int64)
    customers = Customers(zeros, zeros, zeros, zeros, (30 + rng.exponential(365 * 7, n)).astype(np.int64))
    before = customers.churned.mean()
    loyalty.bind_loyalty(customers, 7)
    assert customers.churned.mean() == pytest.approx(before, rel=0.05)
    easy = customer_effect(np.arange(n), 7 + loyalty.SATISFACTION_STREAM, 1.0) > 0
    bought = loyalty.last_purchases(customers, np.arange(n), days, 7) > days - 180
    for loyal in (customers.churned > 400, bought):
        found = link(
            Loyal("satisfied", int(easy.sum()), int((easy & loyal).sum())),
            Loyal("dissatisfied", int((~easy).sum()), int((~easy & loyal).sum())),
        )
        assert found is not None and found.low > 0
