"""Every metric of contacts and tickets stands in the semantic layer under its pinned name, told in three languages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

METRICS = Path(__file__).parents[3] / "dbt_project" / "models" / "metrics"
DURATIONS = [
    f"{what}_{clock}_minutes_{quantile}"
    for what in ("first_reply", "first_resolution", "full_resolution")
    for clock in ("calendar", "business")
    for quantile in ("p50", "p90")
]
CONTACTS = [
    *("offered", "unexplained_contacts", "abandonment_rate", "abandonment_rate_without_short", "service_level"),
    *(f"service_level_f{variant}" for variant in range(1, 6)),
    *("asa_seconds", "aht_seconds", "transfer_rate", "containment_rate", "occupancy", "utilisation", "shrinkage"),
    *("adherence", "conformance", "cost_per_contact", "aht_talk_seconds", "aht_hold_seconds", "aht_wrap_seconds"),
    *("callbacks", "callback_share", "callback_reached_rate", "automation_rate", "chat_concurrency"),
    *(f"shrinkage_{part}" for part in ("away", "learning", "meeting", "break", "other", "compounded")),
    *("contacts_per_paid_hour", "agent_contacts_per_paid_hour"),
]
TICKETS = [
    *("tickets_created", "tickets_solved", *DURATIONS),
    *("requester_wait_minutes", "agent_work_minutes", "agent_wait_minutes", "sla_attainment"),
    *("sla_attainment_retargeted", "resolution_rate", "backlog", "reopen_rate", "reassignments", "touches"),
    *("fcr_internal", "fcr_external", "complaint_rate", "complaints_resolved_24h", "error_rate"),
    *("next_reply_minutes", "on_hold_minutes", "hops", "rating_flips_to_bad", "rating_flips_to_good"),
    *(f"{touches}_touch_rate" for touches in ("zero", "one", "two", "multi")),
    *(f"backlog_{flow}" for flow in ("created", "reopened", "solved", "deleted")),
]


def _defined() -> dict[str, dict[str, Any]]:
    documents = [yaml.safe_load(path.read_text(encoding="utf-8")) or {} for path in sorted(METRICS.glob("*.yml"))]
    return {metric["name"]: metric for document in documents for metric in document.get("metrics") or []}


def _meta(metric: dict[str, Any]) -> dict[str, Any]:
    return dict((metric.get("config") or {}).get("meta") or {})


@pytest.mark.parametrize("name", [*CONTACTS, *TICKETS])
def test_a_pinned_name_is_a_metric(name: str) -> None:
    assert name in _defined(), f"METRICS names {name}; no yml of dbt_project/models/metrics defines it"


def test_a_metric_is_told_whole_and_in_three_languages() -> None:
    lacking = []
    for name, metric in _defined().items():
        meta = _meta(metric)
        if not meta.get("unit"):
            continue
        told = {**meta, "label": metric.get("label"), "description": metric.get("description")}
        needed = ["label", "description", "direction", "format", "owner", "dimension", "counted_on"]
        lacking += [f"{name}: {key}" for key in needed if not told.get(key)]
        for words in ("labels", "descriptions"):
            lacking += [f"{name}: {words}.{code}" for code in ("zh", "vi") if not (meta.get(words) or {}).get(code)]
        if meta.get("direction") in ("higher", "lower") and meta.get("swd") is None:
            lacking.append(f"{name}: swd")
    assert not lacking, "\n".join(lacking)
