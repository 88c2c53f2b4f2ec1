"""Day, month and year in several orders inside one column: read where they can be told apart, else asked for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from tests.unit.ingestion.conftest import Box

HEAD = "ticket_id,created_at\n"
DAYS = [date(2026, 1, 1) + timedelta(days=7 * step) for step in range(40)]


def put(box: Box, texts: Sequence[str]) -> None:
    box.put("a.csv", HEAD + "".join(f"{place},{text}\n" for place, text in enumerate(texts)))


def read(box: Box) -> list[date]:
    box.load()
    return [day.date() for day in box.values("created_at", order="cast(ticket_id as bigint)")]


def written(*formats: str) -> list[str]:
    return [day.strftime(formats[place % len(formats)]) for place, day in enumerate(DAYS)]


@pytest.mark.parametrize(
    "formats",
    [
        ("%d/%m/%Y",),
        ("%m/%d/%Y",),
        ("%Y-%d-%m",),
        ("%d/%m/%Y", "%Y-%m-%d"),
        ("%d/%m/%Y", "%m-%d-%Y"),
        ("%d/%m/%Y", "%Y-%d-%m"),
        ("%d.%m.%Y", "%m/%d/%Y", "%Y/%m/%d"),
        ("%d %b %Y", "%m/%d/%y"),
        ("%Y-%m-%d", "%Y/%d/%m"),
    ],
)
def test_orders_that_differ_in_shape_are_all_read(box: Box, formats: tuple[str, ...]) -> None:
    put(box, written(*formats))
    assert read(box) == DAYS


@pytest.mark.parametrize(("told", "open_form"), [("%m/%d/%Y", "%m-%d-%y"), ("%d.%m.%Y", "%d/%m/%Y %H:%M")])
def test_a_form_with_no_day_above_twelve_has_the_order_of_the_form_beside_it(
    box: Box, told: str, open_form: str
) -> None:
    put(box, [day.strftime(open_form if day.day <= 12 else told) for day in DAYS])
    assert read(box) == DAYS


@pytest.mark.parametrize(
    "formats",
    [
        ("%d/%m/%Y", "%m/%d/%Y"),
        ("%Y-%m-%d", "%Y-%d-%m"),
        ("%d.%m.%y", "%m.%d.%y"),
        ("%d/%m/%Y %H:%M", "%m/%d/%Y %H:%M"),
    ],
)
def test_orders_of_one_shape_are_asked_for_and_never_guessed(box: Box, formats: tuple[str, ...]) -> None:
    put(box, written(*formats))
    error = box.refusal()
    assert error.code == "undecidable_dates" and "created_at" in error.message
    assert all(form in error.hint for form in formats)
    assert box.rows() == []


def test_a_second_order_far_below_the_sample_is_asked_for_too(box: Box) -> None:
    put(box, [day.strftime("%d/%m/%Y") for day in DAYS] * 140 + [day.strftime("%m/%d/%Y") for day in DAYS] * 2)
    assert box.refusal().code == "undecidable_dates"


def test_one_shape_without_evidence_does_not_follow_one_with_another_separator(box: Box) -> None:
    put(box, [*written("%d/%m/%Y"), *(f"0{day}-04-2026" for day in range(1, 9))])
    assert "-" in box.refusal().hint


def test_a_list_of_formats_in_the_map_settles_one_shape_too(box: Box) -> None:
    box.map(
        "shapes: {x: {table: tickets, fields: {ticket_id: id, "
        "created_at: {from: created_at, format: ['%d/%m/%Y', '%m/%d/%Y']}}}}"
    )
    put(box, ["13/01/2026", "01/14/2026", "03/04/2026"])
    assert read(box) == [date(2026, 1, 13), date(2026, 1, 14), date(2026, 4, 3)]


def test_dates_that_a_spreadsheet_of_another_country_has_half_converted_are_told(box: Box) -> None:
    texts = [
        day.strftime("%d/%m/%Y") if day.day > 12 else f"{day.year}-{day.day:02}-{day.month:02} 00:00:00" for day in DAYS
    ]
    put(box, texts)
    box.load()
    assert "swapped" in box.problems()["doubtful_dates"]


def test_two_orders_with_days_of_every_size_are_not_doubted(box: Box) -> None:
    put(box, written("%d/%m/%Y", "%Y-%m-%d"))
    box.load()
    assert "doubtful_dates" not in box.problems()
