"""Text that is no table: a program, a page of prose, a recipe. It is said, not shown as a table of one column."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingestion.headers import are_unnamed
from ingestion.inspection.profile import Profile
from warehouse.errors import SwotlightError

# How programs, notes and mark-up begin; a heading does not.
_BEGINS = re.compile(r"""^(#[\s!]\S?|//|/\*|--|<\w|"|'''|(import|from|package|def|class|use|const|var) \S)""")
_ENDS = re.compile(r"[.;:{(\\,]$")
_OF_A_TEXT = re.compile(r"^(\t| {2,})\S|^[\w.-]+ = \S|[;{(\[\\]$")
# A question of a survey may be long; it says so at its end.
_LONG_WORDS = 12


def refuse_no_table(name: str, profiles: Sequence[Profile]) -> None:
    """Raises `SwotlightError` where one column's heading and lines are those of a text.

    A real export of one column has a heading of few words, or a question.
    """
    named = [profile for profile in profiles if not are_unnamed([profile.name])]
    if len(named) != 1 or not _is_text(named[0]):
        return
    raise SwotlightError(
        f"{name} does not look like a table: all of it is one column, which reads as text; it begins with "
        f"\u201c{_short(named[0].name)}\u201d.",
        code="no_table",
        file=name,
        hint="Give an export with a line of headings; one column is fine under a heading such as ticket_id.",
    )


def _is_text(profile: Profile) -> bool:
    heading = profile.name.strip()
    if _BEGINS.search(heading) or _ENDS.search(heading):
        return True
    if len(heading.split()) > _LONG_WORDS and not heading.endswith(("?", "？")):
        return True
    lines = [cell for cell in profile.cells if cell]
    return 5 * sum(bool(_OF_A_TEXT.search(line)) for line in lines) > len(lines) > 0


def _short(heading: str) -> str:
    return heading if len(heading) <= 60 else f"{heading[:59].rstrip()}…"
