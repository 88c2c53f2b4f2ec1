"""Topics that are found in comments: planted ones come back in three languages, small ones are never told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from analytics.customers import topics
from analytics.customers.comments import Comment
from analytics.customers.languages import language_of, words_of
from analytics.customers.topics import build_topics, comment_topics, factors, tf_idf
from demo.voices import COMMENTS
from warehouse.store import connect

SAID = {
    "en": [
        ["delivery came late", "late delivery of the parcel", "parcel delivery is always late", "delivery late again"],
        ["invoice was wrong", "wrong amount on the invoice", "the invoice shows a wrong amount", "invoice wrong twice"],
    ],
    "zh": [
        ["快递太慢了", "快递很慢", "快递一直很慢", "快递慢"],
        ["账单有错误", "账单金额错误", "账单又错误", "账单错误很多"],
    ],
    "vi": [
        ["giao hàng chậm", "giao hàng rất chậm", "giao hàng luôn chậm", "giao hàng chậm quá"],
        ["hóa đơn sai", "hóa đơn bị sai", "hóa đơn sai tiền", "hóa đơn lại sai"],
    ],
}  # fmt: skip
WORDS = {"en": ("delivery", "invoice"), "zh": ("快递", "账单"), "vi": ("giao hàng", "hóa đơn")}


def comments(language: str, people: int = 6, satisfied: bool | None = None) -> list[Comment]:
    """Every wording of both topics, each said by some people."""
    return [
        Comment(f"{topic}-{k}-{who}", said, language, "Delivery", date(2026, 3, 2), frozenset(), satisfied)
        for topic, wordings in enumerate(SAID[language])
        for k, said in enumerate(wordings)
        for who in range(people)
    ]


@pytest.mark.parametrize("language", ["en", "zh", "vi"])
def test_two_planted_topics_are_parted_by_their_words(language: str) -> None:
    rows = comment_topics(comments(language))
    told = [" ".join(row["terms"].split(" · ")) for row in rows]
    for word, other in (WORDS[language], WORDS[language][::-1]):
        mine = [one for one in told if word in one]
        assert mine and not any(other in one for one in mine)
    assert sum(row["customers"] for row in rows) >= 36


def test_the_demos_vietnamese_complaints_are_told_in_whole_words() -> None:
    wordings = [said for said in COMMENTS if language_of(said) == "vi"]
    spoken = [
        Comment(f"{k}-{who}", said, "vi", "t", date(2026, 3, 2), frozenset())
        for k, said in enumerate(wordings)
        for who in range(12)
    ]
    told = {term for row in comment_topics(spoken) for term in row["terms"].split(" · ")}
    whole = {"hóa đơn", "hoàn tiền", "giao hàng", "giải thích", "giải quyết", "ứng dụng", "thiết bị", "cài đặt"}
    assert sum(any(word in term for term in told) for word in whole) >= 4
    for term in told:
        # What is told begins and ends where words of its sentence do.
        own = next(words_of(said, "vi") for said in wordings if term in said.lower())
        assert any(" ".join(own[a:b]) == term for a in range(len(own)) for b in range(a + 1, len(own) + 1)), term


def test_a_topic_is_named_by_words_of_its_own_customers_alone() -> None:
    kind = ["Friendly and patient, solved at once", "Friendly and quick", "Very helpful", "Helpful and quick",
            "Patient and friendly", "Quick, friendly"]  # fmt: skip
    bad = ["Not solved", "Still not solved", "My matter is not solved"]
    spoken = [
        Comment(f"{said}-{who}", said, "en", "t", date(2026, 3, 2), frozenset(), said in kind)
        for said in (*kind, *bad)
        for who in range(20)
    ]
    unhappy = [row for row in comment_topics(spoken) if row["dissatisfied"] > 0.5]
    assert unhappy and all("friendly" not in row["terms"] for row in unhappy)
    assert any("not solved" in row["terms"] for row in unhappy)


def test_a_topic_of_nine_customers_is_not_told_nor_a_word_of_nine() -> None:
    assert comment_topics(comments("en", people=1)) == []
    few = [
        *comments("en"),
        *(Comment(f"x{k}", f"zebra {k}", "en", "t", date(2026, 3, 2), frozenset()) for k in range(9)),
    ]
    assert not any("zebra" in row["terms"] for row in comment_topics(few))


def test_how_many_were_dissatisfied_is_told_from_ten_who_were_asked() -> None:
    assert {row["dissatisfied"] for row in comment_topics(comments("en", satisfied=False))} == {1.0}
    assert {row["dissatisfied"] for row in comment_topics(comments("en"))} == {None}


def test_the_same_comments_in_another_order_have_the_same_topics() -> None:
    said = comments("en")
    assert comment_topics(said) == comment_topics(said[::-1])


def test_a_rarer_term_weighs_more_and_rows_have_length_one() -> None:
    terms, weights = tf_idf([{"a", "b"}, {"a", "c"}, {"a"}], {"a", "b"})
    assert terms == ["a", "b"] and weights[0, 1] > weights[0, 0]
    assert np.linalg.norm(weights.toarray(), axis=1) == pytest.approx([1, 1, 1])


def test_factors_give_back_what_two_blocks_are_made_of() -> None:
    blocks = np.kron(np.eye(2), np.ones((3, 2)))
    parts, meanings = factors(blocks, 2)
    assert np.allclose(parts @ meanings, blocks, atol=1e-3) and (parts >= 0).all() and (meanings >= 0).all()


def test_the_same_comments_are_looked_at_once_and_a_new_one_makes_them_looked_at_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looked: list[int] = []

    def counted(said: list[Comment]) -> list[topics.Row]:
        looked.append(len(said))
        return comment_topics(said)

    monkeypatch.setattr(topics, "comment_topics", counted)
    said = comments("en", satisfied=True)
    sql = "select * from marts.comment_topics order by all"
    with connect(None) as con:
        rows = build_topics(con, said)
        before = con.rows(sql)
        assert rows == len(before) > 0
        assert build_topics(con, comments("en", satisfied=True)) == rows and con.rows(sql) == before
        assert looked == [48]
        build_topics(con, [replace(one, satisfied=False) for one in said])
        assert looked == [48, 48] and con.rows(sql) != before
        build_topics(con, [*said, replace(said[0], customer="one more")])
        build_topics(con, said)
        assert looked == [48, 48, 49, 48] and con.rows(sql) == before
        con.execute("drop table marts.comment_topics")
        build_topics(con, said)
        assert looked == [48, 48, 49, 48, 48] and con.rows(sql) == before


def test_comments_that_too_few_wrote_need_no_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(topics, "tf_idf", None)
    assert comment_topics(comments("en", people=1)) == []
    assert comment_topics(comments("en")[:30]) == []
