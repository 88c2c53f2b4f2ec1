"""`swotlight add`: files become a source, or are refused with a sentence."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from ingestion.adding import add_files
from warehouse.errors import SwotlightError
from warehouse.settings import Settings, load_settings, package_path, utc_now
from warehouse.workspace import init_workspace

SAMPLES = package_path("seeds/samples")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load_settings(init_workspace(tmp_path / "workspace"))


def _again(settings: Settings) -> Settings:
    return load_settings(settings.paths.workspace)


def test_a_folder_of_a_known_make_is_one_source(settings: Settings) -> None:
    result = add_files(settings, [SAMPLES / "zendesk"])
    assert (result.source, result.kind, result.adapter) == ("zendesk", "tickets", "zendesk")
    assert _again(settings).sources["zendesk"].adapter == "zendesk"
    assert (settings.paths.landing / "zendesk" / "ticket.csv").is_file()


def test_tables_of_a_whole_dump_that_the_adapter_does_not_read_are_no_sources(
    settings: Settings, tmp_path: Path
) -> None:
    for name in ("ticket.csv", "group.csv", "ticket_comment.csv", "user.csv"):
        head, *rows = (SAMPLES / "zendesk" / name).read_text(encoding="utf-8").splitlines()
        marked = [f"{head},_copied_at", *(f"{row},2026-11-01" for row in rows)]
        (tmp_path / name).write_text("\n".join(marked) + "\n", encoding="utf-8")
    brands = [f"{n},Brand {n},open,high,2026-0{1 + n % 9}-01 08:00:00,2026-11-01" for n in range(40)]
    head = "id,name,status,priority,created_at,_copied_at"
    (tmp_path / "brand.csv").write_text("\n".join([head, *brands]) + "\n", encoding="utf-8")
    calls = [f"{n},2026-0{1 + n % 9}-02 09:00:00,Answered,{n},{60 + n}" for n in range(40)]
    head = "Call ID,Call Start,Outcome,Wait Time (s),Talk Time (s)"
    for name in ("calls.csv", "more_calls.csv"):
        (tmp_path / name).write_text("\n".join([head, *calls]) + "\n", encoding="utf-8")
    result = add_files(settings, sorted(tmp_path.glob("*.csv")))
    made = _again(settings).sources
    assert made.keys() == {"zendesk", "calls"} and "brand.csv" in " ".join(result.problems)


def test_every_comment_of_the_settings_stays(settings: Settings) -> None:
    before = settings.paths.config.read_text(encoding="utf-8").splitlines()
    add_files(settings, [SAMPLES / "zendesk"])
    after = settings.paths.config.read_text(encoding="utf-8").splitlines()
    assert [line for line in before if "#" in line] == [line for line in after if "#" in line]


def test_a_second_source_stands_beside_the_first(settings: Settings) -> None:
    add_files(settings, [SAMPLES / "zendesk"])
    add_files(_again(settings), [SAMPLES / "greenhouse"], source="hiring")
    assert {name: one.adapter for name, one in _again(settings).sources.items()} == {
        "zendesk": "zendesk",
        "hiring": "greenhouse",
    }


def test_an_unknown_file_gets_a_map_that_can_be_read(settings: Settings) -> None:
    result = add_files(settings, [SAMPLES / "unknown" / "shop_tickets.csv"])
    assert (result.source, result.kind, result.adapter) == ("shop_tickets", "tickets", None)
    assert _again(settings).sources["shop_tickets"].map == Path("maps/shop_tickets.yml")
    text = (settings.paths.maps / "shop_tickets.yml").read_text(encoding="utf-8")
    assert "created_at: {from: Created Date" in text


def test_files_that_an_adapter_does_not_know_are_told_and_left_out(settings: Settings, tmp_path: Path) -> None:
    folder = tmp_path / "export"
    folder.mkdir()
    (folder / "ticket.csv").write_bytes((SAMPLES / "zendesk" / "ticket.csv").read_bytes())
    (folder / "brand.csv").write_text("id,brand_url,subdomain\n1,x,y\n", encoding="utf-8")
    result = add_files(settings, [folder])
    assert result.files == ["ticket.csv"]
    assert result.problems[0].startswith("brand.csv is not used: no adapter and no canonical table fits it.")


@pytest.mark.parametrize(("days_old", "is_archive"), [(400, True), (20, False)])
def test_a_file_whose_newest_row_is_old_is_an_archive(
    settings: Settings, tmp_path: Path, days_old: int, is_archive: bool
) -> None:
    newest = utc_now() - timedelta(days=days_old)
    rows = [f"T{n},{newest - timedelta(days=n):%Y-%m-%d %H:%M:%S},open,2199-01-01" for n in range(30)]
    (tmp_path / "desk.csv").write_text("Ticket ID,Created,Status,Due date\n" + "\n".join(rows) + "\n", encoding="utf-8")
    result = add_files(settings, [tmp_path / "desk.csv"])
    assert _again(settings).sources["desk"].archive is is_archive
    assert any("taken for an archive" in problem for problem in result.problems) is is_archive


@pytest.mark.parametrize(("written", "said"), [("2026-03-02 10:00:00", True), ("2026-03-02T10:00:00Z", False)])
def test_it_is_said_in_which_zone_times_are_read(settings: Settings, tmp_path: Path, written: str, said: bool) -> None:
    rows = [f"T{n},{written},open,High" for n in range(30)]
    (tmp_path / "desk.csv").write_text("Ticket ID,Created,Status,Priority\n" + "\n".join(rows) + "\n", encoding="utf-8")
    told = add_files(settings, [tmp_path / "desk.csv"]).problems
    assert any("Times without an offset are read in UTC" in problem for problem in told) is said


DESK = "Ticket ID,Created,Status,Priority\n" + "".join(
    f"T{n},2026-03-{1 + n % 28:02} 10:00:00,open,High\n" for n in range(30)
)
PEOPLE = "Employee ID,Full Name,Team,Hire Date\n" + "".join(
    f"E{n},Name {n},South,2024-01-{1 + n % 28:02}\n" for n in range(30)
)


def test_files_of_several_kinds_become_a_source_each(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "desk.csv").write_text(DESK, encoding="utf-8")
    (tmp_path / "people.csv").write_text(PEOPLE, encoding="utf-8")
    (tmp_path / "desk_2.csv").write_text(DESK.replace("\nT", "\nU"), encoding="utf-8")
    result = add_files(settings, [tmp_path / name for name in ("desk.csv", "people.csv", "desk_2.csv")])
    made = [(one.source, one.kind, one.files) for one in (result, *result.also)]
    assert made == [("desk", "tickets", ["desk.csv", "desk_2.csv"]), ("people", "agents", ["people.csv"])]
    assert list(_again(settings).sources) == ["desk", "people"]
    assert not any("is not used" in problem for one in (result, *result.also) for problem in one.problems)


def test_a_known_make_and_an_unknown_file_become_two_sources(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text(PEOPLE, encoding="utf-8")
    result = add_files(settings, [tmp_path / "people.csv", SAMPLES / "zendesk" / "ticket.csv"])
    assert [(one.source, one.adapter) for one in (result, *result.also)] == [("zendesk", "zendesk"), ("people", None)]


def test_one_kind_from_two_makes_is_two_sources(settings: Settings, tmp_path: Path) -> None:
    other = "Case No,Opened,State,Severity,Requester,Subject\n" + "".join(
        f"{n},2026-02-{1 + n % 28:02} 09:00,Closed,P{1 + n % 3},C{n % 9},Lamp {n}\n" for n in range(30)
    )
    (tmp_path / "desk.csv").write_text(DESK, encoding="utf-8")
    (tmp_path / "cases.csv").write_text(other, encoding="utf-8")
    result = add_files(settings, [tmp_path / "desk.csv", tmp_path / "cases.csv"])
    assert [(one.source, one.kind) for one in (result, *result.also)] == [("desk", "tickets"), ("cases", "tickets")]


def test_with_a_named_source_a_file_of_another_kind_is_left_out_with_a_word(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "desk.csv").write_text(DESK, encoding="utf-8")
    (tmp_path / "people.csv").write_text(PEOPLE, encoding="utf-8")
    result = add_files(settings, [tmp_path / "desk.csv", tmp_path / "people.csv"], source="desk")
    assert (result.files, result.also) == (["desk.csv"], [])
    typed = f"Add it by itself: `swotlight add {tmp_path / 'people.csv'}`"
    assert any(typed in problem for problem in result.problems)


def test_the_same_file_again_is_not_copied_twice(settings: Settings) -> None:
    add_files(settings, [SAMPLES / "zendesk" / "ticket.csv"])
    add_files(_again(settings), [SAMPLES / "zendesk" / "ticket.csv"])
    assert sorted(path.name for path in (settings.paths.landing / "zendesk").iterdir()) == ["ticket.csv"]


def test_another_file_of_the_same_name_gets_a_number(settings: Settings, tmp_path: Path) -> None:
    add_files(settings, [SAMPLES / "zendesk" / "ticket.csv"])
    later = tmp_path / "ticket.csv"
    text = (SAMPLES / "zendesk" / "ticket.csv").read_text(encoding="utf-8")
    later.write_text(text.replace("Lamp flickers", "Lamp still flickers"), encoding="utf-8")
    assert add_files(_again(settings), [later]).files == ["ticket_2.csv"]


def test_years_whose_columns_drift_get_one_map(settings: Settings, tmp_path: Path) -> None:
    head = "{id},{day},Overall,Staff,Speed,Clarity,Rooms\n"
    rows = "".join(
        f"{{y}}{n},{{y}}-03-{n % 28 + 1:02},{n % 5 + 1},{n % 3 + 3},{n % 4 + 2},{n % 7 % 5 + 1},{5 - n % 5}\n"
        for n in range(40)
    )
    for year, names in (
        ("2023", {"id": "Respondent ID", "day": "Date"}),
        ("2024", {"id": "RespondentId", "day": "Survey date"}),
    ):
        (tmp_path / f"guests_{year}.csv").write_text(head.format(**names) + rows.replace("{y}", year), encoding="utf-8")
    result = add_files(settings, [tmp_path / "guests_2023.csv", tmp_path / "guests_2024.csv"])
    assert (result.source, result.kind, len(result.files)) == ("guests", "survey_responses", 2)
    assert "[Date, Survey date]" in (settings.paths.maps / "guests.yml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("kind", "source", "said"),
    [
        ("nonsense", None, "nonsense"),
        (None, "No Name", "no name for a source"),
        ("qualtrics", None, "No file has a header that the adapter qualtrics knows."),
    ],
)
def test_what_makes_no_sense_is_refused(settings: Settings, kind: str | None, source: str | None, said: str) -> None:
    with pytest.raises(SwotlightError) as error:
        add_files(settings, [SAMPLES / "zendesk"], kind=kind, source=source)
    assert said in error.value.message
    assert _again(settings).sources == {}


def test_a_missing_file_is_refused(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(SwotlightError, match="does not exist"):
        add_files(settings, [tmp_path / "nothing.csv"])


def test_a_file_that_is_nothing_we_know_is_refused(settings: Settings, tmp_path: Path) -> None:
    path = tmp_path / "planets.csv"
    path.write_text("planet,moons,diameter\nEarth,1,12742\nMars,2,6779\n", encoding="utf-8")
    with pytest.raises(SwotlightError, match="cannot be told"):
        add_files(settings, [path])
    assert not (settings.paths.landing / "planets").exists()


def test_files_of_another_make_do_not_join_a_source(settings: Settings) -> None:
    add_files(settings, [SAMPLES / "zendesk"])
    with pytest.raises(SwotlightError, match="No file has a header that the adapter zendesk of source zendesk knows"):
        add_files(_again(settings), [SAMPLES / "greenhouse" / "offer.csv"], source="zendesk")


def test_a_later_snapshot_of_the_same_tickets_is_their_later_state_and_no_second_ticket(
    settings: Settings, tmp_path: Path
) -> None:
    head = "Ticket ID,Created,Status,Priority,Subject\n"
    for month, count, state in ((3, 40, "open"), (4, 60, "closed")):
        rows = "".join(
            f"T{n},2026-03-{1 + n % 28:02} 10:{n:02}:00,{state},{('High', 'Low')[(n + month) % 2]},Lamp {n}\n"
            for n in range(count)
        )
        (tmp_path / f"export_2026-0{month}.csv").write_text(head + rows, encoding="utf-8")
    add_files(settings, [tmp_path / "export_2026-03.csv", tmp_path / "export_2026-04.csv"], source="desk")
    assert "ticket_id: {from: Ticket ID" in (settings.paths.maps / "desk.yml").read_text(encoding="utf-8")


def test_numbers_that_start_again_in_every_file_are_no_key(settings: Settings, tmp_path: Path) -> None:
    head = "Respondent ID,Date,Overall,Staff,Speed,Clarity\n"
    for year in (2024, 2025):
        rows = "".join(
            f"{n},{year}-03-{1 + n % 28:02},{1 + (n + year) % 5},{1 + n * 3 % 5},{1 + n * 7 % 5},{1 + (n * year) % 5}\n"
            for n in range(1, 60)
        )
        (tmp_path / f"guests_{year}.csv").write_text(head + rows, encoding="utf-8")
    add_files(settings, [tmp_path / "guests_2024.csv", tmp_path / "guests_2025.csv"], source="guests")
    assert "md5(" in (settings.paths.maps / "guests.yml").read_text(encoding="utf-8")
