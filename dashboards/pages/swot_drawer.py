"""The evidence drawer of the SWOT page: what stands behind one item."""

from __future__ import annotations

from dashboards import formats
from dashboards.components.drawer import drawer
from dashboards.components.drawer_shape import Drawer
from dashboards.components.figure import Foot
from dashboards.components.markup import Html
from dashboards.components.tables import Column, Table
from dashboards.components.worst import Worst
from dashboards.figures.lines import line_figure
from dashboards.figures.overview import points_of
from dashboards.figures.plotting import Plot, View
from dashboards.figures.sentences import tidy
from dashboards.figures.series import Goal, LineChart, Point, Series, longest_below, stand
from dashboards.figures.swot_sentences import factor_name
from dashboards.filters import DIMENSIONS, Filters
from dashboards.language import _, current
from dashboards.pages.parts import data_link, definition_of, rows_link
from dashboards.queries import swot as queries
from dashboards.queries import swot_views as views
from dashboards.queries.about import about
from dashboards.queries.objectives import proposal_of
from dashboards.reading import Reading

_FACTS = {
    "fct_tickets": ("ticket", "resol", "repl", "sla", "reopen", "fcr", "backlog", "complaint"),
    "fct_survey_answers": ("csat", "nps", "ces"),
    "fct_applications": ("fill", "offer"),
}


# The board's own state, which other pages do not know.
_OWN: dict[str, None] = dict.fromkeys(("item", "entity", "tab", "more", "against", "theme", "beside", "since"))


def _fact_of(metric: str) -> str:
    return next((fact for fact, signs in _FACTS.items() if any(sign in metric for sign in signs)), "fct_contacts")


def history_table(reading: Reading, board: queries.Board, item: queries.SwotItem) -> Table:
    unit = item.unit or "count"
    columns = (
        Column("month", _("Month"), "date"),
        Column("value", _("Value"), unit, strong=True),
        Column("low", _("Interval from"), unit),
        Column("high", _("Interval to"), unit),
        Column("n", _("n"), "count"),
    )
    rows = [
        {"month": r.period, "value": r.value, "low": r.low, "high": r.high, "n": r.n}
        for r in reversed(queries.history(reading, board, item))
    ]
    return Table(columns, tuple(rows), reading.currency)


def evidence_drawer(
    reading: Reading, board: queries.Board, item: queries.SwotItem, filters: Filters, view: View, path: str
) -> Html:
    """The drawer of one item of the board at `path`."""
    item = queries.with_evidence(reading, board, item)
    order = [one.factor for one in board.ordered()]
    at = order.index(item.factor)
    metric = reading.metrics().get(item.metric)
    figure, title = _drawer_figure(reading, board, item, view)
    held = {board.dimension: board.value} if board.value and board.dimension in DIMENSIONS else {}
    scoped = filters.with_(**_OWN, **held)
    names = {
        name for row in item.comparisons for name in str(row.get("rests_on") or "").replace("|", " ").split()
    } | set(metric.rests_on if metric else ())
    checks = [
        check
        for check in about(reading).checks
        if check["check_name"] in names or item.metric in (check.get("metrics") or [])
    ]
    return drawer(
        Drawer(
            board=board,
            item=item,
            metric=metric,
            currency=reading.currency,
            figure=figure,
            figure_title=title,
            figure_sub=_(
                "{label}, monthly, 95\u202f% interval",
                label=factor_name(item.factor) if item.slice or not metric else metric.label_in(current()),
            ),
            foot=Foot(
                definition=definition_of(reading, item.metric),
                rows=rows_link(_fact_of(item.metric), scoped),
                data=data_link(path, "history", filters),
                has_picture=True,
            ),
            checks=checks,
            definition=definition_of(reading, item.metric),
            close=path + filters.query(item=None),
            previous=path + filters.query(item=order[at - 1]) if at else None,
            following=path + filters.query(item=order[at + 1]) if at + 1 < len(order) else None,
            standings=queries.standings(reading, board, item.factor),
            worst=[_worst_link(cut, item, board, filters, path) for cut in views.worst(reading, board, item)],
            proposed=proposal_of(queries.with_pairs(reading, board), item),
            as_of=reading.local(reading.release.as_of).date(),
        )
    )


def _worst_link(cut: views.Cut, item: queries.SwotItem, board: queries.Board, filters: Filters, path: str) -> Worst:
    """The cut's own board with this item open; its rows where it has no board of its own."""
    if cut.has_board:
        return Worst(cut, path + filters.query(entity=f"{cut.dimension}:{cut.value}", item=item.factor, beside=None))
    held = {board.dimension: board.value} if board.value and board.dimension in DIMENSIONS else {}
    scoped = filters.with_(**_OWN, **{**held, cut.dimension: cut.value})
    return Worst(cut, rows_link(_fact_of(item.metric), scoped))


def _drawer_figure(
    reading: Reading, board: queries.Board, item: queries.SwotItem, view: View
) -> tuple[Plot | None, str]:
    points = points_of(queries.history(reading, board, item))
    known = [p for p in points if p.value is not None]
    unit = item.unit or "count"
    if len(known) < 2:
        return None, ""
    goal = _goal(reading, item, unit)
    title = _title(reading, item, goal, known)
    verdict = {"strength": "met", "weakness": "missed"}.get(item.quadrant, "no-target")
    chart = LineChart((Series("", points, verdict),), unit, "", goal, labels=False, currency=reading.currency)
    return line_figure(chart, view, height=168, right=70), title


def _goal(reading: Reading, item: queries.SwotItem, unit: str) -> Goal | None:
    target = next((c for c in item.comparisons if c["comparator"] == "target"), None)
    if target is None or target.get("comparator_value") is None:
        return None
    words = _("Target {value}", value=tidy(target["comparator_value"], unit, reading.currency))
    return Goal(target["comparator_value"], item.direction != "lower", words)


def _title(reading: Reading, item: queries.SwotItem, goal: Goal | None, known: list[Point]) -> str:
    """What the line says about the comparison that leads the item."""
    if item.comparator == "previous" and item.value is not None and item.comparator_value is not None:
        unit = item.unit or "count"
        now = formats.quantity(item.value, unit, currency=reading.currency)
        then = formats.quantity(item.comparator_value, unit, currency=reading.currency)
        return _("{now} now, {then} a year before", now=now, then=then)
    if goal is None:
        return _("The last {count} months", count=len(known))
    below = longest_below(known, goal)
    if all(stand(point, goal) == "met" for point in known):
        return _("On target in all {count} months", count=len(known))
    # What is on watch is neither: a month above or below its target is no finding.
    if item.quadrant == "watch":
        return _("The last {count} months", count=len(known))
    if below == 0:
        return _("On target in the last month")
    if below == len(known):
        return _("Off target in all {count} months", count=below)
    return _("Off target since {month}", month=formats.month_long(known[-below].day))
