"""Findings of Customers and needs in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from analytics.customers.weighting import Weighted
from dashboards import formats
from dashboards.components.words import capital
from dashboards.figures.customers_words import attribute_name, cut_name, group_name, kano_name, need_name, survey_name
from dashboards.figures.sentences import withheld_title
from dashboards.filters import Filters, shown_value
from dashboards.language import _, plural
from dashboards.queries.customers import Month
from dashboards.queries.measures import Measure

Row = dict[str, Any]


def conclusion(csat: Measure | None, drivers: Sequence[Row], filters: Filters) -> str:
    """How many were satisfied, and what weighs most where we are weak."""
    weak = [attribute_name(r["attribute"]) for r in drivers if r["quarter"] == "concentrate here" and r["is_clear"]]
    if csat is not None and csat.state == "withdrawn":
        return withheld_title(csat.metric, filters.period.label)
    if csat is not None and csat.state == "suppressed":
        return _("Fewer than five said how satisfied they were in {period}.", period=filters.period.label)
    if csat is None or csat.state != "shown" or csat.value is None:
        return _("Nobody was asked how satisfied they were in {period}.", period=filters.period.label)
    slots = {"value": formats.percent(csat.value), "period": filters.period.short}
    if weak:
        names = formats.say_list([name.lower() for name in weak[:2]])
        if len(weak) > 1:
            return _("{value} were satisfied in {period}; {names} weigh most and are rated low.", names=names, **slots)
        return _("{value} were satisfied in {period}; {names} weighs most and is rated low.", names=names, **slots)
    match csat.verdict:
        case "met":
            return _("{value} were satisfied in {period}, above the target.", **slots)
        case "missed":
            return _("Only {value} were satisfied in {period}.", **slots)
        case "undecided":
            return _("{value} were satisfied in {period}, too close to the target to call.", **slots)
    return _("{value} of those who answered were satisfied in {period}.", **slots)


def lede(found: Weighted | None, response: Measure | None, loyalty: Sequence[Row], fixes: Sequence[Row]) -> str:
    """Weighted against raw, who answers, what loyalty hangs on, whether fixes helped."""
    said = []
    if found and found.weighted is not None and found.raw is not None:
        said.append(
            _(
                "Weighted to who contacted us it is **{weighted}**, as answered {raw}.",
                weighted=formats.percent(found.weighted),
                raw=formats.percent(found.raw),
            )
        )
    if response and response.value is not None:
        said.append(_("**{share}** of those asked answered.", share=formats.percent(response.value)))
    if (top := _link(loyalty, "retention")) is not None:
        said.append(link_words(top))
    fell = [r for r in fixes if r["verdict"] == "fell"]
    if fell:
        said.append(_("Complaints about {topic} fell after its fix.", topic=shown_value("topic", fell[0]["topic"])))
    return " ".join(said)


def _link(rows: Sequence[Row], kind: str) -> Row | None:
    return next((r for r in rows if r["kind"] == kind and r["difference"] is not None), None)


def link_words(row: Row) -> str:
    """How much more the satisfied stay, and whether that could be chance."""
    size = formats.points(row["difference"], sign=False)
    if row["difference_low"] > 0:
        return _("The satisfied stay **{size}** more often than the dissatisfied.", size=size)
    if row["difference_high"] < 0:
        return _("The satisfied stay **{size}** less often than the dissatisfied.", size=size)
    return _("Whether the satisfied stay more often cannot be told yet.")


def satisfaction_title(months: Sequence[Month]) -> str:
    """Weighted against raw in the last month, where both are known."""
    known = [m for m in months if m.weighted is not None]
    if not known:
        return _("Satisfaction over time")
    last = known[-1]
    slots = {"value": formats.percent(last.weighted or 0), "month": formats.month_long(last.day)}
    if last.raw is None or abs(last.raw - (last.weighted or 0)) < 0.005:
        return _("{value} were satisfied in {month}", **slots)
    return _("{value} in {month} weighted to contacts, {raw} as answered", raw=formats.percent(last.raw), **slots)


def map_title(rows: Sequence[Row]) -> str:
    """What weighs most, and whether we are weak there."""
    first = rows[0]
    slots = {"name": attribute_name(first["attribute"]), "share": formats.percent(first["importance"], 0)}
    weak = [r for r in rows if r["quarter"] == "concentrate here" and r["is_clear"]]
    if weak and weak[0] is first:
        if first["outcome"] == "nps":
            return _("{name} accounts for {share} of the recommendation and is rated below the mean", **slots)
        return _("{name} accounts for {share} of satisfaction and is rated below the mean", **slots)
    return _("{name} accounts for {share} of what is explained", **slots)


def gaps_title(rows: Sequence[Row]) -> str:
    """Where what is seen falls short of what is expected."""
    short = [r for r in rows if r["level"] == "dimension" and r["high"] is not None and r["high"] < 0]
    if not short:
        return _("No dimension clearly falls short of what is expected")
    worst = short[0]
    return _(
        "{name} falls {gap} points short of what is expected",
        name=attribute_name(worst["item_or_dimension"]),
        gap=formats.number(-worst["gap"], 2),
    )


def needs_title(rows: Sequence[Row]) -> str:
    """Which topics want acting on first."""
    now = sorted(
        (r for r in rows if r.get("place") == "act now" and r["evidence"] == "topics"), key=lambda r: -r["importance"]
    )
    if not now:
        return _("What customers need, and how often")
    names = formats.say_list([need_name(r["need"]) for r in now[:2]])
    return _("{names} cost most satisfaction and are urgent", names=names)


def axes_words(rows: Sequence[Row]) -> str:
    """Where the map is parted: the means of urgency and importance, of topics and of the needs of comments."""
    names = {"topics": _("topics"), "comments": _("comments")}
    said = []
    for evidence, name in names.items():
        first = next((r for r in rows if r["evidence"] == evidence and r.get("place")), None)
        if first:
            x, y = formats.percent(first["urgency_axis"], 0), formats.percent(first["importance_axis"], 1)
            said.append(f"{name} {x} · {y}")
    return ", ".join(said)


def needs_list_title(rows: Sequence[Row]) -> str:
    """The most frequent topic."""
    topics = [r for r in rows if r["evidence"] == "topics"]
    if not topics:
        return _("What customers need, and how often")
    return _(
        "{topic} is asked most often, {share} of all requests",
        topic=shown_value("topic", topics[0]["need"]),
        share=formats.percent(topics[0]["share"]),
    )


def segments_title(rows: Sequence[Row], cut: str) -> str:
    """Who is most likely to leave, where the intervals allow it."""
    known = [r for r in rows if r.get("churn_risk") is not None]
    if len(known) < 2:
        return _("Customers by {cut}", cut=cut_name(cut).lower())
    high, low = max(known, key=lambda r: r["churn_risk"]), min(known, key=lambda r: r["churn_risk"])
    slots = {
        "name": group_name(high["segment_name"]),
        "high": formats.percent(high["churn_risk"], 0),
        "low": formats.percent(low["churn_risk"], 0),
    }
    if high["churn_low"] > low["churn_high"]:
        return _("{name}: {high} leave within a year, against {low} at best", **slots)
    return _("Between {low} and {high} leave within a year; no group clearly stands out", **slots)


def loyalty_title(rows: Sequence[Row]) -> str:
    """The loyalty link as a finding."""
    found = _link(rows, "retention")
    return link_words(found).replace("**", "").rstrip(".。") if found else _("Satisfaction and loyalty")


def complaints_title(fixes: Sequence[Row], topics: Sequence[Row]) -> str:
    """What a fix did, else the topic with most complaints."""
    judged = [r for r in fixes if r["verdict"] in ("fell", "rose")]
    if judged:
        first = judged[0]
        slots = {"topic": shown_value("topic", first["topic"]), "size": formats.points(first["step"], sign=False)}
        if first["verdict"] == "fell":
            return _("Complaints about {topic} fell by {size} when it was mended", **slots)
        return _("Complaints about {topic} rose by {size} after the fix", **slots)
    if not topics:
        return _("No complaints in this period")
    if topics[0]["topic"] == "unknown":
        return _("No complaint carries a topic")
    slots = {"topic": shown_value("topic", topics[0]["topic"]), "count": formats.count(topics[0]["complaints"])}
    return _("{topic} drew most complaints: {count}", **slots)


def bias_title(rows: Sequence[Row]) -> str:
    """Which group's answers are furthest out of line."""
    out = [r for r in rows if r["verdict"] in ("over", "under")]
    if not out:
        return _("Who answers is like who contacted us")
    worst = max(out, key=lambda r: abs(r["answer_share"] - r["contact_share"]))
    slots = {
        "name": capital(str(group_name(worst["group_name"], worst["dimension"]))),
        "answers": formats.percent(worst["answer_share"], 0),
        "contacts": formats.percent(worst["contact_share"], 0),
    }
    return _("{name}: {contacts} of requests but {answers} of answers", **slots)


def comments_title(needs: Sequence[Row]) -> str:
    """What comments speak of most."""
    spoken = [r for r in needs if r["evidence"] == "comments"]
    if not spoken:
        return _("No need was spoken of by ten customers")
    return _(
        "Most comments speak of this: {need}, {share} of those who wrote",
        need=need_name(spoken[0]["need"]).lower(),
        share=formats.percent(spoken[0]["share"], 0),
    )


def words_title(topics: Sequence[Row], words: Sequence[Row]) -> str:
    """The largest topic whose people were mostly dissatisfied, else the largest."""
    unhappy = [r for r in topics if (r["dissatisfied"] or 0) > 0.5]
    if unhappy:
        worst = max(unhappy, key=lambda r: r["customers"])
        slots = {"terms": worst["terms"], "count": formats.count(worst["customers"])}
        return _("Dissatisfied comments speak of “{terms}” most: {count} customers", **slots)
    if topics:
        first = max(topics, key=lambda r: r["customers"])
        slots = {"terms": first["terms"], "count": formats.count(first["customers"])}
        return _("Comments speak of “{terms}” most: {count} customers", **slots)
    return _("“{term}” is said most", term=words[0]["term"])


def kano_title(rows: Sequence[Row]) -> str:
    """What must be there."""
    must = [group_name(r["feature"]).lower() for r in rows if r["kind"] == "must-be" and r["is_clear"]]
    if must:
        return capital(_("{list} must be there; its absence displeases", list=formats.say_list(must)))
    first = rows[0]
    return _("{feature}: {kind}", feature=group_name(first["feature"]), kind=kano_name(first["kind"]).lower())


def response_title(rows: Sequence[Row]) -> str:
    """The lowest share of people who answered, among the newest waves with invitations at least 14 days old."""
    newest: dict[tuple[str, str], Row] = {}
    for row in rows:
        if row["response_rate"] is not None:
            newest.setdefault((row["source"], row["survey"]), row)
    if not newest:
        return _("How many were asked is not known")
    low = min(newest.values(), key=lambda r: r["response_rate"])
    slots = {"share": formats.percent(low["response_rate"]), "survey": survey_name(low["survey"])}
    if len(newest) == 1:
        return _("**{share}** of those asked by {survey} answered", **slots)
    return _("In the newest waves at least **{share}** of those asked answered; fewest {survey}", **slots)


def waves_title(rows: Sequence[Row]) -> str:
    """How many questions moved beyond chance against the wave before."""
    latest: dict[tuple[str, str], Row] = {}
    for row in rows:
        latest.setdefault((row["survey"], row["item"]), row)
    moved = [r for r in latest.values() if r["p"] is not None and r["change_low"] is not None
             and (r["change_low"] > 0 or r["change_high"] < 0)]  # fmt: skip
    if not moved:
        return _("No question moved beyond chance against the wave before")
    return plural(
        "{count} question moved beyond chance against the wave before",
        "{count} questions moved beyond chance against the wave before",
        len(moved),
        count=formats.count(len(moved)),
    )
