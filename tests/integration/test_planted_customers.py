"""What the made-up company's customers are made to think is found again at the size of the default demo, without a
refresh: its survey of the relationship and its register go straight into the tables that the analysis reads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from analytics.customers.relations import driver_importance
from analytics.customers.segments import customer_segments
from demo.company_parts import Company, make_company
from demo.customers import customer_rows
from demo.panels import relation_survey
from demo.plan import Plan
from demo.questionnaires import SERVQUAL
from demo.voices import truth
from warehouse.store import Connection, connect

TICKETS, MONTHS, SEED = 200_000, 30, 7


@pytest.fixture(scope="module")
def company() -> Company:
    """Everything but its months."""
    return make_company(Plan(TICKETS, MONTHS, SEED), None)


@pytest.fixture
def con() -> Iterator[Connection]:
    """A database in memory with the schemas that are read."""
    with connect(None, memory_limit="1GB") as made:
        made.execute("create schema marts; create schema intermediate;")
        yield made


def _answers(company: Company) -> pa.Table:
    """Recommendation and perceptions of every wave that asked for both, as long answers."""
    asked = {"QID1": ("nps", "recommend", 0, 10)} | {
        f"QID{2 + k}": ("servqual", name, 1, 7) for k, name in enumerate(SERVQUAL)
    }
    parts = []
    for month in range(0, MONTHS, 6):
        for columns in relation_survey(company, month).answers:
            question = columns["question_id"][0].as_py()
            if question not in asked:
                continue
            instrument, name, low, high = asked[question]
            n = len(columns["response_id"])
            parts.append(
                pa.table({
                    "response_id": pa.array(columns["response_id"]).cast(pa.string()),
                    "value": pa.array(np.asarray(columns["value"], float)),
                    **{key: pa.array([value] * n) for key, value in {
                        "source": "q", "survey_id": "relation", "instrument": instrument, "item_id": name,
                        "dimension": name, "role": "perception", "scale_min": float(low), "scale_max": float(high),
                        "responded_on": date(2026, 1, 1),
                    }.items()},
                })
            )  # fmt: skip
    return pa.concat_tables(parts)


def test_planted_shares_of_importance_lie_in_their_intervals(company: Company, con: Connection) -> None:
    con.register("answers", _answers(company))
    con.execute("create table marts.fct_survey_answers as select * from answers")
    found = {row["attribute"]: row for row in driver_importance(con)}
    planted: dict[str, float] = truth(company)["drivers"]["shares"]
    assert found.keys() == planted.keys() and next(iter(found.values()))["n"] > 800
    for name, share in planted.items():
        row = found[name]
        assert row["importance_low"] <= share <= row["importance_high"], (name, share, row)
    order = sorted(planted, key=lambda name: -planted[name])
    assert sorted(found, key=lambda name: -found[name]["importance"])[:2] == order[:2]
    assert found["reliability"]["quarter"] == "concentrate here" and found["reliability"]["is_clear"]


def test_segments_made_to_stay_longer_leave_less_beyond_chance(company: Company, con: Connection) -> None:
    chunks = customer_rows(company.plan, company.clock, company.customers)
    con.register("register_rows", pa.concat_tables([_plain(part) for part in chunks]))
    con.execute("""
        create table intermediate.int_customers_current as
        select customer_id as customer_key, segment, region, age_band, gender, industry, company_size,
            cast(spend as double) as spend, currency, cast(is_business as boolean) as is_business,
            try_cast(customer_since_on as date) as customer_since_on, try_cast(churned_on as date) as churned_on
        from register_rows;
        create table marts.fct_contacts (customer_key varchar, arrived_on date);
        create table marts.fct_tickets (customer_key varchar, created_on date, is_complaint boolean,
            is_deleted boolean);
        create table marts.fct_survey_answers (customer_key varchar, instrument varchar, role varchar,
            responded_on date, satisfied double);
    """)
    found = customer_segments(con, company.clock.last_day)
    rows = {row["segment_name"]: row for row in found if row["dimension"] == "segment"}
    stay: list[str] = truth(company)["segments"]["longer_lived"]
    others = [name for name in rows if name not in stay]
    assert set(stay) < set(rows) and others
    for one in stay:
        for other in others:
            assert rows[one]["churn_high"] < rows[other]["churn_low"], (one, other)


def _plain(part: Mapping[str, Any]) -> pa.Table:
    """A chunk of the register as text, as its file has it."""
    return pa.table({name: pa.array(values).cast(pa.string()) for name, values in part.items()})
