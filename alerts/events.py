"""What went wrong, as sentences for the people of `alerts.to`; no personal data, no values of rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from expectations.privacy import EMAIL, PHONE
from expectations.results import CheckResult
from warehouse.errors import SwotlightError

# Texts of these come from an engine and may quote the value that could not be read.
_QUOTING_CODES = frozenset({"sql", "dbt", "error", "unforeseen"})
_PERSONAL = re.compile(f"{EMAIL}[A-Za-z.]*|{PHONE}")
_EFFECTS = {
    "block": "Nothing was released; a release made before stays as it is.",
    "withdraw": "The release is out; the metrics named are withdrawn until the data are mended.",
}


@dataclass(frozen=True)
class Incident:
    """One thing that is wrong until it is mended.

    ``key`` tells it apart: ``check:<name>``, ``source:<name>``, ``release`` or ``run:<code>``, with the file's name
    where a file is at fault.
    """

    key: str
    title: str
    body: str


@dataclass(frozen=True)
class Event:
    """What a run has to tell: the incidents it found, told in one notice."""

    run: str
    incidents: tuple[Incident, ...]


def check_failed(result: CheckResult) -> Incident:
    """A check of severity ``block`` or ``withdraw`` failed."""
    metrics = f" Metrics: {', '.join(result.metrics)}." if result.metrics and result.severity == "withdraw" else ""
    effect = _EFFECTS.get(result.severity, "")
    return Incident(
        key=f"check:{result.name}",
        title=f"check {result.name} failed",
        body=without_personal_data(f"Check {result.name} on {result.table} failed. {result.detail} {effect}{metrics}"),
    )


def release_withheld(blocking: Sequence[CheckResult]) -> Incident:
    """Nothing was released because checks of severity ``block`` failed; says so once, naming them."""
    names = ", ".join(result.name for result in blocking)
    return Incident(
        key="release",
        title="release withheld",
        body=f"Nothing was released, because of {names}. A release made before stays as it is.",
    )


def run_failed(error: BaseException, step: str | None = None) -> Incident:
    """A run stopped. An error whose text may quote rows is told by its kind only."""
    where = f" in step {step}" if step else ""
    if isinstance(error, SwotlightError) and error.code not in _QUOTING_CODES:
        told = " ".join(part for part in (error.message, error.hint) if part)
    else:
        told = f"The kind of error is {type(error).__name__}. The log in the workspace's logs/ folder tells more."
    key = f"run:{type(error).__name__}"
    if isinstance(error, SwotlightError):
        key = f"run:{error.code}" + (f":{Path(error.file).name}" if error.file else "")
    return Incident(
        key=key,
        title="refresh failed",
        body=without_personal_data(f"The refresh stopped{where}; nothing was released. {told}"),
    )


def source_stale(source: str, newest: datetime | None, limit_hours: float) -> Incident:
    """A live source has brought nothing new for longer than its limit."""
    since = f"Its newest row is of {newest:%Y-%m-%d %H:%M} UTC" if newest else "It has no dated row"
    return Incident(
        key=f"source:{source}",
        title=f"source {source} is stale",
        body=(
            f"Source {source} has brought nothing new. {since}; its limit is {limit_hours:g} hours. "
            f"See whether its export still runs, and put the newest file into landing/{source}/."
        ),
    )


def without_personal_data(text: str) -> str:
    """The text with everything that looks like an e-mail address or a telephone number taken out."""
    return " ".join(_PERSONAL.sub("[removed]", text).split())
