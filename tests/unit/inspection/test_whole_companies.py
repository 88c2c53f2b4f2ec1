"""What whole folders of exports taught: each rule on a small file of its own."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from ingestion.adding import add_files
from ingestion.inspection.naming import source_name
from tests.unit.ingestion.workbooks import xlsx
from tests.unit.inspection.test_rules import day, inspected, loaded, mapped
from warehouse.errors import SwotlightError
from warehouse.settings import Settings, load_settings, utc_now
from warehouse.workspace import init_workspace

CALLS = "Call ID,Start Time,Agent,Talk Time,Result"
DESK = "Ticket ID,Created,Status,Priority"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load_settings(init_workspace(tmp_path / "company"))


def test_an_empty_column_is_never_what_a_row_cannot_do_without(tmp_path: Path) -> None:
    rows = (f"C{n},{day(n)},Ana,{60 + n},Answered,," for n in range(30))
    told = mapped(inspected(tmp_path, f"{CALLS},Channel,Phone Number", *rows))
    assert told["Channel"] is None and told["Phone Number"] is None


def test_a_score_with_its_kind_beside_it_is_one_question_a_row(tmp_path: Path) -> None:
    rows = (f"{day(n)},{n % 11},{'NPS' if n % 2 else 'CSAT'},k{n}@example.org,fine" for n in range(40))
    found = inspected(tmp_path, "Responded at,Score,Survey type,Email,Comment", *rows)
    assert found.proposed_map is not None and "item_id: {from: Survey type" in found.proposed_map
    assert len(loaded(tmp_path, found, "survey_responses")) == 40


def test_a_line_that_sums_up_is_no_month_of_its_own(tmp_path: Path) -> None:
    rows = [[f"2026-{n // 2 + 1:02}-01", ("Salaries", "Software")[n % 2], 1000 + n] for n in range(12)]
    (tmp_path / "costs.xlsx").write_bytes(
        xlsx({"Costs": [["Month", "Category", "Amount"], *rows, ["Total", "", 12066]]})
    )
    from ingestion.inspection import inspect_file

    found = inspect_file(tmp_path / "costs.xlsx")
    assert (found.kind, mapped(found)["Month"]) == ("costs", "month_on")
    assert "1 of 13 rows have nothing in Month: they become no row of costs." in found.problems


def test_kept_time_is_known_by_its_rows(tmp_path: Path) -> None:
    rows = (
        f"Agent {n % 5},2026-03-{1 + n // 5:02},Calls,0{4 + n % 2}:00,0{4 + n % 2}:0{n % 10},0{3 + n % 2}:5{n % 10}"
        for n in range(60)
    )
    told = mapped(inspected(tmp_path, "Agent,Date,Activity,Scheduled,Actual,Honoured", *rows))
    assert told["Honoured"] == "adherent_seconds"


def test_dashes_of_every_sort_are_blanks(tmp_path: Path) -> None:
    rows = (f"E{n},Name {n},South,0{1 + n % 9} Mar 2024,{'–' if n % 5 else '30 Apr 2026'}" for n in range(60))
    found = inspected(tmp_path, "Employee ID,Full Name,Team,Hire Date,Termination Date", *rows)
    assert mapped(found)["Termination Date"] == "left_on"
    assert sum(row["left_on"] is not None for row in loaded(tmp_path, found, "agents")) == 12


def test_a_zone_in_the_heading_is_the_zone_of_its_times(tmp_path: Path) -> None:
    rows = (f"C{n},{day(n)},Ana,{60 + n},Answered" for n in range(30))
    found = inspected(tmp_path, CALLS.replace("Start Time", "Start time (UTC)"), *rows)
    assert found.proposed_map is not None and "time_zone: UTC" in found.proposed_map


def test_ends_that_say_outbound_tell_the_way_too(tmp_path: Path) -> None:
    ends = ("Inbound", "Abandoned", "Outbound", "Outbound Missed")
    rows = (f"C{n},{day(n)},Ana,{0 if n % 4 in (1, 3) else 60 + n},{ends[n % 4]}" for n in range(40))
    found = inspected(tmp_path, CALLS.replace("Result", "Call Type"), *rows)
    made = sorted(loaded(tmp_path, found, "contacts"), key=lambda row: int(row["contact_id"][1:]))
    assert [(row["direction"], row["outcome"]) for row in made[:4]] == [
        ("inbound", "answered"), ("inbound", "abandoned"), ("outbound", "answered"), ("outbound", "abandoned"),
    ]  # fmt: skip


def test_a_ladder_of_words_keeps_its_length_and_the_only_satisfaction_is_the_satisfaction(tmp_path: Path) -> None:
    ladder = ("Không hài lòng", "Bình thường", "Hài lòng", "Rất hài lòng")
    rows = (f"{day(n)},{ladder[n % 4]},{n % 11}" for n in range(40))
    head = "Dấu thời gian,Bạn có hài lòng với dịch vụ hỗ trợ không?,Bạn có giới thiệu chúng tôi không? (0-10)"
    found = inspected(tmp_path, head, *rows)
    assert found.proposed_map is not None and "instrument: csat" in found.proposed_map
    assert "scale: [1.0, 5.0]" in found.proposed_map and '"Rất hài lòng": 5' in found.proposed_map


def test_an_unsure_file_beside_a_sure_one_is_told_with_its_own_reason(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "desk.csv").write_text(f"{DESK}\n" + "".join(f"T{n},{day(n)},open,High\n" for n in range(30)), "utf-8")
    odd = "Employee,Date,Time Scheduled,Time in Adherence\n"
    (tmp_path / "kept.csv").write_text(
        odd + "".join(f"A{n % 5},2026-03-{1 + n // 5:02},8:00,7:{n:02}\n" for n in range(50))
    )
    result = add_files(settings, [tmp_path / "desk.csv", tmp_path / "kept.csv"])
    said = next(one for one in result.problems if one.startswith("kept.csv is not used"))
    assert "it looks like agent_time" in said and "--as agent_time" in said


def test_what_is_not_sure_enough_has_its_map_written_and_no_source(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "odd.csv").write_text("a,b\n" + "".join(f"{n},{n % 3}.5\n" for n in range(20)), encoding="utf-8")
    with pytest.raises(SwotlightError, match="Nothing was found for created_at") as error:
        add_files(settings, [tmp_path / "odd.csv"], kind="tickets")
    assert "--map" in str(error.value.hint)
    assert "# created_at: {from: …}" in (settings.paths.maps / "odd.yml").read_text(encoding="utf-8")
    assert load_settings(settings.paths.workspace).sources == {}


@pytest.mark.parametrize(("days_old", "is_archive"), [(101, False), (500, True)])
def test_a_list_of_people_may_have_months_without_anybody_new(
    settings: Settings, tmp_path: Path, days_old: int, is_archive: bool
) -> None:
    newest = utc_now() - timedelta(days=days_old)
    rows = "".join(f"E{n},Name {n},South,{newest - timedelta(days=n):%Y-%m-%d}\n" for n in range(30))
    (tmp_path / "people.csv").write_text(f"Employee ID,Full Name,Team,Hire Date\n{rows}", encoding="utf-8")
    add_files(settings, [tmp_path / "people.csv"])
    assert load_settings(settings.paths.workspace).sources["people"].archive is is_archive


@pytest.mark.parametrize(
    ("name", "called"), [("Danh sách nhân sự.xlsx", "danh_sach_nhan_su"), ("Öffentlich.csv", "offentlich")]
)
def test_marks_over_letters_go_and_the_letters_stay(name: str, called: str) -> None:
    assert source_name([Path(name)]) == called


def test_a_name_of_which_nothing_stays_gives_way_to_the_kind(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "通话.csv").write_text(f"{DESK}\n" + "".join(f"T{n},{day(n)},open,High\n" for n in range(30)), "utf-8")
    assert add_files(settings, [tmp_path / "通话.csv"]).source == "tickets"


def test_what_employees_answered_in_a_list_of_them_is_no_answer_of_customers(tmp_path: Path) -> None:
    rows = (f"E{n},Name {n},South,2024-01-{1 + n % 28:02},{1 + n % 5}" for n in range(60))
    found = inspected(tmp_path, "Employee ID,Full Name,Team,Hire Date,Environment satisfaction", *rows)
    assert (found.kind, mapped(found)["Environment satisfaction"]) == ("agents", None)
    assert any("an employee's own answers" in problem for problem in found.problems)


def test_a_telephone_number_is_no_queue_and_the_fuller_wait_is_the_wait(tmp_path: Path) -> None:
    head = "Call ID,Start Time,Line,Agent,Time to answer,Wait time,Talk Time,Result"
    rows = []
    for n in range(60):
        is_lost = n % 6 == 0
        times = f"{'' if is_lost else 5 + n % 30},{5 + n % 30},{0 if is_lost else 100 + n}"
        rows.append(f"C{n},{day(n)},+49 30 123456{n % 2},Ana,{times},{'Abandoned' if is_lost else 'Answered'}")
    told = mapped(inspected(tmp_path, head, *rows))
    assert (told["Line"], told["Wait time"], told["Time to answer"]) == (None, "wait_seconds", None)


@pytest.mark.parametrize(
    ("name", "yes", "no"),
    [
        ("Transferida", "Sí", "No"), ("Transférée", "Oui", "Non"), ("Transferido", "Sim", "Não"),
        ("Weitergeleitet", "Ja", "Nein"), ("Đã chuyển máy", "Có", "Không"), ("是否转接", "是", "否"),
        ("転送", "はい", "いいえ"), ("호전환", "예", "아니오"),
    ],
    ids=["es", "fr", "pt", "de", "vi", "zh", "ja", "ko"],
)  # fmt: skip
def test_a_call_that_was_put_through_says_so_in_any_language(tmp_path: Path, name: str, yes: str, no: str) -> None:
    rows = (f"C{n},{day(n)},Ana,{60 + n},Answered,{no if n % 4 else yes}" for n in range(40))
    made = loaded(tmp_path, inspected(tmp_path, f"{CALLS},{name}", *rows), "contacts")
    assert [row["transfers"] for row in made].count(1) == 10 and [row["transfers"] for row in made].count(0) == 30
