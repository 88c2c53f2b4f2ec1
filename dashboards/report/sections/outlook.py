"""Staffing, people and market: the conclusions, main figures and tables of their pages."""

from __future__ import annotations

from dataclasses import replace

from dashboards import formats
from dashboards.figures import market as market_figures
from dashboards.figures import market_sentences, people_sentences, people_tables, staffing_sentences
from dashboards.figures import people as people_figures
from dashboards.figures import staffing_tables as staffing_figures
from dashboards.filters import Filters
from dashboards.language import _
from dashboards.queries import market, people, staffing
from dashboards.reading import Reading
from dashboards.report.model import Block, Grid, Lines, Section, Text

_MOST = 12
_WEEK = ("week", "required_p50", "available_p10", "available_p50", "available_p90", "gap", "with_plan", "service_level")
_PLAN = ("team", "people", "open_by", "start_on", "productive_on", "cost_a_month", "on_time_probability", "state")
_SERIES = ("indicator", "segment", "region", "month", "value", "growth", "published")
_STANDING = ("attribute", "subject", "ours", "value", "n", "difference", "low", "high", "p", "verdict")


def staffing_section(reading: Reading, filters: Filters) -> Section | None:
    """Required against available for the weeks ahead, the hiring plan, what each lever would buy."""
    found = staffing.outlook(reading, filters)
    if not found.weeks:
        return None
    blocks: list[Block] = [
        Text(f"**{staffing_sentences.conclusion(found)}** {staffing_sentences.lede(found)}"),
        _cut(Grid(staffing_sentences.gap_title(found), staffing_figures.week_table(found)), *_WEEK),
    ]
    plan = staffing.plan(reading, filters)
    if plan:
        blocks.append(_cut(Grid(_("Hiring plan"), staffing_figures.plan_table(plan, reading.currency)), *_PLAN))
    levers = staffing.levers(reading)
    if levers:
        blocks.append(_cut(Grid(staffing_sentences.lever_title(levers), staffing_figures.lever_table(levers))))
    return Section("staffing", _("Staffing outlook"), tuple(blocks))


def people_section(reading: Reading, filters: Filters) -> Section | None:
    """Turnover over time, the way of applications, sources."""
    facts, facets = people.facts(reading, filters), people.facets(reading, filters)
    if all(fact.row is None or fact.row.value is None for fact in facts.values()):
        return None
    waits, pay = people.waiting(reading, filters), people.pay(reading)
    conclusion, lede = people_sentences.conclusion(facts, facets), people_sentences.lede(facts, waits, pay)
    blocks: list[Block] = [Text(f"**{conclusion}** {lede}")]
    blocks.append(_cut(Grid("", people_figures.fact_table(list(facts.values()), reading.currency))))
    stages = people.funnel(reading, filters)
    if stages:
        blocks.append(_cut(Grid(people_sentences.funnel_title(stages), people_figures.funnel_table(stages))))
    sources = people.sources(reading, filters)
    if sources:
        blocks.append(_cut(Grid(people_sentences.source_title(sources), people_tables.source_table(sources))))
    return Section("people", _("People and recruiting"), tuple(blocks))


def market_section(reading: Reading, filters: Filters) -> Section | None:
    """The index with our own series, where competitors stand, dated rules and programmes."""
    until = market.horizon(reading, filters)
    lines, standings, events = market.lines(reading, until), market.standings(reading), market.events(reading)
    newest = market.newest(reading, until)
    if not (lines or standings or newest):
        return None
    blocks: list[Block] = [Text(f"**{market_sentences.conclusion(lines)}** {market_sentences.lede(standings, events)}")]
    if lines:
        base = formats.month_long(lines[0].base_on)
        sub = _("Index, {month} = 100, latest vintages; market series of the sector nearest to our work.", month=base)
        blocks.append(Lines(market_sentences.index_title(lines), sub, market_figures.index_chart(lines)))
    if newest:
        title, shown = market_sentences.labour_title(newest), market.leading(newest, market.homes(reading, until))
        blocks.append(_cut(Grid(title, market_figures.series_table(shown, reading.currency)), *_SERIES))
    if standings:
        title = market_sentences.standing_title(standings)
        blocks.append(_cut(Grid(title, market_figures.standing_table(standings)), *_STANDING))
    if events:
        blocks.append(_cut(Grid(market_sentences.events_title(events), market_figures.event_table(events))))
    return Section("market", _("Market"), tuple(blocks))


def _cut(block: Grid, *keys: str) -> Grid:
    """The columns that a sheet of paper has room for and at most a dozen rows; the page has all."""
    if keys:
        columns = tuple(column for column in block.table.columns if column.key in keys)
        block = replace(block, table=replace(block.table, columns=columns))
    rows = block.table.rows
    if len(rows) <= _MOST:
        return block
    note = _("{shown} of {all} rows; the page has all.", shown=formats.count(_MOST), all=formats.count(len(rows)))
    return replace(block, table=replace(block.table, rows=rows[:_MOST]), note=note)
