"""What follows from the board: the weak link of the chain, pairs of inside and outside, objectives, what moved."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dashboards.components.tables import Column, Table
from dashboards.figures import swot_words as words
from dashboards.figures.swot_names import role_name
from dashboards.figures.swot_sentences import factor_name
from dashboards.filters import Filters
from dashboards.language import _, current
from dashboards.queries import swot
from dashboards.queries.objectives import objectives
from dashboards.reading import Reading
from dashboards.report.model import Block, Grid, Heading, Section, Text

_PAIRS = 8
_MOVES = 10


def chain_section(reading: Reading, filters: Filters) -> Section | None:
    """How the stages of a contact hold together, and the one that costs most satisfaction."""
    chain = _decided(reading, filters).chain if swot.periods(reading) else []
    if not chain:
        return None
    rows = tuple({"stage": words.stage_name(str(one["stage"])), "cost": words.stage_words(one)} for one in chain)
    columns = (Column("stage", _("Stage"), strong=True), Column("cost", _("Cost in satisfaction")))
    blocks = (Text(words.chain_sentence(chain)), Grid("", Table(columns, rows)))
    return Section("chain", _("The chain from contact to after-care"), blocks)


def objectives_section(reading: Reading, filters: Filters) -> Section | None:
    """Pairs with their proposed objectives, what was adopted, what moved since the judgement before."""
    if not swot.periods(reading):
        return None
    board, blocks = _decided(reading, filters), list[Block]()
    if board.tows:
        blocks.append(Grid(_("Pairs of inside and outside, each with a proposed objective"), _pairs(board)))
    adopted = [_objective(reading, one) for one in objectives(reading)]
    blocks.append(Heading(_("Adopted objectives")))
    blocks += [Text(said) for said in adopted] or [Text(_("None has been adopted yet."), quiet=True)]
    if board.moved:
        blocks.append(Heading(_("What moved")))
        blocks += [Text(words.move_sentence(move)) for move in board.moved[:_MOVES]]
    return Section("objectives", _("Pairs and objectives"), tuple(blocks))


def _decided(reading: Reading, filters: Filters) -> swot.Board:
    return swot.with_decisions(reading, swot.board(reading, filters))


def _best(board: swot.Board) -> list[Mapping[str, Any]]:
    """The first pairs of each kind: no kind takes the room of another."""
    kinds = list(dict.fromkeys(pair["kind"] for pair in board.tows))
    each = max(2, _PAIRS // max(1, len(kinds)))
    return [pair for kind in kinds for pair in [p for p in board.tows if p["kind"] == kind][:each]]


def _pairs(board: swot.Board) -> Table:
    columns = (
        Column("kind", _("Pair")),
        Column("inside", _("Inside")),
        Column("outside", _("Outside")),
        Column("objective", _("Proposed objective")),
    )
    rows = tuple(
        {
            "kind": words.pair_kind(pair["kind"]),
            "inside": factor_name(pair["inside_factor"]),
            "outside": factor_name(pair["outside_factor"]),
            "objective": words.pair_sentence(pair),
        }
        for pair in _best(board)
    )
    return Table(columns, rows)


def _objective(reading: Reading, one: dict[str, object]) -> str:
    metric = reading.metrics().get(str(one["metric"]))
    label = metric.label_in(current()) if metric else str(one["metric"])
    said = words.objective_sentence(one, label, metric.unit if metric else "", reading.currency)
    owner = role_name(str(one.get("owner") or ""))
    return " ".join([said, _("Owner: {owner}", owner=owner)]) if owner else said
