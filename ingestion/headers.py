"""Header names: how they are compared and made unique. Nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

_ALPHANUMERIC = re.compile(r"[a-z0-9]+")


def normalise(name: str) -> str:
    """Lower case, every run of non-alphanumerics one underscore: ``# Of Positions`` is ``of_positions``."""
    if name.isascii():
        return "_".join(_ALPHANUMERIC.findall(name.lower()))
    folded = "".join(letter.lower() if letter.isalnum() else " " for letter in name)
    return "_".join(folded.split())


def unique_headers(cells: Sequence[str], width: int | None = None) -> list[str]:
    """Column names of a header row: unnamed ones are numbered by place, repeated ones by occurrence.

    >>> unique_headers(["", "Name", "name"])
    ['unnamed_1', 'Name', 'name_2']
    """
    padded = list(cells) + [""] * max(0, (width or 0) - len(cells))
    taken: set[str] = set()
    names: list[str] = []
    for place, cell in enumerate(padded, start=1):
        stem = " ".join(cell.replace("\ufeff", "").split()) or f"unnamed_{place}"
        name, number = stem, 1
        folded = _folded(name)
        while folded in taken:
            number += 1
            name = f"{stem}_{number}"
            folded = _folded(name)
        taken.add(folded)
        names.append(name)
    return names


def are_unnamed(columns: Sequence[str]) -> bool:
    """Whether none of a file's columns has a name, but for its place."""
    return bool(columns) and all(re.fullmatch(r"unnamed_\d+", name) for name in columns)


_NO_LABEL = ("response", "open-ended response")


def is_second_header(first: Sequence[str], second: Sequence[str]) -> bool:
    """Whether a row below the header names answers, as survey tools write it: ``Response`` under most questions."""
    labels = [cell.strip().casefold() for cell in second]
    return len(first) > 1 and not labels[0] and any(label in _NO_LABEL for label in labels)


def joined_headers(first: Sequence[str], second: Sequence[str]) -> list[str]:
    """One name a column of two header rows: a question over several columns is written above the first alone.

    >>> joined_headers(["Id", "Rate us", "", "Why?"], ["", "Speed", "Tone", "Open-Ended Response"])
    ['Id', 'Rate us: Speed', 'Rate us: Tone', 'Why?']
    """
    names, above = [], ""
    for place in range(max(len(first), len(second))):
        name = first[place].strip() if place < len(first) else ""
        label = second[place].strip() if place < len(second) else ""
        above = name or above
        spoken = "" if label.casefold() in _NO_LABEL else label
        names.append(": ".join(part for part in (above if spoken else name or above, spoken) if part))
    return names


def _folded(name: str) -> str:
    return normalise(name) or name.casefold()


_OR = " | "


class HeaderIndex:
    """Finds a column by the name a map gives: as it stands first, then normalised. ``a | b`` is either."""

    def __init__(self, names: Iterable[str]) -> None:
        self.names = list(names)
        self._exact = {name: name for name in self.names}
        self._folded: dict[str, str] = {}
        for name in self.names:
            self._folded.setdefault(_folded(name), name)

    def find(self, wanted: str) -> str | None:
        """The header name meant by ``wanted``, or ``None``."""
        found = self._exact.get(wanted) or self._folded.get(_folded(wanted))
        return self.first(wanted.split(_OR)) if found is None and _OR in wanted else found

    def first(self, wanted: Iterable[str]) -> str | None:
        """The first of several names that exists."""
        return next((found for found in map(self.find, wanted) if found is not None), None)

    def has_all(self, wanted: Iterable[str]) -> bool:
        """Whether every name exists."""
        return all(self.find(name) is not None for name in wanted)
