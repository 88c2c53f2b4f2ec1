"""Costs and benefit in words and tables."""

from __future__ import annotations

from collections.abc import Sequence

from dashboards import formats
from dashboards.components.tables import Column, Table
from dashboards.figures.customers_words import group_name
from dashboards.language import _
from dashboards.queries.benefit import ALL, REST, Kept, Spent


def kind_of_cost(kind: str) -> str:
    """A kind of cost in words."""
    return {
        "labour": _("Labour"),
        "technology": _("Technology"),
        "training": _("Training"),
        "recruiting": _("Recruiting"),
        REST: _("Everything else"),
        ALL: _("All costs"),
    }[kind]


def without_contacts_words(amount: float, currency: str) -> str:
    """Why all channels together may cost more a contact than each of them; nothing where all costs bought contacts."""
    if amount <= 0:
        return ""
    said = str(formats.money(amount, currency))
    return _("Cost per contact of all holds {amount} of teams and channels without contacts of their own", amount=said)


def spending_title(rows: Sequence[Spent], plan: tuple[float, float] | None, currency: str) -> str:
    """Spent against planned, else the largest kind of cost."""
    if plan:
        used, spent = plan[0] / plan[1], formats.money(plan[0], currency)
        return _("**{spent}** was spent, {share} of what was planned", spent=str(spent), share=formats.percent(used))
    first = rows[0]
    return _("{kind} is **{share}** of all costs", kind=kind_of_cost(first.kind), share=formats.percent(first.share))


def spending_table(rows: Sequence[Spent], currency: str) -> Table:
    """Costs by kind with amounts and shares."""
    columns = (
        Column("kind", _("Spent on")),
        Column("amount", _("Amount"), "currency", strong=True),
        Column("share", _("Share"), "ratio"),
        Column("before", _("Share before"), "ratio"),
        Column("change", _("Change"), "change", "unit"),
    )
    made = [
        {"kind": kind_of_cost(one.kind), "amount": one.amount, "share": one.share,
         "before": 1.0 if one.kind == ALL else one.share_before, "change": 0.0 if one.kind == ALL else one.change,
         "unit": "ratio"}
        for one in rows
    ]  # fmt: skip
    return Table(columns, tuple(made), currency)


def revenue_title(rows: Sequence[Kept], currency: str) -> str:
    """How much of the yearly spend stayed."""
    whole = rows[0]
    lost = str(formats.money(whole.at_start - whole.kept, currency))
    return _(
        "**{share}** of customers’ spend was kept; {lost} a year left", share=formats.percent(whole.share), lost=lost
    )


def revenue_table(rows: Sequence[Kept], currency: str) -> Table:
    """Revenue kept by segment, all first."""
    columns = (
        Column("segment", _("Segment")),
        Column("at_start", _("Spend a year, at the start"), "currency"),
        Column("kept", _("Of it kept"), "currency", strong=True),
        Column("share", _("Share"), "ratio"),
        Column("n", _("Customers"), "count"),
    )
    made = [
        {"segment": group_name(one.segment) if one.segment else _("All"), "at_start": one.at_start, "kept": one.kept,
         "share": one.share, "n": one.customers}
        for one in rows
    ]  # fmt: skip
    return Table(columns, tuple(made), currency)
