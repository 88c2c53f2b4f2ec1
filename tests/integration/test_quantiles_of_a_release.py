"""Quantiles of a released company over any slice: within one per cent of the exact nearest-rank ones of its facts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analytics.metrics import MetricRequest, ask, catalogue
from analytics.metrics.buckets import nearest_rank
from warehouse.releases import Release

_FACTS = {"wait_seconds": ("marts.fct_contacts", "arrived_on", "is_answered")}
_TICKETS = ("marts.fct_tickets", "created_on", "true")
_CUTS = ("channel", "team", "region", "topic", "segment", "source")


@dataclass(frozen=True)
class Slice:
    """A metric, a span and up to two filters."""

    metric: str
    where: tuple[tuple[str, str], ...]
    start: date | None
    end: date | None


@pytest.fixture(scope="module")
def exact(release: Release) -> Callable[[Slice], tuple[int, float | None]]:
    """How many durations a slice has, and their exact quantile, straight from the facts."""

    def of(one: Slice) -> tuple[int, float | None]:
        quantile = catalogue(release)[one.metric].quantile
        assert quantile is not None and quantile.measure is not None
        table, day, condition = _FACTS.get(quantile.measure, _TICKETS)
        where, parameters = [condition, f"{quantile.measure} is not null"], []
        for name, value in one.where:
            where.append(f"coalesce({name}, 'unknown') = ?")
            parameters.append(value)
        for sign, limit in ((">=", one.start), ("<=", one.end)):
            if limit is not None:
                where.append(f"{day} {sign} ?")
                parameters.append(limit)
        sql = f"select {quantile.measure} as v from {table} where {' and '.join(where)} order by v"
        values = [row["v"] for row in release.rows(sql, parameters)]
        return len(values), values[nearest_rank(len(values), quantile.q) - 1] if values else None

    return of


def _slices(release: Release) -> st.SearchStrategy[Slice]:
    metrics = sorted(n for n, m in catalogue(release).items() if m.quantile and not m.quantile.survival)
    values = {
        name: sorted(
            row["v"]
            for row in release.rows(
                f"select distinct coalesce({name}, 'unknown') as v from marts.fct_tickets"
                f" union select distinct coalesce({name}, 'unknown') from marts.fct_contacts"
            )
        )
        for name in _CUTS
    }
    (span,) = release.rows("select min(created_on) as first, max(created_on) as last from marts.fct_tickets")
    days = st.integers(0, (span["last"] - span["first"]).days).map(lambda n: span["first"] + timedelta(days=n))
    pairs = st.sampled_from(_CUTS).flatmap(lambda name: st.tuples(st.just(name), st.sampled_from(values[name])))

    def made(metric: str, where: list[Any], ends: tuple[date, date], is_open: bool) -> Slice:
        start, end = (None, None) if is_open else (min(ends), max(ends))
        return Slice(metric, tuple(where), start, end)

    filters = st.lists(pairs, max_size=2, unique_by=lambda pair: pair[0])
    return st.builds(made, st.sampled_from(metrics), filters, st.tuples(days, days), st.booleans())


def test_any_slice_has_the_exact_quantile_within_one_per_cent(
    release: Release, exact: Callable[[Slice], tuple[int, float | None]]
) -> None:
    told: list[int] = []

    @settings(max_examples=150, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
    @given(_slices(release))
    def held(one: Slice) -> None:
        rows = ask(release, MetricRequest((one.metric,), (), None, one.where, one.start, one.end))
        count, wanted = exact(one)
        (row,) = rows
        assert (row.n or 0) == count, one
        if wanted is None:
            assert row.value is None
            return
        told.append(count)
        assert row.value is not None
        assert abs(row.value - wanted) <= 0.01 * wanted, f"{one}: {row.value}, exactly {wanted}"

    held()
    assert sum(count > 20 for count in told) > 30
