"""Header names: how they are compared and made unique. Nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def normalise(name: str) -> str:
    """Lower case, every run of non-alphanumerics one underscore: ``# Of Positions`` is ``of_positions``."""
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
        while _folded(name) in taken:
            number += 1
            name = f"{stem}_{number}"
        taken.add(_folded(name))
        names.append(name)
    return names


def _folded(name: str) -> str:
    return normalise(name) or name.casefold()


class HeaderIndex:
    """Finds a column by the name a map gives: as it stands first, then normalised."""

    def __init__(self, names: Iterable[str]) -> None:
        self.names = list(names)
        self._exact = {name: name for name in self.names}
        self._folded: dict[str, str] = {}
        for name in self.names:
            self._folded.setdefault(_folded(name), name)

    def find(self, wanted: str) -> str | None:
        """The header name meant by ``wanted``, or ``None``."""
        return self._exact.get(wanted) or self._folded.get(_folded(wanted))

    def first(self, wanted: Iterable[str]) -> str | None:
        """The first of several names that exists."""
        return next((found for found in map(self.find, wanted) if found is not None), None)

    def has_all(self, wanted: Iterable[str]) -> bool:
        """Whether every name exists."""
        return all(self.find(name) is not None for name in wanted)
