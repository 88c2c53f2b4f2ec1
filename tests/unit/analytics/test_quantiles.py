"""Quantiles from log buckets stay within one per cent of the exact nearest-rank quantile."""

from __future__ import annotations

import math
from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.metrics.buckets import Histogram, nearest_rank
from analytics.statistics.intervals import order_statistic_ranks
from tests.unit.analytics.conftest import bucket

durations = st.lists(st.one_of(st.just(0.0), st.floats(0.001, 1e8)), min_size=1, max_size=300)


@settings(max_examples=300, deadline=None)
@given(durations, st.sampled_from([0.01, 0.1, 0.25, 0.5, 0.9, 0.95, 0.99]))
def test_any_quantile_is_within_one_per_cent_of_the_exact_one(values: list[float], q: float) -> None:
    exact = sorted(values)[nearest_rank(len(values), q) - 1]
    answer = Histogram.of(Counter(bucket(v) for v in values).items()).quantile(q)
    assert answer.value is not None and abs(answer.value - exact) <= 0.01 * exact
    assert answer.n == len(values)


@given(durations, durations)
def test_buckets_of_two_slices_add_up_to_the_buckets_of_both(first: list[float], second: list[float]) -> None:
    counted = Counter(map(bucket, first)) + Counter(map(bucket, second))
    apart = [pair for values in (first, second) for pair in Counter(map(bucket, values)).items()]
    assert Histogram.of(counted.items()).quantile(0.5) == Histogram.of(apart).quantile(0.5)


@given(st.integers(1, 400), st.sampled_from([0.1, 0.5, 0.9]))
def test_the_interval_of_a_quantile_covers_it_with_at_least_95_per_cent(n: int, q: float) -> None:
    low, high = order_statistic_ranks(n, q)
    # The q-quantile lies above rank r exactly when at least r observations fall below it.
    mass = [math.comb(n, k) * q**k * (1 - q) ** (n - k) for k in range(n + 1)]
    covered = sum(m for k, m in enumerate(mass) if (low is None or k >= low) and (high is None or k < high))
    assert covered >= 0.95 - 1e-9


def test_three_observations_are_too_few_for_the_interval_of_a_median() -> None:
    answer = Histogram.of([(10, 1), (20, 1), (30, 1)]).quantile(0.5)
    assert (answer.low, answer.high) == (None, None) and answer.value is not None


def test_the_rank_is_the_nearest_one() -> None:
    assert [nearest_rank(n, 0.5) for n in (1, 2, 3, 4, 5)] == [1, 1, 2, 2, 3]
    assert [nearest_rank(10, q) for q in (0.01, 0.9, 0.91, 1.0)] == [1, 9, 10, 10]
    # 0.07 · 100 is 7.000000000000001 in binary and still rank 7.
    assert nearest_rank(100, 0.07) == 7
