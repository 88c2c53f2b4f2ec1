"""Run the analytics on the build database."""

from __future__ import annotations

from analytics import scorecard
from analytics.customers import building as customers_building
from analytics.metrics import write_catalogue
from analytics.swot import build
from orchestration.dbt_runner import semantic_manifest_path
from orchestration.runs import judged_at, open_build
from warehouse.settings import Settings


def write_metric_catalogue(settings: Settings) -> None:
    """Write ``metrics.catalogue`` from dbt's semantic manifest."""
    with open_build(settings) as con:
        write_catalogue(con, semantic_manifest_path(settings))


def build_swot(settings: Settings) -> None:
    """Write schema ``swot``, judged where the newest source ends; months end on the organisation's clock."""
    with open_build(settings) as con:
        build(con, judged_at(con).astimezone(settings.organisation.zone))


def build_customers(settings: Settings) -> dict[str, int]:
    """Write the tables of customers and the scorecard; rows per table. The same clock as the SWOT's."""
    with open_build(settings) as con:
        as_of = judged_at(con).astimezone(settings.organisation.zone)
        rows = customers_building.build(con, as_of)
        return {**rows, scorecard.SCORECARD.name: scorecard.build(con, as_of)}
