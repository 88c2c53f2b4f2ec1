"""Comments of customers: redacted, told by language, need and word, and shown only from groups of ten."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from analytics.customers.languages import KNOWN, language_of, terms_of, words_of
from analytics.customers.redaction import name_parts, redact, without_names
from analytics.customers.tables import TableSpec, columns

Row = dict[str, Any]
SMALLEST_GROUP = 10
TERMS, EXAMPLES_SHOWN = 25, 3
ALL = "all"
WORDS = TableSpec(
    "comment_terms",
    "Words and phrases of customers' comments, by language, said by ten customers or more.",
    columns(
        "language varchar: en, zh or vi",
        "term varchar: Word or phrase",
        "customers bigint: Customers who said it, at least ten",
        "share double: Their share of all who commented in that language",
    ),
)
EXAMPLES = TableSpec(
    "comment_examples",
    "Comments without names, addresses and numbers, from needs that ten customers or more spoke of in that language.",
    columns(
        "need varchar: Need the comment speaks of",
        "language varchar: en, zh or vi",
        "customers bigint: Customers who spoke of the need in that language, at least ten",
        "said varchar: Comment, redacted",
        "times bigint: Customers who wrote just that",
    ),
)
_SQL = """
with said as (
    select raw.source, raw.response_id, raw.comment, raw.customer_id, fct.responded_on, fct.topic
    from raw.survey_responses as raw
    inner join marts.fct_survey_answers as fct
        on raw.source = fct.source and raw.response_id = fct.response_id and raw.item_id = fct.item_id
        and coalesce(raw.role, 'perception') = fct.role
    where raw.comment is not null and fct.responded_on between $1 and $2
), judged as (
    select source, response_id, min(satisfied) > 0 as satisfied from marts.fct_survey_answers
    where instrument = 'csat' and role = 'perception' and satisfied is not null and responded_on between $1 and $2
    group by all
), customers as (
    select customer_id, any_value(name) as name from raw.customers
    where customer_id in (select customer_id from said) group by all
)
select said.comment as said, said.customer_id, said.response_id, said.responded_on,
    coalesce(said.topic, 'unknown') as topic, customers.name, judged.satisfied
from said left join customers on said.customer_id = customers.customer_id
left join judged on said.source = judged.source and said.response_id = judged.response_id
order by all
"""
_STAFF = "select distinct name from raw.agents where name is not null"


@dataclass(frozen=True)
class Comment:
    """One customer's redacted words; ``customer`` tells people apart and goes nowhere."""

    customer: str
    said: str
    language: str
    topic: str
    day: date
    needs: frozenset[str]
    satisfied: bool | None = None


@dataclass(frozen=True)
class Need:
    """A need and the words that speak of it, by language."""

    name: str
    theme: str
    kind: str
    words: Mapping[str, tuple[str, ...]]


def read_needs(rows: Iterable[Row]) -> list[Need]:
    """Rows of ``need_words.csv`` (need, theme, kind, language, words parted by |) as needs, in their order."""
    found: dict[str, tuple[str, str, dict[str, tuple[str, ...]]]] = {}
    for row in rows:
        _, _, words = found.setdefault(row["need"], (row["theme"], row["kind"], {}))
        words[row["language"]] = tuple(word.strip().lower() for word in row["words"].split("|") if word.strip())
    return [Need(name, *parts) for name, parts in found.items()]


def needs_in(text: str, language: str, needs: Sequence[Need]) -> frozenset[str]:
    """Names of the needs a comment speaks of: a listed word, or words in a row, is in it."""
    lowered = text.lower()
    spoken = f" {' '.join(words_of(text, language))} " if language != "zh" else lowered
    return frozenset(
        need.name
        for need in needs
        if any((f" {word} " if language != "zh" else word) in spoken for word in need.words.get(language, ()))
    )


def read_comments(con: Any, needs: Sequence[Need], start: date, end: date) -> list[Comment]:
    """Comments of customers in a span, redacted. Each wording is looked at once."""
    rows = con.rows(_SQL, [start, end])
    if not rows:
        return []
    staff = name_parts(row["name"] for row in con.rows(_STAFF))
    once = {said: redact(said, staff) for said in sorted({row["said"] for row in rows})}
    told: dict[str, tuple[str, frozenset[str]]] = {}
    made = []
    for row in rows:
        clean = without_names(once[row["said"]], name_parts([row["name"]]))
        if clean not in told:
            language = language_of(clean)
            told[clean] = (language, needs_in(clean, language, needs))
        language, found = told[clean]
        who = row["customer_id"] or row["response_id"]
        made.append(Comment(who, clean, language, row["topic"], row["responded_on"], found, row["satisfied"]))
    return made


def comment_terms(comments: Sequence[Comment]) -> list[Row]:
    """The most used words of each language; one that few said could point at them and is left out."""
    people: dict[str, set[str]] = defaultdict(set)
    said: dict[tuple[str, str], set[str]] = defaultdict(set)
    terms: dict[tuple[str, str], set[str]] = {}
    for one in comments:
        if one.language not in KNOWN:
            continue
        people[one.language].add(one.customer)
        key = (one.language, one.said)
        if key not in terms:
            terms[key] = terms_of(one.said, one.language)
        for term in terms[key]:
            said[one.language, term].add(one.customer)
    made = []
    for language in KNOWN:
        mine = {t: len(c) for (lang, t), c in said.items() if lang == language and len(c) >= SMALLEST_GROUP}
        for term in _longest(mine)[:TERMS]:
            share = mine[term] / len(people[language])
            made.append({"language": language, "term": term, "customers": mine[term], "share": share})
    return made


def _longest(counts: Mapping[str, int]) -> list[str]:
    """Terms by how many said them; a part of a phrase that the same people said is not told again."""
    ranked = sorted(counts, key=lambda term: (-counts[term], -len(term), term))
    return [t for t in ranked if not any(t != o and t in o and counts[o] >= counts[t] for o in ranked)]


def comment_examples(comments: Sequence[Comment]) -> list[Row]:
    """The most common wordings of each need and language spoken of by ten customers or more."""
    groups: dict[tuple[str, str], list[Comment]] = defaultdict(list)
    for one in comments:
        for need in one.needs:
            groups[need, one.language].append(one)
    made = []
    for (need, language), mine in sorted(groups.items()):
        people = len({c.customer for c in mine})
        if people < SMALLEST_GROUP or language not in KNOWN:
            continue
        wordings = Counter(said for said, _ in {(c.said, c.customer) for c in mine})
        for said, times in sorted(wordings.items(), key=lambda item: (-item[1], item[0]))[:EXAMPLES_SHOWN]:
            made.append({"need": need, "language": language, "customers": people, "said": said, "times": times})
    return made
