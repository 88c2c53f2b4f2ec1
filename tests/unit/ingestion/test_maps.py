"""Maps: what they may say, what they make of rows, and how they name what is wrong with them."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from unittest.mock import patch

import pytest

from ingestion.contracts import load_contracts
from ingestion.ledger import ensure_ledger
from ingestion.maps import find_adapter, load_adapters, parse_map
from ingestion.views import write_views
from tests.unit.ingestion.conftest import Box
from warehouse.errors import SwotlightError, UsageError
from warehouse.store import connect

LOG = """
shapes:
  change:
    table: ticket_events
    derive: tickets
    fields: {ticket_id: {from: case}, event_id: {from: n}, occurred_at: {from: at}, event_type: {from: what},
             to_value: {from: to}, actor_role: {from: who}, is_public: {from: public}}
"""
LONG = """
adapter: shop
shapes:
  case:
    recognise: [id, grp]
    key: [id]
    version: changed
    fields:
      id: {type: id}
      opened: {type: instant}
      closed: {type: instant}
      changed: {type: instant}
      state: {type: category, values: {'on': open, 'off': solved, junk: null}}
      grp: {type: id}
      kind: {value: incident}
  group:
    recognise: [gid, title]
    fields: {gid: id, title: text}
tables:
  - table: tickets
    from: case
    where: "state is not null"
    join: {g: {shape: group, on: 'g.gid = "case".grp'}}
    columns: {ticket_id: id, created_at: opened, solved_at: closed, updated_at: changed, status: state,
              team: g.title, region: "'EMEA'", type: kind}
"""
WIDE = """
shapes:
  answers:
    key: [nr]
    fields: {nr: {type: id}, day: {type: date}}
tables:
  - table: survey_responses
    from: answers
    unpivot:
      columns:
        Q1: {item: overall, instrument: csat, scale: [1, 5], nulls: ["6", Blank]}
        Recommend: {item: nps, instrument: nps, scale: [0, 10], from: [NETPRO, Recommend]}
        Mood: {item: mood, instrument: employee, scale: [1, 5], values: {Agree: 4, Strongly agree: 5}}
    columns: {response_id: nr, item_id: item.item, value: item.value, answer: item.answer, instrument: item.instrument,
              responded_at: "cast(day as timestamp)", scale_max: item.scale_max}
"""


def test_a_long_map_joins_shapes_filters_and_holds_rows_to_the_contract(box: Box) -> None:
    box.map(LONG)
    box.put("a.csv", "id,opened,closed,changed,state,grp\n1,2026-01-02,2026-01-03,2026-01-03,OFF,7\n"
            "2,2026-01-02,2026-01-01,2026-01-03,on,8\n3,2026-01-02,,2026-01-03,junk,7\n")  # fmt: skip
    box.put("g.csv", "gid,title\n7,Billing\n")
    box.report()
    assert box.rows(columns="ticket_id, created_at, status, team, region, type") == [
        {"ticket_id": "1", "created_at": datetime(2026, 1, 2), "status": "solved", "team": "Billing", "region": "EMEA",
         "type": "incident"}
    ]  # fmt: skip
    assert [(row[0], row[1]) for row in box.quarantine()] == [(3, "end_before_start")]


def test_wide_answers_become_rows_and_what_is_no_answer_none(box: Box) -> None:
    box.map(WIDE)
    box.put(
        "a.csv",
        "nr,day,Q1,NETPRO,Mood\n1,2026-01-13,5,11,Agree\n2,2026-01-14,6,9,\n3,2026-01-14,Blank,,strongly agree\n",
    )
    box.load()
    found = box.rows("survey_responses", "response_id, item_id, value", "response_id, item_id")
    assert [tuple(row.values()) for row in found] == [
        ("1", "mood", 4.0), ("1", "nps", None), ("1", "overall", 5.0), ("2", "nps", 9.0), ("3", "mood", 5.0),
    ]  # fmt: skip


def test_a_map_is_read_once(tmp_path: Path) -> None:
    path = tmp_path / "a.yml"
    path.write_text(WIDE, encoding="utf-8")
    with patch.object(Path, "read_text", autospec=True, side_effect=Path.read_text) as read:
        parse_map(path)
    assert read.call_count == 1


def test_items_may_be_found_by_a_pattern_over_drifting_columns(box: Box) -> None:
    box.map(
        "shapes: {a: {key: [nr], fields: {nr: id}}}\ntables:\n  - table: survey_responses\n    from: a\n"
        "    unpivot: {matching: 'Q7.*', item: {instrument: csat, scale: [1, 5]}}\n"
        "    columns: {response_id: nr, item_id: item.item, value: item.value}\n"
    )
    box.put("2016.csv", "nr,Q7ART,Q8\n1,4,1\n")
    box.put("2017.csv", "nr,Q7ART,Q7FOOD\n2,5,3\n")
    box.load()
    found = box.rows("survey_responses", "response_id, item_id, value", "1, 2")
    assert [tuple(row.values()) for row in found] == [("1", "q7art", 4.0), ("2", "q7art", 5.0), ("2", "q7food", 3.0)]


def test_an_answer_of_a_wide_survey_later_than_the_as_of_instant_is_quarantined(box: Box) -> None:
    box.map(
        "shapes: {a: {key: [nr], fields: {nr: id, day: instant}}}\ntables:\n  - table: survey_responses\n    from: a\n"
        "    where: item.value is not null\n"
        "    unpivot: {columns: {Q1: {instrument: csat, scale: [1, 5]}, Q2: {instrument: csat, scale: [1, 5]}}}\n"
        "    columns: {response_id: nr, item_id: item.item, value: item.value, responded_at: day}\n"
    )
    box.put("a.csv", "nr,day,Q1,Q2\n1,2026-10-03,5,4\n2,2026-12-24,1,1\n")
    box.report()
    assert [(line, reason) for line, reason, *_ in box.quarantine()] == [(3, "later_than_as_of")]
    assert {row["response_id"] for row in box.rows("survey_responses", "response_id", "1")} == {"1"}


def test_tickets_are_derived_from_their_events(box: Box) -> None:
    box.map(LOG)
    events = [
        "1,1,2026-01-01 10:00,created,,customer,", "1,2,2026-01-01 10:05,note,,agent,no",
        "1,3,2026-01-01 10:10,reply,,bot,yes", "1,4,2026-01-01 10:40,reply,,agent,yes",
        "1,5,2026-01-01 11:00,status,solved,agent,", "1,6,2026-01-01 12:00,status,open,customer,",
        "1,7,2026-01-01 13:00,agent,A,system,", "1,8,2026-01-01 14:00,agent,B,system,",
        "1,9,2026-01-01 15:00,agent,A,system,", "2,1,2026-01-02 10:00,created,,customer,",
        "2,2,2026-01-03 10:00,status,solved,agent,", "2,3,2026-01-04 10:00,status,closed,agent,",
    ]  # fmt: skip
    box.put("a.csv", "case,n,at,what,to,who,public\n" + "\n".join(events) + "\n")
    box.load()
    columns = "status, agent_id, first_replied_at, solved_at, closed_at, reopens, reassignments, public_replies"
    assert [tuple(row.values()) for row in box.rows(columns=f"ticket_id, {columns}")] == [
        ("1", "open", "A", datetime(2026, 1, 1, 10, 40), None, None, 1, 2, 1),
        ("2", "closed", None, None, datetime(2026, 1, 3, 10), datetime(2026, 1, 4, 10), 0, 0, 0),
    ]


def test_a_field_may_be_an_expression_over_header_names(box: Box) -> None:
    box.map(
        "shapes: {x: {table: tickets, fields: {ticket_id: {sql: '\"Case No\" || ''-x'''}, "
        "created_at: {sql: '\"day\" || '' '' || \"gone\"'}}}}"
    )
    box.put("a.csv", "case no,day\n1,2026-01-02\n")
    box.report()
    assert box.quarantine()[0][:3] == (2, "missing_value", "created_at")


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("shapes:\n  x:\n    fields:\n      a: {type: nombre}\n", 4, "nombre"),
        ("shapes:\n  x:\n    tabel: tickets\n", 3, "tabel"),
        ("shapes:\n  x:\n    table: tickets\n    fields:\n      colour: text\n", None, "colour"),
        ("shapes:\n  x: {fields: {a: text}, key: [b]}\n", None, "'b'"),
        ("shapes: {}\n", None, "shapes"),
        ("shapes:\n  x: [\n", 3, "YAML"),
        (
            "shapes: {x: {fields: {a: text}}}\ntables:\n  - {table: tickets, from: y, columns: {ticket_id: a}}\n",
            None,
            "'y'",
        ),
        ("shapes: {x: {fields: {a: {value: 1, sql: '2'}}}}\n", 1, "one origin"),
        (
            "shapes: {x: {fields: {a: text}}}\ntables:\n  - {table: agents, from: x, columns: {agent_id: a}}\n"
            "  - {table: survey_responses, from: x, columns: {response_id: a, item_id: a}}\n",
            None,
            "a list of agents",
        ),
        ("shapes: {x: {table: tickets, fields: {ticket_id: {from: a}}}}\n", 1, "tickets needs a column 'created_at'"),
        (
            "shapes: {x: {fields: {a: text}}}\ntables: [{table: tickets, from: x, columns: {ticket_id: a}}]\n",
            None,
            "tickets needs a column 'created_at'",
        ),
    ],
)
def test_a_wrong_map_is_named_with_its_line_and_key(box: Box, text: str, line: int | None, said: str) -> None:
    box.map(text)
    box.put("a.csv", "a\n1\n")
    error = box.refusal()
    assert said in str(error) and error.file.endswith("box.yml")
    assert line is None or error.line == line


@pytest.mark.parametrize(
    "text",
    [
        "shapes: {x: {fields: {a: {sql: 'nonsense(\"a\")'}}}}",
        "shapes: {x: {fields: {a: text}, rules: [{name: r, when: 'b > 1'}]}}",
        "shapes: {x: {fields: {a: {type: date, format: '%Q'}}}}",
        "shapes: {x: {fields: {a: text}}}\n"
        "tables: [{table: tickets, from: x, columns: {ticket_id: 'nope + 1', created_at: now()}}]",
        "shapes: {x: {fields: {a: text}}}\n"
        "tables: [{table: tickets, from: x, where: 'zz = 1', columns: {ticket_id: a, created_at: now()}}]",
    ],
)
def test_an_expression_that_cannot_be_run_names_the_map(box: Box, text: str) -> None:
    box.map(text)
    box.put("a.csv", "a\n1\n")
    error = box.refusal()
    assert error.code == "bad_map" and error.key and "box" in error.file


def test_an_unknown_adapter_lists_the_nearest() -> None:
    with pytest.raises(UsageError, match="zendsk") as caught:
        find_adapter("zendsk")
    assert "zendesk" in str(caught.value.hint)


def test_an_unknown_source_is_wrong_usage(box: Box) -> None:
    with pytest.raises(UsageError, match="'bux'"):
        box.report(select=["bux"])


def test_every_shipped_adapter_is_valid_and_every_contract_has_a_generic_one() -> None:
    adapters = load_adapters()
    assert {f"generic_{table}" for table in load_contracts()} <= set(adapters)
    assert all(adapter.kinds() for adapter in adapters.values())


def test_raw_has_a_view_for_every_contract_before_anything_is_loaded() -> None:
    with connect(None) as con:
        ensure_ledger(con)
        write_views(con)
        for table, contract in load_contracts().items():
            described = {row["column_name"]: row["column_type"] for row in con.rows(f"describe raw.{table}")}
            assert list(described) == ["source", *contract.columns, "_file_id", "_line"]
            assert all(described[name] == column.sql_type for name, column in contract.columns.items())


def test_every_contract_is_whole() -> None:
    for contract in load_contracts().values():
        named = {*contract.key, contract.event_time, *([contract.version] if contract.version else [])}
        assert named <= set(contract.columns), contract.table
        assert all(column.cls in ("plain", "quasi", "personal", "free_text") for column in contract.columns.values())


def test_a_missing_map_is_refused(tmp_path: object, box: Box) -> None:
    box.config = "map: maps/none.yml"
    box.put("a.csv", "a\n1\n")
    assert box.refusal().code == "no_map"
    assert isinstance(box.refusal(), SwotlightError)
