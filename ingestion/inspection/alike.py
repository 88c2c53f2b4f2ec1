"""Questions that are told by their answers: distributions that are alike, codes that stand for no answer, stems."""

from __future__ import annotations

import math
import re
from collections import Counter

from ingestion.inspection.profile import Profile

_ALIKE = 0.85


def answered_alike(found: list[Profile], profiles: list[Profile], spare: frozenset[str]) -> list[Profile]:
    """Columns outside the group of questions whose answers lie on its scale as those of the group do."""
    rated = [profile for profile in found if profile.kind == "integer"]
    if len(rated) < 5:
        return []
    top = max(float(profile.numbers[-1]) for profile in rated)
    core = [str(code) for code in range(1, int(top) + 1 - len(spare & {f"{top:g}"}))]
    usual = [sum(profile.counts[code] / profile.filled for profile in rated) for code in core]
    others = [p for p in profiles if p not in found and p.kind == "integer" and 4 <= p.distinct <= len(core) + 2]
    fitting = [p for p in others if p.numbers[0] >= 0 and p.numbers[-1] <= top and all(p.counts[c] for c in core)]
    return [p for p in fitting if _likeness(usual, [p.counts[code] / p.filled for code in core]) >= _ALIKE]


def _likeness(one: list[float], other: list[float]) -> float:
    """The cosine of two distributions, 0 to 1."""
    lengths = math.sqrt(sum(x * x for x in one) * sum(y * y for y in other))
    return sum(x * y for x, y in zip(one, other, strict=True)) / lengths if lengths else 0.0


def spare_tops(profiles: list[Profile]) -> frozenset[str]:
    """Highest codes that mean "does not apply": chosen by most for some questions and by hardly anybody for others."""
    spare = set()
    for top in ("6", "8", "9"):
        shares = [p.counts[top] / p.filled for p in profiles if p.numbers and p.numbers[-1] == float(top)]
        if len(shares) >= 5 and max(shares) > 0.3 and min(shares) < 0.05:
            spare.add(top)
    return frozenset(spare)


def of_one_stem(profiles: list[Profile]) -> list[Profile]:
    """Where questions are numbered with parts (Q7A, Q7B …), only questions with several parts are ratings for sure."""
    stems = Counter(_stem(profile.name) for profile in profiles)
    parted = [profile for profile in profiles if _stem(profile.name) and stems[_stem(profile.name)] >= 3]
    return parted if len(parted) * 2 > len(profiles) else profiles


def _stem(name: str) -> str:
    match = re.match(r"[A-Za-z]{1,3}\d+(?=[A-Za-z_.])", name)
    return match[0].lower() if match else ""
