"""Real exports of the labour market and of job postings, released: the published figures stand on Market and People."""

from __future__ import annotations

import html
import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from analytics.metrics import MetricRequest, ask
from tests.real.conftest import MAPS, shared_folder
from warehouse.releases import Release, ReleaseReader
from warehouse.settings import Settings, load_settings
from warehouse.workspace import init_workspace

pytestmark = [pytest.mark.real, pytest.mark.timeout(600)]

# source: (folder, files, time zone, adapter or map)
FOLDERS = {
    "market": ("market", ("JTSJOL.csv", "*.xlsx"), "America/New_York", "map: maps/market.yml"),
    "indeed": ("recruiting/indeed", ("*.csv",), "UTC", "adapter: indeed_hiring_lab"),
    "wages": ("market", ("posted-wage-growth-*.csv",), "UTC", "adapter: indeed_hiring_lab"),
    "nyc_jobs": ("recruiting/nyc_jobs", ("*.csv",), "America/New_York", "map: maps/nyc_jobs.yml"),
}


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A workspace with the three folders, refreshed once."""
    from orchestration.refresh import refresh

    root = Path(tmp_path_factory.mktemp("market")) / "workspace"
    init_workspace(root)
    lines = ["organisation:", "  name: Real market", "  time_zone: UTC", "  currency: USD", "sources:"]
    for name, (folder, patterns, zone, by) in FOLDERS.items():
        landing = root / "landing" / name
        landing.mkdir(parents=True)
        for path in sorted(path for pattern in patterns for path in shared_folder(folder).glob(pattern)):
            shutil.copyfile(path, landing / path.name)
        if by.startswith("map"):
            shutil.copyfile(MAPS / f"{name}.yml", root / "maps" / f"{name}.yml")
        lines += [f"  {name}:", f"    {by}", f"    time_zone: {zone}", "    archive: true"]
    (root / "swotlight.yml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    found = load_settings(root)
    refresh(found)
    return found


@pytest.fixture(scope="module")
def release(settings: Settings) -> Release:
    """What was released."""
    return ReleaseReader(settings).current()


def _page(settings: Settings, path: str) -> str:
    from dashboards.drawing import draw
    from dashboards.figures.plotting import View
    from dashboards.reading import Readings

    page = draw(Readings(settings), path, "", View())[2]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def _trend(release: Release, indicator: str, month: date, like: str = "all") -> dict[str, object]:
    (row,) = release.rows(
        "select * from marts.market_trends where indicator = ? and month_on = ? and segment like ?",
        [indicator, month, like],
    )
    return row


def test_job_openings_of_2000_and_2025_are_the_published_ones(release: Release) -> None:
    assert _trend(release, "job_openings", date(2000, 12, 1))["value"] == 5_088_000
    newest = _trend(release, "job_openings", date(2025, 10, 1))
    assert newest["value"] == 7_670_000
    assert newest["growth_state"] == "known" and newest["adjustment"] == "ratio to moving average"


def test_customer_service_representatives_have_their_employment_and_pay(release: Release) -> None:
    assert _trend(release, "employment", date(2022, 5, 1), "43-4051 %")["value"] == 2_879_840
    wage = _trend(release, "hourly_wage_median", date(2022, 5, 1), "43-4051 %")
    assert (wage["value"], wage["growth_state"]) == (18.16, "no value a year before")


def test_postings_of_the_sector_are_there_for_both_countries_with_their_growth(release: Release) -> None:
    rows = ask(
        release,
        MetricRequest(
            metrics=("market_growth",),
            by=("region",),
            where=(("indicator", "job_postings_index"), ("segment", "Customer Service")),
            start=date(2021, 6, 1),
            end=date(2021, 6, 30),
        ),
    )
    growth = {row.dimensions["region"]: row.value for row in rows}
    assert set(growth) == {"DE", "US"}
    for region, value in growth.items():
        (by_hand,) = release.rows(
            "select avg(value) filter (where period_on between '2021-06-01' and '2021-06-30')"
            " / avg(value) filter (where period_on between '2020-06-01' and '2020-06-30') - 1 as growth"
            " from marts.fct_market_indicators where is_latest and indicator = 'job_postings_index'"
            " and segment = 'Customer Service' and region = ?",
            [region],
        )
        assert value == pytest.approx(by_hand["growth"])


def test_postings_jobs_and_openings_of_the_city_are_three_numbers(release: Release) -> None:
    (row,) = ask(release, MetricRequest(metrics=("postings_published",), where=(("is_own", "true"),)))
    assert row.value == 3_803
    (found,) = release.rows("select sum(openings) as openings from rollups.rollup_postings_week where is_own")
    assert found["openings"] == 4_890
    assert release.scalar("select count(distinct requisition_id) from marts.fct_postings where is_own") == 2_100


def test_pay_by_the_hour_and_the_day_stands_beside_pay_by_the_year(release: Release) -> None:
    rows = release.rows(
        "select pay_period, min(annual_pay) as least, max(annual_pay) as most, count(*) - count(annual_pay) as unknown"
        " from marts.fct_postings group by pay_period"
    )
    by_period = {row["pay_period"]: row for row in rows}
    assert set(by_period) == {"year", "hour", "day"}
    assert all(row["unknown"] == 0 for row in rows)
    # Full-time hours make of an hourly wage what it is a year: no longer two hundred beside two hundred thousand.
    assert all(row["least"] > 10_000 and row["most"] < 500_000 for row in rows)


def test_the_market_page_shows_openings_occupation_and_postings(settings: Settings) -> None:
    page = _page(settings, "/market")
    assert "Job openings" in page and "Median pay an hour" in page and "43-4051" in page
    assert "Job postings, index" in page and "Customer Service" in page
    assert "Posted wage growth" in page
    # The country most indicators speak of comes first, and three of each indicator at most.
    assert page.count("Posted wage growth Customer Service · US") == 1 and page.count("· JP") == 0


def test_before_its_file_was_published_the_index_was_not_known(settings: Settings, release: Release) -> None:
    where = (("indicator", "employment"), ("segment", "43-4051 Customer Service Representatives"))
    span = {"start": date(2022, 5, 1), "end": date(2022, 5, 31)}
    early, later = (
        ask(release, MetricRequest(("market_indicator",), where=where, known_on=day, **span))[0].value  # type: ignore[arg-type]
        for day in (date(2023, 4, 24), date(2023, 4, 25))
    )
    assert (early, later) == (None, 2_879_840)


def test_the_people_page_ranks_the_roles_of_the_city(settings: Settings) -> None:
    page = _page(settings, "/people")
    assert "We seek most" in page
    assert "could not be drawn" not in page
