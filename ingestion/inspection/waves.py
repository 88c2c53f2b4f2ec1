"""When a repeated survey was answered, where no column of dates says it: its wave does, to the year or the quarter."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ingestion.inspection.fields import Line, quoted
from ingestion.inspection.profile import NEARLY_ALL, Profile

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_QUARTER = re.compile(r"(?i)[qt] ?[1-4](?!\d)|(?<!\d)[1-4] ?[qt]")


def dated_by_wave(have: Mapping[str, Line], by_name: Mapping[str, Profile]) -> list[Line]:
    """The first day of the year or quarter that names the wave of every answer."""
    wave = have.get("wave")
    if "responded_at" in have or wave is None or len(wave.names) != 1:
        return []
    profile = by_name[wave.names[0]]
    if profile.share("years", lambda value: len(_YEAR.findall(value)) == 1) < NEARLY_ALL:
        return []
    cell = quoted(profile.name)
    is_quarter = profile.share("quarters", lambda value: bool(_QUARTER.search(value))) >= NEARLY_ALL
    cases = "".join(
        f" when regexp_matches({cell}, '(?i)[qt] ?{number}($|[^0-9])|(^|[^0-9]){number} ?[qt]') then '{month}'"
        for number, month in ((2, "04"), (3, "07"), (4, "10"))
    )
    month = f"case{cases} else '01' end" if is_quarter else "'01'"
    year = f"nullif(regexp_extract({cell}, '(?:19|20)[0-9][0-9]'), '')"
    what = "quarter" if is_quarter else "year"
    line = Line(
        "responded_at",
        {"sql": f"{year} || '-' || {month} || '-01'", "type": "instant"},
        0.5,
        f"no column says the day: {profile.name} says the {what}",
    )
    line.problems.append(
        f"No column says when it was answered: every answer is counted on the first day of the {what} in "
        f"{profile.name}, so figures within a {what} say nothing."
    )
    return [line]
