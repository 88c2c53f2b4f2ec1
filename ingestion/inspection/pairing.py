"""Which column of a file is which column of a contract: by its name, by its values, by how columns add up.

What belongs here: one table at a time. Which table the file is, is decided in `kinds`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache, lru_cache
from itertools import permutations

from ingestion.contracts import Column, Contract
from ingestion.inspection.adherence import with_adherence
from ingestion.inspection.answers import asked_comment
from ingestion.inspection.clocks import is_bare_clock
from ingestion.inspection.fitting import DIMENSIONS, MOMENTS, fit
from ingestion.inspection.likeness import HEADED, best_likeness, columns_by_word, head_likeness
from ingestion.inspection.not_about import MEASURED, is_about_else, is_kept_from, is_planned, numbered_sisters
from ingestion.inspection.persons import told_apart
from ingestion.inspection.printing import with_print_date
from ingestion.inspection.profile import Profile, as_number
from ingestion.inspection.settling import DOUBTED, Pair, part_of_the_house, settled
from ingestion.inspection.spellings import known_values
from ingestion.inspection.totals import without_totals
from ingestion.inspection.vague_names import TOLD_BY_VALUES, VAGUE, only_ways, said_outright, say_it
from ingestion.inspection.words import lexicon, plain, words

LIKELY = 0.45
_ASIDE, _SAME = 0.97, 0.15
_SAID_OUTRIGHT = {"talk_seconds", "hold_seconds", "wrap_seconds"}
_USER = re.compile(r"(?i)(?<![a-z])users?(?![a-z])|User")
_SAID_IN_WORDS = DIMENSIONS | {"employer", "department"}
_COUNTED = ("offered", "answered", "abandoned")
_LOOKED_AT = 300
_VERDICTS = {"pass", "passed", "fail", "failed"}
_OF_CONTACTS = ("contacts", "interval_stats")


def pairs(profiles: list[Profile], contract: Contract, idle: frozenset[str]) -> list[Pair]:
    """The best pairing of columns with a contract's columns, each used once. ``idle`` words are left out of names."""
    scored = []
    named = [frozenset(words(profile.name)) for profile in profiles]
    outright = said_outright(named, contract) if any(one <= VAGUE for one in named) else set()
    sisters = numbered_sisters(profiles)
    called = columns_by_word(contract.table)
    for profile in profiles:
        full = _of_whom(profile, profiles, contract)
        name = (full - idle) or full
        bare = _without_brackets(profile.name)
        near = {column for word in {*full, *bare, *words(profile.name)} for column in called.get(word, ())}
        is_telling = _are_telling(profile)
        for column in contract.columns.values():
            like = _likeness(profile, (name, full), bare, contract.table, column) if column.name in near else 0.0
            is_vague = full <= VAGUE and column.name not in outright
            if not like and not is_vague and not (is_telling and column.name in TOLD_BY_VALUES):
                continue
            if is_kept_from(profile, full, contract.table, column.name):
                continue
            if column.name == "n" and profile.name in sisters:
                continue
            if column.type == "seconds" and contract.table in _OF_CONTACTS and is_bare_clock(profile):
                continue
            if not profile.filled and (column.required or column.type == "id"):
                # Nothing is known of it, and every row would be refused for it.
                continue
            if is_vague and say_it(profile, contract.table, column):
                scored.append((1.04, profile, column, 0.0, 1.0))
                continue
            if like < 0.7 and column.name in DIMENSIONS and profile.distinct == 1 and profile.filled > 20:
                continue
            suits = fit(profile, contract.table, column) if like or column.values else 0.0
            known = known_values(profile, contract.table, column) if suits else 0.0
            score = _combined(like, suits, known, is_empty=not profile.filled)
            if not like and known >= 0.9 and column.name in TOLD_BY_VALUES and is_telling:
                score = 0.5
            if column.name in DIMENSIONS and profile.distinct == 1 and profile.filled > 20:
                # What is the same in every row gives way to what tells rows apart.
                score -= _SAME
            if score >= LIKELY:
                scored.append((score + _own_name(profile, column), profile, column, like, suits))
    found = _balanced(_greedy(scored, contract), profiles, contract) + _by_content(profiles, contract, scored)
    found = [_in_words(pair, found, profiles) for pair in _finer_period(found, profiles)]
    found = told_apart(without_totals(settled(found, profiles, contract), profiles, contract), profiles, contract)
    return with_print_date(with_adherence(found, profiles, contract), profiles, contract)


def _likeness(
    profile: Profile, names: tuple[frozenset[str], frozenset[str]], bare: frozenset[str], table: str, column: Column
) -> float:
    """How like a heading is to what a column is called: with and without its idle words, outside its brackets alone, or
    by what it ends in."""
    like = max(best_likeness(name, table, column.name) for name in names)
    like = max(like, _ASIDE * best_likeness(bare, table, column.name) if bare else 0.0)
    if like < HEADED and column.type in ("id", "text", "category"):
        return max(like, head_likeness(profile.name, table, column.name))
    return like


@lru_cache(maxsize=20_000)
def _without_brackets(name: str) -> frozenset[str]:
    """The words outside brackets, where there are any inside; ``Date (offset incl.)`` is a date."""
    outside = re.sub(r"[(\[][^()\[\]]*[)\]]", " ", name)
    return frozenset(words(outside)) if outside.strip() and outside != name else frozenset()


def _of_whom(profile: Profile, profiles: list[Profile], contract: Contract) -> frozenset[str]:
    """The words of a name. A user beside a customer who is named otherwise is the one who served."""
    full = frozenset(words(profile.name))
    if contract.table != "contacts" or "customer" not in full or not _USER.search(profile.name):
        return full
    others = [other for other in profiles if not _USER.search(other.name)]
    is_told = any({"customer", "phone"} & set(words(other.name)) and other.distinct > 10 for other in others)
    # Few serve many.
    is_few = profile.kind == "category" and profile.filled > 50 and profile.distinct_share < 0.2
    return full - {"customer"} | {"agent"} if is_told or is_few else full


def _in_words(pair: Pair, found: list[Pair], profiles: list[Profile]) -> Pair:
    """A code gives way to the column that says the same in words."""
    by_name = {profile.name: profile for profile in profiles}
    code = by_name[pair.name]
    if pair.column not in _SAID_IN_WORDS or code.distinct < 2:
        return pair
    is_code = bool({"code", "id"} & set(words(pair.name)))
    used = {other.name for other in found}
    for profile in profiles:
        same = profile.kind in ("category", "text") and profile.distinct == code.distinct
        if profile.name in used or not same or not (is_code or _names_it(profile, code)):
            continue
        if min(map(len, profile.counts)) <= (max if is_code else min)(map(len, code.counts)):
            continue
        if len(set(zip(code.cells, profile.cells, strict=True))) <= code.distinct + 1:
            return replace(pair, name=profile.name, reason=f"it says in words what {pair.name} says in codes")
    return pair


def _names_it(profile: Profile, code: Profile) -> bool:
    """``Agency name`` says in words what ``Agency`` says."""
    extra = set(words(profile.name)) - set(words(code.name))
    return (
        bool(extra)
        and extra <= {"name", "description", "label", "title"}
        and set(words(code.name)) < set(words(profile.name))
    )


def _finer_period(found: list[Pair], profiles: list[Profile]) -> list[Pair]:
    """A year beside a column of months or days is only its year."""
    by_name, used = {profile.name: profile for profile in profiles}, {pair.name for pair in found}
    finer = [p for p in profiles if p.kind in MOMENTS and p.name not in used and not _are_years(p) and p.distinct > 1]
    return [
        replace(pair, name=finer[0].name, reason="the only column of dates beside the year")
        if pair.column == "period_on" and len(finer) == 1 and _are_years(by_name[pair.name])
        else pair
        for pair in found
    ]


def _are_years(profile: Profile) -> bool:
    return profile.share("years", lambda value: len(value) == 4 and value.isdigit()) > 0.99


def _are_telling(profile: Profile) -> bool:
    """Values of their own, not the yes and no of anything."""
    is_told = profile.kind == "category" and profile.distinct >= 2
    return is_told and _of_anything().isdisjoint(map(plain, profile.counts))


@cache
def _of_anything() -> frozenset[str]:
    return frozenset(["yes", "no", "y", "n", "true", "false", "0", "1", "open", "closed", "active", *lexicon().truth])


def _balanced(found: list[Pair], profiles: list[Profile], contract: Contract) -> list[Pair]:
    """Totals known by adding up: what was offered was answered or abandoned."""
    named = {pair.column for pair in found}
    if contract.table != "interval_stats" or set(_COUNTED) <= named:
        return found
    sums = _sums(profiles)
    if sums is None:
        return found
    said = f"{sums[0]} is {sums[1]} plus {sums[2]} in the rows"
    kept = [pair for pair in found if pair.column not in _COUNTED and pair.name not in sums]
    return [*kept, *(Pair(name, column, 0.8, said) for name, column in zip(sums, _COUNTED, strict=True))]


def _sums(profiles: list[Profile]) -> tuple[str, str, str] | None:
    """The names of a whole, its larger and its smaller part, the same in nearly all rows."""
    named = [p for p in profiles if p.kind in ("integer", "number") and not MEASURED & set(words(p.name))]
    whole = [p for p in named if all(number == int(number) for number in p.numbers[:_LOOKED_AT])]
    counts = [p for p in whole if p.numbers and p.numbers[0] >= 0 and p.numbers[-1] > 3]
    cells = {p.name: [as_number(cell) if cell else None for cell in p.cells[:_LOOKED_AT]] for p in counts[:10]}
    for all_of, large, small in permutations(cells, 3):
        rows = [row for row in zip(cells[all_of], cells[large], cells[small], strict=True) if None not in row]
        if len(rows) < 10 or any(x != y + z for x, y, z in rows[:3]):  # type: ignore[operator]
            continue
        even = sum(x == y + z for x, y, z in rows)  # type: ignore[operator]
        telling = sum(bool(y) and bool(z) for _, y, z in rows)
        larger = sum(y or 0 for _, y, _ in rows) > sum(z or 0 for *_, z in rows)
        if larger and even >= 0.97 * len(rows) and telling >= 0.3 * len(rows):
            return all_of, large, small
    return None


def leftovers(found: list[Pair], profiles: list[Profile], contract: Contract, id_column: str | None) -> list[Pair]:
    """What only its place tells: the one id, the one date, the one number that is left for a column still wanted."""
    have, used = {pair.column for pair in found}, {pair.name for pair in found}
    free = [profile for profile in profiles if profile.name not in used and profile.filled]
    made = []
    keys = [p for p in free if p.distinct_share > 0.99 and p.null_share == 0 and p.kind in ("id", "integer")]
    is_row_key = keys and (keys[0].kind == "id" or keys[0] is profiles[0])
    if id_column and id_column not in have and is_row_key and len(keys) == 1:
        made.append(Pair(keys[0].name, id_column, 0.55, "the only column with a value of its own in every row"))
    when = [p for p in free if p.kind in MOMENTS and p.distinct > 1 and not is_planned(p.name)]
    is_event = contract.table not in ("agents", "customers")
    if is_event and contract.event_time not in have and len(when) == 1:
        made.append(Pair(when[0].name, contract.event_time, 0.55, "the only column of dates that is left"))
    if contract.table == "interval_stats" and not have & {"talk_seconds", "hold_seconds", "wrap_seconds"}:
        handled = [profile for profile in free if {"average", "handle", "time"} <= set(words(profile.name))]
        made += [Pair(p.name, "talk_seconds", 0.6, "all the time of handling, not parted further") for p in handled[:1]]
    if contract.table == "tickets" and "type" not in have:
        categories = [p for p in free if p.kind == "category" and p.distinct > 1]
        kinds = [p for p in categories if set(words(p.name)) - {"ticket", "request"} in ({"type"}, {"category"})]
        made += [Pair(p.name, "type", 0.55, "another kind of request beside the topic") for p in kinds[:1]]
    if contract.table == "tickets" and "topic" not in have:
        few = [p for p in free if p.kind == "category" and 1 < p.distinct <= 60 and set(words(p.name)) == {"subject"}]
        made += [Pair(p.name, "topic", 0.55, "a subject of few values is a topic") for p in few[:1]]
    if contract.table == "survey_responses" and "comment" not in have and (asked := asked_comment(free, used)):
        made.append(Pair(asked.name, "comment", 0.7, "a whole question, answered in free words"))
    made += part_of_the_house(free, have, contract) + only_ways(free, have, contract)
    numbers = [profile for profile in free if profile.kind in ("number", "percent") and profile not in keys]
    if contract.table == "market_indicators" and "value" not in have and len(numbers) == 1:
        made.append(Pair(numbers[0].name, "value", 0.6, "the only column of numbers that is left"))
    return made


def _own_name(profile: Profile, column: Column) -> float:
    """Between equals, our own name and what cannot be done without come first."""
    said = words(profile.name)
    is_own = said == words(column.name) or (column.name in _SAID_OUTRIGHT and words(column.name)[0] in said)
    if column.name == "passed" and {plain(value) for value in profile.counts} <= _VERDICTS:
        # ``Pass`` and ``Fail`` are the verdict itself, yes and no to an automatic fail a part of it.
        return 0.06
    if column.name == "team" and "department" in said:
        # Beside a group of those who serve it is the customer's own.
        return -0.02
    is_literal = column.type == "count" and column.name.partition("_")[0] in profile.name.lower()
    return (0.02 if column.required else 0.0) + (0.02 if is_own else 0.0) + (0.01 if is_literal else 0.0)


def _by_content(
    profiles: list[Profile], contract: Contract, scored: list[tuple[float, Profile, Column, float, float]]
) -> list[Pair]:
    """The time of the row where no name tells it: the only column of dates, or the first of them."""
    column = contract.columns[contract.event_time]
    if not column.required or any(one[2].name == column.name for one in scored):
        return []
    used = {pair.name for pair in _greedy(scored, contract)}
    free = [p for p in profiles if p.kind in MOMENTS and p.name not in used and p.distinct > 1]
    moments = [profile for profile in free if not is_about_else(frozenset(words(profile.name)), column.name)]
    if not moments:
        said = "it is about something else, but no other column says when it was"
        return [Pair(profile.name, column.name, DOUBTED, said) for profile in free[:1]]
    which, score = ("only", 0.6) if len(moments) == 1 else ("first", 0.46)
    return [Pair(moments[0].name, column.name, score, f"the {which} column of dates that is left")]


def _combined(like: float, suits: float, known: float, *, is_empty: bool) -> float:
    if suits == 0.0 or (is_empty and like < 0.9):
        return 0.0
    named = like * (0.55 + 0.45 * suits)
    # Values that speak for themselves need little of a name.
    return max(named, min(0.9, 0.35 * like + 0.55 * known) if known >= 0.6 and like > 0.3 else 0.0)


def _greedy(scored: list[tuple[float, Profile, Column, float, float]], contract: Contract) -> list[Pair]:
    taken_names: set[str] = set()
    taken_columns: set[str] = set()
    found = []
    for score, profile, column, like, _ in sorted(scored, key=lambda one: (-one[0], _rank(contract, one[2]))):
        if profile.name in taken_names or column.name in taken_columns:
            continue
        taken_names.add(profile.name)
        taken_columns.add(column.name)
        found.append(Pair(profile.name, column.name, round(min(score, 1.0), 2), _reason(profile, like)))
    return found


def _rank(contract: Contract, column: Column) -> int:
    return list(contract.columns).index(column.name)


def _reason(profile: Profile, like: float) -> str:
    said = "the name says so" if like > 0.85 else "the name is like it" if like > 0.55 else "the values are its values"
    share = "" if profile.null_share < 0.005 else f", {profile.null_share:.0%} blank"
    return f"{said}; values are {profile.kind.replace('_', ' ')}{share}"
