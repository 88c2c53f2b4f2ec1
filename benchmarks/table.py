"""The printed table: what was measured, its limit, and whether it held."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """One measurement; ``holds`` is None where there is no limit."""

    what: str
    value: str
    limit: str = ""
    holds: bool | None = None

    @classmethod
    def limited(cls, what: str, value: float, limit: float, form: str) -> Line:
        """A number that may not pass its limit."""
        return cls(what, form.format(value), f"≤ {form.format(limit)}", value <= limit)


def show(lines: Sequence[Line]) -> str:
    """The table as text."""
    rows = [("measure", "value", "limit", ""), *((line.what, line.value, line.limit, _mark(line)) for line in lines)]
    widths = [max(len(row[place]) for row in rows) for place in range(3)]
    told = [
        f"{what:<{widths[0]}}  {value:>{widths[1]}}  {limit:>{widths[2]}}  {mark}".rstrip()
        for what, value, limit, mark in rows
    ]
    return "\n".join([told[0], "  ".join("─" * width for width in widths), *told[1:]])


def _mark(line: Line) -> str:
    return {None: "", True: "holds", False: "MISSED"}[line.holds]
