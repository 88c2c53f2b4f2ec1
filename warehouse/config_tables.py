"""The settings as tables: schema ``config`` of the build database, which dbt reads. Never released."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from warehouse.business_hours import TABLE as HOURS_TABLE
from warehouse.business_hours import hour_rows
from warehouse.errors import SwotlightError
from warehouse.settings import Settings, Threshold, package_path
from warehouse.store import Connection, quote_name
from warehouse.workspace import pseudonym_key

USER_TABLES = ("targets", "swot_factors")
# Of these the workspace's rows stand instead of all shipped ones; dbt does not read them.
REPLACING_TABLES = ("fixes", "need_words", "topic_themes")

CONFIG_TABLES = {
    "organisation": "Name, time zone and currency",
    "thresholds": "When a contact counts as answered in time, per channel",
    "business_hours": "Opening hours per team and weekday, from when to when",
    "holidays": "Days on which nobody works",
    "pseudonym_key": "The secret that pseudonyms are made with; never released",
    "targets": "The workspace's own targets",
    "swot_factors": "The workspace's own SWOT factors",
    "fixes": "Dated fixes of a topic, whose effect on complaints is tested",
    "need_words": "Words that speak of a need in comments, by language",
    "topic_themes": "Words in a topic's name that tell its theme",
}

_TABLES = {
    "organisation": "name varchar, time_zone varchar, currency varchar",
    "thresholds": "channel varchar, answer_within_seconds double, short_abandon_seconds double",
    "business_hours": HOURS_TABLE,
    "holidays": "holiday_on date, name varchar",
    "pseudonym_key": "key varchar",
}


def write_config(con: Connection, settings: Settings) -> None:
    """Write schema ``config`` anew. Raises `SwotlightError` when a file of ``reference/`` lacks a column."""
    con.execute("create schema if not exists config")
    organisation = settings.organisation
    rows: dict[str, list[Sequence[Any]]] = {
        "organisation": [(organisation.name, organisation.time_zone, organisation.currency)],
        "thresholds": _threshold_rows(settings),
        "business_hours": hour_rows(settings),
        "holidays": _holiday_rows(settings),
        "pseudonym_key": [(pseudonym_key(settings.paths),)],
    }
    for table, columns in _TABLES.items():
        con.execute(f"create or replace table config.{table} ({columns})")
        if rows[table]:
            marks = ", ".join("?" for _ in rows[table][0])
            for row in rows[table]:
                con.execute(f"insert into config.{table} values ({marks})", list(row))
    for table in USER_TABLES:
        _write_user_rows(con, settings.paths.reference / f"{table}.csv", table)
    for table in REPLACING_TABLES:
        own, shipped = settings.paths.reference / f"{table}.csv", package_path("seeds/reference") / f"{table}.csv"
        _write_user_rows(con, own if own.exists() else shipped, table)


def _threshold_rows(settings: Settings) -> list[Sequence[Any]]:
    thresholds = {"default": Threshold(), **settings.thresholds}
    return [(name, one.answer_within_seconds, one.short_abandon_seconds) for name, one in thresholds.items()]


def _holiday_rows(settings: Settings) -> list[Sequence[Any]]:
    days: dict[date, str | None] = dict.fromkeys(settings.organisation.holidays)
    path = settings.paths.reference / "holidays.csv"
    if path.exists():
        header, rows = _read_csv(path)
        _require(path, header, ("holiday_on", "name"))
        for number, row in enumerate(rows, 2):
            days[_day(path, number, row["holiday_on"])] = row["name"] or None
    return [(day, days[day]) for day in sorted(days)]


def _day(path: Path, line: int, text: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise SwotlightError(
            f"{path}, line {line}: {text!r} is no day such as 2026-12-25.",
            code="reference",
            file=str(path),
            line=line,
            key="holiday_on",
        ) from None


def _write_user_rows(con: Connection, path: Path, table: str) -> None:
    columns, _ = _read_csv(package_path("seeds/reference") / f"{table}.csv")
    typed = ", ".join(f"{quote_name(name)} varchar" for name in columns)
    con.execute(f"create or replace table config.{table} ({typed})")
    if not path.exists():
        return
    header, rows = _read_csv(path)
    _require(path, header, columns, optional=True)
    marks = ", ".join("?" for _ in columns)
    for row in rows:
        con.execute(f"insert into config.{table} values ({marks})", [row.get(name) or None for name in columns])


def _read_csv(path: Path) -> tuple[list[str], list[dict[str, str]]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        rows = list(reader)
    return [name.strip() for name in reader.fieldnames or []], rows


def _require(path: Path, header: list[str], columns: Sequence[str], *, optional: bool = False) -> None:
    unknown = [name for name in header if name not in columns]
    missing = [] if optional else [name for name in columns if name not in header]
    if not unknown and not missing and header:
        return
    name = (missing or unknown or [None])[0]  # type: ignore[list-item]
    trouble = "is empty" if name is None else f"has {'no' if missing else 'an unknown'} column {name!r}"
    raise SwotlightError(
        f"{path} {trouble}.",
        code="reference",
        file=str(path),
        line=1,
        key=name,
        hint=f"Its columns are {', '.join(columns)}.",
    )
