"""What the user set: `swotlight.yml`, the paths of a workspace, the environment, the wall clock.

The only module that knows a path, a default or an environment variable. Reading and locating errors in the YAML file
is done by `warehouse.settings_file`; making a new workspace by `warehouse.workspace`.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, available_timezones

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    IPvAnyNetwork,
    StringConstraints,
    field_validator,
)

from warehouse.errors import SwotlightError, UsageError
from warehouse.settings_file import check, read_yaml

CONFIG_NAME = "swotlight.yml"
WORKSPACE_VARIABLE = "SWOTLIGHT_WORKSPACE"
_zones = cache(available_timezones)
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

DEFAULT_HOST = "127.0.0.1"
DEFAULT_PORT = 8050
DEFAULT_SCHEDULE_PORT = 3000


def utc_now() -> datetime:
    """The wall clock, an aware UTC instant; asked here and nowhere else."""
    return datetime.now(UTC)


def default_workspace() -> Path:
    """The workspace of SWOTLIGHT_WORKSPACE, else the current folder."""
    return Path(os.environ.get(WORKSPACE_VARIABLE) or ".")


def child_environment(**values: str) -> dict[str, str]:
    """The environment for a child process: ours and the given variables."""
    return {**os.environ, **values}


def export_environment(**values: str) -> None:
    """Set variables that libraries read from the environment (dbt's profile, Dagster's home)."""
    os.environ.update(values)


def package_path(name: str) -> Path:
    """A folder of shipped data, such as ``dbt_project`` or ``ingestion/adapters``, in a clone or an installed wheel."""
    path = Path(__file__).resolve().parent.parent / name
    if not path.exists():
        raise SwotlightError(
            f"The installation lacks {name}; install Swotlight again.", code="installation", file=str(path)
        )
    return path


def _known_zone(name: str) -> str:
    if name not in _zones():
        from difflib import get_close_matches

        near = get_close_matches(name, _zones(), n=1, cutoff=0.4)
        raise ValueError(f"{name!r} is no time zone" + (f"; did you mean {near[0]}?" if near else ""))
    return name


def minutes_of_day(text: str) -> int:
    """``"09:30"`` as minutes since midnight; ``24:00`` is the end of the day. Raises ValueError."""
    hours, _, minutes = text.partition(":")
    if not (hours.isdigit() and minutes.isdigit() and len(minutes) == 2):
        raise ValueError(f"{text!r} is no time of day such as 09:00")
    total = int(hours) * 60 + int(minutes)
    if int(minutes) > 59 or total > 24 * 60:
        raise ValueError(f"{text!r} is no time of day such as 09:00")
    return total


def opening_minutes(span: str) -> tuple[int, int]:
    """``"09:00-17:30"`` as (540, 1050). Raises ValueError when it ends before it starts."""
    opens, dash, closes = span.partition("-")
    if not dash:
        raise ValueError(f"{span!r} is no span of hours such as 09:00-17:00")
    start, end = minutes_of_day(opens.strip()), minutes_of_day(closes.strip())
    if end <= start:
        raise ValueError(f"{span!r} ends before it starts; part hours over midnight into two days")
    return start, end


def _opening_span(span: str) -> str:
    opening_minutes(span)
    return span


def _unquoted_time(value: Any) -> Any:
    """YAML reads an unquoted 12:30 as the number 750."""
    return f"{value // 60:02}:{value % 60:02}" if isinstance(value, int) else value


def _time_of_day(text: str) -> str:
    minutes_of_day(text)
    return text


Zone = Annotated[str, AfterValidator(_known_zone)]
Span = Annotated[str, AfterValidator(_opening_span)]
TimeOfDay = Annotated[str, BeforeValidator(_unquoted_time), AfterValidator(_time_of_day)]
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
SourceName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,62}$")]
Share = Annotated[float, Field(ge=0, le=1)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Organisation(_Strict):
    """Who the figures are about, and when its days begin."""

    name: str = "My organisation"
    time_zone: Zone = "UTC"
    currency: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")] = "EUR"
    languages: list[Literal["en", "zh", "vi"]] = ["en"]
    business_hours: dict[Weekday, list[Span]] = {day: ["09:00-17:00"] for day in WEEKDAYS[:5]}  # type: ignore[misc]
    team_hours: dict[str, dict[Weekday, list[Span]]] = {}
    holidays: list[date] = []

    @property
    def zone(self) -> ZoneInfo:
        """The time zone as an object."""
        return ZoneInfo(self.time_zone)


class SourceSettings(_Strict):
    """One source of exports: ``landing/<name>/``."""

    adapter: str | None = None
    map: Path | None = None
    files: list[str] = ["**/*"]
    time_zone: Zone | None = None
    archive: bool = False
    stale_after_hours: Annotated[float, Field(gt=0)] = 36.0
    max_quarantine_share: Share | None = None
    removed: list[str] = []


class Threshold(_Strict):
    """When a contact counts as answered in time, and when giving up counts as a short abandon."""

    answer_within_seconds: Annotated[float, Field(gt=0)] = 20.0
    short_abandon_seconds: Annotated[float, Field(ge=0)] = 5.0


class Alerts(_Strict):
    """Who is told: addresses in apprise's form, such as ``mailto://…``."""

    to: list[str] = []


class Schedule(_Strict):
    """When `swotlight schedule` refreshes, in the organisation's time zone."""

    refresh_at: TimeOfDay = "05:00"


class Access(_Strict):
    """How other machines reach the dashboards: a reverse proxy signs people in and names them in a header.

    Only the proxy's own addresses are believed. Without ``user_header`` nobody is known, and nobody may write.
    """

    user_header: Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9-]{0,60}$")] | None = None
    proxies: list[IPvAnyNetwork] = [ip_network("127.0.0.1/32"), ip_network("::1/128")]
    editors: list[str] | None = None


class Engine(_Strict):
    """How much of the machine DuckDB may take."""

    memory_limit: str | None = None
    threads: Annotated[int, Field(ge=1)] | None = None


class Config(_Strict):
    """The content of `swotlight.yml`."""

    organisation: Organisation = Organisation()
    sources: dict[SourceName, SourceSettings] = {}
    thresholds: dict[str, Threshold] = {}
    max_quarantine_share: Share = 0.05
    alerts: Alerts = Alerts()
    access: Access | None = None
    schedule: Schedule = Schedule()
    engine: Engine = Engine()

    @field_validator("organisation", "sources", "thresholds", "alerts", "schedule", "engine", mode="before")
    @classmethod
    def _empty_is_default(cls, value: Any) -> Any:
        return {} if value is None else value

    @field_validator("sources", mode="before")
    @classmethod
    def _bare_source(cls, value: Any) -> Any:
        return {k: {} if v is None else v for k, v in value.items()} if isinstance(value, dict) else value


@dataclass(frozen=True)
class Paths:
    """Where everything of a workspace lies."""

    workspace: Path

    def __getattr__(self, name: str) -> Path:
        if name in _PLACES:
            return self.workspace / _PLACES[name]
        raise AttributeError(name)

    def folders(self) -> Iterator[Path]:
        """The folders every workspace has."""
        for name in ("reference", "maps", "landing", "build", "releases", "state", "logs"):
            yield getattr(self, name)


_PLACES = {
    "config": CONFIG_NAME,
    "reference": "reference",
    "maps": "maps",
    "landing": "landing",
    "build": "build",
    "build_db": "build/warehouse.duckdb",
    "release_draft": "build/draft.duckdb",
    "dbt_target": "build/dbt",
    "spill": "build/tmp",
    "releases": "releases",
    "pointer": "releases/current.json",
    "current_link": "releases/current.duckdb",
    "state": "state",
    "pseudonym_key": "state/pseudonym.key",
    "refresh_lock": "state/refresh.lock",
    "refresh_state": "state/refresh.json",
    "incidents": "state/incidents.sqlite",
    "objectives": "state/objectives.sqlite",
    "scenarios": "state/scenarios.sqlite",
    "logs": "logs",
    "dbt_logs": "logs/dbt",
    "dagster_home": "logs/dagster",
}


class Settings:
    """A workspace's configuration and paths; sections of `Config` are attributes."""

    organisation: Organisation
    sources: dict[str, SourceSettings]
    thresholds: dict[str, Threshold]
    max_quarantine_share: float
    alerts: Alerts
    access: Access | None
    schedule: Schedule
    engine: Engine

    def __init__(self, workspace: Path, config: Config) -> None:
        self.paths = Paths(workspace)
        self.config = config
        for name in Config.model_fields:
            setattr(self, name, getattr(config, name))

    def threshold(self, channel: str) -> Threshold:
        """The thresholds of a channel: its own, else ``default``'s, else 20 s and 5 s."""
        return self.thresholds.get(channel) or self.thresholds.get("default") or Threshold()


def load_settings(workspace: Path) -> Settings:
    """Read ``workspace/swotlight.yml``. Raises `SwotlightError` naming file, line, key and the nearest key."""
    workspace = Path(workspace).expanduser().resolve()
    path = workspace / CONFIG_NAME
    if not path.is_file():
        raise UsageError(
            f"{workspace} is no workspace: it has no {CONFIG_NAME}.",
            code="no_workspace",
            file=str(path),
            hint="Make one with `swotlight init DIR`, or name one with --workspace or SWOTLIGHT_WORKSPACE.",
        )
    content, places = read_yaml(path)
    return Settings(workspace, check(Config, content, places, path))
