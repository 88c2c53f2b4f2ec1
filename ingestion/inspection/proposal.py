"""A map proposed for a file of unknown origin: its lines, what is made up, and the YAML that people correct."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any

from ingestion.contracts import Contract, load_contracts
from ingestion.inspection.amounts import told_units
from ingestion.inspection.cost_columns import find_kinds, without_amounts
from ingestion.inspection.fields import Line, line_for, quoted
from ingestion.inspection.figure_lines import figure_lines
from ingestion.inspection.figures import Figures
from ingestion.inspection.inventions import ID_OF, invented_lines
from ingestion.inspection.kinds import Guess
from ingestion.inspection.long_form import FIRST_MONTH, SPENT_ON, long_form
from ingestion.inspection.month_columns import amount_sql
from ingestion.inspection.pairing import DOUBTED, leftovers
from ingestion.inspection.persons import doubt_names
from ingestion.inspection.profile import Profile
from ingestion.inspection.questions import is_question, on_told_scale
from ingestion.inspection.rated_at import at_field, invited_at, rated_at, scored
from ingestion.inspection.spoken_scales import undirected
from ingestion.inspection.staff import asks_staff, of_staff, staff_line
from ingestion.inspection.state_columns import StateColumn, find_states, without_totals
from ingestion.inspection.surveys import Item, find_rating
from ingestion.inspection.thrown_away import rows_meant
from ingestion.inspection.totals import TIMES, told_totals, untold_times
from ingestion.inspection.two_points import good_or_bad
from ingestion.inspection.unread import no_channels, unread_columns
from ingestion.silent_answers import UNTIMED

UNSURE = 0.6
_SENTENCE, _ANSWERS, _CALLED_SO = 5, 7, 0.85
_COUNTS = {"offered", "answered", "abandoned", "handled"}
_OF_STAFF = ("agents", "agent_time", "training", "applications", "job_postings", "costs")


@dataclass
class Proposal:
    """A map in the making: ``items`` are the questions of a wide survey, ``rating`` one beside other things (given at
    ``rated_at``), ``states`` the columns of an agent's day. ``where`` says which rows are meant, ``emptied`` how a
    column is made of which some cells are; a doubted one refuses most of its own rows, or lacks what its table needs
    (``lacking``). A log that ``derives`` makes tickets of its changes."""

    guess: Guess
    lines: list[Line]
    recognise: list[str]
    items: list[Item] = field(default_factory=list)
    rating: Item | None = None
    rated_at: Line | None = None
    problems: list[str] = field(default_factory=list)
    version: str | None = None
    records: str | None = None
    states: list[StateColumn] = field(default_factory=list)
    where: str | None = None
    is_doubted: bool = False
    lacking: list[str] = field(default_factory=list)
    amount: str = ""
    derives: bool = True
    emptied: dict[str, str] = field(default_factory=dict)

    @property
    def confidence(self) -> float:
        """How sure the whole is: the lines it cannot do without weigh double."""
        return min(self._confidence, DOUBTED) if self.is_doubted else self._confidence

    @property
    def _confidence(self) -> float:
        required = set(load_contracts()[self.guess.table].required)
        weights = [(2.0 if line.column in required else 1.0, line.confidence) for line in self.lines]
        asked = len(self.guess.figures.columns) if self.guess.figures else len(self.items) + len(self.states)
        weights += [(1.0, 0.8)] * min(asked, 5)
        total = sum(weight for weight, _ in weights)
        return round(sum(weight * value for weight, value in weights) / total, 2) if total else 0.0


def propose(
    guess: Guess,
    profiles: list[Profile],
    items: list[Item],
    period: tuple[str, str] | None = None,
    named: str = "",
) -> Proposal:
    """The map for a file, from the likeliest table and the questions found in it.

    ``period`` is the day, and why, for figures that name none; ``named`` the name of the file.
    """
    if guess.figures:
        return _of_figures(guess, guess.figures, profiles, period)
    contract = load_contracts()[guess.table]
    by_name = {profile.name: profile for profile in profiles}
    is_survey = guess.table == "survey_responses"
    is_staff = is_survey and asks_staff(profiles, items)
    asked = (of_staff(items) if is_staff else items) if is_survey else []
    of_items = {item.name for item in asked}
    others = [profile for profile in profiles if profile.name not in of_items]
    left = leftovers(list(guess.pairs), others, contract, ID_OF.get(guess.table))
    lines = [
        line_for(by_name[pair.name], guess.table, contract.columns[pair.column], pair.score, pair.reason)
        for pair in [*guess.pairs, *left]
        if pair.name not in of_items
        and not (asked and pair.column in ("value", "item_id", "answer", "item_text", "instrument", "role"))
    ]
    lines += invented_lines(contract, lines, profiles, wide=bool(asked), named=named)
    doubt_names(guess.table, lines, profiles)
    lines += [staff_line()] if is_staff and all(line.column != "audience" for line in lines) else []
    states = find_states(guess.table, profiles, lines) or find_kinds(guess.table, profiles)
    rest = without_amounts if guess.table == "costs" else without_totals
    lines, left_out = rest(lines, states, profiles) if states else (lines, [])
    if is_survey and all(line.column != "value" for line in lines) and (two := _good_or_bad(others, asked, is_staff)):
        # Good or bad is the answer, or the one of the whole beside the parts.
        asked = [*asked, two]
        lines = [line for line in lines if two.name not in line.names and line.column != "item_id"]
        of_items |= {two.name}
    proposal = Proposal(guess, _in_order(lines, contract), _recognised(guess, profiles, asked), asked, states=states)
    proposal.where, told = rows_meant(guess.table, proposal.lines, by_name)
    proposal.problems += told
    if not is_survey:
        used = {name for line in lines for name in line.names}
        unused = [profile for profile in profiles if profile.name not in used]
        rating = find_rating(unused) or good_or_bad(unused) or scored(guess.table, unused, named)
        if rating and guess.table in _OF_STAFF:
            # Released row by row it would tell what single employees answered.
            proposal.problems.append(
                f"{rating.name} is left out: an employee's own answers are no answers of customers."
            )
        else:
            proposal.rating, proposal.rated_at = rating, rated_at(unused) if rating else None
    else:
        proposal.rated_at = invited_at(profiles, lines)
        proposal.problems += _unasked(profiles, lines, of_items) + undirected([one.name for one in asked])
    if set(TIMES) & {line.column for line in lines}:
        read = {name for line in lines for name in line.names}
        proposal.problems += told_totals(read, profiles) + untold_times(read, profiles)
    proposal.version = _version(contract, proposal)
    proposal.problems += [problem for line in lines for problem in line.problems] + left_out
    proposal.problems += [
        f"No column says when a row was made: {pair.name} is taken, and no durations are counted from it."
        for pair in guess.pairs
        if pair.score == DOUBTED and pair.column == contract.event_time
    ]
    have = (
        {line.column for line in lines}
        | ({"item_id"} if asked else set())
        | ({"state", "seconds", "category", "amount"} if states else set())
    )
    used = {name for line in lines for name in line.names} | of_items
    unused = [p for p in profiles if p.name not in used and not (proposal.rating and p.name == proposal.rating.name)]
    proposal.problems += no_channels(unused, contract)
    is_dated = not any(pair.score == DOUBTED and pair.column == contract.event_time for pair in guess.pairs)
    proposal.problems += unread_columns(unused, have, contract, proposal.problems, is_dated=is_dated)
    proposal.problems += [UNTIMED] if is_survey and "responded_at" not in have else []
    proposal.lacking = [name for name in contract.required if name not in have]
    # Intervals in which nothing is counted would be told as ones in which nobody called.
    proposal.lacking += ["offered"] if guess.table == "interval_stats" and not have & _COUNTS else []
    proposal.problems[:0] = [
        f"Nothing was found for {name}, which {guess.table} needs: {contract.columns[name].about}."
        for name in proposal.lacking
    ]
    proposal.is_doubted = bool(proposal.lacking)
    return proposal


def _good_or_bad(profiles: list[Profile], asked: list[Item], is_staff: bool) -> Item | None:
    """A rating of two words, where no question is about satisfaction already."""
    is_told = bool(asked) and (is_staff or any(item.instrument == "csat" for item in asked))
    return None if is_told else good_or_bad(profiles)


def _unasked(profiles: list[Profile], lines: list[Line], of_items: set[str]) -> list[str]:
    """A word on every question that becomes no row."""
    used = {name for line in lines for name in line.names} | of_items
    left = [p.name for p in profiles if p.filled and p.name not in used and _may_be_asked(p)]
    return [
        f"{name} is left out: its answers are no scale that is known; give it a line under unpivot." for name in left
    ]


def _may_be_asked(profile: Profile) -> bool:
    """A whole question, a scale in brackets, or a sentence to which there are a few answers."""
    is_sentence = len(profile.name.split()) >= _SENTENCE and profile.kind == "category" and profile.distinct <= _ANSWERS
    return is_question(profile.name) or bool(on_told_scale(profile)) or is_sentence


def _of_figures(guess: Guess, figures: Figures, profiles: list[Profile], period: tuple[str, str] | None) -> Proposal:
    contract, lines = load_contracts()[guess.table], figure_lines(guess.pairs, figures, profiles, period)
    named = [name for name in (*figures.labels, *figures.columns) if not re.match(r"unnamed_\d+$", name)]
    if figures.form == "months":
        named = list(figures.labels)
    told = [problem for line in lines for problem in line.problems]
    proposal = Proposal(guess, _in_order(lines, contract), named[:5], problems=told)
    if figures.form == "months":
        units = next((worth for profile in profiles if (worth := told_units(profile)) != 1), 1.0)
        proposal.amount = amount_sql([profile for profile in profiles if profile.name in figures.columns], units)
    return proposal


def _in_order(lines: list[Line], contract: Contract) -> list[Line]:
    order = {name: place for place, name in enumerate(contract.columns)}
    return sorted(lines, key=lambda line: order[line.column])


def _recognised(guess: Guess, profiles: list[Profile], items: list[Item]) -> list[str]:
    """A few header names that tell such a file from others: what is mapped, in the file's order."""
    used = {pair.name for pair in guess.pairs if pair.score >= 0.5} | {item.name for item in items[:3]}
    named = [p.name for p in profiles if p.name in used and not re.match(r"unnamed_\d+$", p.name)]
    return named[:6] or [p.name for p in profiles[:4]]


def _version(contract: Contract, proposal: Proposal) -> str | None:
    """Rows that repeat their key are versions when something says when each was written."""
    columns = {line.column for line in proposal.lines}
    return "updated_at" if contract.version and contract.version in columns else None


def map_of(proposal: Proposal, name: str) -> dict[str, Any]:
    """The proposal as a map."""
    is_made = proposal.items or proposal.rating or proposal.guess.figures or proposal.states
    if is_made or proposal.where or proposal.emptied:
        return long_form(proposal, name)
    table = proposal.guess.table
    shape: dict[str, Any] = {"recognise": proposal.recognise, "table": table}
    shape["fields"] = {line.column: line.given for line in proposal.lines}
    derive = {"derive": "tickets"} if table == "ticket_events" and proposal.derives else {}
    return {
        "adapter": name,
        "title": f"{name.replace('_', ' ')}, as proposed by inspect",
        **derive,
        "shapes": {table: shape},
    }


def map_text(proposal: Proposal, name: str) -> str:
    """The map as YAML, with a confidence and a reason beside each line."""
    content = map_of(proposal, name)
    said = {line.column: f"{line.confidence:.2f}: {line.reason}" for line in proposal.lines}
    said[SPENT_ON] = "0.80: what it was for"
    said[FIRST_MONTH] = "0.80: tells the file of one year from that of another"
    said |= {name: f"0.80: {line.reason}" for name, line in at_field(proposal.rated_at).items()}
    of_one = "the costs of one kind" if proposal.guess.table == "costs" else "the time of one state"
    said |= {one.field: f"0.80: {of_one}, {one.state}" for one in proposal.states}
    out = [
        "# Proposed by `swotlight inspect`. Read it, correct it, keep it: numbers say how sure each line is.",
        f"adapter: {name}",
        f"title: {_yaml(content['title'])}",
    ]
    out += (
        ["derive: tickets  # one row a change: the tickets are made from their changes"] if "derive" in content else []
    )
    out.append("shapes:")
    for shape_name, shape in content["shapes"].items():
        out.append(f"  {shape_name}:")
        out += [f"    {key}: {_yaml(value)}" for key, value in shape.items() if key != "fields"]
        out.append("    fields:")
        for column, given in shape["fields"].items():
            doubt = (
                "  # look at this: "
                if next((x.confidence for x in proposal.lines if x.column == column), 1.0) < UNSURE
                else "  # "
            )
            out.append(f"      {column}: {_yaml(given)}{doubt}{said[column]}")
        out += [f"      # {name}: {{from: …}}  # look at this: nothing was found for it" for name in proposal.lacking]
    for table in content.get("tables", []):
        out += ["tables:"] if table is content["tables"][0] else []
        out += _table_lines(table)
    return "\n".join(out) + "\n"


def _table_lines(table: dict[str, Any]) -> list[str]:
    out = [f"  - table: {table['table']}", f"    from: {table['from']}"]
    out += [f"    where: {_yaml(table['where'])}"] if "where" in table else []
    unpivot = table.get("unpivot", {})
    out += ["    unpivot:"] if unpivot else []
    out += [f"      matching: {_yaml(unpivot['matching'])}"] if "matching" in unpivot else []
    if "columns" in unpivot:
        out += ["      columns:"]
        out += [f"        {_yaml(name)}: {_yaml(item)}" for name, item in unpivot["columns"].items()]
    out.append("    columns:")
    return out + [f"      {column}: {_yaml(sql)}" for column, sql in table["columns"].items()]


def _yaml(value: Any) -> str:
    """One value on one line. JSON is YAML; plain words need no quotes."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_yaml(key)}: {_yaml(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_yaml, value)) + "]"
    if (
        isinstance(value, str)
        and re.fullmatch(r"[A-Za-z_][A-Za-z0-9_ .]*[A-Za-z0-9_]|[A-Za-z_]", value)
        and value.lower() not in ("null", "true", "false", "yes", "no", "on", "off", "y", "n")
    ):
        return value
    return json.dumps(value, ensure_ascii=False)


__all__ = ["Proposal", "map_of", "map_text", "propose", "quoted"]
