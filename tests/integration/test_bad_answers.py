"""Bad answers and bad series at the door: an answer outside its scale, two scales under one question, a wave of three,
a region that vanishes, a revised series, an index with base 0. One workspace, refreshed once."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from analytics.customers.suppression import recoverable
from analytics.metrics import MetricRequest, ask
from warehouse.errors import UsageError
from warehouse.releases import Release, ReleaseReader
from warehouse.settings import Settings, load_settings
from warehouse.workspace import init_workspace

pytestmark = pytest.mark.timeout(900)
HEAD = "response_id,item_id,instrument,survey_id,wave,responded_at,value,scale_min,scale_max,region"
REGIONS = ("north",) * 14 + ("south",) * 13 + ("tiny",) * 3


def _answers() -> Iterator[str]:
    for wave, month in (("2026-01", 1), ("2026-02", 2)):
        for k, region in enumerate(REGIONS):
            # South is asked in the first wave only; in the second, its people are of the north.
            place = region if region != "south" or month == 1 else "north"
            head = f"{wave}-{k}"
            tail = f"relation,{wave},2026-{month:02d}-{1 + k % 20:02d} 10:00:00"
            yield f"{head},q1,csat,{tail},{5 if k % 3 else 2},1,5,{place}"
            # The question of effort: half of the people saw five answers, the others seven.
            yield f"{head},q2,ces,{tail},{3 + k % 3},1,{5 if k % 2 else 7},{place}"
    for k in range(3):
        yield f"late-{k},q1,csat,relation,2026-03,2026-03-0{k + 1} 10:00:00,5,1,5,north"
    yield "odd,q1,csat,relation,2026-02,2026-02-03 10:00:00,11,1,5,north"


INDICATORS = """indicator,subject,segment,region,period_on,value,unit,published_on
openings,market,,DE,2025-01-01,100,jobs,2025-02-10
openings,market,,DE,2026-01-01,125.0,jobs,2026-02-10
openings,market,,DE,2026-01-01,131.2,jobs,2026-03-10
newcomers,market,,DE,2025-01-01,0,index,2025-02-10
newcomers,market,,DE,2026-01-01,4,index,2026-02-10
"""


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A workspace with a survey and a file of indicators."""
    from orchestration.refresh import refresh

    root = Path(tmp_path_factory.mktemp("bad answers")) / "workspace"
    init_workspace(
        root,
        config_text="""organisation: {name: Bad answers, time_zone: UTC, currency: EUR}
sources:
  survey: {adapter: generic_survey_responses, archive: true}
  market: {adapter: generic_market_indicators, archive: true}
""",
    )
    for name, text in (("survey", "\n".join([HEAD, *_answers()]) + "\n"), ("market", INDICATORS)):
        folder = root / "landing" / name
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    found = load_settings(root)
    refresh(found)
    return found


@pytest.fixture(scope="module")
def release(settings: Settings) -> Release:
    """What was released."""
    return ReleaseReader(settings).current()


def _result(release: Release, item: str, wave: str, dimension: str = "all", group: str = "all") -> dict[str, object]:
    (row,) = release.rows(
        "select * from marts.survey_results where item = ? and wave = ? and group_dimension = ? and group_name = ?",
        [item, wave, dimension, group],
    )
    return row


def _page(settings: Settings, path: str, search: str = "") -> str:
    from dashboards.drawing import draw
    from dashboards.figures.plotting import View
    from dashboards.reading import Readings

    page = draw(Readings(settings), path, search, View())[2]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def test_an_answer_outside_its_scale_is_put_aside_and_counted(settings: Settings, release: Release) -> None:
    from orchestration.status import source_rows

    (source,) = [row for row in source_rows(release) if row["name"] == "survey"]
    assert source["quarantine"] == [{"reason": "outside_scale", "rows": 1}]
    assert _result(release, "q1", "2026-02")["n"] == 30


def test_two_scales_under_one_question_have_no_mean_and_the_page_says_so(settings: Settings, release: Release) -> None:
    row = _result(release, "q2", "2026-02")
    assert (row["value"], row["note"], row["n"]) == (None, "two scales", 30)
    assert "asked on two scales; no mean" in _page(settings, "/customers")


def test_a_wave_of_three_has_no_number_anywhere(settings: Settings, release: Release) -> None:
    row = _result(release, "q1", "2026-03")
    assert (row["value"], row["n"], row["note"]) == (None, None, "small")
    (month,) = ask(release, MetricRequest(("csat",), start=date(2026, 3, 1), end=date(2026, 3, 31)))
    assert (month.value, month.n, month.suppressed) == (None, None, True)
    assert "hidden, n < 5" in _page(settings, "/customers")


def test_a_region_that_vanishes_is_named(release: Release) -> None:
    row = _result(release, "q1", "2026-02", "region", "south")
    assert (row["n"], row["value"], row["note"]) == (0, None, "vanished")


@pytest.mark.parametrize("wave", ["2026-01", "2026-02"])
def test_three_people_do_not_follow_from_the_total_less_the_shown(release: Release, wave: str) -> None:
    rows = release.rows(
        "select * from marts.survey_results where item = 'q1' and wave = ? and group_dimension = 'region'"
        " and note is distinct from 'vanished'",
        [wave],
    )
    cells = [row["group_name"] for row in rows]
    hidden = {row["group_name"] for row in rows if row["value"] is None}
    assert "tiny" in hidden and recoverable([cells], hidden) == set()
    month = date.fromisoformat(f"{wave}-01")
    asked = ask(release, MetricRequest(("csat",), by=("region",), start=month, end=month.replace(day=28)))
    total = next(iter(ask(release, MetricRequest(("csat",), start=month, end=month.replace(day=28))))).denominator
    left = (total or 0) - sum(row.denominator or 0 for row in asked)
    # Nothing is left to subtract, or what is left is five people and two groups at the least.
    gone = [row for row in asked if row.suppressed]
    assert len(gone) >= 2 and left >= 5


def test_a_revised_series_is_told_as_it_was_known(settings: Settings, release: Release) -> None:
    where = (("indicator", "openings"),)
    span = {"start": date(2026, 1, 1), "end": date(2026, 1, 31)}
    for known, value, growth in (
        (date(2026, 2, 20), 125.0, 0.25), (date(2026, 3, 20), 131.2, 0.312), (None, 131.2, 0.312),
    ):  # fmt: skip
        rows = ask(
            release,
            MetricRequest(("market_indicator", "market_growth"), where=where, known_on=known, **span),  # type: ignore[arg-type]
        )
        assert [row.value for row in rows] == [pytest.approx(value), pytest.approx(growth)]
    (before,) = ask(release, MetricRequest(("market_indicator",), where=where, known_on=date(2026, 2, 1), **span))  # type: ignore[arg-type]
    assert before.value is None
    assert "revised +5.0" in _page(settings, "/market")
    early = _page(settings, "/market", "?known=2026-02-20")
    assert "as known on 20 February 2026" in early and "125" in early and "131" not in early and "+25.0" in early


def test_a_metric_without_vintages_says_so(release: Release) -> None:
    with pytest.raises(UsageError, match=r"csat keeps no earlier vintages, .* market_growth, market_indicator"):
        ask(release, MetricRequest(("csat",), known_on=date(2026, 2, 1)))


def test_an_index_with_base_0_has_no_growth_and_says_why(settings: Settings, release: Release) -> None:
    (row,) = release.rows("select * from marts.market_trends where indicator = 'newcomers' and month_on = '2026-01-01'")
    assert (row["growth_year"], row["growth_state"], row["index_value"]) == (None, "base is zero", None)
    assert "base is zero" in _page(settings, "/market")
