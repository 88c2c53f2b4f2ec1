"""When teams are open, as rows: from `swotlight.yml`, and from `reference/business_hours.csv` where hours changed.

A team the file names keeps the hours of the file and not those of `swotlight.yml`; rows without a team are everybody's.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass
from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

from warehouse.errors import SwotlightError
from warehouse.settings import WEEKDAYS, Settings, opening_minutes

FILE = "business_hours.csv"
COLUMNS = ("team", "weekday", "hours", "valid_from", "valid_to", "time_zone")
TABLE = (
    "team varchar, weekday integer, opens_minute integer, closes_minute integer, valid_from date, valid_to date, "
    "time_zone varchar"
)


@dataclass(frozen=True)
class Opening:
    """One span of hours on one weekday; a row of ``config.business_hours``. ``valid_to`` is the last day it holds."""

    team: str | None
    weekday: int
    opens_minute: int
    closes_minute: int
    valid_from: date | None = None
    valid_to: date | None = None
    time_zone: str | None = None


def hour_rows(settings: Settings) -> list[Sequence[Any]]:
    """All rows. Raises `SwotlightError` naming the line of the file that cannot be read."""
    told = list(_of_file(settings.paths.reference / FILE))
    named = {opening.team for opening in told}
    kept = [opening for opening in _of_settings(settings) if opening.team not in named]
    return [astuple(opening) for opening in [*kept, *told]]


def _of_settings(settings: Settings) -> Iterator[Opening]:
    schedules: dict[str | None, Any] = {None: settings.organisation.business_hours}
    schedules.update(settings.organisation.team_hours)
    for team, week in schedules.items():
        for day, spans in week.items():
            for span in spans:
                yield Opening(team, WEEKDAYS.index(day) + 1, *opening_minutes(span))


def _of_file(path: Path) -> Iterator[Opening]:
    if not path.exists():
        return
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        missing = [name for name in ("weekday", "hours") if name not in (reader.fieldnames or [])]
        unknown = [name for name in reader.fieldnames or [] if name not in COLUMNS]
        if missing or unknown:
            raise _refusal(path, 1, (missing or unknown)[0], f"has {'no' if missing else 'an unknown'} column")
        for number, row in enumerate(reader, 2):
            yield _opening(path, number, {name: (row.get(name) or "").strip() for name in COLUMNS})


def _opening(path: Path, number: int, row: dict[str, str]) -> Opening:
    name = "weekday"
    try:
        weekday = WEEKDAYS.index(row[name].lower()) + 1
        name = "hours"
        opens, closes = opening_minutes(row[name])
        name = "valid_from"
        begins = date.fromisoformat(row[name]) if row[name] else None
        name = "valid_to"
        ends = date.fromisoformat(row[name]) if row[name] else None
        if begins and ends and ends < begins:
            raise ValueError("ends before it begins")
        name = "time_zone"
        if row[name] and row[name] not in available_timezones():
            raise ValueError("no time zone")
    except ValueError:
        raise _refusal(path, number, name, f"cannot read {row[name]!r} in column") from None
    return Opening(row["team"] or None, weekday, opens, closes, begins, ends, row["time_zone"] or None)


def _refusal(path: Path, line: int, name: str, what: str) -> SwotlightError:
    return SwotlightError(
        f"{path}, line {line}: {what} {name!r}.",
        code="reference",
        file=str(path),
        line=line,
        key=name,
        hint=f"Its columns are {', '.join(COLUMNS)}: Support,mon,09:00-17:30,2026-01-01,,Europe/Berlin.",
    )
