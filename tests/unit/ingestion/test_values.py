"""How people write instants, numbers, durations, shares, truths and categories, and which rows are put aside."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

import pytest

from ingestion.date_readings import Shape
from ingestion.dates import decide
from ingestion.reporting import repeated_hours
from tests.unit.ingestion.conftest import Box

INSTANTS = [
    ("2026-01-02 03:04:05 UTC", datetime(2026, 1, 2, 3, 4, 5)),
    ("2026-01-02T03:04:05Z", datetime(2026, 1, 2, 3, 4, 5)),
    ("2026-01-02T03:04:05.250+02:00", datetime(2026, 1, 2, 1, 4, 5, 250000)),
    ("2026-01-02 03:04:05 -0500", datetime(2026, 1, 2, 8, 4, 5)),
    ("2026-07-02 03:04", datetime(2026, 7, 2, 1, 4)),
    ("2026-01-02", datetime(2026, 1, 1, 23)),
    ("1767322800", datetime(2026, 1, 2, 3)),
    ("1767322800123", datetime(2026, 1, 2, 3, 0, 0, 123000)),
    ("12/31/2025 02:00:00 PM", datetime(2025, 12, 31, 13)),
    ("3/1/2026 9:05 am", datetime(2026, 3, 1, 8, 5)),
    ("31.12.2025 14:00", datetime(2025, 12, 31, 13)),
    ("2 Jan 2026 10:00", datetime(2026, 1, 2, 9)),
    ("January 2, 2026", datetime(2026, 1, 1, 23)),
    ("Fri, 2 Jan 2026 10:00:00 +0000", datetime(2026, 1, 2, 10)),
    ("20260102T100000Z", datetime(2026, 1, 2, 10)),
    ("  2026-01-02 10:00:00  ", datetime(2026, 1, 2, 9)),
    ("n/a", None),
]


def column(box: Box, kind: str, values: list[str], extra: str = "") -> list[Any]:
    """Load one column of a type from one file; nothing may be quarantined."""
    box.map(f"shapes: {{x: {{key: [n], fields: {{n: id, v: {{type: {kind}{extra}}}}}}}}}")
    box.put("a.tsv", "n\tv\n" + "".join(f"{n:06}\t{value}\n" for n, value in enumerate(values)))
    box.load(full=True)
    assert box.quarantine() == []
    return [row["v"] for row in box.con.rows('select v from land."box__x" order by n')]


def test_instants_are_read_in_every_usual_form_and_kept_as_utc(box: Box) -> None:
    box.zone = "Europe/Berlin"
    assert column(box, "instant", [text for text, _ in INSTANTS]) == [at for _, at in INSTANTS]


def test_dates_are_local_days(box: Box) -> None:
    box.zone = "America/New_York"
    given = [
        "2026-01-02",
        "2026-01-02 23:30:00",
        "2026-01-02T02:30:00Z",
        "1/13/2026",
        "Apr-15",
        "2026-03",
        "9999-12-31",
    ]
    assert column(box, "date", given) == [
        date(2026, 1, 2), date(2026, 1, 2), date(2026, 1, 1), date(2026, 1, 13), date(2015, 4, 1), date(2026, 3, 1),
        date(9999, 12, 31),
    ]  # fmt: skip


def test_times_of_day_are_read_also_with_the_first_day_of_a_spreadsheet(box: Box) -> None:
    assert column(box, "time", ["12/31/1899 02:00:00 PM", "14:05", "2:05 PM"]) == [time(14), time(14, 5), time(14, 5)]


def test_numbers_may_have_thousands_marks_currency_and_brackets(box: Box) -> None:
    given = ["1,234.50", "$1,200", "€ 12.5", "USD 7", "(3.5)", "-2", "1e3", "", "NA", "-", "12,34,567"]
    assert column(box, "money", given) == [1234.5, 1200, 12.5, 7, -3.5, -2, 1000, None, None, None, 1234567]


def test_a_decimal_comma_is_seen_in_the_column(box: Box) -> None:
    assert column(box, "money", ["1.234,50", "0,5", "12"]) == [1234.5, 0.5, 12]


def test_whole_numbers_may_carry_a_zero_behind_the_point(box: Box) -> None:
    assert column(box, "count", ["1.0", "2", "3,000"]) == [1, 2, 3000]
    assert column(box, "count", ["1.0", "2.0"]) == [1, 2]
    assert column(box, "integer", ["1"] * 25_000 + ["2.0", "1,000"])[-2:] == [2, 1000]


def test_numbers_of_people_and_things_lose_the_zero_of_a_spreadsheet(box: Box) -> None:
    assert column(box, "id", ["17.0", "A-1", "007", "1.5.0"]) == ["17", "A-1", "007", "1.5.0"]


def test_durations_are_read_as_clocks_words_and_numbers(box: Box) -> None:
    given = ["1:02:03", "02:03", "90", "0:00:05.5", "-00:10", "2 days 01:00:00", "1h 5m", "PT2M3S", "26:00:00"]
    assert column(box, "seconds", given) == [3723, 123, 90, 5.5, -10, 176400, 3900, 123, 93600]


def test_a_unit_in_the_map_makes_seconds_of_other_numbers(box: Box) -> None:
    assert column(box, "seconds", ["1.5", "2"], ", unit: minutes") == [90, 120]


def test_shares_are_told_from_percentages_by_the_column(box: Box) -> None:
    assert column(box, "share", ["58%", "0.5", "1"]) == [0.58, 0.5, 1]
    assert column(box, "share", ["58", "0.5", "73"]) == pytest.approx([0.58, 0.005, 0.73])


def test_truths_are_read_in_every_usual_word(box: Box) -> None:
    assert column(box, "boolean", ["TRUE", "f", "Yes", "n", "1", "0", ""]) == [
        True,
        False,
        True,
        False,
        True,
        False,
        None,
    ]


def test_listed_nulls_are_no_values_and_texts_keep_what_numbers_would_lose(box: Box) -> None:
    assert column(box, "text", ["NA", "-", "none", "NULL", " x "], ", nulls: [None]") == ["NA", "-", None, None, "x"]


def test_a_column_without_one_form_reads_each_value_by_its_shape(box: Box) -> None:
    given = ["2026-01-13", "14/01/2026", "01-15-2026", "2026/16/01"]
    assert column(box, "date", given) == [date(2026, 1, day) for day in (13, 14, 15, 16)]


def test_two_digit_years_are_those_around_now(box: Box) -> None:
    assert column(box, "date", ["13/01/26", "14/01/99"]) == [date(2026, 1, 13), date(1999, 1, 14)]


def test_the_order_of_day_and_month_is_decided_by_all_rows_not_by_the_first(box: Box) -> None:
    rows = ["03/04/2026"] * 30_000 + ["25/04/2026"]
    assert set(column(box, "date", rows)) == {date(2026, 4, 3), date(2026, 4, 25)}


def test_a_late_second_format_is_found_and_read(box: Box) -> None:
    rows = ["2026-01-01 10:00:00"] * 30_000 + ["2026-01-02T10:00:00+02:00", " 1/13/2026 10:00 "]
    assert column(box, "instant", rows)[-2:] == [datetime(2026, 1, 2, 8), datetime(2026, 1, 13, 10)]


def test_equal_days_and_months_need_no_decision(box: Box) -> None:
    assert column(box, "date", ["05/05/2026", "06/06/2026"]) == [date(2026, 5, 5), date(2026, 6, 6)]


def test_a_format_in_the_map_settles_what_the_rows_do_not(box: Box) -> None:
    assert column(box, "date", ["03/04/2026"], ", format: '%d/%m/%Y'") == [date(2026, 4, 3)]


def test_one_stray_row_in_a_thousand_is_a_bad_row_and_no_second_format() -> None:
    many = Shape("99/99/9999", "01/13/2026", 2000, days_second=2000, days_first=1, different=2000)
    few = Shape("99/99/9999", "01/13/2026", 20, days_second=10, days_first=1, different=20)
    assert decide([many], is_date=True).local_formats == ("%m/%d/%Y",)
    assert decide([few], is_date=True).question


def test_an_undecidable_stray_among_thousands_of_clear_dates_is_a_bad_row() -> None:
    clear = Shape("9999-99-99", "2026-01-13", 5000, days_third=3000, different=4000)
    stray = Shape("99/99/9999", "03/04/2026", 2, different=2)
    assert decide([clear, stray], is_date=True).question is None
    assert decide([clear, Shape("99/99/9999", "03/04/2026", 50, different=50)], is_date=True).question


def test_a_field_may_have_a_zone_of_its_own(box: Box) -> None:
    assert column(box, "instant", ["2026-01-02 10:00"], ", time_zone: America/New_York") == [datetime(2026, 1, 2, 15)]


def test_the_repeated_hour_is_told(box: Box) -> None:
    box.zone = "Europe/Berlin"
    box.put("a.csv", "ticket_id,created_at\n1,2026-10-25 02:30:00\n2,2026-10-25 03:30:00\n")
    box.load()
    assert box.values("created_at") == [datetime(2026, 10, 25, 1, 30), datetime(2026, 10, 25, 2, 30)]
    assert "1 values of created_at" in box.problems()["repeated_hour"]


def test_repeated_hours_are_those_of_the_zone() -> None:
    span = (datetime(2026, 1, 1), datetime(2026, 12, 31))
    assert repeated_hours("Europe/Berlin", *span) == [(datetime(2026, 10, 25, 1), datetime(2026, 10, 25, 2))]
    assert repeated_hours("Asia/Shanghai", *span) == []


def test_every_reason_puts_a_row_aside_with_its_line_and_text(box: Box) -> None:
    head = "contact_id,arrived_at,channel,outcome,ended_at,wait_seconds,transfers\n"
    box.put(
        "a.csv",
        head
        + "1,2026-01-01 10:00,Voice,ANSWERED,2026-01-01 10:05,5,0\n"
        + ",2026-01-01 10:00,voice,answered,,5,0\n"
        + "3,2026-01-01 10:00,voice,answered,2026-01-01 09:00,5,0\n"
        + "4,2026-01-01 10:00,voice,answered,,-5,0\n"
        + "5,2027-01-01 10:00,voice,answered,,5,0\n"
        + "6,yesterday,voice,answered,,5,0\n"
        + "7,2026-01-01 10:00,voice,lost,,5,0\n"
        + "8,,voice,answered,,5,0\n"
        + "9,2026-01-01 10:00,voice\n"
        + "10,2026-01-01 10:00,voice,answered,,5,1.5\n"
        + '11,"0026-01-01",voice,answered,,5,0\n'
        + "12,2026-01-01 10:00,pigeon,answered,,5,0\n",
    )
    box.config = "adapter: generic_contacts"
    report = box.report()
    assert [(line, reason, field) for line, reason, field, _ in box.quarantine()] == [
        (3, "null_key", "contact_id"),
        (4, "end_before_start", None),
        (5, "negative_duration", None),
        (6, "later_than_as_of", None),
        (7, "not_parseable", "arrived_at"),
        (8, "unknown_value", "outcome"),
        (9, "missing_value", "arrived_at"),
        (10, "malformed_line", None),
        (11, "not_parseable", "transfers"),
        (12, "not_parseable", "arrived_at"),
    ]
    assert box.quarantine()[4][3] == "6,yesterday,voice,answered,,5,0"
    assert box.values("contact_id", "contacts") == ["1", "12"]
    assert box.values("channel", "contacts") == ["pigeon", "voice"]
    assert "'pigeon'" in box.problems()["new_category"]
    assert (report.sources[0].is_over_quarantine, report.exit_code) == (True, 1)
    box.config += "\nmax_quarantine_share: 0.9"
    assert box.report(full=True).exit_code == 0


@pytest.mark.parametrize(("good", "is_over"), [(19, False), (18, True)])
def test_one_refused_row_in_twenty_is_the_most_that_is_allowed(box: Box, good: int, is_over: bool) -> None:
    rows = "".join(f"{n},2026-01-01\n" for n in range(good))
    box.put("a.csv", f"ticket_id,created_at\n{rows}x,yesterday\n")
    report = box.report()
    assert (report.sources[0].is_over_quarantine, report.exit_code) == (is_over, int(is_over))
    assert box.con.scalar("select is_over_quarantine from ingest.sources") == is_over


def test_a_share_above_one_is_put_aside(box: Box) -> None:
    box.config = "adapter: generic_quality_checks\nmax_quarantine_share: 1"
    rows = "".join(f"{n},2026-01-01,true,0.{n}\n" for n in range(1, 9)) + "x,2026-01-01,true,1.2\n"
    box.put("a.csv", "check_id,checked_at,passed,score\n" + rows)
    box.load()
    assert [(row[1]) for row in box.quarantine()] == ["share_above_one"]


def test_a_row_that_was_too_late_is_loaded_when_its_time_has_come(box: Box) -> None:
    box.put("a.csv", "ticket_id,created_at\n1,2026-01-01\n2,2026-03-01\n")
    box.config += "\nmax_quarantine_share: 1"
    box.load(datetime(2026, 2, 1))
    assert box.values("ticket_id") == ["1"]
    box.load(datetime(2026, 4, 1))
    assert box.values("ticket_id") == ["1", "2"]


def test_lines_are_right_below_cells_of_several_lines(box: Box) -> None:
    box.put("a.csv", 'ticket_id,created_at,subject\n\n1,2026-01-01,"a\n\nb"\n2,2026\n,2026-01-01,"c\nd"\n3,nix,e\n')
    box.report()
    assert [(line, reason) for line, reason, _, _ in box.quarantine()] == [
        (6, "malformed_line"), (7, "null_key"), (9, "not_parseable"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("adapter", "rows", "newest"),
    [
        ("agents", "agent_id,hired_on,left_on\n1,2018-03-01,\n2,2017-01-02,2019-02-28\n", datetime(2019, 2, 28)),
        ("agents", "agent_id,hired_on,left_on\n1,2018-03-01,2099-01-01\n", datetime(2018, 3, 1)),
        ("customers", "customer_id,customer_since_on,churned_on\n1,2018-03-01,2018-09-30\n", datetime(2018, 9, 30)),
        ("job_postings", "posting_id,opened_on,filled_on\n1,2018-03-01,2018-09-30\n", datetime(2018, 9, 30)),
    ],
)
def test_a_list_of_people_or_posts_ends_with_its_last_day(box: Box, adapter: str, rows: str, newest: datetime) -> None:
    box.config = f"adapter: generic_{adapter}\narchive: true"
    box.put("a.csv", rows)
    box.load()
    row = box.con.rows("from ingest.sources")[0]
    assert (row["as_of"], row["newest_record_at"]) == (newest, newest)


def test_an_archive_is_judged_at_its_newest_event_and_a_live_source_now(box: Box) -> None:
    box.put("a.csv", "ticket_id,created_at,solved_at,due_at\n1,2026-01-01,2026-01-05,2026-02-01\n")
    box.load()
    row = box.con.rows("from ingest.sources")[0]
    assert (row["as_of"], row["is_stale"], row["newest_record_at"]) == (
        datetime(2026, 11, 1),
        True,
        datetime(2026, 1, 1),
    )
    box.config += "\narchive: true"
    box.load()
    row = box.con.rows("from ingest.sources")[0]
    assert (row["as_of"], row["is_stale"]) == (datetime(2026, 1, 5), False)
