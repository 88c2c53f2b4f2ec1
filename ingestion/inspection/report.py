"""The answer of `swotlight inspect`: one document a table found in a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ingestion.headers import are_unnamed
from ingestion.inspection.by_values import UNNAMED, all_guesses
from ingestion.inspection.figures import period_of
from ingestion.inspection.kinds import UNKNOWN_BELOW, Guess
from ingestion.inspection.mending import tried
from ingestion.inspection.naming import source_name
from ingestion.inspection.no_table import refuse_no_table
from ingestion.inspection.profile import Profile
from ingestion.inspection.proposal import Proposal, map_of, map_text, propose
from ingestion.inspection.recognition import Recognised, recognise, usual_order
from ingestion.inspection.sample import Sample, open_file, take_sample, workshop
from ingestion.inspection.surveys import Item, find_items
from ingestion.readers import Reading
from warehouse.errors import SwotlightError

if TYPE_CHECKING:
    from warehouse.settings import Settings

# How many tables are tried on a file's rows, and how near to the likeliest.
_TRIED, _NEAR = 2, 0.3


@dataclass
class Inspection:
    """What is in a file. ``proposed_map`` is YAML text, empty where a shipped adapter reads the file."""

    file: str
    kind: str | None = None
    adapter: str | None = None
    confidence: float = 0.0
    encoding: str | None = None
    delimiter: str | None = None
    rows: int = 0
    columns: list[dict[str, Any]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    proposed_map: str | None = None
    reason: str = ""
    content: dict[str, Any] | None = None

    def to_dict(self) -> dict[str, Any]:
        """The JSON document of `swotlight inspect`."""
        told = (
            "file",
            "kind",
            "adapter",
            "confidence",
            "encoding",
            "delimiter",
            "rows",
            "columns",
            "problems",
            "proposed_map",
        )
        return {name: getattr(self, name) for name in told} | {"reason": self.reason}


def inspect_file(path: Path, settings: Settings | None = None) -> Inspection:
    """What is in a file (the first table of it). Raises `SwotlightError` where it cannot be read at all."""
    return inspect_files([path], settings)[0]


def inspect_files(paths: Sequence[Path], settings: Settings | None = None) -> list[Inspection]:
    """What is in some files: one answer a table, so an archive or a workbook may give several."""
    found: list[Inspection] = []
    with workshop() as (con, work):
        for path in paths:
            found += [_inspect(path, take_sample(con, reading)) for reading in open_file(path, con, work)]
    return found


def propose_map(inspection: Inspection) -> dict[str, Any]:
    """The proposed map as a dict. Raises `SwotlightError` where an adapter reads the file already."""
    if inspection.content is None:
        raise SwotlightError(
            f"{inspection.file} needs no map: the adapter {inspection.adapter} reads it.",
            code="no_map_needed",
            file=inspection.file,
        )
    return inspection.content


def _inspect(path: Path, sample: Sample) -> Inspection:
    reading = sample.reading
    answer = Inspection(_shown(path, reading), encoding=reading.encoding, delimiter=reading.delimiter, rows=sample.rows)
    answer.problems = [problem.message for problem in sample.problems]
    if sample.is_estimate:
        answer.problems.append("The number of rows is an estimate from the size of the file.")
    if sample.rows > sample.looked_at > 0:
        told = f"{sample.looked_at:,} of {sample.rows:,} rows"
        answer.problems.append(f"What is said of values and formats rests on the first {told}; a load reads them all.")
    if not any(profile.filled for profile in sample.profiles):
        answer.problems.append("The file has a header and no rows.")
    known = recognise(reading.columns)
    if known is not None:
        _tell_known(answer, known, sample.profiles)
    else:
        _tell_guess(answer, path, sample.profiles)
    return answer


def _shown(path: Path, reading: Reading) -> str:
    return path.name if reading.piece.name in (path.name, str(path)) else reading.piece.name


def _tell_known(answer: Inspection, known: Recognised, profiles: list[Profile]) -> None:
    answer.kind, answer.adapter, answer.confidence, answer.reason = (
        known.table,
        known.adapter.adapter,
        known.confidence,
        known.reason,
    )
    for profile in profiles:
        table, column = known.feeds.get(profile.name, (None, None))
        maps_to = column if table == known.table else f"{table}.{column}" if column else None
        answer.columns.append(
            _column(
                profile,
                maps_to or None,
                None,
                known.confidence if maps_to else None,
                "the adapter reads it" if maps_to else "",
            )
        )
        if maps_to and profile.moments and profile.moments.question:
            answer.problems.append(_undecided(profile, known))
    if known.table is None:
        answer.problems.append(f"The adapter {answer.adapter} knows this file and uses it only together with others.")


def _undecided(profile: Profile, known: Recognised) -> str:
    """What a load will do with dates that nothing decides."""
    assert profile.moments is not None
    usual = usual_order(known, profile.name)
    if usual is not None:
        first = "day" if usual == "d-m-Y" else "month"
        return (
            f"{profile.name}: {profile.moments.question}; the {first} is taken to stand first, as "
            f"{known.adapter.adapter} usually writes it. Where that is wrong, say it with `format:` in a map."
        )
    options = " or ".join(profile.moments.suggestions)
    return f"{profile.name}: {profile.moments.question}; a load asks for `format:` in a map, {options}."


def _tell_guess(answer: Inspection, path: Path, profiles: list[Profile]) -> None:
    items = find_items(profiles, Path(answer.file).stem)
    found = all_guesses(profiles, len(items))
    if not found or found[0].score < UNKNOWN_BELOW:
        refuse_no_table(answer.file, profiles)
        hint = f" {UNNAMED}" if are_unnamed([profile.name for profile in profiles]) else ""
        answer.problems.append(f"No canonical table fits this file; write a map for it, or leave it out.{hint}")
        answer.columns = [_column(profile, None, None, None, "") for profile in profiles]
        return
    name = source_name([path])
    proposal = _first_that_holds(found, profiles, items, period_of(path, answer.file), name)
    answer.kind, answer.confidence = proposal.guess.table, proposal.confidence
    answer.reason = _why(proposal.guess, found)
    answer.content, answer.proposed_map = map_of(proposal, name), map_text(proposal, name)
    answer.problems += proposal.problems
    answer.columns = [_proposed_column(profile, proposal) for profile in profiles]


def _first_that_holds(
    found: list[Guess], profiles: list[Profile], items: list[Item], period: tuple[str, str], name: str
) -> Proposal:
    """The likeliest table whose map reads the file's own rows; the likeliest of all where none near it does."""
    near = [guess for guess in found[:_TRIED] if guess.score > max(UNKNOWN_BELOW, found[0].score - _NEAR)]
    first: Proposal | None = None
    for guess in near or found[:1]:
        proposal = propose(guess, profiles, items, period, name)
        tried(proposal, profiles, name)
        if not proposal.is_doubted:
            return proposal
        first = first or proposal
    assert first is not None
    return first


def _why(best: Guess, found: list[Guess]) -> str:
    others = [guess for guess in found if guess.table != best.table and guess.score > best.score - 0.15]
    second = f"; next likeliest: {others[0].table}" if others else ""
    return f"{best.reason}{second}"


def _proposed_column(profile: Profile, proposal: Proposal) -> dict[str, Any]:
    item = next((one for one in [*proposal.items, proposal.rating] if one and one.name == profile.name), None)
    if item is not None:
        own = "value" if proposal.items else "survey_responses.value"
        return _column(
            profile, own, None, 0.8, f"a question of the scale {item.low:g} to {item.high:g}, {item.instrument}", item
        )
    figures = proposal.guess.figures
    if figures and profile.name in figures.columns:
        return _column(profile, "value", None, 0.8, f"a figure of every row, one of {len(figures.columns)} columns")
    state = next((one.state for one in proposal.states if one.name == profile.name), None)
    if state is not None:
        ours, of_one = ("amount", "costs") if proposal.guess.table == "costs" else ("seconds", "time")
        return _column(profile, ours, None, 0.8, f"the {of_one} of one kind, {state}")
    reading = [line for line in proposal.lines if profile.name in line.names]
    line = min(reading, key=lambda one: len(one.names), default=None)
    if line is None:
        return _column(profile, None, None, None, "")
    return _column(profile, line.column, line.given.get("format"), line.confidence, line.reason)


def _column(
    profile: Profile, maps_to: str | None, form: Any, confidence: float | None, reason: str, item: Item | None = None
) -> dict[str, Any]:
    nulls = len(profile.cells) - profile.filled
    formats = profile.moments.formats() if profile.moments else []
    shown = form or (formats[0] if len(formats) == 1 else formats or None)
    told = {
        "name": profile.name,
        "maps_to": maps_to,
        "type": "likert" if item and item.words else profile.kind,
        "format": shown,
        "nulls": nulls,
    }
    if confidence is not None:
        told |= {"confidence": confidence, "reason": reason}
    return told
