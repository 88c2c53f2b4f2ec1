"""What a release says about itself: when, up to when, its checks, its sources. For the block on every page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from analytics.metrics import Metric
from dashboards.reading import Reading
from warehouse.release_files import ReleaseInfo, names_on_disk, order, read_note

_CHECKS = "select * from quality.checks"
_WITHDRAWN = "select distinct metric, check_name, reason from quality.withdrawn"
_SOURCES = "select * from quality.sources"
_FILES = "select * from quality.files"
_QUARANTINE = "select source, file, reason, field, rows from quality.quarantine"
_COLUMNS = "select * from quality.schema_history"


@dataclass(frozen=True)
class About:
    """Facts of a release; instants on the organisation's clock."""

    name: str
    built_at: datetime
    data_to: datetime | None
    checks: tuple[Mapping[str, Any], ...]
    withdrawn: tuple[Mapping[str, Any], ...]
    sources: tuple[Mapping[str, Any], ...]
    metrics: Mapping[str, Metric]
    before: ReleaseInfo | None = None

    @property
    def failed(self) -> list[Mapping[str, Any]]:
        """Checks that failed."""
        return [check for check in self.checks if not check["passed"]]

    def label(self, metric: str, language: str) -> str:
        """A metric's name as people read it."""
        found = self.metrics.get(metric.strip())
        return found.label_in(language) if found else metric.strip().replace("_", " ")

    def withheld(self, language: str) -> list[str]:
        """The metrics that are null until their check passes, by label."""
        return list(dict.fromkeys(self.label(str(row["metric"]), language) for row in self.withdrawn))

    @property
    def stale(self) -> list[str]:
        """Sources past their promise."""
        return [str(source["source"]) for source in self.sources if source.get("is_stale")]

    @property
    def state(self) -> str:
        """The glyph of the release: met, undecided when a check failed, missed when a source is late."""
        if self.stale:
            return "missed"
        return "undecided" if self.failed else "met"


def about(reading: Reading) -> About:
    """The facts of the reading's release."""
    return reading.kept("about", lambda: _about(reading))


def withdrawn_by(reading: Reading, metric: str) -> str | None:
    """The failed check that withholds a metric."""
    return next((str(row["check_name"]) for row in about(reading).withdrawn if row["metric"] == metric), None)


def _about(reading: Reading) -> About:
    sources = reading.table(_SOURCES, order=("source",))
    # The newest row, not the instant of the refresh at which what is still open was judged.
    ends = [row["newest_record_at"] for row in sources if row.get("newest_record_at")] or [reading.release.as_of]
    return About(
        name=reading.release.name,
        built_at=reading.local(reading.release.built_at),
        data_to=reading.local(max(ends)),
        checks=tuple(reading.table(_CHECKS, order=("check_name",))),
        withdrawn=tuple(reading.table(_WITHDRAWN, order=("metric",))),
        sources=tuple(sources),
        metrics=reading.metrics(),
        before=_before(reading),
    )


def _before(reading: Reading) -> ReleaseInfo | None:
    """The release before this one, where it is still kept."""
    paths, name = reading.settings.paths, reading.release.name
    older = [one for one in names_on_disk(paths) if order(one) < order(name)]
    return read_note(paths, older[0]) if older else None


def files(reading: Reading) -> list[dict[str, Any]]:
    """Every file of every source with its accounting."""
    return reading.table(_FILES, order=("source", "loaded_at", "name"))


def quarantine(reading: Reading) -> list[dict[str, Any]]:
    """Quarantined rows by source, file, reason and field."""
    return reading.table(_QUARANTINE, order=("rows desc", "source", "file"))


def schema_history(reading: Reading) -> list[dict[str, Any]]:
    """Every column that a source's files ever had, with since when and whether it is gone."""
    return reading.table(_COLUMNS, order=("source", "shape", "column_name"))
