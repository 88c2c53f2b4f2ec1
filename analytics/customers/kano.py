"""Kano's classes of features from paired questions: how is it with the feature, how without it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

# Answers: 1 I like it, 2 I expect it, 3 neutral, 4 I can live with it, 5 I dislike it. Rows: with it; columns: without.
TABLE = ("QAAAO", "RIIIM", "RIIIM", "RIIIM", "RRRRQ")
NAMES = {
    "A": "attractive",
    "O": "one-dimensional",
    "M": "must-be",
    "I": "indifferent",
    "R": "reverse",
    "Q": "questionable",
}
FEWEST = 10


@dataclass(frozen=True)
class Kano:
    """The class of a feature. ``better`` and ``worse`` are Berger's coefficients, 0…1 and −1…0.

    ``is_clear`` when the first class leads the second beyond chance (Fong's test at 90 %).
    """

    feature: str
    n: int
    kind: str
    shares: dict[str, float]
    better: float
    worse: float
    is_clear: bool


def classify(feature: str, answers: Mapping[tuple[float, float], int]) -> Kano | None:
    """The class most respondents put the feature in, from counts per pair of answers (with it, without it).

    ``None`` under ten pairs; answers outside 1–5 are no answers.

    Sources: N. Kano et al., J. Japanese Society for Quality Control 14 (1984); C. Berger et al., Center for Quality of
    Management J. 2 (1993) for the coefficients; D. Fong, same journal 5 (1996) for the test.
    """
    counts: Counter[str] = Counter()
    for (a, b), times in answers.items():
        if a in (1, 2, 3, 4, 5) and b in (1, 2, 3, 4, 5):
            counts[TABLE[int(a) - 1][int(b) - 1]] += times
    if counts.total() < FEWEST:
        return None
    ranked = sorted("AOMIRQ", key=lambda kind: (-counts[kind], "MOAIRQ".index(kind)))
    n, first, second = counts.total(), counts[ranked[0]], counts[ranked[1]]
    limit = 1.65 * ((first + second) * (2 * n - first - second) / (2 * n)) ** 0.5
    base = counts["A"] + counts["O"] + counts["M"] + counts["I"]
    better = (counts["A"] + counts["O"]) / base if base else 0.0
    worse = -(counts["O"] + counts["M"]) / base if base else 0.0
    shares = {NAMES[kind]: counts[kind] / n for kind in NAMES}
    return Kano(feature, n, NAMES[ranked[0]], shares, better, worse, abs(first - second) >= limit)
