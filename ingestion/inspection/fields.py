"""One line of a proposed map: how a column is to be read to become a contract's column."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ingestion.contracts import Column
from ingestion.inspection.amounts import clock_seconds_sql, is_in_hours, number_sql, part_of_a_day_sql, told_units
from ingestion.inspection.fitting import vague_numbers
from ingestion.inspection.month_columns import is_sum
from ingestion.inspection.periods import first_day, zone_said
from ingestion.inspection.profile import UNRATED, Profile
from ingestion.inspection.spellings import common_tail, ours_for, says_still_there, value_list
from ingestion.inspection.words import lexicon, plain, words

_TEXTUAL = ("id", "text", "category")
_SIGN, _RARELY, _WORKING_HOURS = 2, 0.02, 8


@dataclass
class Line:
    """A field of the map with what speaks for it."""

    column: str
    given: dict[str, Any]
    confidence: float
    reason: str
    names: tuple[str, ...] = ()
    problems: list[str] = field(default_factory=list)


def quoted(name: str) -> str:
    """A column's name in SQL."""
    return '"' + name.replace('"', '""') + '"'


def line_for(profile: Profile, table: str, column: Column, confidence: float, reason: str) -> Line:
    """The field that reads a column as a contract's column."""
    given: dict[str, Any] = {"from": profile.name, "type": column.type}
    line = Line(column.name, given, confidence, reason, (profile.name,))
    if profile.moment_text and column.type in ("instant", "date"):
        given.pop("from")
        given["sql"] = profile.moment_text
        given["type"] = column.type
    if column.type == "text" and profile.kind == "list":
        # ``['a', 'b']`` is a list that a program wrote; people part by commas.
        given.pop("from", None)
        bare = f"regexp_replace(trim({quoted(profile.name)}), '^\\[\\s*[''\"]?|[''\"]?\\s*\\]$', '', 'g')"
        given["sql"] = f"regexp_replace({bare}, '[''\"]\\s*,\\s*[''\"]', ', ', 'g')"
    _DETAILS.get(column.type, lambda *_: None)(line, profile, table, column)
    # Elsewhere the engine knows the usual words for "no value"; in text they might be meant.
    nulls = [
        word for word in profile.null_words if word not in ("NULL", "null", "\\N") and _stands_for_none(word, profile)
    ]
    if column.name == "leaving_reason":
        nulls += [value for value in profile.counts if says_still_there(value)]
    if profile.own_null and column.type not in _TEXTUAL:
        nulls = [profile.own_null]
    if any(word.lower() in UNRATED for word in nulls) or (nulls and (profile.own_null or column.type in _TEXTUAL)):
        given["nulls"] = nulls
    return line


def _stands_for_none(word: str, profile: Profile) -> bool:
    """``NA`` and ``-`` do; ``Nat`` and ``Nil`` among names are people, unless they stand there far more often."""
    if not (word.isalpha() and word.istitle() and len(word) > _SIGN):
        return True
    often = sum((cell or "").strip() == word for cell in profile.cells)
    usual = max(profile.counts.values(), default=0)
    return often > max(usual, _RARELY * len(profile.cells))


def _moment(line: Line, profile: Profile, table: str, column: Column) -> None:
    reading = profile.moments
    if reading and reading.question:
        said = " or ".join(reading.suggestions)
        line.problems.append(
            f"{profile.name}: {reading.question}; {reading.suggestions[0]} is taken. Settle it with `format:` ({said})."
        )
        line.confidence = min(line.confidence, 0.5)
        line.given["format"] = (
            [*reading.formats(), reading.suggestions[0]] if reading.formats() else reading.suggestions[0]
        )
    elif reading and reading.respelling:
        line.reason += "; its dates are written in words or with the time in front"
    elif reading and not reading.epoch_digits and reading.formats() != ["ISO 8601"]:
        line.given["format"] = reading.formats() if len(reading.formats()) > 1 else reading.formats()[0]
    if reading and reading.told_by:
        line.reason += f"; no row tells day from month, but {reading.told_by}"
    if reading and column.type == "instant" and (zone := zone_said(profile)):
        line.given["time_zone"] = zone
        line.reason += f"; the heading says {zone}"
    if reading and reading.epoch_digits and column.type == "date":
        to_micros = {10: 1_000_000, 13: 1_000}.get(reading.epoch_digits[0], 1)
        line.given.pop("from", None)
        line.given["sql"] = f"make_timestamp(try_cast({quoted(profile.name)} as bigint) * {to_micros})::date"
    elif profile.period and column.type == "date":
        line.given.pop("from", None)
        line.given["sql"] = first_day(quoted(profile.name), profile.period)
    elif profile.kind == "integer" and column.type == "date":
        line.given.pop("from")
        line.given["sql"] = f"{quoted(profile.name)} || '-01-01'"


def _seconds(line: Line, profile: Profile, table: str, column: Column) -> None:
    if profile.kind in ("duration", "time"):
        if is_in_hours(profile):
            line.given = {"sql": f"cast({clock_seconds_sql(profile)} as varchar)", "type": line.given["type"]}
            line.reason += "; hours and minutes, as its heading says"
        return
    if sql := part_of_a_day_sql(profile):
        line.given = {"sql": sql, "type": line.given["type"]}
        line.reason += "; parts of a day"
        return
    said = set(words(profile.name))
    unit = next(
        (
            unit
            for sign, unit in (
                ("minute", "minutes"),
                ("hour", "hours"),
                ("day", "days"),
                ("ms", "milliseconds"),
                ("millisecond", "milliseconds"),
            )
            if sign in said
        ),
        None,
    )
    if unit:
        line.given["unit"] = unit
        line.reason += f"; the name says {unit}"


_BROKEN = {"breached", "breach", "violation", "violated", "overdue", "late", "missed", "exceeded", "depasse"}
_FAILED = {"failed", "fail", "failure", "fatal", "failing"}
LOST = {
    "missed", "abandoned", "abandon", "lost", "unanswered", "dropped", "verpasst", "perdida", "abandonada", "manqué",
}  # fmt: skip


def _category(line: Line, profile: Profile, table: str, column: Column) -> None:
    told = value_list(table, column.name)
    yes_no = yes_and_no(profile)
    if column.name == "reported_sla_state" and yes_no and _BROKEN & set(words(profile.name)):
        # ``SLA breached: yes`` is not a promise kept.
        told = {plain(value): "breached" if is_so else "met" for value, is_so in yes_no.items()}
    elif column.name == "reported_sla_state" and yes_no:
        told = {plain(value): "met" if is_so else "breached" for value, is_so in yes_no.items()}
    if column.name == "outcome" and yes_no and LOST & set(words(profile.name)):
        # ``missed: no`` was answered.
        told = {plain(value): "abandoned" if is_so else "answered" for value, is_so in yes_no.items()}
    if column.name == "direction" and yes_no and (way := _ways(profile.name)):
        told = {plain(value): way[0] if is_so else way[1] for value, is_so in yes_no.items()}
    values: dict[str, str] = {}
    unknown, tail = [], common_tail(profile)
    for value, _ in profile.counts.most_common(60):
        word = value.removesuffix(tail)
        ours = ours_for(word, told, column.name) or (word.lower() if word.lower() in column.values else None)
        if column.name == "leaving_kind" and says_still_there(value):
            line.given["otherwise"] = "null"
        elif ours and ours != value.lower():
            values[value] = ours
        elif not ours:
            unknown.append(value)
    if values:
        line.given["values"] = values
    bare = {value: ours for value, ours in values.items() if value.strip().isdigit()}
    if column.name == "priority" and bare:
        # Some tools count up to the most urgent, others down to it.
        low, high = min(bare, key=int), max(bare, key=int)
        line.confidence = min(line.confidence, 0.5)
        line.problems.append(
            f"{profile.name}: {low} is taken for {bare[low]} and {high} for {bare[high]}; "
            "where the tool counts the other way, turn `values:` round."
        )
    if unknown and column.name == "outcome":
        # Without an outcome a contact would be refused; what is not called abandoned was answered.
        line.given["values"] = {**values, **dict.fromkeys(unknown, "answered")}
        line.confidence = min(line.confidence, 0.5)
        line.problems.append(f"{profile.name}: {', '.join(map(repr, unknown[:4]))} are taken for answered.")
    elif unknown and column.name == "event_type":
        line.given["values"] = {**values, **dict.fromkeys(unknown, "other")}
        line.problems.append(f"{profile.name}: {', '.join(map(repr, unknown[:4]))} are taken for other changes.")
    elif unknown and not column.open:
        line.given["otherwise"] = "null"
        line.problems.append(
            f"{profile.name}: no value of {column.name} fits {', '.join(map(repr, unknown[:4]))}; "
            "these become empty unless `values:` names them."
        )
    elif unknown:
        line.given["otherwise"] = "keep"
        if (table, column.name) == ("costs", "category") and (others := [one for one in unknown if not is_sum(one)]):
            listed = f"{', '.join(map(repr, others[:6]))}{' and more' * (len(others) > 6)}"
            line.problems.append(
                f"{profile.name}: {listed} is no kind of cost that is known: each stays a kind of its own, and is no "
                "labour, until `values:` names it."
            )


def _ways(name: str) -> tuple[str, str] | None:
    """What yes and no mean under ``Is outbound``."""
    said = name.lower()
    return ("outbound", "inbound") if "out" in said else ("inbound", "outbound") if "in" in said else None


def yes_and_no(profile: Profile) -> dict[str, bool] | None:
    """Each value and whether it is a yes, where all of them are yes or no in some language."""
    if profile.booleans:
        yes, no = profile.booleans
        return {**dict.fromkeys(yes, True), **dict.fromkeys(no, False)}
    said = {value: lexicon().truth.get(plain(value)) for value in profile.counts} if profile.distinct <= 4 else {}
    return {value: told == "true" for value, told in said.items()} if said and None not in said.values() else None


def _boolean(line: Line, profile: Profile, table: str, column: Column) -> None:
    if column.name == "passed" and profile.booleans and _FAILED & set(words(profile.name)):
        # ``Failed: yes`` was not passed.
        yes, no = profile.booleans
        line.given["values"] = {**dict.fromkeys(yes, "false"), **dict.fromkeys(no, "true")}
        return
    if profile.booleans or not 1 <= profile.distinct <= 5:
        return
    told = {value: lexicon().truth.get(plain(value)) for value in profile.counts}
    line.given["values"] = {value: said for value, said in told.items() if said}
    unknown = [value for value, said in told.items() if said is None]
    if unknown:
        line.confidence = min(line.confidence, 0.4)
        line.given["otherwise"] = "null"
        line.problems.append(
            f"{profile.name}: say with `values:` which of {', '.join(map(repr, list(profile.counts)))} is true."
        )


def _share(line: Line, profile: Profile, table: str, column: Column) -> None:
    if profile.kind != "percent" and profile.numbers and profile.numbers[-1] > 1:
        line.given["unit"] = "percent"


def _decimal(line: Line, profile: Profile, table: str, column: Column) -> None:
    if profile.likert:
        line.given["values"] = {value: str(profile.likert.index(plain(value)) + 1) for value in profile.counts}
    said = set(words(profile.name))
    sizes = {"minute": 60, "second": 3600, "day": 1 / _WORKING_HOURS}
    size = next((sizes[word] for word in sizes if word in said and "hour" not in said), None)
    if column.name == "fte" and (profile.kind == "percent" or (profile.numbers and 2 < profile.numbers[-1] <= 100)):
        is_percent = profile.kind == "percent" or profile.numbers[-1] > 60
        line.given.pop("from", None)
        # Hours of a week where no share is told: the longest is a full post.
        line.given["sql"] = f"cast({number_sql(profile)} / {100 if is_percent else profile.numbers[-1]:g} as varchar)"
        line.reason += "; a percentage" if is_percent else "; hours of a week, the longest taken for a full post"
    if column.name in ("hours", "hours_needed") and profile.kind == "duration":
        line.given.pop("from", None)
        line.given["sql"] = f"cast({clock_seconds_sql(profile, short='hours')} / 3600 as varchar)"
        line.reason += "; put into hours"
    if column.name in ("hours", "hours_needed") and size and profile.kind in ("integer", "number"):
        line.given.pop("from", None)
        line.given["sql"] = f"cast(try_cast({quoted(profile.name)} as double) / {size:g} as varchar)"
        line.reason += "; put into hours"
        if size < 1:
            line.problems.append(
                f"{profile.name}: days are taken for {_WORKING_HOURS} hours each; correct it in the map."
            )


def _money(line: Line, profile: Profile, table: str, column: Column) -> None:
    """``$22k`` and ``1.5M`` are thousands and millions, and so are amounts of which the report says it."""
    units = told_units(profile)
    if units != 1 and "from" in line.given:
        line.given.pop("from")
        line.given["sql"] = f"cast({number_sql(profile)} * {units:.0f} as varchar)"
        line.reason += f"; times {units:,.0f}, as the report says"
        return
    if profile.share("thousands", lambda value: value[-1:] in "kKmM") < 0.5:
        return
    cell = f"trim({quoted(profile.name)})"
    number = f"try_cast(regexp_replace({cell}, '[^0-9.]', '', 'g') as double)"
    line.given.pop("from", None)
    line.given["sql"] = f"{number} * case lower(right({cell}, 1)) when 'k' then 1e3 when 'm' then 1e6 else 1 end"
    line.reason += "; in thousands"


def _whole(line: Line, profile: Profile, table: str, column: Column) -> None:
    """Yes and no, counted: one or none. A word for some number is none that can be added up."""
    if vague := vague_numbers(profile):
        line.given["nulls"] = vague
        line.problems.append(f"{profile.name}: {', '.join(map(repr, vague))} are no numbers, and empty.")
    yes_no = None if profile.is_numeric else yes_and_no(profile)
    if yes_no:
        line.given["values"] = {value: str(int(is_so)) for value, is_so in yes_no.items()}


_DETAILS = {
    "count": _whole, "integer": _whole,
    "money": _money,
    "instant": _moment, "date": _moment, "seconds": _seconds, "category": _category, "boolean": _boolean,
    "share": _share, "decimal": _decimal,
}  # fmt: skip
