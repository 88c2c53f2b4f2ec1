"""The SWOT board's parts: legend, quadrants with their items, and what is not placed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dashboards import formats
from dashboards.components import markup as html
from dashboards.components.marks import badge, chip, evidence_strip, icon, pips, trend_icon
from dashboards.components.markup import Html
from dashboards.components.words import capital, plain, rich
from dashboards.figures import swot_marks as marks
from dashboards.figures import swot_sentences as words
from dashboards.figures import swot_words as further
from dashboards.figures.check_names import check_name
from dashboards.filters import Filters
from dashboards.language import _
from dashboards.queries.swot import Board, SwotItem

SHOWN = 5
STEADY_BELOW = 3
SHOWN_WATCH = 6


def legend() -> Html:
    """How to read a strip and the pips."""
    sample = html.Span(
        [html.Span(className="bar"), html.Span(className="dot")],
        className="legend-mark strip undecided filled",
        **{"aria-hidden": "true"},
    )
    parts = [
        html.Span([sample, _("value and 95\u202f% interval")]),
        html.Span([html.Span(className="legend-upright"), _("comparator")]),
        html.Span([html.Span(className="legend-zone"), _("grey: too small to matter")]),
        html.Span(_("← worse · better →")),
        html.Span([pips(0.8), _("stays in the top three in 80\u202f% of 1,000 re-weightings")]),
    ]
    return html.Div(parts, className="legend caption")


def quadrant(board: Board, name: str, filters: Filters, path: str, chosen: str | None, currency: str) -> Html:
    """One quadrant: badge, name, at most five items, the rest on request, and why it is short."""
    found = board.items[name]
    opened = name in (filters.extra("more") or "").split(",")
    shown = found if opened else found[:SHOWN]
    tally = (
        _("{shown} of {all}", shown=len(shown), all=len(found))
        if len(found) > len(shown)
        else formats.count(len(found))
    )
    head: list[Any] = [badge(name), html.H2(words.quadrant_name(name)), html.Span(tally, className="sub")]
    if len(found) > SHOWN:
        href = path + filters.query(more=None if opened else name)
        head.append(
            html.A(
                _("Fewer") if opened else _("{count} more", count=len(found) - SHOWN),
                href=href,
                className="link go caption more",
            )
        )
    parts: list[Any] = [html.Div(head, className="quadrant-head")]
    if shown:
        parts.append(html.Ol([html.Li(_item(board, item, filters, path, chosen, currency)) for item in shown]))
    reason = words.short_reason(board, name)
    if reason:
        parts.append(html.P([icon("scales"), html.Span(reason)], className="short-reason"))
    return html.Section(parts, className=f"quadrant {name}", id=name, **{"aria-label": words.quadrant_name(name)})


def _item(board: Board, item: SwotItem, filters: Filters, path: str, chosen: str | None, currency: str) -> Html:
    state = "helps" if item.quadrant in ("strength", "opportunity") else "hurts"
    is_chosen = item.factor == chosen
    said = html.P(rich(words.finding(board, item)), className="finding")
    main = html.Div([said, _strip_line(board, item, state, currency)])
    share = formats.percent(item.robustness, 0) if item.robustness is not None else ""
    direction, months = item.trend_direction or 0, item.trend_months or 0
    if "trend_months" not in item.told:
        direction, months = board.trends.get(item.metric, (0, 0))
    steady = months < STEADY_BELOW
    trend = html.Span(
        [trend_icon(0 if steady else direction), html.Span(_("mixed") if steady else _("{count} mo", count=months))],
        className="trend",
    )
    side = html.Div(
        [
            html.Span(
                [pips(item.robustness), html.Span(share, className="num")],
                className="robust",
                title=_("Stays in the top three in {share} of 1,000 re-weightings", share=share),
            ),
            trend,
        ],
        className="item-side caption",
    )
    return html.A(
        [html.Span([_moved(board, item), str(item.rank or "")], className="rank"), main, side],
        href=path + filters.query(item=None if is_chosen else item.factor),
        className="swot-item go is-selected" if is_chosen else "swot-item go",
        **{"data-item": item.factor, "aria-expanded": "true" if is_chosen else "false"},
    )


def _moved(board: Board, item: SwotItem) -> Html | None:
    """Before the rank: that the item is new here, or how many places it rose or fell."""
    sign, said = marks.mark_of(board.move(item.factor))
    if not sign:
        return None
    return html.Span(sign, className="moved", role="img", title=capital(said), **{"aria-label": capital(said)})


def _strip_line(board: Board, item: SwotItem, state: str, currency: str) -> Html:
    position = item.position()
    against = words.comparator_words(item.lead or item.told, item.unit or "count", currency)
    said = html.typeset(plain(f"{words.finding(board, item)} {against}"))
    strip = evidence_strip([position] if position else [], state=state, words=said)
    return html.Div(
        [strip, html.Span(f"{against} · {words.n_words(item.n)}", className="caption num")], className="strip-line"
    )


def not_placed(board: Board, filters: Filters, path: str, chosen: str | None, currency: str) -> Html:
    """Contested, watch, insufficient evidence, withdrawn: nothing here counts."""
    opened = "watch" in (filters.extra("more") or "")
    rows = [
        _open_row(
            board, item, chip("neutral", _("Contested"), "contested"), "contested", filters, path, chosen, currency
        )
        for item in board.contested
    ]
    rows += [
        _open_row(board, item, chip("neutral", _("Watch"), "eye"), "watch", filters, path, chosen, currency)
        for item in (board.watch if opened else _farthest(board.watch)[:SHOWN_WATCH])
    ]
    if len(board.watch) > SHOWN_WATCH:
        href = path + filters.query(more=None if opened else "watch")
        more = _("Fewer on watch") if opened else _("{count} more on watch", count=len(board.watch) - SHOWN_WATCH)
        rows.append(html.P(html.A(more, href=href, className="link go caption"), className="more-watch"))

    def label(row: Mapping[str, Any]) -> str:
        return words.factor_name(str(row["factor"]))

    for names, missing in words.gathered(board.insufficient, label, further.missing_words):
        mark = evidence_strip([], state="insufficient", words=_("insufficient evidence"))
        rows.append(
            _row(
                chip("dashed", _("Insufficient evidence"), None),
                names,
                missing,
                mark,
                _("no test"),
            )
        )
    for row in board.withdrawn:
        sentence = html.S(label(row))
        was = row.get("was") or {}
        former = marks.was_words(was.get("quadrant"), was.get("rank"))
        check = _("Check failed: {check}.", check=check_name(str(row.get("check"))))
        check += f" {capital(former)}." if former else ""
        rows.append(
            _row(
                chip("inverse", _("Withdrawn"), "withdrawn"),
                sentence,
                check,
                evidence_strip([(1.5, None, None)], state="withdrawn", words=_("withdrawn")),
                "",
            )
        )
    head = html.Div(
        [html.H2(_("Not placed")), html.Span(_("Nothing here counts towards a quadrant or a total."), className="sub")],
        className="not-placed-head",
    )
    if not rows:
        rows = [html.P(_("Every factor with evidence is in a quadrant."), className="second")]
    return html.Section([head, html.Div(rows)], className="section not-placed")


def _farthest(items: Sequence[SwotItem]) -> list[SwotItem]:
    """Items by how far they stand from their comparator."""
    return sorted(items, key=lambda item: -abs((item.position() or (0.0,))[0]))


def _open_row(
    board: Board, item: SwotItem, mark: Html, state: str, filters: Filters, path: str, chosen: str | None, currency: str
) -> Html:
    if state == "contested":
        positions = [
            p for p in (item.position(c) for c in item.comparisons if c.get("verdict") in ("better", "worse")) if p
        ]
        note = _("Better against one comparator, worse against another; the board decides which counts.")
    else:
        position = item.position()
        positions, note = [position] if position else [], _watch_words(item, currency)
    move = board.move(item.factor)
    if move is not None and move["change"] == "left":
        note = f"{note} · {marks.was_words(move.get('before_quadrant'), move.get('before_rank'))}"
    strip = evidence_strip(positions, state=state, words=html.typeset(plain(words.finding(board, item))))
    href = path + filters.query(item=None if item.factor == chosen else item.factor)
    classes = "not-placed-row swot-item go" + (" is-selected" if item.factor == chosen else "")
    parts = [
        html.Span(mark, className="state"),
        html.Div(
            [
                html.P(rich(words.finding(board, item)), className="finding"),
                html.P(note, className="caption"),
            ]
        ),
        strip,
        html.Span(words.n_words(item.n), className="caption num end"),
    ]
    return html.A(parts, href=href, className=classes, **{"data-item": item.factor})


def adjusted_p(p: float) -> str:
    """``adjusted p = 0.21`` or ``adjusted p < 0.001``."""
    written = formats.p_value(p)
    return _("adjusted p {p}", p=written) if written.startswith("<") else _("adjusted p = {p}", p=written)


def _watch_words(item: SwotItem, currency: str) -> str:
    said = words.comparator_words(item.lead or item.told, item.unit or "count", currency)
    return f"{said} · " + adjusted_p(item.p_adjusted) if item.p_adjusted is not None else said


def _row(mark: Html, sentence: Any, note: str, strip: Html, end: str) -> Html:
    main = html.Div([html.P(sentence, className="finding"), html.P(note, className="caption")])
    return html.Div(
        [html.Span(mark, className="state"), main, strip, html.Span(end, className="caption end")],
        className="not-placed-row",
    )
