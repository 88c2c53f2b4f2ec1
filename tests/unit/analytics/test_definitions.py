"""Compiling, refusing, explaining: what a definition must be, and that the SQL shown is the SQL meant."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from analytics.metrics import arithmetic, ask, catalogue, compile_catalogue, explain, parse_where, request
from analytics.metrics.table import write_catalogue
from tests.unit.analytics.conftest import Put, bucket
from tests.unit.analytics.semantics import manifest, ratio, simple
from warehouse.errors import SwotlightError, UsageError
from warehouse.store import Connection


def with_metric(metric: dict[str, Any]) -> dict[str, Any]:
    document = copy.deepcopy(manifest())
    document["metrics"].append(metric)
    return document


def test_a_metric_on_an_unknown_measure_is_refused_by_name() -> None:
    with pytest.raises(SwotlightError, match=r"odd .*'nothing' is in no semantic model"):
        compile_catalogue(with_metric(simple("odd", "nothing", unit="count")))


def test_a_unit_outside_the_words_is_refused() -> None:
    with pytest.raises(SwotlightError, match=r"its unit is 'furlongs'"):
        compile_catalogue(with_metric(simple("odd", "offered", unit="furlongs")))


def test_a_ratio_of_an_undefined_metric_is_refused() -> None:
    with pytest.raises(SwotlightError, match="names the metric 'nobody'"):
        compile_catalogue(with_metric(ratio("odd", "nobody", "answered", unit="ratio")))


def test_a_definition_that_does_not_fit_the_tables_is_refused_when_the_catalogue_is_written(
    db: Connection, tmp_path: Path
) -> None:
    document = with_metric(simple("odd", "offered", unit="count"))
    document["semantic_models"][0]["measures"][0]["expr"] = "answered + no_such_column"
    path = tmp_path / "m.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    with pytest.raises(SwotlightError, match="no_such_column"):
        write_catalogue(db, path)


def test_the_hash_changes_with_the_meaning_and_with_nothing_else(db: Connection) -> None:
    before = {m.name: m.definition_hash for m in compile_catalogue(manifest())}
    document = manifest()
    document["metrics"][0]["label"] = "Another label"
    document["semantic_models"][0]["measures"][2]["expr"] = "sl_answered + 1"
    after = {m.name: m.definition_hash for m in compile_catalogue(document)}
    assert {name for name in before if before[name] != after[name]} == {"service_level"}
    assert before["service_level"] == catalogue(db)["service_level"].definition_hash


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"by": ["channel"]},
        {"by": ["channel"], "grain": "month"},
        {"grain": "day", "where": [("channel", "chat")]},
    ],
)
@pytest.mark.parametrize(
    "metric",
    ["offered", "service_level", "complaint_rate", "cost_per_contact", "backlog", "wait_seconds_p90", "csat", "nps"],
)
def test_the_sql_shown_gives_the_value_answered(db: Connection, put: Put, metric: str, options: dict[str, Any]) -> None:
    for day in ("2026-03-30", "2026-04-02"):
        for channel in ("chat", "voice's"):
            k = len(day + channel)
            put("contacts_day", arrived_on=day, channel=channel, answered=k, abandoned=3, sl_answered=k - 2, sl_base=k)
            put("tickets_created_day", created_on=day, channel=channel, tickets=k, complaints=2)
            put("costs_month", month_on=day[:8] + "01", channel=channel, amount=7.0 * k)
            put("backlog_day", day_on=day, source="a", channel=channel, open_at_end=k)
            put("surveys_day", responded_on=day, channel=channel, instrument="csat", n=20, satisfied=k)
            put("surveys_day", responded_on=day, channel=channel, instrument="nps", n=20, promoters=9, passives=6,
                detractors=5)  # fmt: skip
            for seconds in (k, 2 * k, 0):
                put(
                    "durations_day",
                    measure="wait_seconds",
                    counted_on=day,
                    channel=channel,
                    bucket=bucket(seconds),
                    n=k,
                )
    if metric == "cost_per_contact" and options.get("grain") == "day":
        pytest.skip("costs are kept per month")
    asked = request(metric, **options)
    shown = db.rows(explain(db, asked)["sql"])
    answered = ask(db, asked)
    assert len(shown) == len(answered) > 0
    for seen, row in zip(shown, answered, strict=True):
        assert seen["value"] == pytest.approx(row.value)
        assert seen.get("period") == row.period
        assert {k: seen[k] for k in row.dimensions} == row.dimensions


def test_explain_names_rollup_and_definition(db: Connection) -> None:
    told = explain(db, request("turnover_annualised"))
    assert told["rollup"] == "rollups.rollup_headcount_month"
    assert told["definition"] == "What turnover_annualised means. Formula: 12 × sum(leavers) ÷ sum(heads)."


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("", ()),
        ("channel = chat", (("channel", "chat"),)),
        ("channel=chat and team = 'A'", (("channel", "chat"), ("team", "A"))),
        ("team = 'A and B' AND topic = \"it's late\"", (("team", "A and B"), ("topic", "it's late"))),
        ("team = 'O''Hara'", (("team", "O'Hara"),)),
        ("topic = Billing and Payments and team = x", None),
        ("topic = sand castle", (("topic", "sand castle"),)),
        ("channel", None),
        ("channel = ", None),
        ("channel = chat and", None),
        ("channel = chat or 1 = 1", None),
        ("channel == chat", None),
    ],
)
def test_a_filter_is_read_or_refused(text: str, pairs: tuple | None) -> None:
    if pairs is None:
        with pytest.raises(UsageError, match="not understood"):
            parse_where(text)
    else:
        assert parse_where(text) == pairs


def test_arithmetic_is_null_for_nulls_and_zero_denominators_and_refuses_anything_else() -> None:
    assert arithmetic.evaluate("(a + b) / c", {"a": 1, "b": 2, "c": 4}) == 0.75
    assert arithmetic.evaluate("a / b", {"a": 1, "b": 0}) is None
    assert arithmetic.evaluate("a + b", {"a": 1, "b": None}) is None
    assert arithmetic.evaluate("coalesce(b, 0) + a", {"a": 1, "b": None}) == 1
    for text in ("__import__('os')", "a ** b", "a.b", "[a]", "a if b else c"):
        with pytest.raises(SwotlightError):
            arithmetic.evaluate(text, {"a": 1, "b": 2, "c": 3})
