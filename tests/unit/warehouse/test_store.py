"""DuckDB as the rest of the house sees it."""

from __future__ import annotations

from pathlib import Path

import pytest

from warehouse.store import StoreError, connect, quote_name, quote_text


def test_the_session_is_utc_and_looks_for_no_extension() -> None:
    with connect(None) as con:
        assert con.scalar("select current_setting('TimeZone')") == "UTC"
        for name in ("autoload_known_extensions", "autoinstall_known_extensions"):
            assert con.scalar(f"select current_setting('{name}')") is False


def test_a_second_column_of_one_name_is_not_lost() -> None:
    with connect(None) as con:
        assert con.rows("select 1 as a, 2 as a, 3 as a_2") == [{"a": 1, "a_2": 2, "a_2_2": 3}]


def test_an_error_in_sql_is_a_sentence_with_a_code() -> None:
    with connect(None) as con, pytest.raises(StoreError) as caught:
        con.rows("select missing from nowhere")
    assert caught.value.code == "sql"


def test_an_error_while_fetching_is_wrapped_too() -> None:
    with connect(None) as con, pytest.raises(StoreError):
        con.rows("select cast(case when i = 90000 then 'x' else '1' end as integer) from range(100000) t(i)")


@pytest.mark.parametrize(
    "statement",
    [
        "attach '{dir}/other.duckdb'",
        "copy (select 1) to '{dir}/out.csv'",
        "select * from read_csv('{dir}/in.csv')",
        "select * from read_text('/etc/hostname')",
        "export database '{dir}/export'",
        "set memory_limit = '1GB'",
        "set global enable_external_access = true",
        "install httpfs",
    ],
)
def test_a_sealed_connection_reaches_nothing_outside_its_file(tmp_path: Path, statement: str) -> None:
    (tmp_path / "in.csv").write_text("a\n1\n")
    with connect(None, sealed=True) as con, pytest.raises(StoreError):
        con.rows(statement.format(dir=tmp_path))
    assert [path.name for path in tmp_path.iterdir()] == ["in.csv"]


def test_a_missing_file_is_not_created_by_reading(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="does not exist"):
        connect(tmp_path / "none.duckdb", read_only=True)
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_no_database_is_told_in_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "x.duckdb"
    path.write_bytes(b"not a database, but long enough to look like one" * 400)
    with pytest.raises(StoreError) as caught:
        connect(path, read_only=True)
    assert caught.value.code == "damaged"


def test_quoting_survives_quotes() -> None:
    with connect(None) as con:
        row = con.rows(f"select {quote_text(chr(39) + ';--')} as {quote_name('a' + chr(34) + 'b')}")
    assert row == [{'a"b': "';--"}]


def test_a_file_that_is_held_sealed_can_be_opened_again(tmp_path: Path) -> None:
    path = tmp_path / "release.duckdb"
    connect(path).close()
    with connect(path, read_only=True, sealed=True), connect(path, read_only=True) as again:
        assert again.scalar("select 1") == 1


def test_a_question_is_read_once_and_asked_with_any_parameters() -> None:
    with connect(None) as con:
        con.execute("create table t as select range as n from range(10)")
        asked = "select count(*) as c from t where n < ? /* read once */"
        first = con.read(asked)
        assert con.read(asked) is first and not isinstance(first, str)
        assert [con.rows(con.read(asked), [n])[0]["c"] for n in (3, 7)] == [3, 7]
        con.execute("insert into t values (-1)")
        with con.cursor() as other:
            assert other.rows(con.read(asked), [3]) == [{"c": 4}], "the question was kept, not its answer"


def test_what_is_no_single_question_is_handed_back_as_it_came() -> None:
    with connect(None) as con:
        for text in ("create table u (n integer)", "select 1; select 2", ""):
            assert con.read(text) == text
        with pytest.raises(StoreError):
            con.read("selec 1")


def test_the_memory_that_is_asked_for_holds_whoever_opened_the_file_before(tmp_path: Path) -> None:
    path, shown = tmp_path / "build.duckdb", "select current_setting('memory_limit')"
    for limit, told in (("1GB", "953.6 MiB"), ("2GB", "1.8 GiB"), ("1GB", "953.6 MiB"), ("1GB", "953.6 MiB")):
        with connect(path, memory_limit="3GB"), connect(path, memory_limit=limit) as con:
            assert con.scalar(shown) == told
    with connect(path, memory_limit="1GB") as con:
        assert con.scalar(shown) == "953.6 MiB"
