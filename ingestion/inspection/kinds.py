"""Which canonical table a file of unknown origin holds.

Every contract is tried: how much of the file it explains, whether what it cannot do without is there, and whether the
words of the header are its words. Structure settles near ties: an event log repeats its ticket, totals are counts,
contacts are single ones, a wide survey has many columns of one scale.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from ingestion.contracts import Contract, load_contracts
from ingestion.inspection.aggregates import are_counts, are_promises
from ingestion.inspection.cost_columns import kind_columns
from ingestion.inspection.figures import BESIDE, Figures, find_figures
from ingestion.inspection.leanings import leaning
from ingestion.inspection.pairing import Pair, pairs
from ingestion.inspection.profile import Profile
from ingestion.inspection.state_columns import count_states, is_day_of_work
from ingestion.inspection.words import lexicon, words

# What a proposal can make up where a file lacks it: an id from the row, a constant, the state of the day.
REPLACEABLE = {
    "tickets": {"ticket_id"},
    "ticket_events": {"event_id", "event_type"},
    "contacts": {"contact_id", "channel", "outcome"},
    "interval_stats": {"queue", "channel"},
    "training": {"training_id"},
    "quality_checks": {"check_id", "passed"},
    "survey_responses": {"response_id", "item_id"},
    "survey_invitations": {"invitation_id"},
    "job_postings": {"posting_id"},
    "applications": {"application_id"},
    "statements": {"statement_id", "audience", "kind"},
    "market_indicators": {"indicator"},
    "customers": {"customer_id"},
    "agents": {"agent_id"},
    "agent_time": {"state"},
    "costs": {"category"},
}
# One of these at least is there in any file of the table: a number, a day and a person are in many others too.
_TELLING = {
    "tickets": {"status", "priority", "topic", "type", "subject", "description", "customer_id", "channel", "solved_at",
                "due_at", "first_replied_at"},
    "agents": {"name", "hired_on", "left_on", "role_type", "shift", "skills", "fte", "leaving_kind", "email", "team"},
    "job_postings": {"title", "openings"},
    "applications": {"candidate_id", "requisition_id", "stage", "source_channel", "offered_on"},
    "customers": {"name", "email", "segment", "spend", "customer_since_on", "churned_on", "gender",
                  "birth_year", "industry", "last_purchase_on"},
    "contacts": {"wait_seconds", "talk_seconds", "queue", "outcome", "direction", "answered_at", "customer_id",
                 "topic"},
}  # fmt: skip
# What a table of requests never speaks of.
_NO_REQUEST = {"absence", "vacation", "attendance", "interview", "candidate", "hire", "salary", "payroll"}
# Courses are no requests; what has a heading of its own, or was answered in writing, is no call.
_TAUGHT = {"course", "learner", "trainee", "lesson", "enrolled", "curriculum"}
_WRITTEN = {"subject", "priority", "mailbox", "inbox", "reply"}
_APPLIED = {"candidate", "applied", "interview", "decision"}
_PEOPLE = {"agents": "valid_from", "customers": "updated_at"}
UNKNOWN_BELOW = 0.3
_WIDE = 4
_SOUGHT = {"candidate", "applicant", "requisition"}
_STATES = 3
_DAILY, _KINDS = 0.1, 0.8
_OF_SINGLE_THINGS = (
    "tickets", "ticket_events", "contacts", "market_indicators", "survey_responses", "statements", "quality_checks",
)  # fmt: skip
_OF_DAYS = ("agent_time", "contacts", "training", "interval_stats")
_HIRED = {"hire", "hired"}
_FIGURES = {"months": 0.95, "years": 0.95, "shares": 0.9, "measures": 0.6}
_OF_TIME = {"handle", "wait", "speed", "talk", "answered", "time"}
_COUNTED = ("offered", "answered", "abandoned", "handled")


@dataclass(frozen=True)
class Guess:
    """A canonical table, what speaks for it, and which column is which."""

    table: str
    score: float
    pairs: tuple[Pair, ...]
    missing: tuple[str, ...]
    reason: str
    figures: Figures | None = None


def guesses(profiles: list[Profile], scale_columns: int = 0, figures: Figures | None = None) -> list[Guess]:
    """Every table that is possible at all, the likeliest first. ``figures`` are those of one of several files."""
    idle = _idle_words(profiles)
    by_name = {profile.name: profile for profile in profiles}
    found = [_guess(contract, profiles, by_name, idle, scale_columns) for contract in load_contracts().values()]
    ordered = sorted((guess for guess in found if guess.score > 0), key=lambda guess: -guess.score)
    told = None
    if scale_columns < _WIDE and not are_counts(profiles, None) and (figures := figures or find_figures(profiles)):
        told = _figures_guess(figures, profiles, idle)
    if told is None:
        return ordered
    # Years for columns and shares of people are unmistakable; measures give way to a table that fits well.
    place = 0 if told.score > max((guess.score for guess in ordered), default=0.0) else len(ordered)
    return [*ordered[:place], told, *ordered[place:]]


def _figures_guess(figures: Figures, profiles: list[Profile], idle: frozenset[str]) -> Guess:
    aside = [profile for profile in profiles if profile.name not in figures.columns]
    contract = load_contracts()[figures.table]
    beside = {name: contract.columns[name] for name in BESIDE.get(figures.table, ())}
    found = pairs(aside, replace(contract, columns=beside), idle) if beside else []
    said = {"months": "months", "years": "years", "shares": "shares of people", "measures": "measures"}[figures.form]
    reason = f"{len(figures.columns)} of {len(profiles)} columns are {said} of {' and '.join(figures.labels)}"
    return Guess(figures.table, _FIGURES[figures.form], tuple(found), (), reason, figures)


def _idle_words(profiles: list[Profile]) -> frozenset[str]:
    """Words that most column names share say nothing."""
    names = [set(words(profile.name)) for profile in profiles]
    if len(names) < 6:
        return frozenset()
    seen = Counter(word for name in names for word in name)
    return frozenset(word for word, count in seen.items() if count > 0.5 * len(names))


def _guess(
    contract: Contract, profiles: list[Profile], by_name: dict[str, Profile], idle: frozenset[str], scale_columns: int
) -> Guess:
    found = pairs(profiles, contract, idle)
    have = {pair.column for pair in found}
    missing = tuple(name for name in contract.required if name not in have)
    fatal = [name for name in missing if name not in REPLACEABLE.get(contract.table, set())]
    if fatal == ["value"] and _only_number(profiles, found):
        fatal = []
    asked = 0.8 * scale_columns if contract.table == "survey_responses" else 0.0
    told = sum(pair.score for pair in found) + asked
    explained = min(1.0, told / max(len([p for p in profiles if p.kind != "empty"]), 1))
    depth = min(1.0, told / 6)
    signs = _signs(contract.table, profiles)
    own = sum(1 for name in contract.required if name in have) / max(len(contract.required), 1)
    structure = _structure(contract.table, found, by_name, scale_columns, len(profiles))
    key = next((by_name[pair.name] for pair in found if pair.column == contract.key[0]), None)
    structure += leaning(contract.table, profiles, have, key)
    said = {word for profile in profiles for word in words(profile.name)}
    if len(found) < 2 and not scale_columns and len(profiles) > 2:
        structure -= 1.0
    if contract.table in _TELLING and have.isdisjoint(_TELLING[contract.table]):
        structure -= 0.5
    if contract.table in ("tickets", "training") and _NO_REQUEST & said:
        structure -= 0.25
    if contract.table in ("tickets", "ticket_events", "contacts", "job_postings") and _TAUGHT & said:
        structure -= 0.25
    if contract.table == "customers" and _SOUGHT & said:
        # Who applies for a job is no customer.
        structure -= 0.8
    if contract.table in ("tickets", "contacts", "customers") and _are_employed(said, contract.table):
        structure -= 0.8
    if contract.table in _OF_SINGLE_THINGS and are_counts(profiles, key):
        structure -= 1.0
    if contract.table == "tickets" and are_promises(found, key):
        structure -= 0.8
    if contract.table == "contacts" and _WRITTEN & said:
        structure -= 0.25
    if contract.table == "job_postings" and any(_APPLIED & set(words(profile.name)) for profile in profiles):
        structure -= 0.4
    if _repeats_people(contract, found, by_name):
        structure -= 0.6
    if contract.table in _OF_DAYS and (count_states(profiles) >= _STATES or is_day_of_work(profiles)):
        # No single contact has a break and a training, nor has a queue; of what fills a day learning is one.
        structure += 0.35 if contract.table == "agent_time" else -0.3
        fatal = [name for name in fatal if name != "seconds"]
    if contract.table == "costs" and kind_columns(profiles):
        structure += _KINDS + (1.0 if len(found) < 2 else 0.0)
        fatal = [name for name in fatal if name != "amount"]
    score = 0.30 * explained + 0.20 * depth + 0.25 * own + 0.25 * signs + structure - 0.35 * len(fatal)
    reason = f"{len(found)} of {len(profiles)} columns fit, {own:.0%} of what it needs is there"
    return Guess(contract.table, round(score, 3), tuple(found), missing, reason)


def _are_employed(said: set[str], table: str) -> bool:
    """Whether the headings are those of a list of staff; a customer has a tenure too, and may say who employs him."""
    if table == "customers":
        return bool(said & _HIRED) and bool(said & {"employed", "tenure", "employee"})
    return "employee" in said and bool(said & {*_HIRED, "termination", "employment", "employed", "tenure"})


def _only_number(profiles: list[Profile], found: list[Pair]) -> bool:
    """Whether one column of numbers alone is left: in a table of figures it is the figure, whatever its name."""
    used = {pair.name for pair in found}
    return sum(profile.kind in ("number", "percent") and profile.name not in used for profile in profiles) == 1


def _repeats_people(contract: Contract, found: list[Pair], by_name: dict[str, Profile]) -> bool:
    """A list of people has each of them once, or says from when a row holds."""
    dated = _PEOPLE.get(contract.table)
    key = next((by_name[pair.name] for pair in found if pair.column == contract.key[0]), None)
    if dated is None or key is None or key.filled <= 20:
        return False
    # Who stands there day by day has a history of work and none of changes.
    is_dated = any(pair.column == dated for pair in found)
    return key.distinct_share < (_DAILY if is_dated and contract.table == "agents" else 0.0 if is_dated else 0.7)


def _signs(table: str, profiles: list[Profile]) -> float:
    """Share of the table's own words among the columns, saturating at four columns."""
    own = lexicon().signs[table]
    weights = _sign_weights()
    hits = sum(max((weights[word] for word in set(words(p.name)) & own), default=0.0) for p in profiles)
    return min(1.0, hits / 3.0)


def _sign_weights() -> dict[str, float]:
    """A sign that several tables claim speaks less for each."""
    claimed = Counter(word for signs in lexicon().signs.values() for word in signs)
    return {word: 1.0 / count for word, count in claimed.items()}


def _structure(table: str, found: list[Pair], by_name: dict[str, Profile], scale_columns: int, columns: int) -> float:
    given = {pair.column: by_name[pair.name] for pair in found}
    if table == "interval_stats":
        return _totals(given, by_name)
    if table == "contacts":
        totals = _totals(given, by_name)
        return -totals if totals > 0 else _singles(given)
    if table in ("ticket_events", "tickets"):
        return _events(table, given)
    if table == "survey_responses":
        # A few ratings among many other columns are a part of another table.
        is_wide = scale_columns >= _WIDE and scale_columns >= min(8, 0.3 * columns)
        return 0.45 if is_wide else _long_survey(given) + (0.2 if scale_columns else 0.0)
    if table == "customers":
        return -0.25 if scale_columns >= 4 else 0.0
    return 0.0


def _totals(given: dict[str, Profile], by_name: dict[str, Profile]) -> float:
    if any({"contact", "id"} <= set(words(name)) and profile.is_unique for name, profile in by_name.items()):
        return -0.3
    counted = [given[name] for name in _COUNTED if name in given]
    if len(counted) == 1 and len(given) == 2 and "interval_start_at" in given and counted[0].kind == "integer":
        return 0.3
    has_means = any("average" in words(name) and _OF_TIME & set(words(name)) for name in by_name)
    if len(counted) == 1 and has_means and "contact_id" not in given and counted[0].kind == "integer":
        return 0.35
    if len(counted) < 2:
        return -0.3
    # Of a few contacts an hour none or two give up; the largest count tells totals from the ones of single rows.
    are_counts = all(profile.numbers and profile.is_numeric for profile in counted)
    return 0.35 if are_counts and max(profile.numbers[-1] for profile in counted) > 3 else -0.3


def _singles(given: dict[str, Profile]) -> float:
    key = given.get("contact_id")
    return 0.15 if key and key.distinct_share > 0.95 and {"arrived_at"} <= given.keys() else 0.0


def _events(table: str, given: dict[str, Profile]) -> float:
    key = given.get("ticket_id")
    if key is None or not key.filled:
        return -0.2 if table == "ticket_events" else 0.0
    repeats = key.distinct_share < 0.8
    has_change = bool({"to_value", "field", "event_type", "from_value"} & given.keys())
    if table == "ticket_events":
        return 0.25 if repeats and has_change and "occurred_at" in given else -0.3
    # Rows that repeat their ticket are its versions when they say when they were written, its events otherwise.
    return (0.0 if "updated_at" in given else -0.2) if repeats else 0.1


def _long_survey(given: dict[str, Profile]) -> float:
    key = given.get("response_id")
    is_long = bool(key) and "item_id" in given and "value" in given and key is not None and key.distinct_share < 0.9
    return 0.25 if is_long else -0.1
