"""Which test holds which worked example of the metric definitions: Surveys, Market, Comparisons; it cannot rot."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
SURVEYS = "tests/unit/analytics/customers/test_survey_results.py"
FORMULAS = "tests/unit/analytics/customers/test_survey_formulas.py"
STATISTICS = "tests/unit/analytics/test_statistics.py"
ROLLUPS, DOOR = "dbt_project/models/rollups", "tests/integration/test_bad_answers.py"
# example: (file, test, a figure of the example that must stand in it)
EXAMPLES = {
    "9 of 10 → Wilson 59.6 to 98.2": (SURVEYS, "test_nine_of_ten_is_90_with_wilson", "0.596"),
    "450 of 500 → 87.1 to 92.3": (SURVEYS, "test_450_of_500", "0.871"),
    "50/30/20 of 100 → +30, adjusted 14.1 to 44.2": (SURVEYS, "test_fifty_thirty_twenty_is_plus_thirty", "14.1"),
    "70 % of 20 voice, 95 % of 80 chat → 75 weighted, 90 raw": (
        FORMULAS, "test_seventy_percent_of_twenty_callers_weigh_as_much_as_their_contacts", "0.75",
    ),
    "n = 10 at +80 and n = 90 at 0 → +8, not +40": (
        f"{ROLLUPS}/_unit_tests_surveys.yml",
        "ten_answers_at_plus_80_and_ninety_at_0_make_plus_8_not_plus_40", "800",
    ),
    "satisfied by scale: two points, 1–5, 1–7, 0–10, 1–10": (
        "dbt_project/models/intermediate/_unit_tests_surveys.yml", "satisfied_is_read_from_the_scale", "nine of ten",
    ),
    "invited at least 14 days ago": (
        f"{ROLLUPS}/_unit_tests_surveys.yml", "invitations_younger_than_14_days_are_pending", "invited: 2",
    ),
    "under 5 no score, complements hidden": (
        DOOR, "test_three_people_do_not_follow_from_the_total_less_the_shown", "tiny",
    ),
    "importance–performance crosses at the means": (
        "tests/unit/analytics/customers/test_drivers.py", "test_the_map_crosses_at_the_means_and_says_where_it_is_sure",
        "1 / 3",
    ),
    "125.0 → 131.2 is +4.96 %": (
        "dbt_project/models/marts/_unit_tests_market.yml", "an_index_from_125_0_to_131_2_grew_4_96_per_cent", "0.0496",
    ),
    "each value's vintage, the latest unless asked": (
        f"{ROLLUPS}/_market_vintages.yml", "a_revised_series_is_told_as_it_was_known_on_each_day", "131.2",
    ),
    ".001 .015 .025 .045 .20 → .005 .0375 .0417 .0563 .20 → three": (STATISTICS, None, "0.0375"),
    "Simpson: B wins both, A wins blended 73.3 to 60.7": (STATISTICS, None, "73.3"),
}  # fmt: skip


@pytest.mark.parametrize("example", EXAMPLES, ids=[str(k) for k in range(len(EXAMPLES))])
def test_a_worked_example_is_held_by_the_test_that_is_named(example: str) -> None:
    file, name, figure = EXAMPLES[example]
    text = (ROOT / file).read_text("utf-8")
    if name is None:
        assert figure in text, example
        return
    start = re.search(rf"(?:def|name:) {name}\b", text)
    assert start, f"{file} has no {name}"
    rest = text[start.end() :]
    end = re.search(r"\ndef |\n  - name: ", rest)
    body = rest[: end.start()] if end else rest
    assert figure in body, example
