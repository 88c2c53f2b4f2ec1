"""The SWOT's words and months: numbers as the guide writes them, whole sentences, which month is judged."""

from __future__ import annotations

import csv
from datetime import date, datetime
from pathlib import Path

import pytest

from analytics.swot import render, templates
from analytics.swot.windows import last_full_month
from analytics.swot.words import MINUS, THIN, value_text

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize(
    ("as_of", "zone", "month"),
    [
        (datetime(2026, 11, 1), "UTC", date(2026, 10, 1)),
        (datetime(2026, 10, 31, 23, 30), "UTC", date(2026, 10, 1)),
        (datetime(2026, 10, 31, 16, 0), "Asia/Ho_Chi_Minh", date(2026, 10, 1)),
        (datetime(2026, 10, 31, 5, 0), "Europe/Berlin", date(2026, 9, 1)),
        (datetime(2026, 10, 15), "UTC", date(2026, 9, 1)),
        (datetime(2026, 1, 1, 4, 0), "America/New_York", date(2025, 12, 1)),
    ],
)
def test_the_month_judged_is_the_last_one_that_ended_where_the_organisation_lives(
    as_of: datetime, zone: str, month: date
) -> None:
    assert last_full_month(as_of, zone) == month


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (0.824, "ratio", "82.4 %"),
        (0.0044, "ratio", "0.44 %"),
        (34.2, "points", "+34"),
        (-3, "points", "−3"),
        (26, "seconds", "26 s"),
        (340, "seconds", "5:40 min"),
        (186, "minutes", "3.1 h"),
        (60480, "minutes", "42 days"),
        (4.123, "currency", "€ 4.12"),
        (1204.4, "currency", "€ 1,204"),
        (161230, "count", "161,230"),
        (4.52, "score", "4.5"),
    ],
)
def test_numbers_are_written_as_the_guide_says(value: float, unit: str, text: str) -> None:
    assert value_text(value, unit, "EUR").replace("\u202f", " ") == text


def test_every_shipped_factor_has_its_own_sentence_and_a_metric_that_dbt_defines() -> None:
    shipped = list(csv.DictReader((ROOT / "seeds/reference/swot_factors.csv").open(encoding="utf-8")))
    defined = "\n".join(p.read_text(encoding="utf-8") for p in (ROOT / "dbt_project/models/metrics").glob("*.yml"))
    for row in shipped:
        if row["scope"] == "internal":
            assert f"{row['factor']}.target.below" in templates(), row["factor"]
        assert f"- name: {row['metric']}\n" in defined, row["metric"]


@pytest.mark.parametrize("language", ["en", "zh", "vi"])
def test_every_factor_and_outcome_has_a_whole_sentence_in_every_language(language: str) -> None:
    slots = {"label": "x", "labels": {"en": "x", "zh": "指标", "vi": "chỉ số"}, "value": 0.613, "gap": 0.187,
             "unit": "ratio", "currency": "", "entity": None, "dimension": "channel", "comparator_label": "Casa Luz",
             "comparator_months": 1, "comparator_from": "2025-10-01", "slice": None, "tail": None}  # fmt: skip
    keys = [key for key in templates(language) if "." in key]
    assert len(keys) > 60 * 15
    for key in keys:
        sentence = render(key, slots, language)
        assert sentence.count("**") == 2 and "{" not in sentence, key
        assert sentence.endswith("。" if language == "zh" else "."), key


def test_the_examples_of_the_style_are_told_in_three_languages() -> None:
    slots = {"label": "", "value": 0.613, "gap": 0.187, "unit": "ratio", "currency": "", "entity": "chat",
             "dimension": "channel", "comparator_label": "target", "comparator_months": 1,
             "comparator_from": "2025-10-01", "slice": None, "tail": "chance"}  # fmt: skip
    told = {code: render("service_level.target.below", slots, code) for code in ("en", "zh", "vi")}
    assert (
        told["en"]
        == "chat: **61.3\u202f%** of contacts were answered in time, 18.7 points below target. It could be chance."
    )
    assert told["zh"] == "chat：按时应答的联系占 **61.3%**，低于目标 18.7 个百分点。可能是随机波动。"
    assert told["vi"] == (
        "chat: **61,3%** liên hệ được trả lời đúng hạn, thấp hơn mục tiêu 18,7 điểm phần trăm. Có thể là ngẫu nhiên."
    )


def test_between_two_han_signs_there_is_no_space_though_one_is_bold() -> None:
    slots = {"value": 27.0, "gap": 6.0, "unit": "seconds", "currency": "", "comparator_from": "2025-10-01",
             "comparator_months": 1}  # fmt: skip
    assert render("waiting.target.below", slots, "zh") == "客户平均等待 **27 秒**才获应答，低于目标 6 秒。"
    assert render("waiting.previous.above", slots, "zh").endswith("比2025 年 10 月高 6 秒。")
    assert render("waiting.previous.above", slots, "vi").endswith("cao hơn 6 giây so với tháng 10/2025.")


def test_a_share_that_rounds_to_nought_has_no_sign() -> None:
    assert value_text(-0.00002, "ratio") == f"0.00{THIN}%" and value_text(-0.0002, "ratio") == f"{MINUS}0.02{THIN}%"
    assert value_text(-0.00002, "ratio", language="vi") == "0,00%"
