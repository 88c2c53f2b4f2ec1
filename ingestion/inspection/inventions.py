"""Lines of a map that no single column gives: ids made from the row, date and time put together, averages made sums,
states told by other columns, constants.
"""

from __future__ import annotations

import re

from ingestion.contracts import Contract, load_contracts
from ingestion.inspection.actors import role_of_actor
from ingestion.inspection.adherence import whole_days
from ingestion.inspection.answers import join_comments, one_question
from ingestion.inspection.channels import channel_line, talk_by_moments, transferred_at
from ingestion.inspection.clocks import join_clocks
from ingestion.inspection.complaints import complaint_line
from ingestion.inspection.contained import settled_by_machine
from ingestion.inspection.currencies import currency_line
from ingestion.inspection.directions import ways_in_outcome
from ingestion.inspection.extensions import ways_by_numbers
from ingestion.inspection.fields import Line, line_for, quoted
from ingestion.inspection.last_word import ends_told
from ingestion.inspection.leaving import who_ended_it
from ingestion.inspection.long_questions import questions_of_rows
from ingestion.inspection.means import settle_averages, whole_handling
from ingestion.inspection.messages import message_log
from ingestion.inspection.offers import settle_answer, turned_down
from ingestion.inspection.outcomes import by_filling, settle_outcome
from ingestion.inspection.pay import PAY, pay_lines
from ingestion.inspection.priorities import settle_urgent
from ingestion.inspection.profile import Profile
from ingestion.inspection.reopened import reopened_on
from ingestion.inspection.spellings import known_values, value_list
from ingestion.inspection.state_columns import count_states
from ingestion.inspection.thresholds import short_beside, short_of_its_neighbour, threshold_lines
from ingestion.inspection.thrown_away import called_off, deleted_requests
from ingestion.inspection.time_left import by_time_left
from ingestion.inspection.unended import still_waiting
from ingestion.inspection.units import told_in_milliseconds
from ingestion.inspection.waiting import waits_before
from ingestion.inspection.waves import dated_by_wave
from ingestion.inspection.whole_days import end_with_their_day
from ingestion.inspection.words import plain, words

# What of one and the same thing differs from day to day.
_CHANGING = ("status", "priority", "agent_id", "team", "reported_sla_state", "stage", "outcome", "leaving_kind")
ID_OF = {
    "tickets": "ticket_id", "ticket_events": "event_id", "contacts": "contact_id", "training": "training_id",
    "quality_checks": "check_id", "survey_responses": "response_id", "survey_invitations": "invitation_id",
    "job_postings": "posting_id", "applications": "application_id",
    "statements": "statement_id", "customers": "customer_id", "agents": "agent_id",
}  # fmt: skip


def invented_lines(
    contract: Contract, lines: list[Line], profiles: list[Profile], *, wide: bool, named: str = ""
) -> list[Line]:
    """What is made up, each with its reason; existing lines may be mended in place. ``named`` is the file's name."""
    have = {line.column: line for line in lines}
    by_name = {profile.name: profile for profile in profiles}
    join_clocks(contract, have, profiles)
    made = _identity(contract, have, profiles)
    made += _parted_identity(contract, have, profiles)
    if contract.table in ("contacts", "interval_stats"):
        whole_handling(lines, have)
        have = {line.column: line for line in lines}
    if contract.table == "interval_stats":
        settle_averages(lines, have, by_name)
        made += short_of_its_neighbour(have, profiles)
        short_beside(have, by_name)
        made += threshold_lines(have, profiles) + _whose_counts(have, profiles)
        made += _named({**have, **{line.column: line for line in made}}, "queue", "all", 0.4, "no column names a queue")
    if contract.table in ("contacts", "interval_stats") and "channel" not in have:
        made += channel_line(profiles, named)
    if contract.table == "contacts":
        made += talk_by_moments(have, by_name) + waits_before(have, profiles) + transferred_at(have, profiles)
    if contract.table == "contacts" and (machine := settled_by_machine(have, profiles, lines)):
        made += machine
    elif contract.table == "contacts" and "outcome" not in have:
        made += by_filling(have, by_name)
    if contract.table == "contacts":
        settle_outcome(have, profiles)
        told_in_milliseconds(have, by_name)
        made += ways_in_outcome(have, by_name) or ways_by_numbers(have, by_name)
    if contract.table == "tickets":
        ends = ends_told(have, profiles)
        made, have = made + ends, {**have, **{line.column: line for line in ends}}
        end_with_their_day(have, by_name)
        made += complaint_line(have, profiles, named)
        settle_urgent(have, by_name)
        still_waiting(have, by_name)
        off = called_off(have, by_name)
        made, have = made + off, {**have, **{line.column: line for line in off}}
        made += deleted_requests(have, profiles) + reopened_on(have, profiles) + by_time_left(have, profiles)
    if contract.table == "ticket_events" and (messages := message_log(have, profiles, lines)):
        made += messages
    elif contract.table == "ticket_events":
        made += _activities(have, by_name) + _change_kind(have, by_name) + role_of_actor(have, by_name)
    if contract.table == "market_indicators":
        made += _indicator(have)
    if contract.table == "costs":
        made += currency_line(have, by_name)
    if contract.table == "survey_responses":
        join_comments(have, profiles)
        made += dated_by_wave(have, by_name)
        made += [] if wide else questions_of_rows(have, by_name) or one_question(have, by_name)
    if contract.table == "job_postings" and (pay := pay_lines(have, profiles)):
        lines[:] = [line for line in lines if line.column not in PAY or line.column in have]
        made += pay
    if contract.table == "agent_time":
        made += whole_days(have, are_parted=count_states(profiles) > 1)
    if contract.table == "agents":
        made += who_ended_it(have, by_name)
    if contract.table == "applications":
        made += settle_answer(have, by_name) + turned_down(have, by_name)
    if contract.table == "statements":
        made += _voices(have, profiles)
    if contract.table == "job_postings" and "is_own" not in have:
        made.append(
            Line(
                "is_own",
                {"value": "true", "type": "boolean"},
                0.5,
                "taken for your own postings; false if they are the market's",
            )
        )
    return made


def _identity(contract: Contract, have: dict[str, Line], profiles: list[Profile]) -> list[Line]:
    column = ID_OF.get(contract.table)
    if column is None or column in have:
        return []
    unnamed = next(
        (p for p in profiles if p.is_unique and p.kind == "integer" and re.match(r"unnamed_\d+$", p.name)), None
    )
    if unnamed:
        return [
            Line(
                column, {"from": unnamed.name, "type": "id"}, 0.6, "the unnamed column counts the rows", (unnamed.name,)
            )
        ]
    if contract.table == "customers" and (address := _own_address(have, profiles)):
        # Requests tell their customers by it, too.
        return [Line(column, {"from": address, "type": "id"}, 0.6, f"each has an address of his own: {address}")]
    content = f"md5(concat_ws('|', {', '.join(quoted(profile.name) for profile in profiles[:40])}))"
    reason = "no column is a number of the row; made from its content"
    if contract.table == "survey_responses":
        # Two people may answer alike: the second with the same answers is another one.
        content = f"concat_ws('-', {content}, row_number() over (partition by {content}))"
        reason += ", like ones counted"
    return [Line(column, {"sql": content, "type": "id"}, 0.5, reason)]


def _own_address(have: dict[str, Line], profiles: list[Profile]) -> str | None:
    """The column of e-mail addresses that tells every row of a register from the others."""
    names = have["email"].names if "email" in have else ()
    own = (p.name for p in profiles if p.name in names and p.kind == "email" and p.is_unique)
    return next(own, None)


def _parted_identity(contract: Contract, have: dict[str, Line], profiles: list[Profile]) -> list[Line]:
    """An id that stands in several rows which are not versions of each other is completed by a second column."""
    column = ID_OF.get(contract.table)
    line = have.get(column or "")
    if line is None or not line.names or contract.table in ("ticket_events", "survey_responses", "contacts"):
        # The rows of one call are its legs, and it is one contact.
        return []
    by_name = {profile.name: profile for profile in profiles}
    key, rows = by_name[line.names[0]], len(set(zip(*(profile.cells for profile in profiles), strict=True)))
    if key.distinct >= 0.97 * rows or key.distinct < 0.2 * rows or _are_versions(have, by_name, key):
        return []
    if key.is_unique_in_each_file:
        # What stands again in a later file is a later state of it.
        return []
    changing = {name for column in _CHANGING if (one := have.get(column)) is not None for name in one.names}
    parts = [
        (len(set(zip(key.cells, p.cells, strict=True))), p)
        for p in profiles
        if p.kind in ("category", "boolean") and p.distinct <= 12 and p.name not in changing
    ]
    most, part = max(parts, key=lambda one: one[0], default=(0, key))
    if most < 0.97 * rows:
        return []
    name = key.name
    line.given.pop("from", None)
    line.given["sql"] = f"concat_ws('/', {quoted(name)}, {quoted(part.name)})"
    line.reason = f"{name} stands in several rows; with {part.name} it is the key"
    line.confidence = min(line.confidence, 0.7)
    line.problems.append(f"{name} is not the key of a row: it is with {part.name}.")
    if contract.table == "job_postings" and "requisition_id" not in have:
        return [
            Line("requisition_id", {"from": name, "type": "id"}, 0.7, "the number that several postings share", (name,))
        ]
    return []


def _are_versions(have: dict[str, Line], by_name: dict[str, Profile], key: Profile) -> bool:
    """Whether rows of one key differ in when they were written."""
    line = have.get("updated_at")
    if line is None or not line.names:
        return False
    stamped = len(set(zip(key.cells, by_name[line.names[0]].cells, strict=True)))
    return stamped > key.distinct + 0.5 * (len(key.cells) - key.distinct)


def _activities(have: dict[str, Line], by_name: dict[str, Profile]) -> list[Line]:
    """Names of activities in free words: those that open, solve or close are changes of status."""
    line = have.get("event_type")
    if line is None or not line.names or "to_value" in have:
        return []
    kinds = load_contracts()["ticket_events"].columns["event_type"]
    profile = by_name[line.names[0]]
    # ``Closed`` among the words names an activity, not what kind of change it is.
    names_ends = any(re.search("resol|solv|clos", value.lower()) for value in profile.counts)
    if known_values(profile, "ticket_events", kinds) > 0.5 and not names_ends:
        return []
    cell = f"lower({quoted(line.names[0])})"
    solved, closed = f"regexp_matches({cell}, 'resol|solv|complet|fixed')", f"regexp_matches({cell}, 'clos')"
    opened = f"regexp_matches({cell}, 'reopen|insert|creat|assign|take in charge|open|start|register|in progress')"
    line.given = {
        "sql": f"case when {solved} or {closed} or {opened} then 'status' else 'other' end",
        "type": "category",
    }
    line.reason = f"{line.names[0]} names activities; those that open, solve or close are changes of status"
    line.confidence, line.problems = 0.6, []
    states = f"when {closed} then 'closed' when {solved} then 'solved' when {opened} then 'open'"
    sql = f"case {states} else {quoted(line.names[0])} end"
    return [Line("to_value", {"sql": sql, "type": "text"}, 0.6, f"the state that {line.names[0]} leads to", line.names)]


def _change_kind(have: dict[str, Line], by_name: dict[str, Profile]) -> list[Line]:
    """What changed, where no column says it: the field's name tells, or every row is a change of state."""
    line = have.get("to_value")
    if line is None or not line.names or "from" not in line.given:
        return []
    told = {**value_list("tickets", "priority"), **value_list("tickets", "status")}
    ours = {value: told[plain(value)] for value in by_name[line.names[0]].counts if plain(value) in told}
    line.given["values"] = {value: word for value, word in ours.items() if value != word}
    line.given["otherwise"] = "keep"
    if "event_type" in have:
        return []
    field = have.get("field")
    if field is None or not field.names:
        return [Line("event_type", {"value": "status", "type": "category"}, 0.6, "every row is a change of state")]
    cell = f"lower({quoted(field.names[0])})"
    kinds = (("priorit|urgen", "priority"), ("status|state", "status"), ("group|team|queue", "team"),
             ("assign|owner|agent", "agent"), ("categor|topic|type", "topic"))  # fmt: skip
    cases = " ".join(f"when regexp_matches({cell}, '{sign}') then '{kind}'" for sign, kind in kinds)
    sql = f"case {cases} else 'other' end"
    return [Line("event_type", {"sql": sql, "type": "category"}, 0.7, f"told by {field.names[0]}")]


def _whose_counts(have: dict[str, Line], profiles: list[Profile]) -> list[Line]:
    """The column of names that with the moment tells every row of counts from the others, whatever it is called; the
    team's or the region's where no other does."""
    start = have.get("interval_start_at")
    if "queue" in have or start is None:
        return []
    by_name = {profile.name: profile for profile in profiles}
    way = have.get("channel")
    key = [by_name[name].cells for name in (*start.names, *(way.names if way else ()))]
    rows = len(set(zip(*key, strict=True)))
    if not key or rows == len(key[0]):
        return []
    used = {name for line in have.values() for name in line.names}
    named = [p for p in profiles if p.kind in ("category", "text", "id") and not p.null_share]
    told = [p for p in named if len(set(zip(*key, p.cells, strict=True))) == len(p.cells)]
    free = [p for p in told if p.name not in used]
    owners = [by_name[n] for column in ("team", "region") if (one := have.get(column)) for n in one.names]
    of_others = [p for p in told if p in owners]
    found = free or of_others
    if len(found) != 1:
        return []
    at = " ".join(start.names)
    reason = f"each {at} stands once with each {found[0].name}"
    return [line_for(found[0], "interval_stats", load_contracts()["interval_stats"].columns["queue"], 0.6, reason)]


def _voices(have: dict[str, Line], profiles: list[Profile]) -> list[Line]:
    """Whose statements they are and of what kind, where no column says it: what people vote for is an idea."""
    said = {word for profile in profiles for word in words(profile.name)}
    is_idea = bool(said & {"vote", "voter", "upvote", "supporter", "idea", "suggestion"})
    kind, audience = "idea" if is_idea else "concern", "staff" if "employee" in said else "customer"
    return [
        Line(column, {"value": value, "type": "category"}, 0.4, f"no column says it; taken for {value}")
        for column, value in (("kind", kind), ("audience", audience))
        if column not in have
    ]


def _indicator(have: dict[str, Line]) -> list[Line]:
    value = have.get("value")
    if "indicator" in have or value is None or not value.names:
        return []
    name = "_".join(words(value.names[0])) or "value"
    return [Line("indicator", {"value": name, "type": "text"}, 0.6, f"the name of {value.names[0]}")]


def _named(have: dict[str, Line], column: str, value: str, confidence: float, reason: str) -> list[Line]:
    return [] if column in have else [Line(column, {"value": value, "type": "text"}, confidence, reason)]
