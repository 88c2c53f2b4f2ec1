"""The data-quality strip: the row equation, then per source its state, its last loads, how far its data reach."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from dashboards import formats
from dashboards.components import markup as html
from dashboards.components.marks import glyph, load_bars
from dashboards.components.markup import Html
from dashboards.components.words import capital
from dashboards.figures.check_names import table_name
from dashboards.language import _, plural, spoken
from dashboards.names import source_words
from dashboards.queries.about import About

LOADS = 14
SHOWN_SOURCES = 8
_CHIEF = ("tickets", "contacts", "survey_responses", "agents", "job_postings")


def total(sources: Sequence[Mapping[str, Any]], field: str) -> int:
    """The sum of an accounting column over sources."""
    return int(sum(row.get(field) or 0 for row in sources))


def equation(sources: Sequence[Mapping[str, Any]]) -> list[Any]:
    """``1,204,331 rows read = 1,204,102 loaded + 187 quarantined + 42 exact duplicates``."""
    loaded = total(sources, "rows_inserted") + total(sources, "rows_updated")
    parts = [_("{count} loaded", count=formats.count(loaded))]
    for field, words in (
        ("rows_superseded", _("{count} older versions")),
        ("rows_quarantined", _("{count} quarantined")),
        ("rows_duplicate", _("{count} exact duplicates")),
    ):
        amount = total(sources, field)
        if amount or field == "rows_quarantined":
            parts.append(words.format(count=formats.count(amount)))
    first = _("{count} rows read =", count=formats.count(total(sources, "rows_read")))
    said: list[Any] = [first, html.Br()]
    for k, part in enumerate(parts):
        said += ["+ " if k else "", part, html.Br() if k % 2 else " "]
    return said


def source_state(source: Mapping[str, Any]) -> str:
    """The glyph of a source: late, with quarantined rows, or fine."""
    if source.get("is_stale"):
        return "missed"
    return "undecided" if (source.get("rows_quarantined") or 0) > 0.001 * (source.get("rows_read") or 1) else "met"


def source_note(source: Mapping[str, Any]) -> str:
    """On time, late, or how many rows are quarantined."""
    if source.get("is_stale"):
        return _("past its promise of {hours}\u202fh", hours=formats.number(source.get("stale_after_hours") or 0))
    quarantined = int(source.get("rows_quarantined") or 0)
    if quarantined:
        return plural(
            "{count} row quarantined", "{count} rows quarantined", quarantined, count=formats.count(quarantined)
        )
    return _("archive") if source.get("is_archive") else _("on time")


def source_title(source: Mapping[str, Any]) -> str:
    """A source's name in words."""
    return source_words(str(source["source"]))


def source_holds(source: Mapping[str, Any]) -> str:
    """What a source holds, or whose form it has where its name says what it holds already."""
    tables = _tables(source)
    first = capital(table_name(_chief(tables))) if tables else ""
    more = f" +{len(tables) - 1}" if len(tables) > 1 else ""
    if first and first.casefold() != source_title(source).casefold():
        return f"{first}{more}"
    adapter = str(source.get("adapter") or "")
    # A map that was proposed for files of no telling name is called source.
    if adapter in ("", str(source["source"])) or adapter.split("_")[0] == "source":
        return _("own map")
    return _("Generic form") if adapter.startswith("generic_") else adapter.replace("_", " ").capitalize()


def _tables(source: Mapping[str, Any]) -> list[str]:
    return [one.strip() for one in str(source.get("kind") or "").split(",") if one.strip()]


def _chief(tables: Sequence[str]) -> str:
    """The table that a source is for; the others come along with it."""
    return next((one for one in _CHIEF if one in tables), tables[0])


def upto(instant: datetime | None, local: Any, *, brief: bool = False) -> str:
    """``to 31 Oct 2026, 23:58``; brief: ``to 31 Oct 2026``."""
    if instant is None:
        return _("no dated rows")
    here = local(instant)
    day = formats.date_short(here.date(), year=True)
    return _("to {day}", day=day if brief else formats.moment(here, short=True))


def quality_strip(about: About, files: Sequence[Mapping[str, Any]], local: Any) -> Html:
    """The strip at the foot of the Overview."""
    loads: dict[str, list[tuple[float, bool]]] = defaultdict(list)
    for file in files:
        loads[str(file["source"])].append((float(file.get("rows_read") or 0), False))
    link = html.A(_("Quarantine"), href=spoken("/data-quality"), className="link go")
    first = html.Div(
        [
            html.H2(_("Data quality"), style={"fontSize": "14px", "lineHeight": "18px"}),
            html.P(equation(about.sources), className="equation num"),
            html.P([_("Bars: the last 14 files"), " · ", link], className="caption"),
        ]
    )
    shown = sorted(about.sources, key=lambda s: -(s.get("rows_read") or 0))[:SHOWN_SOURCES]
    columns = [_source(source, loads.get(str(source["source"]), [])[-LOADS:], local) for source in shown]
    return html.Section(
        [first, *columns], className="section quality-strip", style={"--sources": str(max(1, len(columns)))}
    )


def _source(source: Mapping[str, Any], loads: list[tuple[float, bool]], local: Any) -> Html:
    return html.Div(
        [
            html.H3([glyph(source_state(source)), source_title(source)], title=source_title(source)),
            html.P(source_holds(source), className="vendor", title=", ".join(map(table_name, _tables(source)))),
            load_bars(loads, _("rows of the last {count} files", count=len(loads))),
            html.P(upto(source.get("newest_record_at"), local, brief=True), className="upto num"),
            html.P(source_note(source), className="note"),
        ]
    )
