"""The demo workspace's `swotlight.yml`: the made-up organisation, its sources, hours, holidays and thresholds."""

from __future__ import annotations

from typing import Any

import numpy as np
import yaml

from demo.clock import Clock
from demo.story import LIVE, ORGANISATION, Story
from ingestion.contracts import load_contracts
from ingestion.generic import generic_adapter

SOURCES = {
    "zendesk": ("zendesk", "UTC", "the ticket system"),
    "contacts": ("generic_contacts", "UTC", "calls, chats, messages and callbacks, one row each"),
    "acd": ("generic_interval_stats", "UTC", "the partner's night line: half-hours only"),
    "workforce": (None, "Europe/Berlin", "people, their time, training, quality checks, costs"),
    "customers": ("generic_customers", "UTC", "the customer register"),
    "qualtrics": ("qualtrics", "UTC", "surveys of customers and staff"),
    "invitations": ("generic_survey_invitations", "UTC", "who was asked"),
    "greenhouse": ("greenhouse", "UTC", "requisitions and applications"),
    "jobboard": ("generic_job_postings", "Europe/Berlin", "job postings of other employers"),
    "indeed": ("indeed_hiring_lab", "Europe/Berlin", "index of job postings"),
    "market": ("generic_market_indicators", "Europe/Berlin", "the market and the competitors"),
    "statements": ("generic_statements", "UTC", "coded ideas and concerns"),
}
WORKFORCE = ("agents", "agent_time", "training", "quality_checks", "costs")


def config_text(clock: Clock, story: Story) -> str:
    """The commented settings file."""
    holidays = "\n".join(f"    - {day}                     # {name}" for day, name in clock.holiday_names.items())
    return f"""\
# Swotlight: a demo workspace. The company, its people and its figures are made up; truth.json says what was planted.

organisation:
  name: {ORGANISATION}
  # Days, weeks and business hours belong to this zone.
  time_zone: Europe/Berlin
  currency: EUR
  languages: [en, zh, vi]
  # When tickets are worked on.
  business_hours:
    mon: ["08:00-20:00"]
    tue: ["08:00-20:00"]
    wed: ["08:00-20:00"]
    thu: ["08:00-20:00"]
    fri: ["08:00-20:00"]
    sat: ["09:00-17:00"]
  holidays:
{holidays}

# One entry per source; its files lie in landing/<name>/. `archive: true` judges open states at the newest event
# of the source instead of at the refresh instant: this company's time stands still.
sources:
{_sources()}
# When a contact counts as answered in time, and when giving up is a short abandon.
thresholds:
  default: {{answer_within_seconds: 20, short_abandon_seconds: 5}}
{_thresholds(story)}
# Who is told when a check or a refresh fails (addresses in apprise's form).
alerts:
  to: []

# When `swotlight schedule` refreshes, in the organisation's time zone.
schedule:
  refresh_at: "05:00"
"""


def workforce_map() -> str:
    """The map of the workforce system: five files in the contracts' own column names."""
    contracts = load_contracts()
    shapes: dict[str, Any] = {}
    for table in WORKFORCE:
        shapes |= generic_adapter(contracts[table])["shapes"]
    document: dict[str, Any] = {"adapter": "workforce", "title": "Workforce system", "shapes": shapes}
    return "# What the workforce system exports, one shape a file.\n" + yaml.safe_dump(document, sort_keys=False)


def own_targets(waits: np.ndarray) -> str:
    """Targets of a company without effects, where the shipped ones cannot all be met exactly at once.

    Four in five inside 20 seconds settles how long people wait on average; that average is this company's target.
    """
    rows = [("organisation", "", *waits.sum(axis=1)), *(("channel", name, *waits[:, k]) for k, name in enumerate(LIVE))]
    lines = [
        f"asa_seconds,{dimension},{name},<=,{seconds / max(n, 1):.2f},,,Head of operations,service_quality"
        for dimension, name, seconds, n in rows
    ]
    header = "metric,entity_dimension,entity,comparison,value,valid_from,valid_to,owner,dimension"
    return "\n".join([header, *lines]) + "\n"


def _sources() -> str:
    lines = []
    for name, (adapter, zone, about) in SOURCES.items():
        known = f"    adapter: {adapter}\n" if adapter else f"    map: maps/{name}.yml\n"
        lines.append(f"  {name}:                        # {about}\n{known}    time_zone: {zone}\n    archive: true\n")
    return "".join(lines)


def _thresholds(story: Story) -> str:
    return "".join(
        f"  {channel}: {{answer_within_seconds: {seconds}, short_abandon_seconds: 5}}\n"
        for channel, seconds in story.thresholds.items()
    )
