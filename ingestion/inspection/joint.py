"""One map for several files of one source: columns that drift between them get all their names."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from ingestion.contracts import load_contracts
from ingestion.headers import normalise
from ingestion.inspection.by_values import all_guesses
from ingestion.inspection.fields import Line, quoted
from ingestion.inspection.figures import find_figures, period_of
from ingestion.inspection.inventions import ID_OF
from ingestion.inspection.kinds import UNKNOWN_BELOW, Guess
from ingestion.inspection.mending import tried
from ingestion.inspection.naming import source_name
from ingestion.inspection.profile import Profile
from ingestion.inspection.proposal import Proposal, map_text, propose
from ingestion.inspection.sample import open_file, take_sample, workshop
from ingestion.inspection.surveys import find_items

_MOMENTS = ("instant", "date", "month")
_IN_COMMON = 0.25
_TELLING, _SAME = 0.3, 0.8


@dataclass
class Joint:
    """A map for the files that are of one kind, and what is to be said about the others."""

    kind: str | None
    confidence: float
    name: str
    text: str
    used: list[Path]
    problems: list[str] = field(default_factory=list)


@dataclass
class _Looked:
    path: Path
    columns: tuple[str, ...]
    profiles: list[Profile]
    alone: str | None = None


# The table of a file by itself, by its path and its headings.
Alone = Mapping[tuple[Path, tuple[str, ...]], str | None]


def joint_proposal(paths: Sequence[Path], kind: str | None = None, alone: Alone | None = None) -> Joint:
    """Propose one map for files. ``kind`` settles the table. Files of another table than the first are left out.

    ``alone`` is the table of each file by itself: what is of different kinds alone is not looked at together.
    """
    looked = _looked(paths, alone or {})
    groups: dict[tuple[Path, ...], _Together] = {}
    made = [
        (one, proposal)
        for one in looked
        for proposal in [_propose(one, _group_of(one, looked, groups), kind)]
        if proposal
    ]
    if not made:
        return Joint(None, 0.0, "", "", [], ["no canonical table fits it."])
    first = made[0][1]
    alike = [
        (one, proposal)
        for one, proposal in made
        if proposal.guess.table == first.guess.table and (kind or _share_a_heading(made[0][0], one))
    ]
    for _, proposal in alike[1:]:
        _take_in(first, proposal)
    _forgive_other_dates(first, [one for one, _ in alike])
    _part_repeated_numbers(first, [one for one, _ in alike])
    first.recognise = _shared_names(first, [one for one, _ in alike])
    used = list(dict.fromkeys(one.path for one, _ in alike))
    problems = list(dict.fromkeys(problem for _, proposal in alike for problem in proposal.problems))
    problems += [
        f"{path.name} is not used: it is no file of {first.guess.table}. Add it by itself: "
        f"`swotlight add {shlex.quote(str(path))}`."
        for path in paths
        if path not in used
    ]
    name = source_name(used)
    before = len(first.problems)
    tried(first, made[0][0].profiles, name)
    problems += first.problems[before:]
    return Joint(first.guess.table, first.confidence, name, map_text(first, name), used, problems)


def _group_of(one: _Looked, looked: Sequence[_Looked], groups: dict[tuple[Path, ...], _Together]) -> _Together:
    """The files of one make with a file; what stands in files of another kind says nothing of its columns."""
    like = [
        other for other in looked if other is one or (_are_of_one_kind(one, other) and _share_a_heading(one, other))
    ]
    return groups.setdefault(tuple(other.path for other in like), _Together(like))


def _are_of_one_kind(one: _Looked, other: _Looked) -> bool:
    return one.alone is None or other.alone is None or one.alone == other.alone


def _share_a_heading(one: _Looked, other: _Looked) -> bool:
    """Files of one make have more than a heading or two in common, however their columns drift."""
    names, others = ({_folded(name) for name in some.columns} for some in (one, other))
    return len(names & others) >= _IN_COMMON * min(len(names), len(others))


def _looked(paths: Sequence[Path], alone: Alone) -> list[_Looked]:
    with workshop() as (con, work):
        samples = [(path, take_sample(con, reading)) for path in paths for reading in open_file(path, con, work)]
    named = [(path, sample, tuple(sample.reading.columns)) for path, sample in samples]
    return [_Looked(path, columns, sample.profiles, alone.get((path, columns))) for path, sample, columns in named]


class _Together:
    """Per column name the values of all files, so that a column that is empty in one is known from the others."""

    def __init__(self, looked: Sequence[_Looked]) -> None:
        self._looked = looked
        self._made: dict[str, Profile] = {}

    def profiles(self, one: _Looked) -> list[Profile]:
        """A file's columns with the values of the others added; each is put together once."""
        if len(self._looked) == 1:
            return one.profiles
        return [
            self._made.get(own.name) or self._made.setdefault(own.name, self._join(own.name)) for own in one.profiles
        ]

    def _join(self, name: str) -> Profile:
        cells: list[str | None] = []
        moments, text = None, None
        for one in self._looked:
            mine = next((profile for profile in one.profiles if _folded(profile.name) == _folded(name)), None)
            rows = len(one.profiles[0].cells) if one.profiles else 0
            cells += mine.cells if mine else [None] * rows
            if mine and not moments:
                moments, text = mine.moments, mine.moment_text
        files = [len(one.profiles[0].cells) if one.profiles else 0 for one in self._looked]
        return Profile(name, cells, moments, text, files=files)


def _folded(name: str) -> str:
    return normalise(name) or name


def _propose(one: _Looked, whole: _Together, kind: str | None) -> Proposal | None:
    profiles = whole.profiles(one)
    items = find_items(profiles, one.path.stem)
    # What tells the rows of one file apart need not tell those of all apart.
    found = all_guesses(profiles, len(items), find_figures(one.profiles))
    if kind:
        asked = Guess(kind, 0.0, (), load_contracts()[kind].required, "asked for")
        chosen: Guess | None = next((guess for guess in found if guess.table == kind), asked)
    else:
        likely = [guess for guess in found if guess.score >= UNKNOWN_BELOW]
        # What the file is by itself was tried on its own rows.
        chosen = next((guess for guess in likely if guess.table == one.alone), likely[0] if likely else None)
    if chosen and chosen.figures:
        profiles = one.profiles
    return propose(chosen, profiles, items, period_of(one.path, one.path.name), one.path.stem) if chosen else None


def _take_in(first: Proposal, other: Proposal) -> None:
    """What another file calls the same column is one more name for it; what only it has is added."""
    lines = {line.column: line for line in first.lines}
    for line in other.lines:
        mine = lines.get(line.column)
        if mine is None:
            first.lines.append(line)
        elif "from" in line.given and "from" in mine.given:
            _widen(mine, line)
    first.where = first.where or other.where
    known = {item.item for item in first.items}
    first.items += [item for item in other.items if item.item not in known]


def _widen(mine: Line, other: Line) -> None:
    """The names of both, each once; a column that some file has under the first name keeps it in front."""
    names = {_folded(name): name for name in reversed([*_listed(mine.given["from"]), *_listed(other.given["from"])])}
    unique = list(reversed(names.values()))
    mine.given["from"] = unique if len(unique) > 1 else unique[0]
    mine.names = tuple(unique)
    if "values" in other.given:
        mine.given["values"] = {**other.given["values"], **mine.given.get("values", {})}
    formats = list(dict.fromkeys([*_listed(mine.given.get("format")), *_listed(other.given.get("format"))]))
    if formats:
        mine.given["format"] = formats if len(formats) > 1 else formats[0]


def _forgive_other_dates(first: Proposal, looked: Sequence[_Looked]) -> None:
    """A column of dates that is something else in one of the files is left empty there, and said."""
    kinds = {(one.path, _folded(profile.name)): profile.kind for one in looked for profile in one.profiles}
    for line in first.lines:
        if line.given.get("type") not in ("instant", "date") or "from" not in line.given:
            continue
        names = [_folded(name) for name in line.names]
        other = [
            path.name for (path, name), kind in kinds.items() if name in names and kind not in (*_MOMENTS, "empty")
        ]
        if other:
            line.given["otherwise"] = "null"
            line.confidence = min(line.confidence, 0.5)
            first.problems.append(f"{line.names[0]} holds no dates in {other[0]}; {line.column} stays empty there.")


def _part_repeated_numbers(first: Proposal, looked: Sequence[_Looked]) -> None:
    """Numbers that start again in every file are no key of them all: the row's whole content is."""
    column = ID_OF.get(first.guess.table)
    line = next((line for line in first.lines if line.column == column), None)
    if line is None or "from" not in line.given or first.version or len(looked) < 2:
        return
    names = {_folded(name) for name in line.names}
    found = [set(p.counts) for one in looked for p in one.profiles if _folded(p.name) in names]
    shared = sum(len(some & other) > 0.3 * min(len(some), len(other)) for some, other in pairwise(found))
    if len(found) < 2 or not shared or _repeats_rows(looked) or _are_states_of_one(looked, names):
        return
    every = dict.fromkeys(name for one in looked for name in one.columns)
    line.given.pop("from")
    line.given["sql"] = f"md5(concat_ws('|', {', '.join(map(quoted, every))}))"
    line.reason += f"; {line.names[0]} starts again in every file, so the row's content is the key"
    line.confidence = min(line.confidence, 0.6)


def _repeats_rows(looked: Sequence[_Looked]) -> bool:
    """Whether the files hold the same rows again, as a later export of one table does."""
    rows = [set(zip(*(profile.cells for profile in one.profiles), strict=True)) for one in looked]
    return any(len(some & other) > 0.05 * min(len(some), len(other)) for some, other in pairwise(rows))


def _are_states_of_one(looked: Sequence[_Looked], keys: set[str]) -> bool:
    """Whether the rows of one number are the same thing at two times: what tells things apart says the same of both."""
    for one, other in pairwise(looked):
        mine, theirs = (_by_number(some, keys) for some in (one, other))
        both = mine.keys() & theirs.keys()
        columns = {name for row in mine.values() for name in row} - keys
        for column in columns:
            told = [(mine[key].get(column), theirs[key].get(column)) for key in both]
            filled = [pair for pair in told if pair[0] and pair[1]]
            is_telling = len({pair[0] for pair in filled}) > _TELLING * len(both)
            if is_telling and sum(x == y for x, y in filled) >= _SAME * len(both):
                return True
    return False


def _by_number(one: _Looked, keys: set[str]) -> dict[str, dict[str, str | None]]:
    key = next((profile for profile in one.profiles if _folded(profile.name) in keys), None)
    columns = {_folded(profile.name): profile.cells for profile in one.profiles}
    rows = enumerate(key.cells) if key else ()
    return {number: {name: cells[place] for name, cells in columns.items()} for place, number in rows if number}


def _listed(value: object) -> list[str]:
    return [] if value is None else [str(one) for one in value] if isinstance(value, list) else [str(value)]


def _shared_names(first: Proposal, looked: Sequence[_Looked]) -> list[str]:
    """Header names that all the files have."""
    common = set.intersection(*({_folded(name) for name in one.columns} for one in looked))
    kept = [name for name in first.recognise if _folded(name) in common]
    return kept or [name for name in looked[0].columns if _folded(name) in common][:4]
