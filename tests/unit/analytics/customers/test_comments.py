"""Languages, words, needs and redaction of comments; groups of ten."""

from __future__ import annotations

import csv
from datetime import date

import pytest

from analytics.customers.comments import Comment, comment_examples, comment_terms, needs_in, read_needs
from analytics.customers.languages import language_of, terms_of, words_of
from analytics.customers.needs import comment_needs, placed, theme_of, trend_of
from analytics.customers.redaction import name_parts, redact
from demo.topics import TOPICS
from demo.voices import COMMENTS
from warehouse.settings import package_path

with (package_path("seeds/reference") / "need_words.csv").open(encoding="utf-8") as file:
    NEEDS = read_needs(csv.DictReader(file))


def test_the_language_of_sixty_six_sentences_is_told_without_a_mistake() -> None:
    told = [(language_of(topic[5]), language_of(topic[6]), language_of(topic[7])) for topic in TOPICS]
    wrong = [topic[0] for topic, found in zip(TOPICS, told, strict=True) if found != ("en", "vi", "zh")]
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "language"),
    [("Das hat viel zu lange gedauert", "other"), ("ありがとうございます", "other"),
     ("!!! 123", "other"), ("Muito bom atendimento", "other")],
    ids=["German", "Japanese", "no words", "Portuguese"],
)  # fmt: skip
def test_other_languages_are_left_alone(text: str, language: str) -> None:
    assert language_of(text) == language


def test_chinese_is_cut_into_words() -> None:
    assert words_of("客服很有耐心，应用总是闪退", "zh") == ["客服", "很", "有", "耐心", "应用", "总是", "闪退"]


@pytest.mark.parametrize(
    ("text", "words"),
    [("Nhân viên rất nhiệt tình", ["nhân viên", "rất", "nhiệt tình"]),
     ("Thiết bị hay mất kết nối", ["thiết bị", "hay", "mất kết nối"]),
     ("Hóa đơn bị tính sai", ["hóa đơn", "bị", "tính sai"]),
     ("Giao hàng qua đại lý", ["giao hàng", "qua", "đại", "lý"])],
    ids=["two words", "the longest word", "small word between", "not listed"],
)  # fmt: skip
def test_vietnamese_syllables_are_joined_into_words(text: str, words: list[str]) -> None:
    assert words_of(text, "vi") == words


def test_no_phrase_cuts_a_vietnamese_word() -> None:
    found = terms_of("Nhân viên rất nhiệt tình", "vi")
    assert found == {"nhân viên", "nhiệt tình", "nhân viên rất nhiệt tình"}


def test_phrases_do_not_begin_or_end_with_empty_words() -> None:
    assert terms_of("The app keeps crashing", "en") >= {"app", "crashing"}
    assert not any(term.startswith("the ") for term in terms_of("The app keeps crashing", "en"))


@pytest.mark.parametrize(
    ("text", "language", "term"),
    [("My matter is still not solved", "en", "not solved"), ("Vấn đề vẫn chưa giải quyết", "vi", "chưa giải quyết"),
     ("问题还没解决", "zh", "没解决")],
    ids=["en", "vi", "zh"],
)  # fmt: skip
def test_not_solved_is_told_with_its_not(text: str, language: str, term: str) -> None:
    assert term in terms_of(text, language)


@pytest.mark.parametrize(
    ("text", "language", "need"),
    [("I had to explain it twice", "en", "To be known"), ("Chờ quá lâu", "vi", "Short waiting"),
     ("客服很有耐心", "zh", "To be treated warmly"), ("Giá cao quá", "vi", "Fair price")],
    ids=["latent", "stated", "emotional", "price"],
)  # fmt: skip
def test_a_comment_speaks_of_needs(text: str, language: str, need: str) -> None:
    assert need in needs_in(text, language, NEEDS)


def test_a_word_inside_another_is_not_it() -> None:
    assert "Fair price" not in needs_in("The coffee was good", "en", NEEDS)


SECRETS = {
    "Call +49 30 555 0142 or 0912 345 678": "Call [number] or [number]",
    "Herr Becker from Hauptstraße 12 wrote to a.b@example.com": "[name] from [address] [number] wrote to [address]",
    "Mia Winter was kind, see https://x.example/7": "[name] was kind, see [address]",
    "王先生很有耐心": "[name] 很有耐心",
}


@pytest.mark.parametrize("text", SECRETS, ids=["numbers", "address", "name", "Chinese name"])
def test_names_addresses_and_numbers_go(text: str) -> None:
    assert redact(text, name_parts(["Mia Winter"])) == SECRETS[text]


def test_no_number_and_no_address_is_left_in_any_comment_of_the_demo() -> None:
    for text in COMMENTS:
        clean = redact(text)
        assert "@" not in clean and not any(c.isdigit() for c in clean)


def said(text: str, count: int, start: int = 0) -> list[Comment]:
    language = language_of(text)
    needs = needs_in(text, language, NEEDS)
    return [Comment(f"c{k}", text, language, "Refund", date(2026, 3, 1), needs) for k in range(start, start + count)]


def test_nine_customers_are_not_quoted_and_ten_are() -> None:
    assert comment_examples(said("I waited too long", 9)) == []
    assert comment_terms(said("I waited too long", 9)) == []
    assert comment_needs(said("I waited too long", 9), NEEDS) == []
    found = comment_examples(said("I waited too long", 10))
    assert [(row["need"], row["customers"], row["said"]) for row in found] == [
        ("Short waiting", 10, "I waited too long")
    ]


def test_ten_comments_of_one_customer_are_one_customer() -> None:
    assert comment_examples(said("I waited too long", 1) * 10) == []


def test_a_need_has_kind_frequency_and_share() -> None:
    comments = said("I waited too long", 12) + said("Had to explain it twice", 18, start=50)
    found = {row["need"]: row for row in comment_needs(comments, NEEDS)}
    assert (found["To be known"]["kind"], found["To be known"]["frequency"]) == ("latent", 18)
    assert found["Short waiting"]["share"] == pytest.approx(12 / 30)


def test_themes_are_read_from_the_name_of_a_topic() -> None:
    themes = {"product": ["app", "connection"], "time": ["lost", "late"]}
    assert [theme_of(t, themes) for t in ("Connection lost", "Delivery late", "Other")] == [
        "product",
        "time",
        "service",
    ]


def test_a_trend_is_a_slope_with_its_interval() -> None:
    found = trend_of([0.10, 0.11, 0.12, 0.13, 0.14, 0.15])
    assert (found["trend"], found["trend_low"]) == (pytest.approx(0.01), pytest.approx(0.01))
    assert trend_of([0.1, 0.2]) == {}


def test_places_stand_against_the_means_which_are_told() -> None:
    rows = placed([{"importance": 0.6, "urgency": 0.2}, {"importance": 0.2, "urgency": 0.4}, {"importance": None}])
    assert [row.get("place") for row in rows] == ["plan", "help quickly", None]
    assert rows[0]["importance_axis"] == pytest.approx(0.4)
