"""How it was judged and what it cannot know; then the sources with their rows, freshness and what was put aside."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dashboards import formats
from dashboards.components.qualitystrip import source_title
from dashboards.components.tables import Column, Table
from dashboards.figures.check_names import check_name
from dashboards.filters import Filters
from dashboards.language import _, current
from dashboards.names import source_words
from dashboards.queries.about import about
from dashboards.reading import Reading
from dashboards.report.model import Block, Grid, Heading, Section, Text


def section(reading: Reading, filters: Filters) -> Section | None:
    """Method, limits, and what was withdrawn."""
    blocks: list[Block] = [Text(sentence) for sentence in _method()]
    blocks += [Heading(_("What this report cannot know"))]
    blocks += [Text(sentence) for sentence in _limits(reading)]
    return Section("method", _("Method and limitations"), tuple(blocks))


def _method() -> list[str]:
    return [
        _(
            "Every figure is a metric of one catalogue, computed from summed parts and divided last. Shares, means "
            "and scores carry their sample and a 95\u202f% interval; no data is said to be no data, never zero."
        ),
        _("A target is met or missed only when the whole interval lies on one side; otherwise it is undecided."),
        _(
            "A factor enters a quadrant when its difference from a target, its peers, last year, its trend or what was "
            "expected is both larger than the smallest worthwhile difference and beyond chance. All comparisons of the "
            "period are tested together at a false-discovery rate of 5\u202f% (Benjamini–Hochberg); variances are "
            "clustered by day, agent and customer where they are known, so that many contacts of one of them do not "
            "count as independent."
        ),
        _("A comparison shows what differs, not why. No cause is claimed unless it was tested."),
    ]


def _limits(reading: Reading) -> list[str]:
    known, said = about(reading), []
    withheld = known.withheld(current())
    if withheld:
        said.append(_("Withheld until their checks pass: {list}.", list=formats.say_list(withheld)))
    said += [_failed(check) for check in known.failed]
    if known.stale:
        said.append(
            _(
                "Past their promise of freshness: {list}.",
                list=formats.say_list([source_words(name) for name in known.stale]),
            )
        )
    put_aside = sum(int(source.get("rows_quarantined") or 0) for source in known.sources)
    read = sum(int(source.get("rows_read") or 0) for source in known.sources)
    slots = {"aside": formats.count(put_aside), "read": formats.count(read)}
    said.append(_("{aside} of {read} rows could not be read as they were and are put aside, in no figure.", **slots))
    said.append(_("Groups of fewer than five people show no score; employees appear only in groups."))
    return said


def _failed(check: Mapping[str, Any]) -> str:
    """A check that failed, by its name; what it found is written in English only."""
    name = check_name(str(check["check_name"]))
    if current() == "en":
        return _("The check “{name}” failed. {detail}", name=name, detail=check["detail"])
    return _("The check “{name}” failed; the page Data quality has the details.", name=name)


def sources_section(reading: Reading, filters: Filters) -> Section | None:
    """One row a source."""
    rows = tuple(
        {
            "source": source_title(source),
            "adapter": str(source.get("adapter") or "").replace("_", " ").capitalize(),
            "rows_read": source.get("rows_read"),
            "rows_quarantined": source.get("rows_quarantined"),
            "newest": reading.local(source["newest_record_at"]).date() if source.get("newest_record_at") else None,
            "state": _("archive")
            if source.get("is_archive")
            else _("late")
            if source.get("is_stale")
            else _("in time"),
        }
        for source in about(reading).sources
    )
    columns = (
        Column("source", _("Source"), strong=True),
        Column("adapter", _("Read as")),
        Column("rows_read", _("Rows read"), "count"),
        Column("rows_quarantined", _("Put aside"), "count"),
        Column("newest", _("Newest record"), "date"),
        Column("state", _("Freshness")),
    )
    return Section("sources", _("Sources"), (Grid("", Table(columns, rows)),)) if rows else None
