"""People: what is said of turnover, filling, pay, reasons and improvement plans."""

from __future__ import annotations

import html
import re
from dataclasses import replace

from dashboards.drawing import draw
from dashboards.figures import people_sentences as sentences
from dashboards.figures import people_tables, survival
from dashboards.figures.plotting import View
from dashboards.filters import Filters
from dashboards.queries import people as queries
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


def test_the_facet_that_pleases_least_leads() -> None:
    assert "Pay and benefits satisfies 42.0 % of the staff, least of all" in _page()
