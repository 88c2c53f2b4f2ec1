"""One map for several files of one source: columns that drift between them get all their names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ingestion.inspection.fields import Line
from ingestion.inspection.kinds import guesses
from ingestion.inspection.proposal import Proposal, map_text, propose
from ingestion.inspection.sample import Sample, open_file, take_sample, workshop
from ingestion.inspection.surveys import find_items


@dataclass
class Joint:
    """A map for the files that are of one kind, and what is to be said about the others."""

    kind: str | None
    confidence: float
    text: str
    used: list[Path]
    problems: list[str] = field(default_factory=list)


def joint_proposal(paths: Sequence[Path], kind: str | None = None) -> Joint:
    """Propose one map for files. ``kind`` settles the table. Files of another table than the first are left out."""
    samples = _samples(paths)
    made = [(path, proposal) for path, sample in samples for proposal in [_propose(sample, kind)] if proposal]
    if not made:
        return Joint(None, 0.0, "", [], ["no canonical table fits it."])
    first = made[0][1]
    alike = [(path, proposal) for path, proposal in made if proposal.guess.table == first.guess.table]
    left = [path for path, _ in samples if path not in {path for path, _ in alike}]
    for _, proposal in alike[1:]:
        _take_in(first, proposal)
    first.recognise = _shared_names(first, [sample for path, sample in samples if path in {p for p, _ in alike}])
    problems = list(dict.fromkeys(problem for _, proposal in alike for problem in proposal.problems))
    problems += [f"{path.name} is not used: it is no file of {first.guess.table}." for path in left]
    used = list(dict.fromkeys(path for path, _ in alike))
    return Joint(first.guess.table, first.confidence, map_text(first, used[0].stem.lower()), used, problems)


def _samples(paths: Sequence[Path]) -> list[tuple[Path, Sample]]:
    with workshop() as (con, work):
        return [(path, take_sample(con, reading)) for path in paths for reading in open_file(path, con, work)]


def _propose(sample: Sample, kind: str | None) -> Proposal | None:
    items = find_items(sample.profiles)
    found = guesses(sample.profiles, scale_columns=len(items))
    chosen = next((guess for guess in found if guess.table == kind), None) if kind else (found[0] if found else None)
    return propose(chosen, sample.profiles, items) if chosen else None


def _take_in(first: Proposal, other: Proposal) -> None:
    """What another file calls the same column is one more name for it; what only it has is added."""
    lines = {line.column: line for line in first.lines}
    for line in other.lines:
        mine = lines.get(line.column)
        if mine is None:
            first.lines.append(line)
        elif "from" in line.given and "from" in mine.given:
            _widen(mine, line)
    known = {item.item for item in first.items}
    first.items += [item for item in other.items if item.item not in known]


def _widen(mine: Line, other: Line) -> None:
    names = [*_listed(mine.given["from"]), *_listed(other.given["from"])]
    unique = list(dict.fromkeys(names))
    mine.given["from"] = unique if len(unique) > 1 else unique[0]
    mine.names = tuple(unique)
    if "values" in other.given:
        mine.given["values"] = {**other.given["values"], **mine.given.get("values", {})}
    formats = list(dict.fromkeys([*_listed(mine.given.get("format")), *_listed(other.given.get("format"))]))
    if formats:
        mine.given["format"] = formats if len(formats) > 1 else formats[0]


def _listed(value: object) -> list[str]:
    return [] if value is None else [str(one) for one in value] if isinstance(value, list) else [str(value)]


def _shared_names(first: Proposal, samples: Sequence[Sample]) -> list[str]:
    """Header names that all the files have."""
    common = set.intersection(*(set(sample.reading.columns) for sample in samples))
    kept = [name for name in first.recognise if name in common]
    return kept or [name for name in samples[0].reading.columns if name in common][:4]
