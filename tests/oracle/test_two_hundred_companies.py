"""Two hundred random companies, each a source of one build: every figure of each equals the oracle's."""

from __future__ import annotations

import pytest

from analytics.metrics import ask, request
from tests.oracle import figures
from tests.oracle.worlds import World
from warehouse.store import Connection

QUANTILES = {"p50": 0.5, "p90": 0.9}


def expected(world: World) -> dict[str, float | None]:
    """All figures of a company but its quantiles."""
    return {
        **figures.tickets_of(world),
        **figures.promises_of(world),
        **figures.contacts_of(world),
        **figures.efficiency_of(world.time),
    }


NAMES = sorted(expected(World("none", "Europe/Berlin", (), ())))
DURATIONS = {
    f"{kind}_{clock}_minutes_{name}": (f"{kind}_{clock}_minutes", q)
    for kind in ("first_reply", "first_resolution", "full_resolution")
    for clock in ("calendar", "business")
    for name, q in QUANTILES.items()
}


def answers(con: Connection, names: list[str]) -> dict[tuple[str, str], float | None]:
    """Value per metric and company."""
    rows = ask(con, request(names, by=["source"]))
    return {(row.metric, row.dimensions["source"]): row.value for row in rows}


def same(found: float | None, wanted: float | None, share: float) -> bool:
    """Both unknown, or equal up to a share of the wanted one."""
    if found is None or wanted is None:
        return found is wanted
    return abs(found - wanted) <= share * abs(wanted) + 1e-9


@pytest.mark.parametrize("name", NAMES)
def test_every_company_has_the_oracles_figure(built: tuple[Connection, list[World]], name: str) -> None:
    con, companies = built
    found = answers(con, [name])
    wanted = {world.name: expected(world)[name] for world in companies}
    assert sum(value is not None for value in wanted.values()) > 20, "too few companies have it for a test"
    for source, value in wanted.items():
        assert same(found.get((name, source)), value, 1e-9), (source, found.get((name, source)), value)


@pytest.mark.parametrize("name", sorted(DURATIONS))
def test_quantiles_are_within_one_per_cent_of_the_exact_ones(built: tuple[Connection, list[World]], name: str) -> None:
    con, companies = built
    measure, q = DURATIONS[name]
    found = answers(con, [name])
    wanted = {world.name: figures.durations_of(world).get(measure) for world in companies}
    assert sum(values is not None for values in wanted.values()) > 20
    for source, values in wanted.items():
        exact = figures.nearest_rank(values, q) if values else None
        assert same(found.get((name, source)), exact, 0.01), (source, found.get((name, source)), exact)


def test_single_durations_are_exact(built: tuple[Connection, list[World]]) -> None:
    con, companies = built
    for measure in {measure for measure, _ in DURATIONS.values()}:
        rows = con.rows(f"select source, sum({measure}) as s from marts.fct_tickets group by 1")
        found = {row["source"]: row["s"] for row in rows}
        for world in companies:
            values = figures.durations_of(world).get(measure)
            assert same(found.get(world.name), sum(values) if values else None, 1e-9), (measure, world)


def test_the_backlog_is_the_open_tickets_counted_by_hand(built: tuple[Connection, list[World]]) -> None:
    con, companies = built
    rows = con.rows(
        "select source, sum(created + reopened - solved - deleted) as n from rollups.rollup_backlog_day group by 1"
    )
    found = {row["source"]: row["n"] for row in rows}
    for world in companies:
        if world.tickets:
            assert found[world.name] == figures.backlog_of(world), world
