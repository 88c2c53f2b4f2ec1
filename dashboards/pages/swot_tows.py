"""The TOWS tab: four kinds of pairs, each with the objective it proposes, and the objectives already adopted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dashboards import formats
from dashboards.components import markup as html
from dashboards.components.figure import empty
from dashboards.components.marks import badge, chip
from dashboards.components.markup import Html
from dashboards.components.proposal import proposal
from dashboards.components.words import rich
from dashboards.figures import swot_sentences as words
from dashboards.figures import swot_words as further
from dashboards.figures.swot_names import role_name
from dashboards.filters import Filters
from dashboards.language import _, current
from dashboards.queries import swot as queries
from dashboards.queries.objectives import objectives
from dashboards.reading import Reading

KINDS = ("SO", "WO", "ST", "WT")
SHOWN = 3
_BADGES = {"S": "strength", "W": "weakness", "O": "opportunity", "T": "threat"}


def tows(reading: Reading, board: queries.Board, filters: Filters, path: str) -> list[Any]:
    """Four kinds of pairs, each with the objective it proposes; and the objectives already adopted."""
    adopted = objectives(reading)
    if board.tows:
        taken = {str(row["pair"]) for row in adopted if row["state"] == "open"}
        cells = [_kind(reading, board, kind, filters, path, taken) for kind in KINDS]
        shown = html.Div(cells, className="tows")
    else:
        shown = empty(
            _("No pair of an inside and an outside item stands."),
            _("A pair needs an outside item that bears on the theme of an inside one."),
        )
    return [shown, _objectives(reading, adopted)]


def _kind(reading: Reading, board: queries.Board, kind: str, filters: Filters, path: str, taken: set[str]) -> Html:
    pairs = each_inside_first([pair for pair in board.tows if pair["kind"] == kind])
    opened = kind.lower() in (filters.extra("more") or "").split(",")
    shown = pairs if opened else pairs[:SHOWN]
    head: list[Any] = [badge(_BADGES[letter], small=True) for letter in kind]
    head.append(html.H2(further.pair_kind(kind)))
    if len(pairs) > SHOWN:
        text = _("Fewer") if opened else _("{count} more", count=len(pairs) - SHOWN)
        address = path + filters.query(more=None if opened else kind.lower())
        head.append(html.A(text, href=address, className="link go caption more"))
    rows = [html.Li(_pair(reading, pair, filters, path, taken)) for pair in shown]
    body: Any = html.Ol(rows) if rows else html.P(_("No pair."), className="second")
    return html.Section([html.Div(head, className="quadrant-head"), body], className="tows-kind")


def each_inside_first(pairs: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Every inside item with its strongest pair, then what repeats an objective: three places show three objectives."""
    best = {str(pair["inside_factor"]): pair for pair in reversed(pairs)}
    return sorted(pairs, key=lambda pair: best[str(pair["inside_factor"])] is not pair)


def _pair(reading: Reading, pair: Mapping[str, Any], filters: Filters, path: str, taken: set[str]) -> list[Html]:
    metric = reading.metrics().get(str(pair["metric"]))
    inside = html.A(
        words.factor_name(pair["inside_factor"]),
        href=path + filters.query(tab=None, item=pair["inside_factor"]),
        className="link go",
    )
    owner = _("Owner: {owner}", owner=role_name(pair["owner_role"]) or _("nobody yet"))
    about = html.P([inside, " × ", words.factor_name(pair["outside_factor"]), " · ", owner], className="caption")
    name = f"pair-{''.join(c if c.isalnum() else '-' for c in str(pair['pair']))}"
    unit = metric.unit if metric else "count"
    as_of = reading.local(reading.release.as_of).date()
    if pair["pair"] in taken:
        end = chip("neutral", _("Adopted"), "check")
    else:
        end = proposal(name, pair, unit, reading.currency, as_of)
    return [html.P(rich(further.pair_sentence(pair)), className="finding"), about, end]


def _objectives(reading: Reading, rows: list[dict[str, Any]]) -> Html:
    head = html.H2(_("Adopted objectives"))
    if not rows:
        nothing = _("None has been adopted yet. A pair’s button, or an item’s, adopts what it proposes.")
        return html.Section([head, html.P(nothing, className="second")], className="section")
    parts = [html.Li(_objective(reading, row)) for row in reversed(rows)]
    return html.Section([head, html.Ol(parts)], className="section tows-kind")


def _objective(reading: Reading, row: Mapping[str, Any]) -> list[Html]:
    metric = reading.metrics().get(str(row["metric"]))
    label, unit = (metric.label_in(current()), metric.unit) if metric else (str(row["metric"]), "count")
    sentence = further.objective_sentence(row, label, unit, reading.currency)
    notes = [_("Owner: {owner}", owner=role_name(row["owner"])), str(row["actions"] or ""), _adopted(row)]
    return [
        html.P(rich(sentence), className="finding"),
        html.P(" · ".join(note for note in notes if note), className="caption"),
    ]


def _adopted(row: Mapping[str, Any]) -> str:
    day = formats.date_short(further.day_of(row["adopted_at"]), year=True)
    return _("adopted on {day} by {name}", day=day, name=row["adopted_by"])
