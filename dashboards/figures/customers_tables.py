"""The tables of Customers and needs: raw values with codes in words; page, panel and CSV draw on them alike."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dashboards import formats
from dashboards.components.tables import Column, Table
from dashboards.figures.customers_words import (
    attribute_name,
    class_name,
    cut_name,
    group_name,
    instrument_name,
    item_name,
    kano_name,
    kind_name,
    loyalty_name,
    need_name,
    note_words,
    place_name,
    quarter_name,
    survey_name,
    theme_name,
    verdict_name,
    wave_name,
    wave_verdict,
)
from dashboards.filters import shown_value
from dashboards.language import _
from dashboards.queries.customers import Month

Row = dict[str, Any]


def _points(share: float | None) -> float | None:
    """A difference of shares in points."""
    return None if share is None else 100 * share


def _table(columns: Sequence[Column], rows: Sequence[Row]) -> Table:
    return Table(tuple(columns), tuple(rows))


def _ends(kind: str, of: str = "") -> tuple[Column, Column]:
    """The two ends of an interval; ``of`` is what stands before ``low`` and ``high`` in the rows."""
    return Column(f"{of}low", _("from"), kind), Column(f"{of}high", _("to"), kind)


def satisfaction_table(months: Sequence[Month]) -> Table:
    """Months, newest first."""
    columns = (
        Column("period", _("Month"), "date"),
        Column("weighted", _("Weighted"), "ratio", strong=True),
        *_ends("ratio"),
        Column("raw", _("As answered"), "ratio"),
        Column("n", _("n"), "count"),
    )
    return _table(columns, [{**vars(m), "period": m.day} for m in reversed(months)])


def drivers_table(rows: Sequence[Row]) -> Table:
    """Attributes with importance, performance and quarter."""
    columns = (
        Column("attribute", _("Attribute")),
        Column("importance", _("Importance"), "ratio", strong=True),
        *_ends("ratio", "importance_"),
        Column("performance", _("Mean rating"), "score", strong=True),
        *_ends("score", "performance_"),
        Column("quarter", _("Quarter")),
        Column("is_clear", _("Beyond chance")),
        Column("n", _("n"), "count"),
    )
    named = [{**r, "attribute": attribute_name(r["attribute"]), "quarter": quarter_name(r["quarter"])} for r in rows]
    return _table(columns, named)


def gaps_table(rows: Sequence[Row]) -> Table:
    """Expected against seen per dimension and item."""
    columns = (
        Column("name", _("Dimension")),
        Column("item", _("Item")),
        Column("gap", _("Gap"), "score", strong=True),
        *_ends("score"),
        Column("perception", _("Seen"), "score"),
        Column("expectation", _("Expected"), "score"),
        Column("n", _("n"), "count"),
    )
    named = [
        {**r, "name": attribute_name(r.get("dimension") or r["item_or_dimension"]),
         "item": item_name(r["item_or_dimension"]) if r["level"] == "item" else _("all")}
        for r in rows
    ]  # fmt: skip
    return _table(columns, named)


def needs_table(rows: Sequence[Row]) -> Table:
    """Every need with all that is known of it."""
    columns = (
        Column("need", _("Need")),
        Column("theme", _("Theme")),
        Column("kind", _("Kind")),
        Column("frequency", _("Times"), "count", strong=True),
        Column("share", _("Share"), "ratio"),
        Column("trend", _("Trend a month, points"), "change", "in"),
        Column("csat_met", _("Satisfied when met"), "ratio"),
        Column("resolution_rate", _("Solved in 30 days"), "ratio"),
        Column("importance", _("Importance"), "ratio"),
        Column("urgency", _("Urgency"), "ratio"),
        Column("place", _("Place")),
    )
    named = [
        {
            **r,
            "need": need_name(r["need"]),
            "theme": theme_name(r["theme"]),
            "kind": kind_name(r["kind"]),
            "place": place_name(r.get("place")),
            "trend": _points(r.get("trend")),
            "in": "score",
        }
        for r in rows
    ]
    return _table(columns, named)


def segments_table(rows: Sequence[Row], cut: str, currency: str) -> Table:
    """Customers by one cut."""
    columns = (
        Column("segment_name", cut_name(cut)),
        Column("customers", _("Customers"), "count", strong=True),
        Column("customer_share", _("Share"), "ratio"),
        Column("spend_per_customer", _("Spend each, 12 months"), "currency"),
        Column("requests_per_customer", _("Requests each"), "score"),
        Column("csat", _("Satisfied"), "ratio"),
        Column("churn_risk", _("Leaves within a year"), "ratio", strong=True),
        *_ends("ratio", "churn_"),
    )
    named = [
        {**r, "segment_name": group_name(r["segment_name"]), "_missing": note_words(r.get("note")) or _("too few")}
        for r in rows
    ]
    return Table(columns, tuple(named), currency)


def loyalty_table(rows: Sequence[Row]) -> Table:
    """Retention and repeat purchase by class."""
    columns = (
        Column("kind", _("What")),
        Column("satisfaction_class", _("Customers who were")),
        Column("rate", _("Share"), "ratio", strong=True),
        *_ends("ratio"),
        Column("customers", _("n"), "count"),
    )
    named = [
        {**r, "kind": loyalty_name(r["kind"]), "satisfaction_class": class_name(r["satisfaction_class"])} for r in rows
    ]
    return _table(columns, named)


def fixes_table(rows: Sequence[Row]) -> Table:
    """Dated fixes."""
    columns = (
        Column("topic", _("Topic")),
        Column("fixed_on", _("Fixed on"), "date"),
        Column("what", _("What was done")),
        Column("before", _("Complaints before"), "ratio"),
        Column("step", _("Change, points"), "score", strong=True),
        *_ends("score"),
        Column("weeks_after", _("Weeks since"), "count"),
        Column("verdict", _("Verdict")),
    )
    ends = ("step", "low", "high")
    named = [{**r, **{k: _points(r.get(k)) for k in ends}, "verdict": verdict_name(r["verdict"])} for r in rows]
    return _table(columns, named)


def topics_table(rows: Sequence[Row]) -> Table:
    """Complaints by topic."""
    columns = (
        Column("topic", _("Topic")),
        Column("complaints", _("Complaints"), "count", strong=True),
        Column("complaint_rate", _("Of requests"), "ratio"),
        Column("complaints_resolved_24h", _("Solved in 24 h"), "ratio"),
        Column("repeat_complaint_rate", _("Repeated in 30 days, 12 months"), "ratio"),
    )
    return _table(columns, [{**r, "topic": shown_value("topic", r["topic"])} for r in rows])


def bias_table(rows: Sequence[Row]) -> Table:
    """Answers against contacts."""
    columns = (
        Column("dimension", _("Cut")),
        Column("group_name", _("Group")),
        Column("contact_share", _("Of requests"), "ratio"),
        Column("answer_share", _("Of answers"), "ratio", strong=True),
        *_ends("ratio"),
        Column("verdict", _("Verdict")),
    )
    named = [
        {**r, "dimension": cut_name(r["dimension"]), "verdict": verdict_name(r["verdict"]),
         "group_name": group_name(r["group_name"], r["dimension"])}
        for r in rows
    ]  # fmt: skip
    return _table(columns, named)


def kano_table(rows: Sequence[Row]) -> Table:
    """Features and their class."""
    columns = (
        Column("feature", _("Feature")),
        Column("kind", _("Class"), strong=True),
        Column("better", _("Pleases"), "score"),
        Column("worse", _("Displeases when lacking"), "score"),
        Column("is_clear", _("Beyond chance")),
        Column("n", _("n"), "count"),
    )
    return _table(columns, [{**r, "feature": group_name(r["feature"]), "kind": kano_name(r["kind"])} for r in rows])


def response_table(rows: Sequence[Row]) -> Table:
    """Who was asked, who answered, who came to the end, and what answers were."""
    columns = (
        Column("survey", _("Survey")),
        Column("wave", _("Wave")),
        Column("invited", _("Asked"), "count"),
        Column("response_rate", _("Answered"), "ratio", strong=True),
        *_ends("ratio", "response_"),
        Column("respondents", _("Respondents"), "count"),
        Column("completion_rate", _("Completed"), "ratio", strong=True),
        Column("not_applicable", _("Not applicable"), "count"),
        Column("blank", _("Blank"), "count"),
        Column("outside_scale", _("Outside the scale"), "count"),
    )
    unknown = _("not known")
    named = [{**r, "survey": survey_name(r["survey"]), "wave": wave_name(r["wave"]), "_missing": unknown} for r in rows]
    return _table(columns, named)


def waves_table(rows: Sequence[Row], waves: Sequence[Row] = ()) -> Table:
    """Every question's waves with the change to the wave before; ``waves`` say how many of those asked answered."""
    answered = {(w["source"], w["survey"], w["wave"]): w["response_rate"] for w in waves}
    columns = (
        Column("question", _("Question")),
        Column("source", _("Source")),
        Column("wave", _("Wave")),
        Column("value", _("Value"), unit_key="unit", strong=True),
        Column("low", _("Interval from"), unit_key="unit"),
        Column("high", _("Interval to"), unit_key="unit"),
        Column("n", _("n"), "count"),
        Column("response", _("Answered"), "ratio"),
        Column("change", _("Change"), "change", "in"),
        Column("p", _("p"), "words"),
        Column("note", _("Against the wave before")),
    )
    units = {"share": "ratio", "nps": "points", "mean": "score"}
    named = [
        {**r, "source": shown_value("source", r["source"]),
         "question": instrument_name(r["instrument"], r["item_dimension"]), "unit": units[r["measure"]],
         "wave": wave_name(r["wave"]), "in": "score",
         "change": _points(r["change"]) if r["measure"] == "share" else r["change"],
         "p": formats.p_value(r["p"]) if r["p"] is not None else _("not tested"), "note": wave_verdict(r),
         "response": answered.get((r["source"], r["survey"], r["wave"])),
         "_missing": wave_verdict(r) if r["value"] is None else None}
        for r in rows
    ]  # fmt: skip
    return _table(columns, named)
