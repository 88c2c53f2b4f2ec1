"""Many tests at once, and blended figures that move against all their parts. Plain Python: pages draw with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


def benjamini_hochberg(p: Sequence[float]) -> list[float]:
    """Adjusted p-values of a family, in the order given: rejected at a false-discovery rate α where adjusted p ≤ α.

    Source: Y. Benjamini, Y. Hochberg, "Controlling the false discovery rate", JRSS B 57 (1995).
    """
    values = [float(value) for value in p]
    order = sorted(range(len(values)), key=values.__getitem__)
    result, least = [0.0] * len(values), 1.0
    for rank in range(len(values), 0, -1):
        place = order[rank - 1]
        least = min(least, values[place] * len(values) / rank)
        result[place] = least
    return result


@dataclass(frozen=True)
class Blend:
    """Two blended shares, whether every part says the opposite, and the split of their difference.

    ``mix`` is what the different composition alone makes of it, ``rate`` what the parts' own rates make of it.
    """

    first: float
    second: float
    is_reversed: bool
    mix: float
    rate: float


Counts = Sequence[tuple[float, float]]


def simpson(first: Counts, second: Counts) -> Blend:
    """Compare two sides given as (successes, trials) per segment, in the same order of segments.

    Reversed: one side is ahead in every segment that both have and behind in the blend.
    Sources: E. H. Simpson, JRSS B 13 (1951); the symmetric split is E. M. Kitagawa's, JASA 50 (1955).
    """
    sums = [(sum(s for s, _ in side), sum(n for _, n in side)) for side in (first, second)]
    blended = [s / n if n else 0.0 for s, n in sums]
    pairs = [((a, m), (b, n)) for (a, m), (b, n) in zip(first, second, strict=True) if m and n]
    gaps = [a / m - b / n for (a, m), (b, n) in pairs]
    blend = blended[0] - blended[1]
    side = -1 if blend > 0 else 1
    against = bool(gaps) and blend != 0 and all(side * gap > 0 for gap in gaps)
    rate = sum((a / m - b / n) * (m / sums[0][1] + n / sums[1][1]) / 2 for (a, m), (b, n) in pairs)
    return Blend(blended[0], blended[1], against, blend - rate, rate)
