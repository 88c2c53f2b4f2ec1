"""Files that change under the hands of a load, and keys that a source says twice."""

from __future__ import annotations

import os
from typing import Any

import pytest

import ingestion.load
import ingestion.sources
from tests.unit.ingestion.conftest import Box

HEAD = "ticket_id,created_at,updated_at,status\n"


@pytest.fixture(autouse=True)
def _no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ingestion.load, "PAUSES", [0.0, 0.0])


def test_a_file_that_grows_while_it_is_read_is_read_again_until_it_is_still(
    box: Box, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = box.put("b.csv", HEAD + "1,2026-01-01,,open\n")
    land, reads = ingestion.sources.land, []

    def grow(*given: Any) -> Any:
        done = land(*given)
        reads.append(1)
        if len(reads) < 3:
            with path.open("a", encoding="utf-8") as handle:
                handle.write(f"{len(reads) + 1},2026-01-01,,open\n")
        return done

    monkeypatch.setattr(ingestion.sources, "land", grow)
    box.load()
    assert (len(reads), box.values("ticket_id")) == (3, ["1", "2", "3"])


def test_a_file_that_changes_each_time_it_is_read_is_refused_and_the_rows_before_stay(
    box: Box, monkeypatch: pytest.MonkeyPatch
) -> None:
    box.put("a.csv", HEAD + "1,2026-01-01,,open\n")
    box.load()
    path = box.put("b.csv", HEAD + "2,2026-01-01,,open\n")
    land = ingestion.sources.land

    def grow(*given: Any) -> Any:
        done = land(*given)
        with path.open("a", encoding="utf-8") as handle:
            handle.write("3,2026-01-01,,open\n")
        return done

    monkeypatch.setattr(ingestion.sources, "land", grow)
    error = box.refusal()
    assert error.code == "still_growing" and "b.csv" in error.message and "changed while it was read" in error.message
    assert box.values("ticket_id") == ["1"]
    monkeypatch.setattr(ingestion.sources, "land", land)
    os.utime(path, (1_700_000_000, 1_700_000_000))
    box.load()
    assert box.values("ticket_id") == ["1", "2", "3"]


def test_a_file_that_vanishes_while_it_is_read_is_refused(box: Box, monkeypatch: pytest.MonkeyPatch) -> None:
    path = box.put("a.csv", HEAD + "1,2026-01-01,,open\n")
    land = ingestion.sources.land

    def vanish(*given: Any) -> Any:
        done = land(*given)
        path.unlink()
        return done

    monkeypatch.setattr(ingestion.sources, "land", vanish)
    assert box.refusal().code == "vanished"


def test_a_key_said_twice_with_the_same_values_counts_once(box: Box) -> None:
    box.put("a.csv", HEAD + "1,2026-01-01,,open\n1,2026-01-01,,open\n2,2026-01-01,,open\n")
    source = box.load()
    assert (source.counts.inserted, source.counts.duplicate) == (2, 1)
    assert box.values("ticket_id") == ["1", "2"]


def test_the_same_values_spelt_otherwise_are_the_same_values(box: Box) -> None:
    box.put("a.csv", HEAD + '1,2026-01-01,2026-01-02 00:00:00,open\n"1",2026-01-01, 2026-01-02 00:00:00,OPEN\n')
    source = box.load()
    assert (source.counts.inserted, source.counts.duplicate) == (1, 1)


MARKET = (
    "shapes: {x: {fields: {place: text, year: integer, value: decimal, remark: text}}}\n"
    "tables: [{table: market_indicators, from: x, columns: {indicator: \"'jobs'\", region: place, "
    'period_on: "make_date(year, 1, 1)", value: value}}]'
)


def test_a_published_figure_that_is_said_twice_is_one_figure(box: Box) -> None:
    box.map(MARKET)
    box.put("a.csv", "place,year,value,remark\nBoston,2024,10,by place\nBoston,2024,10,by trade\nLynn,2024,3,\n")
    box.put("b.csv", "place,year,value,remark\nBoston,2024,10,again\nBoston,2024,10,by trade\n")
    source = box.load()
    assert (source.counts.read, source.counts.inserted, source.counts.duplicate) == (5, 4, 1)
    assert box.rows("market_indicators", "region, value") == [
        {"region": "Boston", "value": 10},
        {"region": "Lynn", "value": 3},
    ]
    assert box.values("_line", "market_indicators", order="region") == [2, 4]


def test_a_figure_that_is_published_twice_with_two_values_is_kept_twice_and_left_to_the_checks(box: Box) -> None:
    box.map(MARKET)
    box.put("a.csv", "place,year,value,remark\nBoston,2024,10,\nBoston,2024,12,\n")
    box.load()
    assert box.values("value", "market_indicators") == [10, 12]


def test_two_events_that_are_told_alike_stay_two(box: Box) -> None:
    box.map(
        "shapes: {x: {fields: {day: date, amount: money, remark: text}}}\n"
        "tables: [{table: costs, from: x, columns: {month_on: day, category: \"'other'\", amount: amount}}]"
    )
    box.put("a.csv", "day,amount,remark\n2026-01-01,5,first\n2026-01-01,5,second\n")
    box.load()
    assert box.con.scalar("select count(*) from raw.costs") == 2
