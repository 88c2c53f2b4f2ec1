"""Market: what is said of growth, of competitors, of prices and rules."""

from __future__ import annotations

import html
import re
from datetime import date

from dashboards.drawing import draw
from dashboards.figures import market_sentences as sentences
from dashboards.figures.market import shift_table
from dashboards.figures.plotting import View
from dashboards.filters import Filters
from dashboards.queries import market as queries
from dashboards.queries import market_vintages as vintages
from tests.unit.dashboards.made_up import made_up_reading, made_up_readings
from tests.unit.dashboards.made_up_market import LAST, newest_row


def _page() -> str:
    page = draw(made_up_readings(), "/market", "", View())[2]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def test_growth_is_told_in_per_cent_and_in_points_where_the_figure_is_a_share() -> None:
    assert sentences.growth_words(newest_row("i", 131.2, "index", growth_year=0.0496)) == "+5.0\u202f%"
    share = newest_row("wage_growth", 0.062, "ratio", value_year_before=0.05, growth_year=0.24)
    assert sentences.growth_words(share) == "+1.2\u202fpoints"


def test_a_base_of_zero_and_a_missing_year_are_said_and_not_computed() -> None:
    zero = newest_row("new_entrants", 4, "count", growth_year=None, growth_state="base is zero")
    young = newest_row("new_entrants", 4, "count", growth_year=None, growth_state="no value a year before")
    assert sentences.growth_words(zero) == "base is zero"
    assert sentences.growth_words(young) == "no year before"
    assert "base is zero" in _page()


def test_a_competitor_without_n_is_insufficient_however_far_away() -> None:
    found = {one.subject: one for one in queries.standings(made_up_reading())}
    assert found["Blog"].verdict == "insufficient" and found["Blog"].p_adjusted is None
    assert (found["Brightwell"].verdict, found["Casa Luz"].verdict) == ("ahead", "behind")
    # 0.06 is under the smallest worthwhile difference of 0.1 and p is above 0.05.
    assert found["Lichtkontor"].verdict == "undecided"
    assert "n is not said" in _page()


def test_all_comparisons_are_one_family() -> None:
    found = {one.subject: one for one in queries.standings(made_up_reading())}
    # p = .00000 .00000 .0776: the largest of three keeps its own p.
    assert round(found["Lichtkontor"].p_adjusted or 0, 4) == 0.0776


def test_of_many_sectors_the_one_nearest_to_our_work_leads_and_ended_ones_stay_in_the_table() -> None:
    rows = queries.newest(made_up_reading(), LAST)
    led = queries.leading(rows, {"DE": 0})
    assert [row["segment"] for row in led if row["indicator"] == "job_postings_index"] == ["Customer Service"]
    assert rows[-1]["segment"] == "Old trades"
    assert queries.nearness("43-4051 Customer Service Representatives") == 0


def test_a_period_before_any_figure_shows_the_newest_instead() -> None:
    from dashboards.filters import Period

    early = Filters.parse("?period=2024-05", made_up_reading().choices())
    assert queries.horizon(made_up_reading(), early) == date(2024, 5, 1)
    from dataclasses import replace

    older = replace(early, period=Period.of_month(date(2015, 3, 1)))
    assert queries.horizon(made_up_reading(), older) == LAST
    assert sentences.elsewhere(LAST, older).startswith("Nothing of the market is known for March 2015")
    unasked = replace(older, given=())
    assert sentences.elsewhere(LAST, unasked).startswith("Our own data end in March 2015: shown are the market’s")


def test_a_shift_is_told_in_points_and_a_new_channel_by_its_word() -> None:
    rows = [
        {"dimension": "channel", "entity": "chat", "share": 0.2, "share_before": 0.18, "change": 0.02, "low": 0.01,
         "high": 0.03, "state": "known", "contacts": 900},
        {"dimension": "channel", "entity": "web", "share": 0.1, "share_before": 0.0, "change": 0.1, "low": None,
         "high": None, "state": "new", "contacts": 450},
    ]  # fmt: skip
    known, new = shift_table(rows).rows
    assert (known["change"], known["low"], known["high"]) == (0.02, 0.01, 0.03)
    assert new.get("change") is None and new["_missing"] == "new"


def test_the_page_says_revision_price_rule_and_shift() -> None:
    page = _page()
    assert "revised +0.4" in page
    assert "1 of 2 competitors is cheaper than our" in page
    assert "From 1 February 2027: Say when a bot answers" in page
    assert "Messaging gained 3.0 points of our contacts, to 21.0 %" in page
    assert "Our contacts moved +9.2 %" in page


def test_of_many_countries_three_stand_on_the_page_the_one_most_spoken_of_first() -> None:
    rows = [newest_row("posted_wage_growth", 0.02, "ratio", region=r) for r in ("CA", "DE", "FR", "US")]
    led = queries.leading(rows, {"US": 0, "DE": 1, "CA": 2, "FR": 3})
    assert [row["region"] for row in led] == ["US", "DE", "CA"]


def test_without_competitors_nothing_is_said_of_their_scores() -> None:
    assert sentences.lede([], []) == "No competitor was rated."


def test_a_day_that_is_none_asks_for_the_latest_figures() -> None:
    assert vintages.known_on(Filters.parse("?known=2026-02-31", made_up_reading().choices())) is None
    assert vintages.known_on(Filters.parse("?known=2026-02-28", made_up_reading().choices())) == date(2026, 2, 28)


def test_the_season_is_taken_out_beside_the_common_month() -> None:
    rows = [
        {"month_on": date(2026, m, 1), "base_on": date(2026, 1, 1), "seasonally_adjusted": 50.0 * m} for m in (1, 2)
    ]
    assert queries._without_season(rows) == ((date(2026, 1, 1), 100.0), (date(2026, 2, 1), 200.0))
    assert queries._without_season([rows[0], {**rows[1], "seasonally_adjusted": None}]) == ()
