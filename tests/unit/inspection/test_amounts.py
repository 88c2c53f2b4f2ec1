"""Numbers in the SQL of a proposal are read as their column writes them."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingestion.inspection.amounts import number_sql
from ingestion.inspection.profile import Profile
from tests.unit.inspection.test_rules import inspected, loaded
from warehouse.store import connect


@pytest.mark.parametrize(
    ("cells", "numbers"),
    [
        (["85,3%", "90,0 %", "100%"], [85.3, 90.0, 100.0]),
        (["1.234", "987"], [1234.0, 987.0]),
        (["1,234", "987"], [1234.0, 987.0]),
        (["12.5", "1,234.5"], [12.5, 1234.5]),
        (["0,75", "1"], [0.75, 1.0]),
        (["85.34%", "?"], [85.34, None]),
        (["0.902", "0.961", "1.000"], [0.902, 0.961, 1.0]),
    ],
    ids=["percent_comma", "pointed_thousands", "comma_thousands", "points", "comma", "percent_point", "shares"],
)
def test_a_number_is_read_as_it_is_written(cells: list[str], numbers: list[float | None]) -> None:
    sql = number_sql(Profile("x", cells))
    with connect(None) as con:
        rows = con.rows(f'select {sql} as n from (values {", ".join(f"({cell!r})" for cell in cells)}) as t("x")')
    assert [row["n"] for row in rows] == numbers


def test_a_share_with_a_decimal_comma_counts_who_was_answered_in_time(tmp_path: Path) -> None:
    rows = [f"{n % 28 + 1:02}.03.2026;Linie {n % 2};{120 + n};{100 + n};{20};85,5%" for n in range(56)]
    head = "Datum;Warteschlange;Angebotene Anrufe;Angenommene Anrufe;Verlorene Anrufe;Servicelevel (20 Sek)"
    found = inspected(tmp_path, head, *rows)
    got = loaded(tmp_path, found, "interval_stats")
    assert all(row["answered_in_threshold"] for row in got)
    assert all(abs(row["answered_in_threshold"] / row["answered"] - 0.855) < 0.2 for row in got)


def test_a_percentage_of_a_full_post_is_a_share(tmp_path: Path) -> None:
    rows = [f"E{n},Ann {n},Care,2020-02-{n % 28 + 1:02},{(100, 80, 50)[n % 3]}%" for n in range(40)]
    found = inspected(tmp_path, "Employee ID,Full name,Team,Hire date,FTE", *rows)
    assert {float(row["fte"]) for row in loaded(tmp_path, found, "agents")} == {1.0, 0.8, 0.5}
