"""Files without a header: what they are and which column is which, told by their values alone.

What belongs here: which tables are tried and what each needs. How single columns are looked at stands in `features`.
Every score is low: a person should look at such a proposal.
"""

from __future__ import annotations

from collections.abc import Callable

from ingestion.contracts import load_contracts
from ingestion.headers import are_unnamed
from ingestion.inspection.features import Features, likely_states
from ingestion.inspection.figures import Figures
from ingestion.inspection.kinds import Guess, guesses
from ingestion.inspection.profile import Profile
from ingestion.inspection.settling import Pair

# Above this a proposal would look as if headings had spoken.
_SURE, _LIKELY, _MAYBE = 0.55, 0.5, 0.42
_SCORE = 0.5
_FEWEST_ROWS = 8


UNNAMED = (
    "It has no header: name its columns in the map, in order, with `read: {columns: [id, opened, …]}`, or by their "
    "places (`from: unnamed_2`)."
)


def all_guesses(profiles: list[Profile], scale_columns: int, figures: Figures | None = None) -> list[Guess]:
    """The tables a file may hold, the likeliest first; one without a header is judged by its values as well."""
    found = guesses(profiles, scale_columns=scale_columns, figures=figures)
    if not are_unnamed([profile.name for profile in profiles]):
        return found
    told = guesses_by_values(profiles)
    others = [guess for guess in found if guess.table not in {one.table for one in told}]
    return sorted([*told, *others], key=lambda guess: -guess.score)


def guesses_by_values(profiles: list[Profile]) -> list[Guess]:
    """The tables that a file without a header may hold, the likeliest first."""
    if not profiles or len(profiles[0].cells) < _FEWEST_ROWS:
        return []
    found = [guess for one in _TABLES if (guess := one(Features(profiles)))]
    return sorted(found, key=lambda guess: -guess.score)


def _guess(table: str, pairs: list[Pair], extra: float, reason: str) -> Guess:
    have = {pair.column for pair in pairs}
    missing = tuple(name for name in load_contracts()[table].required if name not in have)
    return Guess(table, round(_SCORE + extra, 3), tuple(pairs), missing, f"there is no header; {reason}")


def _events(of: Features) -> Guess | None:
    """A number that repeats, an instant, and a word that is a state or the name of a change."""
    key, when = of.repeated_number(), of.first_moment()
    state, former = of.states_between(key)
    change = of.known("ticket_events", "event_type", but=(key, when, state, former))
    if key is None or when is None or not (state or change) or when.distinct_share < 0.3:
        return None
    pairs = [
        Pair(key.name, "ticket_id", _LIKELY, "it stands in several rows, as a request does in a log"),
        Pair(when.name, "occurred_at", _SURE, "the first column of instants"),
    ]
    pairs += [Pair(state.name, "to_value", _LIKELY, f"its words are states: {of.some(state)}")] if state else []
    pairs += [Pair(former.name, "from_value", _LIKELY, "the state that the row before it left")] if former else []
    pairs += [Pair(change.name, "event_type", _MAYBE, f"its words are changes: {of.some(change)}")] if change else []
    if (own := of.row_key()) and own is not key:
        pairs.append(Pair(own.name, "event_id", _LIKELY, "every row has its own"))
    extra = 0.2 if of.rises_within(key, when) else 0.0
    return _guess("ticket_events", pairs, extra, f"{key.name} repeats and {(state or change).name} holds states")  # type: ignore[union-attr]


def _contacts(of: Features) -> Guess | None:
    """An instant, something that lasts, and a word of how it ended, came or went."""
    when, key = of.first_moment(), of.row_key()
    outcome = of.known("contacts", "outcome", but=(when, key))
    direction = of.known("contacts", "direction", but=(when, key, outcome))
    channel = of.known("contacts", "channel", but=(when, key, outcome, direction))
    times = of.times(but=(when, key))
    lasts = bool(outcome) or (direction and times) or (channel and any(p.kind == "duration" for p in times))
    if when is None or not lasts or of.are_requests() or not (outcome or when.kind == "instant"):
        return None
    pairs = [Pair(when.name, "arrived_at", _SURE, "the first column of instants")]
    pairs += [Pair(key.name, "contact_id", _LIKELY, "every row has its own")] if key else []
    for profile, column, said in (
        (outcome, "outcome", "ways in which contacts end"),
        (direction, "direction", "directions"),
        (channel, "channel", "ways of contact"),
    ):
        pairs += [Pair(profile.name, column, _LIKELY, f"its words are {said}: {of.some(profile)}")] if profile else []
    pairs += _lasting(of, times, outcome)
    phone = of.phones()
    pairs += [Pair(phone.name, "customer_id", _MAYBE, "telephone numbers")] if phone else []
    person = of.people()
    pairs += [Pair(person.name, "agent_id", _MAYBE, "a few names of people, each in many rows")] if person else []
    # Requests have states, contacts have ends.
    extra = (0.1 if outcome else 0.0) + (0.1 if times else 0.0) - (0.2 if of.known("tickets", "priority") else 0.0)
    return _guess("contacts", pairs, extra, f"{when.name} says when, other columns how long and how it ended")


def _lasting(of: Features, times: list[Profile], outcome: Profile | None) -> list[Pair]:
    """Which time is the wait and which the talk: who gave up waited and did not talk. What cannot be told is left."""
    if outcome is not None and (parted := of.by_outcome(times, outcome)):
        waits, talks = parted
        pairs = [Pair(waits[0].name, "wait_seconds", _LIKELY, "filled also where nobody answered")] if waits else []
        return pairs + (
            [Pair(talks[0].name, "talk_seconds", _LIKELY, "nothing where nobody answered")] if talks else []
        )
    if len(times) == 1 and not times[0].is_numeric:
        return [Pair(times[0].name, "talk_seconds", _MAYBE, "the only column of times: how long it lasted")]
    return []


def _tickets(of: Features) -> Guess | None:
    """A number of its own in every row, an instant, and a state or a priority."""
    key, when = of.row_key(), of.first_moment()
    status = of.known("tickets", "status", but=(key, when))
    priority = of.known("tickets", "priority", but=(key, when, status))
    if key is None or when is None or not (status or priority) or of.are_applicants():
        return None
    pairs = [
        Pair(key.name, "ticket_id", _LIKELY, "every row has its own"),
        Pair(when.name, "created_at", _SURE, "the earliest column of instants, filled in every row"),
    ]
    channel = of.known("tickets", "channel", but=(key, when, status, priority))
    pairs += [
        Pair(profile.name, column, _LIKELY, f"its words are {said}: {of.some(profile)}")
        for profile, column, said in (
            (status, "status", "states"),
            (priority, "priority", "priorities"),
            (channel, "channel", "ways of contact"),
        )
        if profile
    ]
    if status and (end := of.end_by_state(when, status)):
        told = f"filled where {status.name} says that it is over, blank elsewhere"
        pairs.append(Pair(end.name, "solved_at", _MAYBE, told))
    said = of.sentences()
    pairs += [Pair(said.name, "subject", _MAYBE, "a few words, other ones in nearly every row")] if said else []
    person = of.people()
    pairs += [Pair(person.name, "agent_id", _MAYBE, "a few names of people, each in many rows")] if person else []
    extra = (0.1 if status else 0.0) + (0.1 if priority else 0.0)
    return _guess("tickets", pairs, extra, f"{key.name} is a row's own, {when.name} says when, others its state")


def _agent_time(of: Features) -> Guess | None:
    """Somebody, a day or an instant, what was done, and how long."""
    when, state = of.first_moment(), likely_states(of)
    who = of.people(but=state) or of.repeated_number()
    times = of.times(but=(when, state, who))
    if when is None or state is None or who is None or not times:
        return None
    pairs = [
        Pair(who.name, "agent_id", _LIKELY, "somebody who stands in many rows"),
        Pair(when.name, "worked_on", _LIKELY, "the first column of dates"),
        Pair(state.name, "state", _LIKELY, f"its words are states of people at work: {of.some(state)}"),
    ]
    pairs += [Pair(times[0].name, "seconds", _MAYBE, "the only column of times")] if len(times) == 1 else []
    extra = 0.15 if len(times) == 1 else -0.3
    return _guess("agent_time", pairs, extra, f"{state.name} holds states of people at work")


def _costs(of: Features) -> Guess | None:
    """A day or a month, an amount, and what it was spent on."""
    when, category = of.first_moment(), of.known("costs", "category")
    amounts = of.amounts()
    if when is None or category is None or len(amounts) != 1:
        return None
    pairs = [
        Pair(when.name, "month_on", _LIKELY, "the first column of dates"),
        Pair(category.name, "category", _LIKELY, f"its words are kinds of costs: {of.some(category)}"),
        Pair(amounts[0].name, "amount", _LIKELY, "the only column of amounts"),
    ]
    return _guess("costs", pairs, 0.0, f"{category.name} holds kinds of costs")


def _intervals(of: Features) -> Guess | None:
    """Instants a round step apart, and one whole number to each: what came in."""
    when, counted = of.first_moment(), of.counts()
    others = [p for p in of.profiles if p not in (when, *counted) and p.kind != "category"]
    if when is None or len(counted) != 1 or others or not of.is_even(when):
        return None
    pairs = [
        Pair(when.name, "interval_start_at", _SURE, "instants a round step apart"),
        Pair(counted[0].name, "offered", _MAYBE, "the only column of counts, one to each interval"),
    ]
    if len(named := [p for p in of.profiles if p.kind == "category" and p.distinct > 1]) == 1:
        pairs.append(Pair(named[0].name, "queue", _MAYBE, "a few words, each with intervals of its own"))
    return _guess("interval_stats", pairs, 0.0, f"{when.name} goes in even steps, {counted[0].name} counts")


_TABLES: tuple[Callable[[Features], Guess | None], ...] = (
    _events,
    _contacts,
    _tickets,
    _agent_time,
    _costs,
    _intervals,
)
