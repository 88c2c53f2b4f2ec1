"""People: what is said of turnover, filling, pay, reasons and improvement plans."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from itertools import pairwise

from dashboards.drawing import draw
from dashboards.figures import people_demand as demand_figures
from dashboards.figures import people_sentences as sentences
from dashboards.figures import people_tables, survival
from dashboards.figures.plotting import View
from dashboards.filters import Filters
from dashboards.queries import people as queries
from dashboards.queries import people_demand as demand
from tests.unit.dashboards.made_up import made_up_reading, made_up_readings
from tests.unit.dashboards.made_up_people import plan_row


def _page(search: str = "") -> str:
    page = draw(made_up_readings(), "/people", search, View())[2]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def _filters() -> Filters:
    return Filters.parse("", made_up_reading().choices())


def test_the_median_of_filling_counts_the_openings_that_are_open_still() -> None:
    waits = {one.kind: one for one in queries.waiting(made_up_reading(), _filters())}
    # Seven openings, five filled: half are filled when the fourth is, at 40 days; without the open ones it were 31.
    assert waits["fill"].curve.quantile(0.5)[0] == 40
    assert (waits["fill"].n, waits["fill"].waiting) == (7, 2)
    assert "Half of the openings were filled after 40 days" in _page()
    assert "n 7, 2 still waiting" in _page()


def test_without_openings_the_curve_of_the_hired_is_not_called_filling() -> None:
    waits = queries.waiting(made_up_reading(), _filters())
    hire = [one for one in waits if one.kind == "hire"]
    assert sentences.waits_title(hire).startswith("Half of those hired had accepted **22 days** after applying")
    unread = replace(hire[0], curve=queries.kaplan_meier([(30.0, 1, 9)]))
    assert sentences.waits_title([unread]) == "Fewer than half of the applications came to a hire yet"


def test_a_short_tenure_axis_counts_in_months_or_days_and_never_has_one_tick() -> None:
    assert demand_figures.stay_ticks(1_200)[1] == ["0", "1", "2", "3 years"]
    assert demand_figures.stay_ticks(400)[1] == ["0", "3", "6", "9", "12 months"]
    assert demand_figures.stay_ticks(100)[1] == ["0", "30", "60", "90 days"]
    assert all(len(demand_figures.stay_ticks(days)[0]) > 2 for days in (70, 150, 200, 380, 700, 800, 1_460))


def test_where_no_application_is_known_their_number_is_no_nought() -> None:
    known = queries.sources(made_up_reading(), _filters())
    assert known and all(one.applications is not None for one in known)
    unknown = [replace(one, applications=None) for one in known]
    assert {row["applications"] for row in people_tables.source_table(unknown).rows} == {None}


def test_a_curve_that_does_not_reach_a_share_says_so() -> None:
    table = survival.waits_table(queries.waiting(made_up_reading(), _filters(), ("stay",)))
    assert table.rows[0]["p75"] is None and table.rows[0]["_missing"] == "not reached"


def test_the_stages_stand_in_their_order_with_those_still_in_them_apart() -> None:
    stages = queries.funnel(made_up_reading(), _filters())
    assert [one.name for one in stages] == ["Review", "Interview", "Offer"]
    one = replace(stages[0].row, denominator=40.0, pending=3.0)
    assert queries.Stage("Review", one).entered == 43


def test_a_small_group_is_hidden_and_not_called_nought() -> None:
    hidden = replace(queries.funnel(made_up_reading(), _filters())[0].row, value=None, n=None, suppressed=True)
    source = queries.Source("Agency", 12, {"retention_90_days": hidden})
    row = people_tables.source_table([source]).rows[0]
    assert (row["days90"], row["days365"]) == ("hidden, n < 5", "no data")


def test_an_improvement_plan_that_may_be_chance_is_said_to_be_chance() -> None:
    assert "could be chance" in sentences.plan_words(plan_row(-0.0008, 0.002))
    assert "lowered errors" in sentences.plan_words(plan_row(-0.008, 0.002))
    assert sentences.plan_words(plan_row(0.008, 0.002)).startswith("Errors rose")
    assert "old enough" in sentences.plan_words(None)


def test_pay_says_where_it_lies_and_where_too_few_others_are_known() -> None:
    page = _page()
    assert "Our pay is under the market’s middle half in 1 of 2 roles" in page
    assert "In Hanoi our pay lies 22.9 % under the market’s median for technical agents." in page
    assert "fewer than five postings of others" in page


def test_reasons_of_few_people_stand_together() -> None:
    page = _page()
    assert "6 of 24 leavers said: better pay elsewhere" in page
    assert "7 other reasons together" in page
    assert "under five" in page


def test_leavers_of_whom_no_reason_is_known_said_nothing() -> None:
    unstated = {"reason": "no reason stated", "reasons": 1, "leavers": 9, "leavers_in_all": 15}
    pay = {"reason": "better pay", "reasons": 1, "leavers": 6, "leavers_in_all": 15}
    assert sentences.reasons_title([unstated]) == "Reasons for leaving, none stated by five people"
    assert sentences.reasons_title([unstated, pay]) == "**6** of 15 leavers said: better pay"


def test_the_facet_that_pleases_least_leads() -> None:
    assert "Pay and benefits satisfies 42.0 % of the staff, least of all" in _page()


def test_the_most_sought_are_ranked_by_people_wanted_in_thirteen_weeks() -> None:
    found = demand.demand(made_up_reading(), _filters())
    # Berlin 13 × 6 people in 26 postings; Lisbon 13 people in 13, 26 people the quarter before.
    assert [(one.entity, one.openings, one.postings) for one in found.rows] == [("Berlin", 78, 26), ("Lisbon", 13, 13)]
    assert (found.rows[0].change, found.rows[1].change) == (0.0, -0.5)
    assert dict(found.rows[0].weeks)[found.until] == 2.0
    assert "Most sought: Berlin, 86 % of the market’s openings" in _page()


def test_the_cut_of_postings_is_in_the_address_and_an_unknown_one_is_cities() -> None:
    choices = made_up_reading().choices()
    assert demand.cut_of(Filters.parse("?by=industry", choices)) == "industry"
    assert demand.cut_of(Filters.parse("?by=salary", choices)) == "city"
    assert "Industry" in _page("?by=industry")


def test_openings_postings_applications_and_people_are_four_counts() -> None:
    words = r"288 openings in 360 postings; 6,0\d\d applications by 5,2\d\d people: 18.\d candidates per opening"
    assert re.search(words, _page())


def test_how_long_people_stay_is_told_after_a_year() -> None:
    assert "are still there after a year" in _page()
    rows = demand_figures.stay_table(demand.stays(made_up_reading())).rows
    assert (rows[0]["d90"], rows[0]["d365"], rows[0]["d730"], rows[0]["d1095"]) == (1.0, 0.7, 0.7, None)
    assert "Leaves × as often" in _page()


def test_the_names_of_the_curves_stand_at_heights_of_their_own() -> None:
    waits = queries.waiting(made_up_reading(), _filters())
    notes = survival.survival_figure(waits, View())["layout"]["annotations"]
    heights = sorted(note["y"] for note in notes)
    assert len(notes) == len(waits)
    assert all(high - low > 0.2 for low, high in pairwise(heights))
    # Every name begins to the right of all curves at its height.
    for note in notes:
        assert note["ax"] > max(survival._day_at(one, note["y"]) for one in waits)
