"""An answer without a number says why: nobody of that name, no such days, or no data at all."""

from __future__ import annotations

from datetime import date

import pytest

from analytics.metrics import request, why_nothing
from tests.unit.analytics.conftest import Put
from warehouse.store import Connection


@pytest.fixture(autouse=True)
def surveys(put: Put) -> None:
    """Two channels in March and April."""
    for month, channel in ((3, "voice"), (4, "chat")):
        day = f"2026-{month:02}-05"
        put("surveys_day", responded_on=day, channel=channel, instrument="csat", n=20, satisfied=9)


def test_a_number_needs_no_reason(db: Connection) -> None:
    assert why_nothing(db, request("csat")) == []


def test_a_filter_that_names_nobody_is_told_who_there_is(db: Connection) -> None:
    assert why_nothing(db, request("csat", where=[["channel", "voic"]])) == [
        "There is no channel 'voic'. Did you mean voice?"
    ]
    assert why_nothing(db, request("csat", where=[["channel", "fax"]])) == [
        "There is no channel 'fax'; there are chat, voice."
    ]


def test_a_value_that_others_know_is_no_stranger(db: Connection, put: Put) -> None:
    put("tickets_created_day", created_on="2026-03-01", channel="messaging", tickets=7)
    asked = request("csat", where=[["channel", "messaging"]])
    assert why_nothing(db, asked) == ["csat has no data for channel 'messaging'."]


def test_days_without_data_are_told_which_months_have_some(db: Connection) -> None:
    empty = request("csat", start=date(2031, 1, 1), grain="day")
    assert why_nothing(db, empty) == ["csat has data from 2026-03 to 2026-04 only."]
    narrow = request("csat", where=[["channel", "chat"]], end=date(2026, 3, 31))
    assert why_nothing(db, narrow) == ["csat has data from 2026-04 to 2026-04 only."]


def test_a_metric_without_rows_says_so(db: Connection) -> None:
    asked = request(["csat", "tickets_created"], start=date(2026, 3, 1), end=date(2026, 3, 31))
    assert why_nothing(db, asked) == ["This release has no data for tickets_created."]
