"""How long work tells where it is: ``progress(step, detail)``, called with the step's name and a word about it."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Told at the start of a step and whenever there is something new to say about it."""

    def __call__(self, step: str, detail: str = "") -> None:
        """``step`` is one of the steps of a refresh; ``detail`` a short sentence without personal data."""


def silent(step: str, detail: str = "") -> None:
    """Tell nobody."""
