"""Topics of comments, found and not listed: TF-IDF of each wording's terms, parted by non-negative factors.

Both are scikit-learn's. A topic is told by its weightiest terms and how many customers' comments are most of it, from
ten. The same comments have the same topics, so a refresh in which nobody said anything new keeps the table.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

import numpy as np

from analytics.customers.comments import SMALLEST_GROUP, Comment
from analytics.customers.languages import KNOWN, terms_of
from analytics.customers.tables import TableSpec, columns, has_table, write
from warehouse.settings import package_path

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

Row = dict[str, Any]
FEWEST_WORDINGS, WORDINGS_A_TOPIC, MOST_TOPICS, TERMS_TOLD = 8, 2, 12, 4
_MOST_STEPS = 1_000
_LIBRARIES = ("scikit-learn", "rjieba", "stopwordsiso")
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


def build_topics(con: Any, comments: Sequence[Comment]) -> int:
    """Write ``marts.comment_topics``, or leave it when it was made from the same comments. Returns its rows."""
    mark = fingerprint(comments)
    known = has_table(con, "customers", "topics_mark") and has_table(con, "marts", TOPICS.name)
    if known and con.scalar("select mark from customers.topics_mark") == mark:
        return int(con.scalar(f"select count(*) from marts.{TOPICS.name}"))
    rows = write(con, TOPICS, comment_topics(comments))
    # Noted last: a run that ends before this line is made anew.
    con.execute("create schema if not exists customers")
    con.execute("create or replace table customers.topics_mark as select cast(? as varchar) as mark", [mark])
    return rows


def fingerprint(comments: Sequence[Comment]) -> str:
    """One hash over all that topics are made from: the comments in order, this package's code and its libraries."""
    total = hashlib.sha256(" ".join(version(name) for name in _LIBRARIES).encode())
    for one in comments:
        total.update(repr((one.customer, one.said, one.language, one.satisfied)).encode())
    for path in sorted(package_path("analytics/customers").glob("*.py")):
        total.update(path.read_bytes())
    return total.hexdigest()


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
    allowed = _said_by_ten(wordings, documents, comments)
    if not allowed:
        return []
    terms, weights = tf_idf(documents, allowed)
    parts, meanings = factors(weights, min(MOST_TOPICS, max(2, len(wordings) // WORDINGS_A_TOPIC)))
    # A wording of nothing but small words is of no topic, nor is one that is half of several.
    topic = {
        said: int(np.argmax(mine))
        for said, mine, own in zip(wordings, parts, weights.getnnz(axis=1), strict=True)
        if own and mine.max() > mine.sum() / 2
    }
    people: dict[int, set[str]] = defaultdict(set)
    asked: dict[int, dict[str, bool]] = defaultdict(dict)
    for one in comments:
        if one.said in topic:
            people[topic[one.said]].add(one.customer)
            if one.satisfied is not None:
                asked[topic[one.said]][one.customer] = one.satisfied
    everybody = len({c.customer for c in comments})
    named = {k: told(terms, meanings[k], _of_topic(k, topic, wordings, documents, comments)) for k in sorted(people)}
    shown = [k for k in sorted(people, key=lambda k: (-len(people[k]), k)) if named[k]]
    return [
        {
            "language": language, "place": place, "terms": " · ".join(named[k]),
            "customers": len(people[k]), "share": len(people[k]) / everybody,
            "dissatisfied": sum(not s for s in asked[k].values()) / len(asked[k])
            if len(asked[k]) >= SMALLEST_GROUP else None,
        }
        for place, k in enumerate(shown, 1)
    ]  # fmt: skip


def _of_topic(
    k: int, topic: Mapping[str, int], wordings: Sequence[str], documents: Sequence[set[str]],
    comments: Sequence[Comment],
) -> set[str]:  # fmt: skip
    """Terms that ten of the topic's own customers said: a neighbour's words may weigh in a factor as well."""
    mine = [place for place, said in enumerate(wordings) if topic.get(said) == k]
    return _said_by_ten([wordings[place] for place in mine], [documents[place] for place in mine], comments)


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


def tf_idf(documents: Sequence[set[str]], allowed: Collection[str]) -> tuple[list[str], csr_matrix]:
    """The allowed terms, and each document's weights of them, of length 1; `allowed` must name one at least.

    A term weighs ln((1 + n) ÷ (1 + documents with it)) + 1. Source: G. Salton, C. Buckley, Inf. Process. Manage. 24
    (1988), in scikit-learn's smoothed form.
    """
    # Imported where there is something to look at: half a CPU second.
    from sklearn.feature_extraction.text import TfidfVectorizer

    terms = sorted(allowed)
    return terms, TfidfVectorizer(analyzer=sorted, vocabulary=terms).fit_transform(documents)


def factors(weights: csr_matrix | np.ndarray, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Documents × topics and topics × terms, both non-negative, whose product is near the weights.

    Begun from the singular vectors' larger halves with a fixed seed. Sources: C. Boutsidis, E. Gallopoulos, Pattern
    Recognit. 41 (2008); A. Cichocki, A.-H. Phan, IEICE Trans. Fundam. 92 (2009).
    """
    from sklearn.decomposition import non_negative_factorization

    parts, meanings, _ = non_negative_factorization(
        weights, n_components=min(count, *weights.shape), init="nndsvda", random_state=0, max_iter=_MOST_STEPS
    )
    lengths = np.linalg.norm(meanings, axis=1)
    return parts * lengths, meanings / np.where(lengths > 0, lengths, 1)[:, None]


def told(terms: Sequence[str], weights: np.ndarray, own: Collection[str]) -> list[str]:
    """The weightiest of a topic's ``own`` terms; a part of a phrase that is told already is not told again."""
    made: list[str] = []
    for k in np.argsort(-weights, kind="stable"):
        if weights[k] <= 0.05 * weights.max() or len(made) == TERMS_TOLD:
            break
        if terms[k] in own and not any(terms[k] in other or other in terms[k] for other in made):
            made.append(terms[k])
    return made
