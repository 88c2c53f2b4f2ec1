"""Two boards side by side: a factor a row, where it stands on each, with number, comparator and strip."""

from __future__ import annotations

from typing import Any

from dashboards import formats
from dashboards.components import markup as html
from dashboards.components.boards import legend
from dashboards.components.marks import badge, evidence_strip
from dashboards.components.markup import Html
from dashboards.components.words import plain
from dashboards.figures import swot_sentences as words
from dashboards.filters import Filters
from dashboards.language import _, plural
from dashboards.queries.swot import QUADRANTS, Board, SwotItem
from dashboards.queries.swot_views import Pairing, pairings


def beside(here: Board, there: Board, filters: Filters, path: str, currency: str) -> list[Any]:
    """The factors placed on either board; those that stand differently come first."""
    found = pairings(here, there)
    differ = sum(1 for one in found if (one.here and one.here.quadrant) != (one.there and one.there.quadrant))
    said = plural(
        "{count} of {all} factors stands differently; it comes first.",
        "{count} of {all} factors stand differently; they come first.",
        differ,
        count=formats.count(differ),
        all=formats.count(len(found)),
    )
    head = html.Tr(
        [
            html.Th(_("Factor"), className="left"),
            *[html.Th(_board_head(made), className="left", colSpan=2) for made in (here, there)],
        ]
    )
    rows = [html.Tr(_cells(one, (here, there), filters, path, currency)) for one in found]
    table = html.Table([html.Thead(head), html.Tbody(rows)], className="table-plain pair-table")
    return [
        legend(),
        html.P(said, className="second"),
        html.Div(table, className="table-scroll", role="region", tabIndex=0, **{"aria-label": _("Two boards")}),
    ]


def _board_head(made: Board) -> list[Any]:
    scores = [
        f"{name} {formats.number(score, 2)}"
        for name, score in ((_("Internal (IFE)"), made.ife), (_("External (EFE)"), made.efe))
        if score is not None
    ]
    return [html.B(words.whose(made)), html.Span(" · ".join(scores), className="caption")]


def _cells(one: Pairing, boards: tuple[Board, Board], filters: Filters, path: str, currency: str) -> list[Html]:
    name = html.A(
        words.factor_name(one.factor), href=path + filters.query(item=one.factor), className="link go",
        **{"data-item": one.factor},
    )  # fmt: skip
    return [
        html.Td(name, className="left"),
        *_side(boards[0], one.here, currency),
        *_side(boards[1], one.there, currency),
    ]


def _side(made: Board, item: SwotItem | None, currency: str) -> list[Html]:
    if item is None:
        return [html.Td(_("not judged"), className="left muted", colSpan=2)]
    placed = item.quadrant in QUADRANTS
    state = "helps" if item.quadrant in ("strength", "opportunity") else "hurts" if placed else "watch"
    unit = item.unit or "count"
    value = str(formats.quantity(item.value, unit, currency=currency)) if item.value is not None else _("no data")
    against = words.comparator_words(item.lead or item.told, unit, currency)
    position = item.position()
    said = html.typeset(plain(f"{words.finding(made, item)} {against}"))
    strip = evidence_strip([position] if position else [], state=state, words=said)
    sign = badge(item.quadrant, small=True) if placed else None
    stand = html.Div([sign, html.Span(words.standing(item.quadrant, item.rank))], className="pair-stand")
    number = html.P([html.B(value), f" · {against} · {words.n_words(item.n)}"], className="caption num")
    return [html.Td([stand, number], className="left wide"), html.Td(strip, className="strip-cell")]
