"""Where no row of a column tells day from month, its file, its source and the calendar may; else it is asked for."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from ingestion.date_evidence import DAY_FIRST, MONTH_FIRST, told_order
from tests.unit.ingestion.conftest import Box
from tests.unit.inspection.test_rules import inspected

LATEST = datetime(2026, 11, 20)
EITHER = [f"{1 + n % 12:02}/{1 + n * 5 % 12:02}/2025" for n in range(30)]


def _told(values: list[str], beside: dict[str, list[str]] | None = None, **others: dict[str, list[str]]) -> str | None:
    found = told_order(values, "created", {"created": values, **(beside or {})}, others, LATEST)
    return found[0] if found else None


def test_nothing_is_made_of_dates_of_which_nothing_tells() -> None:
    assert _told(EITHER) is None


@pytest.mark.parametrize(("told", "order"), [("25/03/2025", DAY_FIRST), ("03/25/2025", MONTH_FIRST)])
def test_another_column_of_the_file_tells(told: str, order: str) -> None:
    assert _told(EITHER, {"closed": [told] * 3, "name": ["x"] * 3}) == order


def test_two_columns_that_disagree_tell_nothing() -> None:
    assert _told(EITHER, {"a": ["25/03/2025"] * 3, "b": ["03/25/2025"] * 3}) is None


def test_another_file_of_the_source_tells() -> None:
    assert _told(EITHER, **{"b": {"created": ["03/25/2025"]}}) == MONTH_FIRST


def test_points_between_the_parts_tell() -> None:
    assert _told([value.replace("/", ".") for value in EITHER]) == DAY_FIRST


def test_what_would_lie_in_the_future_is_read_the_other_way() -> None:
    assert _told([*EITHER, "10/12/2026"]) == MONTH_FIRST
    assert _told([*EITHER, "12/10/2026"]) == DAY_FIRST
    assert told_order([*EITHER, "10/12/2026"], "due date", {}, {}, LATEST) is None


@pytest.mark.parametrize(("form", "order"), [("%d/%m/%Y %H:%M", DAY_FIRST), ("%m/%d/%Y %H:%M", MONTH_FIRST)])
@pytest.mark.parametrize("is_newest_first", [False, True])
def test_rows_that_follow_each_other_in_time_tell(form: str, order: str, is_newest_first: bool) -> None:
    days = [datetime(2025, month, day, 9) for month in (3, 4, 5) for day in (2, 5, 8, 11)]
    values = [f"{at:{form}}" for at in days]
    assert _told(values[::-1] if is_newest_first else values) == order


def test_days_without_a_weekend_tell() -> None:
    days = [datetime(2025, 1, 1) + timedelta(days=n) for n in range(365)]
    office = [day for day in days if day.day <= 12 and day.weekday() < 5 and day.day != day.month]
    shuffled = [office[n * 7 % len(office)] for n in range(len(office))]
    assert _told([f"{day:%m/%d/%Y}" for day in shuffled]) == MONTH_FIRST


def test_a_decimal_comma_tells() -> None:
    assert _told(EITHER, {"hours": [f"{n},5" for n in range(30)]}) == DAY_FIRST


HEAD = "ticket_id,created_at,updated_at\n"
ROWS = "".join(f"{n},{value},{{later}}\n" for n, value in enumerate(EITHER))


def test_a_load_takes_what_its_file_tells_and_says_so(box: Box) -> None:
    box.put("a.csv", HEAD + ROWS.format(later="28/12/2025"))
    box.load()
    assert box.rows(order="cast(ticket_id as int)")[1]["created_at"] == datetime(2025, 6, 2)
    assert box.problems()["dates_told_elsewhere"] == (
        "a.csv, created_at: no row tells day from month; read as %d/%m/%Y, since column 'updated_at' is written so."
    )


@pytest.mark.parametrize("names", [("a.csv", "b.csv"), ("b.csv", "a.csv")])
def test_a_load_takes_what_another_file_of_the_source_tells_in_any_order(box: Box, names: tuple[str, str]) -> None:
    box.put(names[0], "ticket_id,created_at\n" + "".join(f"{n},{value}\n" for n, value in enumerate(EITHER)))
    box.put(names[1], "ticket_id,created_at\nx,12/28/2025\n")
    box.load()
    row = box.con.rows("select created_at from raw.tickets where ticket_id = '1'")[0]
    assert row["created_at"] == datetime(2025, 2, 6)


SURVEY = (
    "Respondent ID,Collector ID,Start Date,End Date,IP Address,How likely is it that you would recommend us?\n"
    ",,,,,\n1001,7,{start},{end},,9\n1002,7,{start},{end},,10\n1003,7,{start},{end},,3\n"
)


def test_a_make_with_a_usual_order_is_read_by_it_with_a_warning(box: Box) -> None:
    box.config = "adapter: surveymonkey"
    box.put("a.csv", SURVEY.format(start="03/04/2025 02:11:09 PM", end="03/04/2025 02:15:09 PM"))
    box.load()
    assert {row["responded_at"].date().isoformat() for row in box.rows("survey_responses")} == {"2025-03-04"}
    assert "as this make usually writes it" in box.problems()["dates_assumed"]


def test_its_own_rows_go_before_the_usual_order(box: Box) -> None:
    box.config = "adapter: surveymonkey"
    box.put("a.csv", SURVEY.format(start="03/04/2025 02:11:09 PM", end="25/04/2025 02:15:09 PM"))
    box.load()
    assert {row["responded_at"].date().isoformat() for row in box.rows("survey_responses")} == {"2025-04-25"}


def test_inspect_reads_them_as_a_load_does(tmp_path: Path) -> None:
    rows = (f"T{n},{value},28/12/2025,Open" for n, value in enumerate(EITHER))
    found = inspected(tmp_path, "Ticket ID,Created,Last update,Status", *rows)
    created = next(column for column in found.columns if column["name"] == "Created")
    assert created["format"] == "%d/%m/%Y"
    assert "but column 'Last update' is written so" in created["reason"]
