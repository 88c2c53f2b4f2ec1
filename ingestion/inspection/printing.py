"""The day on which lines were printed: whole blocks share it, and lines that stand again have a later one.

It makes them versions of a figure; read as parts of it they would count twice.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import groupby

from ingestion.contracts import Contract
from ingestion.inspection.profile import Profile
from ingestion.inspection.settling import Pair

_MOMENTS = ("instant", "date")
_REPEATED = 0.03


def with_print_date(found: list[Pair], profiles: Sequence[Profile], contract: Contract) -> list[Pair]:
    """The pairs, with the date of printing as that of the last change where the lines of a figure are given again."""
    columns = {pair.column for pair in found}
    if contract.parts is None or contract.version is None or contract.version in columns:
        return found
    used = {pair.name for pair in found}
    by_name = {profile.name: profile for profile in profiles}
    parts = [by_name[pair.name] for pair in found if pair.column in contract.key]
    parts += [profile for profile in profiles if profile.kind == "time" and profile.name not in used]
    free = [p for p in profiles if p.name not in used and p.kind in _MOMENTS and p.distinct > 1 and p.null_share == 0]
    for profile in free if parts else []:
        if _parts_blocks(profile) and _tells_apart(profile, parts):
            said = "one day to whole blocks of lines, another one where a line stands again: when it was printed"
            return [*found, Pair(profile.name, contract.version, 0.6, said)]
    return found


def _parts_blocks(profile: Profile) -> bool:
    """Whether each value stands in one run of rows."""
    return sum(1 for _ in groupby(profile.cells)) == profile.distinct < 0.5 * profile.filled


def _tells_apart(profile: Profile, parts: Sequence[Profile]) -> bool:
    """Whether lines of one key are several, and never have the same value."""
    printed: dict[tuple[str | None, ...], list[str | None]] = defaultdict(list)
    for row, value in zip(zip(*(part.cells for part in parts), strict=True), profile.cells, strict=True):
        printed[row].append(value)
    again = [values for values in printed.values() if len(values) > 1]
    lines = sum(map(len, again))
    return lines >= _REPEATED * len(profile.cells) and sum(len(set(values)) for values in again) >= 0.97 * lines > 0
