"""Where a metric cannot be told, the variant that its definition names stands in, held to the main one's target."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from analytics.metrics import catalogue
from analytics.metrics.targets import Target
from analytics.swot.leading import leading
from analytics.swot.model import Factor, Item
from analytics.swot.sentences import _subject
from tests.unit.analytics.conftest import Put
from warehouse.store import Connection

OCTOBER = date(2026, 10, 1)
LEVEL = Factor("service_level", "internal", "service_quality", None, "wait", "service_level", "higher", ("target",),
               0.03, 0.09, None, 400, "ops", "service_quality")  # fmt: skip
TARGET = Target("service_level", "organisation", None, ">=", 0.8, None, None, "ops", "service_quality")


def _led(db: Connection, period: date = OCTOBER) -> tuple[str, set[str]]:
    metrics = catalogue(db)
    metrics["service_level"] = replace(metrics["service_level"], leads_when_null="asa_seconds")
    factors, targets = leading(db, [LEVEL], metrics, [TARGET], period)
    return factors[0].metric, {target.metric for target in targets}


def test_a_source_without_short_abandons_is_judged_by_the_variant_that_leads(db: Connection, put: Put) -> None:
    put("contacts_day", arrived_on="2026-10-05", channel="voice", answered=9, wait_seconds=90)
    assert _led(db) == ("asa_seconds", {"service_level", "asa_seconds"})


def test_what_can_be_told_is_told_by_itself(db: Connection, put: Put) -> None:
    put("contacts_day", arrived_on="2026-10-05", channel="voice", answered=9, sl_answered=8, sl_base=9, wait_seconds=90)
    assert _led(db) == ("service_level", {"service_level"})


def test_what_came_later_leads_nothing_and_nothing_leads_without_data(db: Connection, put: Put) -> None:
    put("contacts_day", arrived_on="2026-10-05", channel="voice", answered=9, wait_seconds=90)
    assert _led(db, date(2026, 9, 1)) == ("service_level", {"service_level"})


def test_the_variant_is_told_as_what_it_is() -> None:
    variant = replace(LEVEL, metric="service_level_f3")
    led = Item(OCTOBER, ("organisation", None), variant, "watch", None, [], date(2026, 11, 30))
    assert _subject(led) == "service_level_f3"
    assert _subject(replace(led, factor=LEVEL)) == "service_level"
