"""The ledger of variants and the table of contributions of a released company, worked out again from its contacts."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

import pytest

from warehouse.releases import Release


def _counted(release: Release) -> dict[tuple[Any, str], Counter[str]]:
    """Contacts of channels that say how long people waited, counted one by one."""
    rows = release.rows("select * from marts.fct_contacts where direction = 'inbound'")
    counts: dict[tuple[Any, str], Counter[str]] = defaultdict(Counter)
    for row in rows:
        count = counts[(row["arrived_on"].replace(day=1), row["channel"])]
        waited = row["wait_seconds"]
        in_time = waited is not None and waited <= row["answer_within_seconds"]
        is_short = waited is not None and waited <= row["short_abandon_seconds"]
        if row["outcome"] == "answered":
            count.update({"an": 1, "an in": in_time})
        elif row["outcome"] == "abandoned":
            count.update({"ab": 1, "ab in": in_time, "ab short": is_short})
    return counts


def test_every_variant_is_what_counting_contact_by_contact_gives(release: Release) -> None:
    # Queues that report totals only have no contacts to count: their source is left out of both.
    alone = {row["c"] for row in release.rows("select distinct channel as c from marts.fct_queue_intervals")}
    compared = 0
    ledger = {
        (row["month_on"], row["channel"], row["variant"]): (row["numerator"], row["denominator"])
        for row in release.rows("select * from marts.metric_variants where metric = 'service_level'")
    }
    for (month, channel), n in _counted(release).items():
        if channel in alone or not n["an"] + n["ab"]:
            continue
        wanted = {
            "main": (n["an in"], n["an"] + n["ab"] - n["ab short"]),
            "F1": (n["an in"] + n["ab in"], n["an"] + n["ab"]),
            "F2": (n["an in"], n["an"]),
            "F3": (n["an in"], n["an"] + n["ab"]),
            "F4": (n["an in"], n["an"] + n["ab"] - n["ab in"]),
            "F5": (n["an in"] + n["ab short"], n["an"] + n["ab"]),
        }
        for variant, parts in wanted.items():
            assert ledger[(month, channel, variant)] == parts, (month, channel, variant)
            compared += 1
    assert compared > 100


def test_the_main_definition_is_called_flattering_only_where_another_one_says_less(release: Release) -> None:
    found: dict[tuple[Any, ...], list[dict[str, Any]]] = defaultdict(list)
    for row in release.rows("select * from marts.metric_variants where value is not null"):
        found[(row["metric"], row["month_on"], row["channel"])].append(row)
    assert len(found) > 100
    for (metric, _month, _channel), rows in found.items():
        side = -1 if metric == "abandonment_rate" else 1
        best, worst = max(side * row["value"] for row in rows), min(side * row["value"] for row in rows)
        for row in rows:
            flatters = side * row["value"] == best and best > worst
            assert row["is_most_flattering"] is flatters
            assert (row["note"] is not None) is (flatters and row["is_main"])


def test_mix_and_rate_add_up_to_the_change_of_every_blend(release: Release) -> None:
    rows = release.rows(
        "select metric, dimension, month_on, sum(mix_effect + rate_effect) as parts,"
        " any_value(blended_now - blended_before) as change from marts.contributions group by all"
    )
    assert len(rows) > 100
    for row in rows:
        assert row["parts"] == pytest.approx(row["change"], abs=1e-9), row
