"""Columns that nothing reads although they are called like something the table has no other column for."""

from __future__ import annotations

from ingestion.contracts import Contract
from ingestion.inspection.profile import Profile
from ingestion.inspection.words import best_likeness, words

_CALLED_SO = 0.85


def unread_columns(unused: list[Profile], have: set[str], contract: Contract, said: list[str]) -> list[str]:
    """A word on each, but for those of which a problem (``said``) speaks already."""
    missing = [name for name in contract.columns if name not in have]
    told = []
    for profile in unused:
        if profile.filled and not any(profile.name in one for one in said):
            name = frozenset(words(profile.name))
            like = max(missing, key=lambda column: best_likeness(name, contract.table, column), default=None)
            if like and best_likeness(name, contract.table, like) >= _CALLED_SO:
                told.append(f"{profile.name} is not read: it is called like {like}, but its values do not fit.")
    return told
