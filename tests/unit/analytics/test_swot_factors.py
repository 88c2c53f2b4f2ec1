"""Whose a factor can be, and that figures between teams stay still where nothing but chance sets teams apart."""

from __future__ import annotations

import csv
import re
from datetime import date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
import yaml

from analytics.statistics.clustered import difference, influence
from analytics.swot import history
from analytics.swot.building import can_face
from analytics.swot.history import Months, Standing, retell
from analytics.swot.model import WHOLE, Factor, Measure
from analytics.swot.sentences import render
from analytics.swot.windows import _settling, last_full_month
from analytics.swot.words import LANGUAGES
from warehouse.settings import package_path


def factor(scope: str) -> Factor:
    return Factor("f", scope, "demand", None, None, "offered", "lower", ("trend",), 0.05, 0.1, None, 12, None, None)


@pytest.mark.parametrize("entity", [WHOLE, ("channel", "chat"), ("topic", "invoice"), ("region", "Iberia")])
def test_demand_grows_in_channels_topics_and_regions(entity: tuple[str, str | None]) -> None:
    assert can_face(factor("external"), entity)


def test_how_much_of_the_work_a_team_is_given_is_no_demand_from_outside() -> None:
    # Two people moved into a team of one: it answers twice as many contacts, and nobody outside asked for more.
    assert not can_face(factor("external"), ("team", "Lisbon Voice"))
    assert can_face(factor("internal"), ("team", "Lisbon Voice"))


def spread(rng: np.random.Generator, volume: int, *, apart: float = 0.0) -> tuple[float, float, float]:
    """(crossed gap, gap as it looks, standard deviation) of one month of nine teams that keep 90 %."""
    level = np.full(9, 0.9)
    level[:3], level[6:] = level[:3] + apart / 2, level[6:] - apart / 2
    odd, even = rng.binomial(volume, level) / volume, rng.binomial(volume, level) / volume
    crossed = []
    for ranked, compared in ((odd, even), (even, odd)):
        order = np.argsort(-ranked, kind="stable")
        crossed.append(float(compared[order[:3]].mean() - compared[order[6:]].mean()))
    both = np.sort((odd + even) / 2)
    return sum(crossed) / 2, float(both[6:].mean() - both[:3].mean()), float(both.std())


def test_a_spread_made_by_chance_alone_is_nought_where_it_looks_like_points() -> None:
    rng = np.random.default_rng(7)
    small, large = (np.array([spread(rng, volume) for _ in range(3_000)]).mean(axis=0) for volume in (40, 400))
    # What looks like six points, and shrinks to two with ten times the volume, is none of either.
    assert abs(small[0]) < 0.002 and abs(large[0]) < 0.001
    assert small[1] > 0.05 and large[1] < 0.03 and small[2] > 2.5 * large[2]


def test_a_spread_that_is_there_is_told_in_its_size() -> None:
    rng = np.random.default_rng(8)
    told = np.array([spread(rng, 400, apart=0.1) for _ in range(2_000)]).mean(axis=0)
    assert told[0] == pytest.approx(0.1, abs=0.006)


def test_among_a_thousand_companies_of_like_teams_hardly_any_spread_is_found_wider_than_last_year() -> None:
    rng, found = np.random.default_rng(9), 0
    for _ in range(1_000):
        months = np.array([spread(rng, 60)[0] for _ in range(24)])
        x = np.ones(12)
        sets = [influence(months[12:], x), influence(months[:12], x)]
        result = difference(float(months[12:].mean()), float(months[:12].mean()), sets, "t", n=12)
        found += result.p <= 0.05
    # Five in a hundred and no more: 50 of 1,000, with the error of counting.
    assert found <= 70


def test_every_factor_of_the_method_s_list_that_was_left_out_at_first_is_in_the_catalogue() -> None:
    with (package_path("seeds") / "reference" / "swot_factors.csv").open(encoding="utf-8", newline="") as file:
        metrics = {row["factor"]: (row["metric"], row["scope"]) for row in csv.DictReader(file)}
    assert metrics["consistency"] == ("team_spread_promises", "internal")
    assert metrics["consistent_satisfaction"] == ("team_spread_csat", "internal")
    assert metrics["automation_time"] == ("automation_seconds_saved", "internal")
    assert metrics["leaving_reasons"] == ("leaving_within_reach", "internal")
    assert metrics["wages_beside_ours"] == ("wage_gap", "external")
    assert metrics["training_and_quality"] == ("training_error_gap", "internal")
    assert metrics["standard_answers"] == ("standard_answer_complaint_gap", "internal")


def test_the_guide_names_every_factor_of_the_catalogue_and_no_other() -> None:
    with (package_path("seeds") / "reference" / "swot_factors.csv").open(encoding="utf-8", newline="") as file:
        factors = {row["factor"] for row in csv.DictReader(file)}
    guide = (Path(__file__).parents[3] / "docs" / "guides" / "swot.md").read_text("utf-8")
    table = guide.partition("## What is judged")[2].partition("\n## ")[0]
    assert {name for line in table.splitlines() for name in re.findall(r"`(\w+)`", line)} == factors


def slow(metric: str) -> Factor:
    return Factor(
        metric, "internal", "quality", None, None, metric, "lower", ("previous",), 60, 0.1, None, 200, None, None
    )


def test_a_month_whose_slow_cases_are_still_open_is_not_judged_by_its_quick_ones() -> None:
    metrics = {"solving": SimpleNamespace(settles_after_days=30), "csat": SimpleNamespace(settles_after_days=0)}
    factors, october = [slow("solving"), slow("csat")], date(2026, 10, 1)
    ends = _settling(factors, metrics, october, lambda days: last_full_month(datetime(2026, 11, 1) - timedelta(days)))  # type: ignore[arg-type]
    assert ends == {Measure("solving"): date(2026, 9, 1)}
    # A month after its end every case of October has had its time.
    later = lambda days: last_full_month(datetime(2026, 12, 1) - timedelta(days))  # noqa: E731
    assert _settling(factors, metrics, october, later) == {}  # type: ignore[arg-type]


def test_its_sentence_says_which_month_it_tells_of() -> None:
    slots = {"value": 600.0, "gap": 80.0, "unit": "minutes", "currency": "", "label": "", "tail": None, "entity": None,
             "comparator_from": "2025-09-01", "comparator_months": 1, "until": "2026-09-30",
             "settles": True}  # fmt: skip
    told = {code: render("resolution_time.previous.below", slots, code) for code in LANGUAGES}
    assert told["en"].endswith("Told of September 2026: later cases are not through yet.")
    assert "2026 年 9 月" in told["zh"] and told["vi"].endswith("chưa xong.")
    assert render("resolution_time.previous.below", slots | {"settles": False}).endswith("end in September 2026.")


def test_an_earlier_standing_is_asked_for_where_it_was_observed(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    monkeypatch.setattr(history, "ask", lambda _db, request: asked.append((request.start, request.end)) or [])
    before = [Standing("r", date(2026, 10, 1), "organisation", None, "f", "watch", None, 1.0, "previous", 2.0, "d")]
    retell(None, before, {"f": (Measure("solving"), Months(1, 1))}, {"solving": SimpleNamespace(dimensions=lambda: ())})  # type: ignore[arg-type, dict-item]
    assert asked == [(date(2026, 9, 1), date(2026, 9, 30))]


def test_every_factor_s_metric_says_which_checks_it_rests_on() -> None:
    with (package_path("seeds") / "reference" / "swot_factors.csv").open(encoding="utf-8", newline="") as file:
        factors = list(csv.DictReader(file))
    rests: dict[str, list[str]] = {}
    for path in (Path(__file__).parents[3] / "dbt_project" / "models" / "metrics").glob("*.yml"):
        for metric in yaml.safe_load(path.read_text("utf-8")).get("metrics") or []:
            rests[metric["name"]] = ((metric.get("config") or {}).get("meta") or {}).get("rests_on") or []
    assert [row["factor"] for row in factors if not rests[row["metric"]]] == []
