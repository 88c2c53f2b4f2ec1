"""Run the staffing analysis on the build database."""

from __future__ import annotations

from analytics.staffing.building import BuildReport, build
from orchestration.runs import judged_at, open_build
from warehouse.settings import Settings


def build_staffing(settings: Settings) -> BuildReport:
    """Write the staffing tables, as of the local day on which the newest source ends; nothing when nothing changed."""
    with open_build(settings) as con:
        return build(con, judged_at(con).astimezone(settings.organisation.zone).date())
