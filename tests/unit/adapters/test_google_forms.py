"""Google Forms: a sheet of responses."""

from __future__ import annotations

import pytest

from ingestion.adding import add_files
from ingestion.inspection import inspect_file
from tests.unit.adapters.conftest import LoadSample
from warehouse.settings import load_settings, package_path
from warehouse.store import Connection
from warehouse.workspace import init_workspace

FORM = package_path("seeds/samples/unknown/form_answers.csv")


@pytest.fixture
def raw(load_sample: LoadSample) -> Connection:
    return load_sample("google_forms")


def test_numbers_and_words_of_agreement_are_values(raw: Connection) -> None:
    rows = raw.rows(
        "select item_text, instrument, value from raw.survey_responses "
        "where value is not null and responded_at >= timestamp '2025-01-01' "
        "order by responded_at, item_text"
    )
    assert [(row["instrument"], row["value"]) for row in rows] == [
        ("nps", 9.0), ("csat", 5.0), ("other", 5.0), ("nps", 4.0), ("csat", 2.0), ("other", 2.0), ("csat", 3.0),
        ("other", 4.0),
    ]  # fmt: skip


def test_time_stamps_carry_their_offset_through_the_year(raw: Connection) -> None:
    rows = raw.rows(
        "select distinct responded_at as at from raw.survey_responses where year(responded_at) = 2025 order by 1"
    )
    assert [str(row["at"]) for row in rows] == ["2025-03-02 07:00:00", "2025-03-02 08:30:00", "2025-07-03 12:15:00"]


def test_a_time_stamp_may_say_its_zone_in_letters(raw: Connection) -> None:
    # 9:22:54 of a winter in Denver, 13:22:54 of a summer in New York.
    rows = raw.rows(
        "select responded_at as at, instrument as i, value as v from raw.survey_responses "
        "where year(responded_at) = 2018 order by 1"
    )
    assert [(str(row["at"]), row["i"], row["v"]) for row in rows] == [
        ("2018-01-25 16:22:54", "nps", 9.0),
        ("2018-07-26 17:22:54", "nps", 0.0),
    ]


def test_long_words_are_a_comment_and_nobodys_address_is_read(raw: Connection) -> None:
    rows = raw.rows("select answer, comment from raw.survey_responses where value is null order by responded_at")
    assert rows == [
        {"answer": None, "comment": "Please open the chat earlier in the morning and on Saturdays."},
        {"answer": "Nothing", "comment": None},
    ]
    assert "example.org" not in str(raw.rows("from raw.survey_responses"))


def test_a_bare_time_stamp_speaks_for_nobody_and_can_be_asked_for(tmp_path_factory: pytest.TempPathFactory) -> None:
    assert inspect_file(FORM).adapter is None
    settings = load_settings(init_workspace(tmp_path_factory.mktemp("forms") / "workspace"))
    assert add_files(settings, [FORM], kind="google_forms").adapter == "google_forms"
