"""Topics of comments, found and not listed: TF-IDF of each wording's terms, parted by non-negative factors.

A topic is told by its weightiest terms and how many customers' comments are most of it, from ten. Pure, and the same
for the same comments. scikit-learn's NMF finds the same factors; its import alone costs more than all of this room.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import numpy as np

from analytics.customers.comments import SMALLEST_GROUP, Comment
from analytics.customers.languages import KNOWN, terms_of
from analytics.customers.tables import TableSpec, columns

Row = dict[str, Any]
FEWEST_WORDINGS, WORDINGS_A_TOPIC, MOST_TOPICS, TERMS_TOLD = 8, 2, 12, 4
_STEPS = 200
TOPICS = TableSpec(
    "comment_topics",
    "Topics of customers' comments by language, found by non-negative factors of TF-IDF, from ten customers.",
    columns(
        "language varchar: en, zh or vi",
        "place bigint: Place by customers, 1 first",
        "terms varchar: Its weightiest words and phrases",
        "customers bigint: Customers whose comment is most of this topic, at least ten",
        "share double: Their share of all who commented in that language",
        "dissatisfied double: Share of them who were not satisfied, from ten who were asked",
    ),
)


def comment_topics(comments: Sequence[Comment]) -> list[Row]:
    """Every language's topics, the largest first; what fewer than ten customers speak of is left out."""
    made: list[Row] = []
    for language in KNOWN:
        mine = [c for c in comments if c.language == language]
        made += _of_language(language, mine)
    return made


def _of_language(language: str, comments: Sequence[Comment]) -> list[Row]:
    wordings = sorted({c.said for c in comments})
    if len(wordings) < FEWEST_WORDINGS:
        return []
    documents = [terms_of(said, language) for said in wordings]
    terms, weights = tf_idf(documents, _said_by_ten(wordings, documents, comments))
    if not terms:
        return []
    parts, meanings = factors(weights, min(MOST_TOPICS, max(2, len(wordings) // WORDINGS_A_TOPIC)))
    # A wording of nothing but small words is of no topic, nor is one that is half of several.
    topic = {
        said: int(np.argmax(mine))
        for said, mine, own in zip(wordings, parts, weights, strict=True)
        if own.any() and mine.max() > mine.sum() / 2
    }
    people: dict[int, set[str]] = defaultdict(set)
    asked: dict[int, dict[str, bool]] = defaultdict(dict)
    for one in comments:
        if one.said in topic:
            people[topic[one.said]].add(one.customer)
            if one.satisfied is not None:
                asked[topic[one.said]][one.customer] = one.satisfied
    everybody = len({c.customer for c in comments})
    shown = [k for k in sorted(people, key=lambda k: (-len(people[k]), k)) if len(people[k]) >= SMALLEST_GROUP]
    return [
        {
            "language": language, "place": place, "terms": " · ".join(told(terms, meanings[k])),
            "customers": len(people[k]), "share": len(people[k]) / everybody,
            "dissatisfied": sum(not s for s in asked[k].values()) / len(asked[k])
            if len(asked[k]) >= SMALLEST_GROUP else None,
        }
        for place, k in enumerate(shown, 1)
    ]  # fmt: skip


def _said_by_ten(wordings: Sequence[str], documents: Sequence[set[str]], comments: Sequence[Comment]) -> set[str]:
    """Terms that ten customers or more said, in whatever wording."""
    said: dict[str, set[str]] = defaultdict(set)
    for one in comments:
        said[one.said].add(one.customer)
    people: dict[str, set[str]] = defaultdict(set)
    for wording, terms in zip(wordings, documents, strict=True):
        for term in terms:
            people[term] |= said[wording]
    return {term for term, who in people.items() if len(who) >= SMALLEST_GROUP}


def tf_idf(documents: Sequence[set[str]], allowed: set[str]) -> tuple[list[str], np.ndarray]:
    """The allowed terms, and each document's weights of them, of length 1.

    A term weighs ln((1 + n) ÷ (1 + documents with it)) + 1. Source: G. Salton, C. Buckley, Inf. Process. Manage. 24
    (1988), in scikit-learn's smoothed form.
    """
    counts: dict[str, int] = defaultdict(int)
    for document in documents:
        for term in document & allowed:
            counts[term] += 1
    terms = sorted(counts)
    place = {term: k for k, term in enumerate(terms)}
    weights = np.zeros((len(documents), len(terms)))
    for row, document in enumerate(documents):
        for term in document & place.keys():
            weights[row, place[term]] = math.log((1 + len(documents)) / (1 + counts[term])) + 1
    lengths = np.linalg.norm(weights, axis=1, keepdims=True)
    return terms, weights / np.where(lengths > 0, lengths, 1)


def factors(weights: np.ndarray, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Documents × topics and topics × terms, both non-negative, whose product is near the weights.

    Begun from the singular vectors' larger halves (no chance in it), then Lee and Seung's steps. Sources: C. Boutsidis,
    E. Gallopoulos, Pattern Recognit. 41 (2008); D. D. Lee, H. S. Seung, NIPS 13 (2001).
    """
    left, sizes, right = np.linalg.svd(weights, full_matrices=False)
    count = min(count, len(sizes))
    parts, meanings = np.zeros((len(weights), count)), np.zeros((count, weights.shape[1]))
    for k in range(count):
        halves = [(np.maximum(side * left[:, k], 0), np.maximum(side * right[k], 0)) for side in (1, -1)]
        u, v = max(halves, key=lambda half: np.linalg.norm(half[0]) * np.linalg.norm(half[1]))
        norms = np.linalg.norm(u) * np.linalg.norm(v)
        scale = math.sqrt(sizes[k] / norms) if norms > 0 else 0.0
        parts[:, k], meanings[k] = u * scale * math.sqrt(norms), v * scale * math.sqrt(norms)
    # A nought would stay one for ever: it begins as a small share of the mean.
    small = max(float(weights.mean()), 1e-12) * 0.01
    parts, meanings = np.maximum(parts, small), np.maximum(meanings, small)
    for _ in range(_STEPS):
        meanings *= (parts.T @ weights) / np.maximum(parts.T @ parts @ meanings, 1e-12)
        parts *= (weights @ meanings.T) / np.maximum(parts @ (meanings @ meanings.T), 1e-12)
    lengths = np.linalg.norm(meanings, axis=1)
    return parts * lengths, meanings / np.where(lengths > 0, lengths, 1)[:, None]


def told(terms: Sequence[str], weights: np.ndarray) -> list[str]:
    """The weightiest terms of a topic; a part of a phrase that is told already is not told again."""
    made: list[str] = []
    for k in np.argsort(-weights, kind="stable"):
        if weights[k] <= 0.05 * weights.max() or len(made) == TERMS_TOLD:
            break
        if not any(terms[k] in other or other in terms[k] for other in made):
            made.append(terms[k])
    return made
