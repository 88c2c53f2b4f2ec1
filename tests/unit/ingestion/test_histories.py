"""A log of changes beside a list of the same tickets: one source, and no ticket twice."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ingestion.adding import add_files
from ingestion.load import load_sources
from warehouse.errors import SwotlightError
from warehouse.settings import Settings, load_settings, package_path
from warehouse.store import connect
from warehouse.workspace import init_workspace

FIRST = datetime(2026, 2, 2, 9)
AS_OF = datetime(2026, 6, 1, tzinfo=UTC)
FRESHDESK = package_path("seeds/samples") / "freshdesk" / "tickets.csv"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load_settings(init_workspace(tmp_path / "workspace"))


def _again(settings: Settings) -> Settings:
    return load_settings(settings.paths.workspace)


def _list(folder: Path, numbers: range, first: datetime = FIRST) -> Path:
    rows = ["Case Number,Date/Time Opened,Date/Time Closed,Status,Priority"]
    for n in numbers:
        opened = first + timedelta(hours=6 * n)
        rows.append(f"{n:05},{opened:%Y-%m-%d %H:%M},{opened + timedelta(hours=3):%Y-%m-%d %H:%M},Closed,High")
    path = folder / "cases.csv"
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def _log(folder: Path, numbers: range, first: datetime = FIRST) -> Path:
    rows = ["Case Number,Edit Date,Field / Event,Old Value,New Value,Edited By"]
    for n in numbers:
        opened = first + timedelta(hours=6 * n)
        rows.append(f"{n:05},{opened:%Y-%m-%d %H:%M},Created.,,,Ann")
        rows.append(f"{n:05},{opened + timedelta(hours=3):%Y-%m-%d %H:%M},Status,New,Closed,Ann")
    path = folder / "case_history.csv"
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def _counted(settings: Settings) -> tuple[int, int, int]:
    """Tickets, different tickets, and tickets that have events in their own source."""
    with connect(None) as con:
        report = load_sources(con, _again(settings), as_of=AS_OF)
        assert [error.message for error in report.errors] == []
        row = con.rows(
            "select count(*) as n, count(distinct ticket_id) as ids, count_if((source, ticket_id) in "
            "(select (source, ticket_id) from raw.ticket_events)) as told from raw.tickets"
        )[0]
    return row["n"], row["ids"], row["told"]


def test_a_list_and_its_history_are_one_source_and_no_ticket_stands_twice(settings: Settings, tmp_path: Path) -> None:
    result = add_files(settings, [_log(tmp_path, range(60)), _list(tmp_path, range(60))])
    assert (result.kind, sorted(result.files), result.also) == ("tickets", ["case_history.csv", "cases.csv"], [])
    assert any("is the history of these tickets (60 in both)" in problem for problem in result.problems)
    assert len(_again(settings).sources) == 1
    assert _counted(settings) == (60, 60, 60)


def test_a_history_that_comes_later_goes_to_the_list_that_is_there(settings: Settings, tmp_path: Path) -> None:
    add_files(settings, [_list(tmp_path, range(60))])
    written = settings.paths.maps / "cases.yml"
    written.write_text("# my own words\n" + written.read_text(encoding="utf-8"), encoding="utf-8")
    result = add_files(_again(settings), [_log(tmp_path, range(60))])
    assert (result.source, result.files) == ("cases", ["case_history.csv"])
    assert written.read_text(encoding="utf-8").startswith("# my own words\n")
    assert _counted(settings) == (60, 60, 60)


def test_a_history_can_be_named_to_the_source_it_belongs_to(settings: Settings, tmp_path: Path) -> None:
    add_files(settings, [_list(tmp_path, range(60))], source="desk")
    assert add_files(_again(settings), [_log(tmp_path, range(60))], source="desk").source == "desk"
    assert _counted(settings) == (60, 60, 60)


def test_a_history_of_other_tickets_is_no_file_of_the_source_that_is_named(settings: Settings, tmp_path: Path) -> None:
    add_files(settings, [_list(tmp_path, range(60))], source="desk")
    with pytest.raises(SwotlightError, match="No file has a header that the map of source desk knows"):
        add_files(_again(settings), [_log(tmp_path, range(100, 160))], source="desk")


def test_a_list_that_comes_later_takes_the_place_of_the_tickets_made_from_the_log(
    settings: Settings, tmp_path: Path
) -> None:
    add_files(settings, [_log(tmp_path, range(60))])
    assert _counted(settings) == (60, 60, 60)
    result = add_files(_again(settings), [_list(tmp_path, range(60))])
    assert (result.source, list(_again(settings).sources)) == ("case_history", ["case_history"])
    assert "derive" not in (settings.paths.maps / "case_history.yml").read_text(encoding="utf-8")
    assert _counted(settings) == (60, 60, 60)


def test_what_only_a_wider_log_tells_of_is_made_from_it(settings: Settings, tmp_path: Path) -> None:
    result = add_files(settings, [_list(tmp_path, range(40, 60)), _log(tmp_path, range(60))])
    assert any("40 tickets that only it tells of are made from it" in problem for problem in result.problems)
    assert _counted(settings) == (60, 60, 60)


def test_the_same_numbers_at_other_times_are_other_tickets(settings: Settings, tmp_path: Path) -> None:
    other = _log(tmp_path, range(60), FIRST - timedelta(days=400))
    result = add_files(settings, [_list(tmp_path, range(60)), other])
    assert len([result, *result.also]) == 2
    assert _counted(settings) == (120, 60, 60)


def test_the_history_of_a_known_make_is_written_beside_its_own_map(settings: Settings, tmp_path: Path) -> None:
    add_files(settings, [FRESHDESK])
    lines = FRESHDESK.read_text(encoding="utf-8").splitlines()
    place = lines[0].split(",").index("Created time")
    rows = [f"{line.split(',')[0]},{line.split(',')[place]},Status,Open,Closed,Ann" for line in lines[1:]]
    log = tmp_path / "activities.csv"
    text = "Ticket Number,Changed at,Field,Old Value,New Value,Changed by\n" + "\n".join(rows * 5) + "\n"
    log.write_text(text, encoding="utf-8")
    before = _counted(settings)
    result = add_files(_again(settings), [log])
    assert (result.source, _again(settings).sources["freshdesk"].map) == ("freshdesk", Path("maps/freshdesk.yml"))
    assert _again(settings).sources["freshdesk"].adapter is None
    assert _counted(settings) == (before[0], before[1], before[0])


def test_a_second_list_of_the_same_tickets_is_left_out_aloud(settings: Settings, tmp_path: Path) -> None:
    promises = ["Task,SLA,Stage,Has breached,Start time,Breach time,State,Priority"]
    for n in range(60):
        opened = FIRST + timedelta(hours=6 * n)
        times = f"{opened:%Y-%m-%d %H:%M},{opened + timedelta(hours=24):%Y-%m-%d %H:%M}"
        promises.append(f"{n:05},Gold,Done,false,{times},Closed,High")
    (tmp_path / "promises.csv").write_text("\n".join(promises) + "\n", encoding="utf-8")
    result = add_files(settings, [_list(tmp_path, range(60)), tmp_path / "promises.csv"])
    assert result.files == ["cases.csv"] and not [one for one in result.also if one.kind == "tickets"]
    assert any("promises.csv is not used" in problem for problem in result.problems)
    assert _counted(settings)[:2] == (60, 60)


def test_more_of_a_list_that_is_there_goes_to_its_source(settings: Settings, tmp_path: Path) -> None:
    add_files(settings, [_list(tmp_path, range(60))])
    later = tmp_path / "later"
    later.mkdir()
    (later / "cases_2.csv").write_bytes(_list(later, range(20, 80)).read_bytes())
    result = add_files(_again(settings), [later / "cases_2.csv"])
    assert (result.source, list(_again(settings).sources)) == ("cases", ["cases"])
    assert _counted(settings)[:2] == (80, 80)


def test_a_list_whose_tickets_are_there_under_other_headings_is_refused(settings: Settings, tmp_path: Path) -> None:
    add_files(settings, [_list(tmp_path, range(60))])
    other = tmp_path / "other.csv"
    text = (tmp_path / "cases.csv").read_text(encoding="utf-8")
    other.write_text(text.replace("Date/Time Opened", "Created").replace("Date/Time Closed", "Done"), encoding="utf-8")
    with pytest.raises(SwotlightError, match="its tickets are those of the source cases, and would count twice"):
        add_files(_again(settings), [other])
