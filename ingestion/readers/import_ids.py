"""Several header rows as a survey tool writes them: names, then the wording of each question, then import ids as JSON.

The column of a question is called ``name: wording``, that of anything else by its name alone. What the ids tell beside
that stands in brackets behind the name: ``Q1 (NPS): …`` for a score of 0 to 10 that has a column of groups,
``Q1_NPS_GROUP (GROUP): …`` for that column, ``Q4 (TEXT): …`` for an answer in free words.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from ingestion.readers.reading import Problem

_GROUP, _TEXT = "_NPS_GROUP", "_TEXT"
_RESPONSE = ("responseid", "responseid")
_OTHER = {"responsetype", "externaldatareference"}


@dataclass(frozen=True)
class ImportHeader:
    """One name a column, how many rows below the names belong to the header, and the zone the file says it is in."""

    columns: list[str]
    rows_below: int
    time_zone: str | None = None

    def problems(self, name: str) -> tuple[Problem, ...]:
        """What is to be said of the file ``name``."""
        if not self.time_zone:
            return ()
        told = f"{name} says that its times are in {self.time_zone}; where that is another zone than the source's, "
        return (Problem("own_zone", told + "write it as the source's `time_zone` in swotlight.yml.", "info"),)


def import_header(rows: Sequence[Sequence[str]], header_at: int) -> ImportHeader | None:
    """The names of the columns where the rows below the names are wordings and import ids, else ``None``."""
    names = [cell.strip().lstrip("\ufeff") for cell in rows[header_at]]
    below = [[cell.strip() for cell in row] for row in rows[header_at + 1 : header_at + 3]]
    ids = _ids(below[1]) if len(below) > 1 else None
    if ids is None and not (below and _are_wordings(names, below[0])):
        return None
    told = (
        [one["ImportId"] if one else "" for one in ids] if ids else [_guessed(*pair) for pair in _pairs(names, below)]
    )
    every = set(told)
    columns = [_column(*one, every) for one in zip(names, _padded(below[0], names), _padded(told, names), strict=True)]
    zones = {one["timeZone"] for one in ids or () if one and one.get("timeZone")}
    return ImportHeader(columns, 2 if ids else 1, _zone(zones.pop()) if len(zones) == 1 else None)


def _ids(cells: Sequence[str]) -> list[dict[str, str] | None] | None:
    """The ids of a row of nothing else."""
    found: list[dict[str, str] | None] = []
    for cell in cells:
        if not cell:
            found.append(None)
            continue
        try:
            told = json.loads(cell)
        except ValueError:
            return None
        if not isinstance(told, dict) or not isinstance(told.get("ImportId"), str):
            return None
        found.append(told)
    return found if any(found) else None


def _are_wordings(names: Sequence[str], below: Sequence[str]) -> bool:
    return any((_squashed(name), _squashed(cell)) == _RESPONSE for name, cell in zip(names, below, strict=False))


def _pairs(names: Sequence[str], below: Sequence[Sequence[str]]) -> list[tuple[str, str]]:
    return list(zip(names, _padded(below[0], names), strict=True))


def _guessed(name: str, wording: str) -> str:
    """An id where the file has none: what is worded otherwise than it is named is a question."""
    said = _squashed(wording)
    return "" if said in (_squashed(name), "", *_OTHER) else f"QID_{name}"


def _padded(cells: Sequence[str], names: Sequence[str]) -> list[str]:
    return [*cells, *[""] * (len(names) - len(cells))][: len(names)]


def _column(name: str, wording: str, told: str, every: set[str]) -> str:
    if not told.startswith("QID"):
        return name
    kind = " (GROUP)" if told.endswith(_GROUP) else " (TEXT)" if told.endswith(_TEXT) else ""
    kind = " (NPS)" if told + _GROUP in every else kind
    return f"{name}{kind}: {' '.join(wording.split()) or name}"


def _zone(told: str) -> str:
    return "UTC" if told == "Z" else told


def _squashed(text: str) -> str:
    return "".join(letter.lower() for letter in text if letter.isalnum())
