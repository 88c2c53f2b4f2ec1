"""The SWOT: four quadrants with their findings, and what could not be placed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dashboards import formats
from dashboards.figures import swot_sentences as words
from dashboards.figures import swot_words as further
from dashboards.figures.check_names import check_name
from dashboards.filters import Filters
from dashboards.language import _
from dashboards.queries import swot
from dashboards.reading import Reading
from dashboards.report.model import Block, Cross, Finding, Heading, Mark, Quadrant, Section, Text

_SHOWN = 5


def section(reading: Reading, filters: Filters) -> Section | None:
    """The four quadrants, then what could not be placed."""
    if not swot.periods(reading):
        return None
    board = swot.board(reading, filters)
    cross = Cross(tuple(_quadrant(reading, board, kind) for kind in swot.QUADRANTS))
    blocks: list[Block] = [Text(f"**{words.conclusion(board)}** {words.lede(board)}"), cross]
    blocks = [*_not_judged(board, filters), *blocks, *_unplaced(reading, board)]
    return Section("swot", _("Strengths, weaknesses, opportunities, threats"), tuple(blocks))


def _not_judged(board: swot.Board, filters: Filters) -> list[Block]:
    """Says so where the report's month was not judged and another stands in for it."""
    if board.period is None or filters.period.start == board.period:
        return []
    shown = formats.month_long(board.period)
    return [Text(_("{asked} has not been judged; this is {shown}.", asked=filters.period.label, shown=shown))]


def _quadrant(reading: Reading, board: swot.Board, kind: str) -> Quadrant:
    letters = {"strength": _("S"), "weakness": _("W"), "opportunity": _("O"), "threat": _("T")}
    shown = board.items[kind][:_SHOWN]
    remark = words.short_reason(board, kind)
    findings = tuple(_finding(reading, board, item) for item in shown)
    return Quadrant(kind, words.quadrant_name(kind), letters[kind], findings, remark)


def _finding(reading: Reading, board: swot.Board, item: swot.SwotItem) -> Finding:
    held = words.comparator_words(item.lead, item.unit, reading.currency) if item.lead else ""
    interval = _difference(item, reading.currency)
    place = item.position()
    parts = [held, interval, words.n_words(item.n), _p(item.p_adjusted)]
    mark = Mark(*place) if place else None
    return Finding(
        item.rank, words.finding(board, item), " · ".join(part for part in parts if part), mark, item.robustness
    )


def _difference(item: swot.SwotItem, currency: str) -> str:
    if item.low is None or item.high is None:
        return ""
    low, high = (words.difference_words(edge, item.unit, currency, item.value) for edge in (item.low, item.high))
    return _("difference {low} to {high}", low=low, high=high)


def _p(p: float | None) -> str:
    return "" if p is None else _("adjusted p {p}", p=formats.p_value(p))


def _unplaced(reading: Reading, board: swot.Board) -> list[Block]:
    blocks: list[Block] = []
    for title, items in ((_("Contested"), board.contested), (_("Watch"), board.watch)):
        said = [words.finding(board, item) for item in items]
        if said:
            blocks += [Heading(title), *(Text(sentence) for sentence in said[:_SHOWN])]
    if board.insufficient:
        names = words.gathered(board.insufficient, lambda row: _factor(reading, row), further.missing_words)
        blocks.append(Heading(_("Insufficient evidence")))
        blocks += [
            Text(_("**{factors}**: {missing}", factors=who, missing=missing), quiet=True) for who, missing in names
        ]
    for row in board.withdrawn:
        told = {"factor": _factor(reading, row), "check": check_name(str(row["check"]))}
        blocks.append(Text(_("Withdrawn: {factor}, because the check {check} failed.", **told), quiet=True))
    return blocks


def _factor(reading: Reading, row: Mapping[str, Any]) -> str:
    return words.factor_name(str(row["factor"]))
