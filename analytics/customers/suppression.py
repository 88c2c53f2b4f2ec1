"""Small groups are hidden, and so much else that none of them follows from what is shown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence

import numpy as np

Cell = Hashable
SMALLEST = 5


def hidden_cells(sizes: Mapping[Cell, float], totals: Sequence[Sequence[Cell]], below: int = SMALLEST) -> set[Cell]:
    """The cells to hide when every sum in ``totals`` is published beside the cells.

    A cell under ``below`` is hidden; in each total the hidden ones must be two or more and hold ``below`` together,
    and none may follow from all totals by subtraction. The smallest shown neighbour joins until that is so. A cell of
    nobody tells nothing of anybody and is left alone. A total that cannot be kept safe this way is not safe to publish:
    see ``unsafe_totals``.
    """
    hidden = {cell for cell, n in sizes.items() if 0 < n < below}
    while True:
        weak = _weak_totals(sizes, totals, hidden, below) or _giving_away(totals, hidden)
        joining = [_smallest_shown(sizes, total, hidden) for total in weak]
        added = {cell for cell in joining if cell is not None}
        if not added:
            return hidden
        hidden.add(min(added, key=lambda cell: (sizes[cell], str(cell))))


def _weak_totals(
    sizes: Mapping[Cell, float], totals: Sequence[Sequence[Cell]], hidden: set[Cell], below: int
) -> list[Sequence[Cell]]:
    """Totals that leave one hidden cell alone, or several that are small together."""
    weak = []
    for total in totals:
        mine = [cell for cell in total if cell in hidden]
        if mine and (len(mine) == 1 or sum(sizes[cell] for cell in mine) < below):
            weak.append(total)
    return weak


def _giving_away(totals: Sequence[Sequence[Cell]], hidden: set[Cell]) -> list[Sequence[Cell]]:
    given = recoverable(totals, hidden)
    return [total for total in totals if any(cell in given for cell in total)]


def _smallest_shown(sizes: Mapping[Cell, float], total: Sequence[Cell], hidden: set[Cell]) -> Cell | None:
    shown = [cell for cell in total if cell not in hidden and sizes[cell] > 0]
    return min(shown, key=lambda cell: (sizes[cell], str(cell)), default=None)


def recoverable(totals: Sequence[Sequence[Cell]], hidden: set[Cell]) -> set[Cell]:
    """Hidden cells that follow from the totals less the shown cells: those that a linear combination isolates."""
    order = sorted(hidden, key=str)
    place = {cell: k for k, cell in enumerate(order)}
    equations = [[cell for cell in total if cell in hidden] for total in totals]
    equations = [cells for cells in equations if cells]
    if not equations:
        return set()
    found: set[Cell] = set()
    for cells, rows in _blocks(equations):
        matrix = np.zeros((len(rows), len(cells)))
        local = {cell: k for k, cell in enumerate(sorted(cells, key=lambda c: place[c]))}
        for k, row in enumerate(rows):
            matrix[k, [local[cell] for cell in row]] = 1.0
        # A cell follows when its own direction holds no part of what the equations leave open.
        _, values, basis = np.linalg.svd(matrix, full_matrices=True)
        rank = int((values > 1e-9).sum())
        free = basis[rank:]
        found |= {cell for cell, k in local.items() if not np.any(np.abs(free[:, k]) > 1e-9)}
    return found


def _blocks(equations: Sequence[Sequence[Cell]]) -> list[tuple[set[Cell], list[Sequence[Cell]]]]:
    """Equations that share cells, together; blocks without a common cell say nothing of each other."""
    blocks: list[tuple[set[Cell], list[Sequence[Cell]]]] = []
    for row in equations:
        cells, rows = set(row), [row]
        apart = []
        for other_cells, other_rows in blocks:
            if other_cells & cells:
                cells |= other_cells
                rows = [*other_rows, *rows]
            else:
                apart.append((other_cells, other_rows))
        blocks = [*apart, (cells, rows)]
    return blocks


def unsafe_totals(totals: Mapping[str, Sequence[Cell]], hidden: set[Cell], sizes: Mapping[Cell, float]) -> set[str]:
    """Names of totals that must be hidden too: their hidden cells stay alone or small with nobody left to join them."""
    given = recoverable(list(totals.values()), hidden)
    unsafe = set()
    for name, total in totals.items():
        mine = [cell for cell in total if cell in hidden]
        small = bool(mine) and sum(sizes[cell] for cell in mine) < SMALLEST
        if small or any(cell in given for cell in mine):
            unsafe.add(name)
    return unsafe


def by_partition(sizes: Mapping[tuple[str, str], float], below: int = SMALLEST) -> set[tuple[str, str]]:
    """Hidden groups of one-way tables: keys are (table, group), and each table's groups add up to a known whole."""
    totals: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for cell in sizes:
        totals[cell[0]].append(cell)
    return hidden_cells(sizes, list(totals.values()), below)  # type: ignore[arg-type, return-value]
