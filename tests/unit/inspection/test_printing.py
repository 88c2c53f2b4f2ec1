"""Lines that are printed again with a later date of printing are versions, and count once."""

from __future__ import annotations

from pathlib import Path

from tests.unit.inspection.test_rules import inspected, loaded, mapped

HEAD = "Date,Time,Queue,Offered,Answered,Abandoned,Made"


def _day(number: int, made: str, more: int = 0) -> list[str]:
    rows = ((hour, 20 + hour + more, 15 + hour, 5 + more) for hour in range(8, 20))
    return [
        f"2026-03-{number:02},{hour:02}:00,Help,{offered},{taken},{lost},{made}" for hour, offered, taken, lost in rows
    ]


def test_days_that_are_printed_again_count_once_and_the_later_print_counts(tmp_path: Path) -> None:
    rows = [*_day(2, "2026-03-03 06:00"), *_day(2, "2026-03-04 06:00", 1), *_day(3, "2026-03-04 06:00")]
    found = inspected(tmp_path, HEAD, *rows)
    assert mapped(found)["Made"] == "updated_at"
    made = loaded(tmp_path, found, "interval_stats")
    assert len(made) == 24
    assert sum(row["offered"] for row in made) == sum(20 + hour + 1 for hour in range(8, 20)) + sum(
        20 + hour for hour in range(8, 20)
    )


def test_two_lines_of_one_print_stay_parts(tmp_path: Path) -> None:
    rows = [*_day(2, "2026-03-03 06:00"), *_day(2, "2026-03-03 06:00", 1), *_day(3, "2026-03-04 06:00")]
    found = inspected(tmp_path, HEAD, *rows)
    assert mapped(found)["Made"] is None
    assert sum(row["offered"] for row in loaded(tmp_path, found, "interval_stats")) == sum(
        3 * (20 + hour) + 1 for hour in range(8, 20)
    )
