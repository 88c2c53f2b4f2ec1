"""What would change an item's verdict: where its interval would have to reach, in words."""

from __future__ import annotations

from dashboards import formats
from dashboards.language import _
from dashboards.queries.swot import SwotItem

_HELPS = ("strength", "opportunity")
_HURTS = ("weakness", "threat")


def would_change(item: SwotItem, unit: str, currency: str) -> str:
    """When the item leaves the board, or what would put it there; empty where nothing was compared."""
    if item.quadrant == "contested":
        return _("It is placed when its comparators agree, or when all but one side could be chance.")
    if not item.swd or item.lead.get("difference") is None:
        return ""
    if item.quadrant not in _HELPS + _HURTS:
        return _entering(item, unit, currency)
    return _trend(item, unit, currency) if item.comparator == "trend" else _leaving(item, unit, currency)


def _is_above(item: SwotItem) -> bool:
    """Whether the item stands where it does because its value is above its comparator."""
    return (item.quadrant in _HELPS) == (item.direction != "lower")


def _leaving(item: SwotItem, unit: str, currency: str) -> str:
    comparator = item.lead.get("comparator_value")
    if comparator is None:
        return ""
    edge = formats.quantity(comparator + (item.swd if _is_above(item) else -item.swd), unit, currency=currency)
    if _is_above(item):
        return _(
            "It leaves the board when its interval reaches down to **{edge}**, or when the difference could be chance.",
            edge=edge,
        )
    return _(
        "It leaves the board when its interval reaches up to **{edge}**, or when the difference could be chance.",
        edge=edge,
    )


def _trend(item: SwotItem, unit: str, currency: str) -> str:
    slope = formats.change(item.swd if item.lead["difference"] > 0 else -item.swd, unit, currency=currency)
    return _(
        "It leaves the board when it changes by less than **{slope}** a year, or when that could be chance.",
        slope=slope,
    )


def _entering(item: SwotItem, unit: str, currency: str) -> str:
    size = formats.change(item.swd, unit, currency=currency).lstrip("+")
    return _(
        "It enters the board when its whole interval is more than **{size}** away from what it is held against, "
        "and chance is ruled out.",
        size=size,
    )
