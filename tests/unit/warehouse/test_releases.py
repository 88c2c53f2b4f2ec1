"""Publishing, reading, listing, going back and clearing, on a build of two tables."""

from __future__ import annotations

import errno
import gc
import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from warehouse import publishing
from warehouse.drafting import Draft
from warehouse.errors import SwotlightError
from warehouse.releases import ReleaseInfo, ReleaseReader, current_info, list_releases, prune, publish, rollback, show
from warehouse.settings import Settings
from warehouse.store import connect

AS_OF = datetime(2026, 11, 1, tzinfo=UTC)
Build = Callable[..., None]


def released(settings: Settings, **manifest: object) -> ReleaseInfo:
    return publish(settings, run="r1", as_of=AS_OF, manifest=dict(manifest))


def test_a_release_holds_what_readers_may_see_and_nothing_else(settings: Settings) -> None:
    info = released(settings)
    with connect(info.path, read_only=True) as con:
        schemas = {row["s"] for row in con.rows("select distinct schema_name as s from duckdb_tables()")}
    assert "raw" not in schemas
    assert {"marts", "rollups"} <= schemas
    assert b"Lovelace" not in info.path.read_bytes()


def test_a_view_over_released_tables_stays_a_view_and_one_that_asks_for_more_becomes_a_table(
    settings: Settings,
) -> None:
    with connect(settings.paths.build_db) as con:
        con.execute("create schema intermediate")
        con.execute(
            "create view intermediate.counts as with f as (select * from marts.fct) select generation, 1 as n from f"
        )
        con.execute("create view rollups.single as select * from intermediate.counts")
        con.execute("create view rollups.again as with c as (select * from rollups.single) select c.n + 1 as m from c")
        con.execute("create view rollups.named as select name from raw.people")
    info = released(settings)
    with connect(info.path, read_only=True) as con:
        views = con.rows("select view_name as v from duckdb_views() where not internal order by 1")
        assert [row["v"] for row in views] == ["again", "single"]
        assert con.rows("select sum(n) as n from rollups.single") == [{"n": 50}]
        assert con.rows("select max(m) as m from rollups.again") == [{"m": 2}]
        assert con.rows("select name from rollups.named") == [{"name": "Ada Lovelace"}]
    assert "rollups.named" in info.tables and "rollups.single" not in info.tables


def test_a_reader_sees_a_new_release_at_its_next_question(settings: Settings, build: Build) -> None:
    released(settings)
    reader = ReleaseReader(settings)
    page = reader.current()
    assert reader.current() is page
    build(settings, 2)
    second = released(settings)
    assert page.scalar("select min(generation) from marts.fct") == 1, "a page keeps its release"
    assert reader.current().name == second.name
    assert reader.current().scalar("select min(generation) from marts.fct") == 2


def test_an_old_release_is_closed_when_nobody_holds_it(settings: Settings, build: Build) -> None:
    first = released(settings)
    reader = ReleaseReader(settings)
    assert reader.current().scalar("select 1") == 1
    build(settings, 2)
    released(settings)
    reader.current()
    gc.collect()
    open_files = {str(fd.readlink()) for fd in Path("/proc/self/fd").iterdir() if fd.is_symlink()}
    assert str(first.path) not in open_files


def test_the_link_for_analysts_tools_follows_the_pointer(settings: Settings, build: Build) -> None:
    first = released(settings)
    build(settings, 2)
    second = released(settings)
    link = settings.paths.current_link
    assert link.resolve() == second.path
    rollback(settings)
    assert link.resolve() == first.path


def test_names_are_never_used_twice_even_inside_one_second(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("warehouse.releases.utc_now", lambda: AS_OF)
    names = [released(settings).name for _ in range(3)]
    prune(settings, 1)
    names.append(released(settings).name)
    assert len(set(names)) == 4


def test_the_pointer_is_flipped_once_and_when_the_file_has_its_name(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    is_whole: list[bool] = []
    monkeypatch.setattr("warehouse.releases.point_to", lambda _, name: is_whole.append(bool(show(settings, name))))
    released(settings)
    assert is_whole == [True]


def test_a_pointer_that_does_not_reach_the_disk_stays_as_it_was(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    older, newer = released(settings), released(settings)

    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(SwotlightError, match="disk is full"):
        rollback(settings, older.name)
    assert show(settings).name == newer.name


def test_rollback_goes_one_back_and_then_one_more(settings: Settings) -> None:
    names = [released(settings).name for _ in range(3)]
    assert rollback(settings).name == names[1]
    assert rollback(settings).name == names[0]
    with pytest.raises(SwotlightError, match="oldest"):
        rollback(settings)
    assert rollback(settings, names[2]).name == names[2]


def test_an_unknown_release_lists_the_nearest_names(settings: Settings) -> None:
    name = released(settings).name
    with pytest.raises(SwotlightError) as caught:
        show(settings, name[:-1] + "9")
    assert caught.value.exit_code == 2
    assert name in (caught.value.hint or "")


def test_prune_keeps_the_current_release_also_when_it_is_old(settings: Settings) -> None:
    names = [released(settings).name for _ in range(4)]
    rollback(settings, names[0])
    gone = prune(settings, 1)
    assert sorted(gone) == names[1:3]
    assert [info.name for info in list_releases(settings)] == [names[3], names[0]]
    assert ReleaseReader(settings).current().name == names[0]


def test_the_list_says_what_is_current_and_how_large(settings: Settings) -> None:
    info = released(settings, files=3, checks_failed=1, withdrawn=["csat"], code="abc")
    row = list_releases(settings)[0].to_dict()
    assert row["current"] is True
    assert (row["files"], row["checks_failed"], row["bytes"]) == (3, 1, info.path.stat().st_size)
    assert row["as_of"] == "2026-11-01T00:00:00Z"
    again = show(settings)
    assert (again.withdrawn, again.notes) == (["csat"], {"code": "abc"})
    assert again.tables["marts.fct"]["rows"] == 50


def test_a_copy_that_differs_is_refused_and_the_old_release_stays(
    settings: Settings, build: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = released(settings)
    build(settings, 2)
    difference = publishing._difference

    def corrupted(target: Path, expected: Mapping[tuple[str, str], publishing.TableSum]) -> SwotlightError | None:
        with connect(target) as con:
            con.execute("update marts.fct set generation = 3 where rowid = 7")
        return difference(target, expected)

    monkeypatch.setattr(publishing, "_difference", corrupted)
    with pytest.raises(SwotlightError, match=r"marts\.fct"):
        released(settings)
    assert ReleaseReader(settings).current().name == first.name
    assert sorted(path.suffix for path in settings.paths.releases.glob("2*")) == [".duckdb", ".json"]


def test_before_the_first_release_a_reader_is_told_what_to_do(settings: Settings) -> None:
    assert current_info(settings) is None
    with pytest.raises(SwotlightError, match="no release yet") as caught:
        ReleaseReader(settings).current()
    assert "swotlight refresh" in (caught.value.hint or "")


def test_a_damaged_pointer_is_told_with_the_way_out(settings: Settings) -> None:
    name = released(settings).name
    settings.paths.pointer.write_text("{")
    with pytest.raises(SwotlightError, match="damaged"):
        ReleaseReader(settings).current()
    rollback(settings, name)
    assert ReleaseReader(settings).current().name == name


def test_descriptions_of_columns_travel_into_the_release(settings: Settings) -> None:
    with connect(settings.paths.build_db) as con:
        con.execute("comment on column marts.fct.generation is 'which build it''s from'")
    with connect(released(settings).path, read_only=True) as con:
        comment = con.scalar(
            "select comment from duckdb_columns() where column_name = 'generation' and schema_name = 'marts'"
        )
    assert comment == "which build it's from"


def test_views_are_released_as_tables(settings: Settings) -> None:
    with connect(settings.paths.build_db) as con:
        con.execute("create view marts.seen as select generation + 1 as next from marts.fct")
    with connect(released(settings).path, read_only=True) as con:
        assert con.scalar("select sum(next) from marts.seen") == 100


def test_a_release_can_be_read_by_the_older_storage_version(settings: Settings) -> None:
    with connect(released(settings).path, read_only=True) as con:
        tags = con.scalar("select tags from duckdb_databases() where not internal and database_name not in ('temp')")
    assert json.loads(json.dumps(tags)).get("storage_version", "").startswith("v1.5.0")


FCT = ("marts", "fct")


def draft_of(settings: Settings, *tables: tuple[str, str]) -> Draft:
    """The draft of a build, at work."""
    draft = Draft(settings, at_least=1)
    draft.begin(connect(settings.paths.build_db), tables or [FCT])
    return draft


def with_draft(settings: Settings, draft: Draft) -> ReleaseInfo:
    return publish(settings, run="r1", as_of=AS_OF, manifest={}, draft=draft.finished())


def test_a_draft_made_while_the_build_is_judged_is_what_is_released(settings: Settings) -> None:
    plain = released(settings)
    draft = draft_of(settings)
    with connect(settings.paths.build_db) as con:
        con.execute("create table marts.later as select 1 as found")
    drafted = draft.finished()
    assert drafted and drafted.tables == {FCT}
    began = drafted.path.stat().st_ino
    info = with_draft(settings, draft)
    assert info.path.stat().st_ino == began, "the draft itself became the release"
    assert set(info.tables) == {*plain.tables, "marts.later"}
    assert {name: info.tables[name] for name in plain.tables} == plain.tables


def test_small_tables_are_not_worth_a_draft(settings: Settings) -> None:
    draft = Draft(settings)
    draft.begin(connect(settings.paths.build_db), [FCT])
    drafted = draft.finished()
    assert drafted and not drafted.tables
    assert "marts.fct" in with_draft(settings, draft).tables


def test_a_draft_of_an_older_build_is_void(settings: Settings, build: Build) -> None:
    draft = draft_of(settings)
    draft.finished()
    build(settings, 2)
    info = with_draft(settings, draft)
    assert not settings.paths.release_draft.exists()
    with connect(info.path, read_only=True) as con:
        assert con.scalar("select min(generation) from marts.fct") == 2


def test_a_stopped_draft_lets_go_of_the_build_and_a_release_does_without(settings: Settings) -> None:
    draft = draft_of(settings)
    draft.stop()
    with connect(settings.paths.build_db, read_only=True) as con:
        assert con.scalar("select count(*) from marts.fct")
    settings.paths.release_draft.unlink(missing_ok=True)
    assert "marts.fct" in with_draft(settings, draft).tables


def test_a_draft_that_cannot_be_written_is_no_draft(settings: Settings) -> None:
    part = settings.paths.release_draft.with_name(settings.paths.release_draft.name + ".part")
    part.mkdir(parents=True)
    draft = draft_of(settings)
    assert draft.finished() is None
    assert "marts.fct" in with_draft(settings, draft).tables


def test_rows_of_a_table_with_days_stand_in_their_order(settings: Settings) -> None:
    with connect(settings.paths.build_db) as con:
        con.execute(
            "create table marts.days as select 'x' as name, date '2026-01-01' + (i * 7919 % 1000)::int as day_on "
            "from range(1000) as t(i)"
        )
    for info in (released(settings), with_draft(settings, draft_of(settings, ("marts", "days")))):
        with connect(info.path, read_only=True) as con:
            days = [row["day_on"] for row in con.rows("select day_on from marts.days")]
        assert days == sorted(days) and len(set(days)) == 1000
