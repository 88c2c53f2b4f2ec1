"""Dates written with months of other languages, with a weekday or the time in front: read like any other."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from tests.unit.ingestion.conftest import Box


def instants(box: Box, *texts: str, form: str | None = None) -> list[datetime]:
    given = f", format: '{form}'" if form else ""
    box.map(
        "adapter: box\nshapes:\n  s:\n    recognise: [n, at]\n    table: tickets\n    fields:\n"
        f"      ticket_id: {{from: n}}\n      created_at: {{from: at{given}}}\n"
    )
    box.put("a.csv", "n;at\n" + "".join(f"{place};{text}\n" for place, text in enumerate(texts)))
    box.load()
    assert box.quarantine() == []
    return box.values("created_at", order="ticket_id")


@pytest.mark.parametrize(
    ("texts", "days"),
    [
        (["3 mars 2024", "14 août 2024", "1er mai 2023"], ["2024-03-03", "2024-08-14", "2023-05-01"]),
        (["5 févr. 2024", "31 déc. 2024"], ["2024-02-05", "2024-12-31"]),
        (["05-ene-2024", "06-ago-2024", "15-dic-2024"], ["2024-01-05", "2024-08-06", "2024-12-15"]),
        (["5 de mayo de 2023", "viernes, 2 de junio de 2023"], ["2023-05-05", "2023-06-02"]),
        (["3. März 2024", "14. Mai 2024", "24. Dez. 2024"], ["2024-03-03", "2024-05-14", "2024-12-24"]),
        (["05/fev/2024", "12/out/2024", "3 de março de 2024"], ["2024-02-05", "2024-10-12", "2024-03-03"]),
        (["5 tháng 3, 2024", "Ngày 15 tháng 12 năm 2024"], ["2024-03-05", "2024-12-15"]),
        (["2024年5月3日", "2024年12月31日"], ["2024-05-03", "2024-12-31"]),
        (["Mon 07/03/2023", "Tue 07/14/2023"], ["2023-07-03", "2023-07-14"]),
        (["May 5th, 2024", "Sept. 3, 2024", "March 21st, 2024"], ["2024-05-05", "2024-09-03", "2024-03-21"]),
    ],
)
def test_a_day_written_in_words_is_that_day(box: Box, texts: list[str], days: list[str]) -> None:
    assert [at.date() for at in instants(box, *texts)] == list(map(date.fromisoformat, days))


def test_the_time_in_front_is_the_time_of_the_day_behind_it(box: Box) -> None:
    found = instants(box, "10:30:00 05/03/2024", "23:59:59 25/03/2024")
    assert found == [datetime(2024, 3, 5, 10, 30), datetime(2024, 3, 25, 23, 59, 59)]


def test_an_hour_in_front_says_nothing_about_day_and_month(box: Box) -> None:
    box.put("a.csv", "ticket_id,created_at\n1,13:05:00 05/03/2024\n2,20:10:00 06/04/2024\n")
    assert box.refusal().code == "undecidable_dates"


def test_noon_with_dots_is_noon(box: Box) -> None:
    assert instants(box, "05/13/2024 12:33 p.m.", "05/03/2024 1:33 a.m.")[0] == datetime(2024, 5, 13, 12, 33)


@pytest.mark.parametrize(
    "texts",
    [
        ("05/03/2024 01:37 p. m.", "25/03/2024 09:05 a. m."),
        ("05/03/2024 01:37\u202fp.\u00a0m.", "25/03/2024 09:05\u202fa.\u00a0m."),
        ("2024/3/5 下午1:37", "2024/3/25 上午9:05"),
        ("2024-03-05 午後 1:37", "2024-03-25 午前 9:05"),
        ("2024. 3. 5. 오후 1:37", "2024. 3. 25. 오전 9:05"),
        ("05/03/2024 1:37 CH", "25/03/2024 9:05 SA"),
    ],
)
def test_halves_of_the_day_are_read_as_other_languages_write_them(box: Box, texts: tuple[str, str]) -> None:
    assert instants(box, *texts) == [datetime(2024, 3, 5, 13, 37), datetime(2024, 3, 25, 9, 5)]


def test_fourteen_digits_are_day_and_time(box: Box) -> None:
    assert instants(box, "20240305133700", "20241231235959")[1] == datetime(2024, 12, 31, 23, 59, 59)


def test_a_given_format_reads_months_of_another_language_too(box: Box) -> None:
    found = instants(box, "3 May 2024", "4 mayo 2024", "5 agosto 2024", form="%d %b %Y")
    assert [at.date() for at in found] == [date(2024, 5, 3), date(2024, 5, 4), date(2024, 8, 5)]


def test_words_that_are_no_date_stay_none(box: Box) -> None:
    box.config = "adapter: generic_tickets\nmax_quarantine_share: 1"
    box.put("a.csv", "ticket_id,created_at\n1,3 mars 2024\n2,mars rover\n3,12 marsupials 2024\n")
    box.load()
    assert [row[0] for row in box.quarantine()] == [3, 4]


def test_a_time_in_front_may_name_its_zone(box: Box) -> None:
    found = instants(box, "09:00:02 UTC 2026-03-02", "23:59:58 UTC 2026-03-14")
    assert found == [datetime(2026, 3, 2, 9, 0, 2), datetime(2026, 3, 14, 23, 59, 58)]


def test_letters_of_a_zone_that_mean_one_offset_are_that_offset(box: Box) -> None:
    found = instants(box, "09:00:02 PDT 2026-07-02", "2026-07-14 10:00:00 EDT", "2025-12-14 10:00:00 CET")
    assert found == [datetime(2026, 7, 2, 16, 0, 2), datetime(2026, 7, 14, 14), datetime(2025, 12, 14, 9)]


@pytest.mark.parametrize(
    "texts",
    [
        ("Mon Sep 07 2026 09:14:22 GMT+0000 (GMT)", "Fri Oct 30 2026 23:01:02 GMT+0000 (Greenwich Mean Time)"),
        ("Mon Sep 07 2026 11:14:22 GMT+0200 (CEST)", "Sat Oct 31 2026 00:01:02 GMT+0100 (CET)"),
        ("Mon Sep 07 09:14:22 +0000 2026", "Fri Oct 30 23:01:02 +0000 2026"),
        ("Mon Sep  7 09:14:22 2026", "Fri Oct 30 23:01:02 2026"),
        ("Mon Sep  7 09:14:22 UTC 2026", "Fri Oct 30 23:01:02 UTC 2026"),
    ],
)
def test_instants_as_programs_print_them_are_instants(box: Box, texts: tuple[str, str]) -> None:
    assert instants(box, *texts) == [datetime(2026, 9, 7, 9, 14, 22), datetime(2026, 10, 30, 23, 1, 2)]
