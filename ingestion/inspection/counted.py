"""The values of a column, counted."""

from __future__ import annotations

from collections import Counter


class Spellings(Counter[str]):
    """Values and how often each occurs. Nothing is added once they are counted, so they are put in order once."""

    def most_common(self, n: int | None = None) -> list[tuple[str, int]]:
        """The commonest first; of those that are as common, what came first."""
        if self._ordered is None:
            self._ordered = super().most_common()
        return self._ordered[:n]

    _ordered: list[tuple[str, int]] | None = None
