"""Run the analytics on the build database."""

from __future__ import annotations

from analytics import scorecard
from analytics.customers import building as customers_building
from analytics.metrics import write_catalogue
from analytics.swot import Earlier, Objectives, build, read_earlier
from orchestration.dbt_runner import semantic_manifest_path
from orchestration.runs import judged_at, open_build
from warehouse.errors import SwotlightError
from warehouse.releases import ReleaseReader
from warehouse.settings import Settings, utc_now


def write_metric_catalogue(settings: Settings) -> None:
    """Write ``metrics.catalogue`` from dbt's semantic manifest."""
    with open_build(settings) as con:
        write_catalogue(con, semantic_manifest_path(settings))


def build_swot(settings: Settings) -> None:
    """Write schema ``swot``, judged where the newest source ends; months end on the organisation's clock.

    The release before gives the history and the forecasts, ``state/`` the objectives; one whose test passes is closed.
    """
    objectives = Objectives(settings.paths.objectives)
    with open_build(settings) as con:
        as_of = judged_at(con).astimezone(settings.organisation.zone)
        build(con, as_of, earlier=_earlier(settings), goals=objectives.all())
        passed = con.rows("select id, value, period from swot.objectives where is_passed and state = 'open'")
        reading = {row["id"]: f"{row['value']:g} in {row['period']:%Y-%m}" for row in passed}
        for number in objectives.close_passed(reading, at=f"{utc_now():%Y-%m-%dT%H:%M:%SZ}"):
            con.execute("update swot.objectives set state = 'closed' where id = ?", [number])


def _earlier(settings: Settings) -> Earlier:
    """What the current release keeps of earlier judgements; nothing before the first."""
    try:
        return read_earlier(ReleaseReader(settings).current())
    except SwotlightError:
        return Earlier()


def build_customers(settings: Settings) -> dict[str, int]:
    """Write the tables of customers and the scorecard; rows per table. The same clock as the SWOT's."""
    with open_build(settings) as con:
        as_of = judged_at(con).astimezone(settings.organisation.zone)
        rows = customers_building.build(con, as_of)
        return {**rows, scorecard.SCORECARD.name: scorecard.build(con, as_of)}
