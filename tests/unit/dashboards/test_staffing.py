"""Staffing in sentences and under what-if settings."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from dashboards.figures import staffing as figures
from dashboards.figures import staffing_heat as heat
from dashboards.figures import staffing_sentences as words
from dashboards.figures.plotting import View
from dashboards.filters import Filters
from dashboards.queries import staffing as queries
from dashboards.queries.staffing_moves import Moves, moves_of
from tests.unit.dashboards import made_up_staffing
from tests.unit.dashboards.made_up import made_up_reading


def found(address: str = "") -> queries.Outlook:
    made = made_up_reading()
    return queries.outlook(made, Filters.parse(address, made.choices()))


def test_the_conclusion_says_how_many_openings_by_when_or_what_falls() -> None:
    said = words.conclusion(found())
    assert said == "Post three openings for Chat by 29 Nov, or service level falls below 80\u202f% in April."


@pytest.mark.parametrize(("key", "start"), [("too_late", "Chat stays below"), ("enough", "People suffice")])
def test_other_conclusions_have_their_own_sentence(key: str, start: str) -> None:
    assert words.conclusion(replace(found(), key=key)).startswith(start)


def test_without_data_the_page_says_so() -> None:
    said = words.conclusion(replace(found(), key="insufficient"))
    assert "not enough data" in said


def test_nothing_moved_is_today() -> None:
    for week in found().weeks:
        assert week.moved_required == pytest.approx(week.required[1])
        assert week.moved_gap == pytest.approx(week.gap)
        assert week.moved_level == pytest.approx(week.level)


def test_more_contacts_ask_for_more_people_and_lower_the_service_level() -> None:
    now, then = found().weeks[0], found("?volume=10").weeks[0]
    # 60 % of the need follows the curve (linear here), 40 % is tickets: both grow by a tenth. Care has no curve.
    assert then.moved_required == pytest.approx(38 + 0.1 * (0.6 * 30 + 0.4 * 38))
    assert then.moved_level is not None
    assert now.level is not None
    assert then.moved_level < now.level


def test_less_shrinkage_needs_fewer_people() -> None:
    week = found("?shrinkage=20").weeks[0]
    assert week.moved_required == pytest.approx(38 * (1 - 0.29) / (1 - 0.20))


def test_more_turnover_takes_people_away_over_the_weeks() -> None:
    weeks = found("?turnover=60").weeks
    lost = [week.available[1] - week.moved_available for week in weeks]
    assert lost[0] < lost[-1]
    assert lost[-1] == pytest.approx(38 * (1.08 - 0.125) * 0.9 * (1 - math.exp(-0.27 * 25.5 / 52)))


def test_an_address_that_says_too_much_is_held_to_the_ends() -> None:
    assert moves_of(Filters.parse("?shrinkage=999&volume=-999", made_up_reading().choices())) == Moves(-90, 0, 80)


def test_shortage_is_hatched_from_where_the_lines_cross() -> None:
    drawn = figures.gap_figure(found(), View())
    hatched = [trace for trace in drawn["data"] if "fillpattern" in trace]
    assert len(hatched) == 1
    # 1.08 − 0.005·k = 1 at the sixteenth week after the first.
    assert hatched[0]["x"][0].startswith("2027-02-22")


def test_a_cell_takes_its_colour_by_whole_people() -> None:
    assert [heat.step_class(v, heat.HEAT_STEPS) for v in (0.4, 1, -1, -3, 6)] == ["", "g1", "b1", "b2", "g3"]


def test_further_openings_become_people_of_the_team_that_lacks_most() -> None:
    now = found("?wave=4&opens=2")
    team = now.wave_team
    assert team == min(
        {row["team"] for row in made_up_staffing._weeks() if row["team"]},
        key=lambda name: sum(row["gap_p50"] for row in made_up_staffing._weeks() if row["team"] == name),
    )
    added = [week.moved_available - week.available[1] for week in now.weeks]
    # One opening is nobody for two weeks, then half a person, then a whole one: posted in the third week.
    assert added[:8] == pytest.approx([0, 0, 0, 0, 2, 4, 4, 4])
    assert [week.moved_required - week.required[1] for week in now.weeks] == pytest.approx([0.0] * 26)


def test_a_chosen_team_gets_the_openings_itself() -> None:
    assert found("?team=Berlin+voice&wave=1").wave_team == "Berlin voice"
