"""The plain tables of People: sources, pay, reasons, training, teams, roles, requirements."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from analytics.metrics import MetricRow
from dashboards import formats
from dashboards.components.tables import Column, Table
from dashboards.components.words import capital
from dashboards.figures.people_sentences import facet_name, role_name, source_name
from dashboards.language import _
from dashboards.names import requirement_word
from dashboards.queries.people import Source


def _said(row: MetricRow | None) -> str:
    """A share with its n, or why it is not shown."""
    if row is None or (row.value is None and not row.suppressed):
        return _("no data")
    if row.suppressed or row.value is None:
        return _("hidden, n < 5")
    return _("{value}, n {n}", value=formats.percent(row.value), n=formats.count(row.n or 0))


def source_table(sources: Sequence[Source]) -> Table:
    """Where candidates come from, who stays, how their contacts are rated."""
    columns = (
        Column("source", _("Source")),
        Column("applications", _("Applications"), "count", strong=True),
        Column("days90", _("There after 90 days"), "words"),
        Column("days365", _("After a year"), "words"),
        Column("csat", _("Satisfaction with them"), "words"),
    )
    rows = tuple(
        {
            "source": source_name(one.name),
            "applications": one.applications,
            "days90": _said(one.rows.get("retention_90_days")),
            "days365": _said(one.rows.get("retention_365_days")),
            "csat": _said(one.rows.get("hired_csat")),
        }
        for one in sources
    )
    return Table(columns, rows)


def facet_table(facets: Sequence[tuple[MetricRow, MetricRow | None]]) -> Table:
    """The facets as rows."""
    columns = (
        Column("facet", _("Facet")),
        Column("value", _("Satisfied"), "ratio", strong=True),
        Column("low", _("From"), "ratio"),
        Column("high", _("To"), "ratio"),
        Column("n", _("n"), "count"),
        Column("before", _("Year before"), "ratio"),
    )
    rows = tuple(
        {
            "facet": facet_name(str(row.dimensions["dimension"])),
            "value": row.value,
            "low": row.low,
            "high": row.high,
            "n": row.n,
            "before": then.value if then else None,
        }
        for row, then in facets
    )
    return Table(columns, rows)


def pay_table(rows: Sequence[dict[str, Any]]) -> Table:
    """Our pay beside the market's, by the year."""
    columns = (
        Column("city", _("City")),
        Column("role", _("Role")),
        Column("own", _("Ours"), "words"),
        Column("own_n", _("n, ours"), "count"),
        Column("p25", _("A quarter pays less"), "words"),
        Column("p50", _("Half pays less"), "words"),
        Column("p75", _("Three quarters pay less"), "words"),
        Column("n", _("n, theirs"), "count"),
        Column("gap", _("Gap"), "ratio", strong=True),
    )

    def money(value: float | None, row: dict[str, Any]) -> str | None:
        return None if value is None else str(formats.money(value, row["currency"]))

    found = tuple(
        {
            "city": row["city"],
            "role": role_name(row),
            "own": money(row["own_pay"], row),
            "own_n": row["own_postings"],
            "p25": money(row["market_pay_p25"], row),
            "p50": money(row["market_pay_p50"], row),
            "p75": money(row["market_pay_p75"], row),
            "n": row["market_postings"],
            "gap": row["gap"],
        }
        for row in rows
    )
    return Table(columns, found)


def reason_table(rows: Sequence[dict[str, Any]]) -> Table:
    """Reasons for leaving; those of fewer than five people together."""
    columns = (
        Column("reason", _("Reason")),
        Column("leavers", _("People"), "count", strong=True),
        Column("share", _("Share"), "ratio"),
        Column("before", _("Year before"), "ratio"),
    )
    found = tuple(
        {
            "reason": capital(row["reason"])
            if row["reasons"] == 1
            else _("{n} other reasons together", n=formats.count(row["reasons"])),
            "leavers": row["leavers"],
            "share": row["share"],
            "before": row["before"]["share"] if row["before"] else None,
            "_missing": _("under five"),
        }
        for row in rows
    )
    return Table(columns, found)


def band_name(band: str) -> str:
    """A band of training hours."""
    return {
        "under 2 hours a month": _("Under 2 hours a month"),
        "2 to 4 hours a month": _("2 to 4 hours a month"),
        "4 hours a month and more": _("4 hours and more"),
        "small bands": _("Small bands together"),
    }.get(band, band)


def training_table(rows: Sequence[dict[str, Any]]) -> Table:
    """How people do by the hours of training they had."""
    columns = (
        Column("band", _("Training")),
        Column("people", _("People"), "count"),
        Column("errors", _("Errors"), "ratio", strong=True),
        Column("aht", _("Handling time"), "seconds"),
        Column("csat", _("Satisfaction"), "ratio"),
    )
    found = tuple(
        {
            "band": band_name(row["band"]),
            "people": row["people"],
            "errors": row["error_rate"],
            "aht": row["aht_seconds"],
            "csat": row["csat"],
        }
        for row in rows
    )
    return Table(columns, found)


def team_table(rows: Sequence[dict[str, Any]]) -> Table:
    """Four measures by team, and how much of the differences inside is more than chance."""
    columns = (
        Column("team", _("Team")),
        Column("people", _("People"), "count"),
        Column("aht", _("Handling time"), "seconds"),
        Column("csat", _("Satisfaction"), "ratio"),
        Column("csat_real", _("more than chance"), "ratio"),
        Column("resolution", _("Solved for good"), "ratio"),
        Column("resolution_real", _("more than chance"), "ratio"),
        Column("quality", _("Without error"), "ratio"),
        Column("quality_real", _("more than chance"), "ratio"),
    )
    found = tuple(
        {
            "team": _("Small teams together") if row["team"] == "small groups" else row["team"],
            "people": row["people"],
            "aht": row.get("aht_seconds"),
            "csat": row.get("csat"),
            "csat_real": row.get("csat_reliability"),
            "resolution": row.get("resolution"),
            "resolution_real": row.get("resolution_reliability"),
            "quality": row.get("quality"),
            "quality_real": row.get("quality_reliability"),
        }
        for row in rows
    )
    return Table(columns, found)


def role_table(rows: Sequence[dict[str, Any]]) -> Table:
    """The roles most sought in the last 13 weeks."""
    columns = (
        Column("role", _("Role")),
        Column("whose", _("Whose")),
        Column("openings", _("Openings"), "count", strong=True),
        Column("postings", _("Postings"), "count"),
        Column("change", _("On 13 weeks before"), "words"),
    )
    found = tuple(
        {
            "role": row["role"],
            "whose": _("ours") if row["is_own"] else _("market"),
            "openings": row["openings"],
            "postings": row["postings"],
            "change": _("none before") if row["change"] is None else formats.signed_percent(row["change"], 0),
        }
        for row in rows
    )
    return Table(columns, found)


def requirement_table(rows: Sequence[dict[str, Any]]) -> Table:
    """What postings ask for: our share beside the market's."""
    kinds = {
        "education": _("Education"),
        "experience": _("Experience"),
        "language": _("Language"),
        "skill": _("Skill"),
    }
    columns = (
        Column("kind", _("Kind")),
        Column("value", _("Asked for")),
        Column("own", _("Ours"), "ratio", strong=True),
        Column("market", _("Market"), "ratio"),
        Column("n", _("n, theirs"), "count"),
    )
    found = tuple(
        {
            "kind": kinds.get(row["requirement"], capital(row["requirement"])),
            "value": requirement_word(str(row["value"])),
            "own": row.get("own"),
            "market": row.get("market"),
            "n": row.get("market_n"),
            "_missing": _("not asked"),
        }
        for row in rows
    )
    return Table(columns, found)
