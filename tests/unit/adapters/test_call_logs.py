"""Call logs as telephone systems export them: who was answered, who gave up, how long they waited."""

from __future__ import annotations

from tests.unit.adapters.conftest import LoadSample


def test_five9_tells_the_end_of_a_call_by_what_happened_and_not_by_what_was_noted(load_sample: LoadSample) -> None:
    rows = load_sample("five9").rows(
        "select right(contact_id, 1) as id, outcome, direction, queue, agent_id from raw.contacts order by contact_id"
    )
    assert [tuple(row.values()) for row in rows] == [
        ("1", "answered", "inbound", "Care", "ada@sample.example"),
        # What an agent passed on was answered first.
        ("2", "answered", "inbound", "Care", "ada@sample.example"),
        ("3", "abandoned", "inbound", "Care", None),
        # Ended in the menu, without ever waiting; left a message after a wait.
        ("4", "contained", "inbound", None, None),
        ("5", "flowed_out", "inbound", "Billing", None),
        ("6", "answered", "outbound", None, "ben@sample.example"),
    ]


def test_five9_counts_hold_once(load_sample: LoadSample) -> None:
    rows = load_sample("five9").rows(
        "select wait_seconds, talk_seconds, hold_seconds, wrap_seconds, transfers, customer_id from raw.contacts "
        "where outcome = 'answered' order by contact_id"
    )
    assert [tuple(row.values()) for row in rows] == [
        # 10 of menu, 12 of waiting and 290 of talk are the 312 of the call: the 40 of hold are within the talk.
        (12.0, 250.0, 40.0, 30.0, 0, "4155550101"),
        (30.0, 180.0, 0.0, 20.0, 1, "4155550102"),
        (0.0, 60.0, 0.0, 10.0, 0, "4155550106"),
    ]
