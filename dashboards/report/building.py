"""Put the report together: the conclusion first, then its evidence in the order a board reads."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from dashboards import formats
from dashboards.filters import Filters
from dashboards.language import _, speaking
from dashboards.queries.about import about
from dashboards.reading import Reading, Readings
from dashboards.report.model import Report, Section
from dashboards.report.sections import board, decisions, method, outlook, scorecard, summary
from warehouse.errors import SwotlightError, UsageError
from warehouse.release_files import disk_sentences
from warehouse.settings import Settings

FORMATS = ("html", "pdf", "pptx")
LANGUAGES = ("en", "zh", "vi")
_SECTIONS: tuple[Callable[[Reading, Filters], Section | None], ...] = (
    scorecard.section,
    board.section,
    decisions.chain_section,
    decisions.objectives_section,
    outlook.staffing_section,
    outlook.people_section,
    outlook.market_section,
    method.section,
    method.sources_section,
)


def write_report(settings: Settings, target: Path, *, form: str, language: str, period: str | None = None) -> Path:
    """Write the board report of the current release to `target`.

    ``form`` is html, pdf or pptx; ``language`` en, zh or vi; ``period`` a month (2026-10), quarter or year, by default
    the last whole month. Raises `UsageError` for a period without data, `SwotlightError` before the first release.
    """
    readings = Readings(settings)
    try:
        with speaking(language):
            report = build_report(readings.now(), language=language, period=period)
            _write(report, target, form)
    finally:
        readings.close()
    return target


def _write(report: Report, target: Path, form: str) -> None:
    """All of it or nothing: an interrupted report leaves the file that was there."""
    draft = target.with_name(f".{target.name}.part")
    with disk_sentences(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            _writer(form)(report, draft)
            draft.replace(target)
        finally:
            draft.unlink(missing_ok=True)


def build_report(reading: Reading, *, language: str, period: str | None = None) -> Report:
    """What the report of a release says, in the language being spoken."""
    filters = reading.filters(f"period={period}" if period else "")
    if filters.ignored:
        months = reading.choices().months
        known = f"{months[0]:%Y-%m} to {months[-1]:%Y-%m}" if months else "none"
        raise UsageError(
            f"There is no period {period!r} with data; months with data: {known}.", code="period", key=period
        )
    found = [make(reading, filters) for make in _SECTIONS]
    conclusion, lede = summary.said(reading, filters)
    return Report(
        language=language,
        title=_("Board report"),
        organisation=reading.settings.organisation.name,
        period=filters.period.label,
        made_at=reading.release.info.built_at,
        conclusion=conclusion,
        lede=lede,
        facts=_facts(reading),
        sections=tuple(section for section in found if section and section.blocks),
    )


def _facts(reading: Reading) -> tuple[tuple[str, str], ...]:
    known = about(reading)
    failed = len(known.failed)
    checks = _("{all} made, {failed} failed", all=formats.count(len(known.checks)), failed=formats.count(failed))
    facts = [(_("Release"), known.name), (_("Built"), _instant(known.built_at))]
    if known.data_to:
        facts.append((_("Data up to"), _instant(known.data_to)))
    return (*facts, (_("Checks"), checks), (_("Time zone"), reading.settings.organisation.time_zone))


def _instant(instant: object) -> str:
    from datetime import datetime

    assert isinstance(instant, datetime)
    return formats.moment(instant)


def _writer(form: str) -> Callable[[Report, Path], None]:
    if form == "html":
        from dashboards.report.page import write_page

        return write_page
    if form == "pdf":
        from dashboards.report.paper import write_paper

        return write_paper
    if form == "pptx":
        from dashboards.report.slides import write_slides

        return write_slides
    raise SwotlightError(f"There is no report as {form!r}; there is {', '.join(FORMATS)}.", code="format", key=form)
