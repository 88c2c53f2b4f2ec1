"""The pages there are, in the order of the navigation. Adding a page is one line here; see docs/guides/pages.md."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from dashboards.language import _


@dataclass(frozen=True)
class Entry:
    """A page: its address, its module in ``dashboards.pages``, its names (looked up when drawn) and its icon.

    A page without a name is not in the navigation; four are in a phone's bottom bar, the others in its menu.
    """

    path: str
    module: str
    name: Callable[[], str] | None = None
    brief: Callable[[], str] | None = None
    icon: str = ""
    on_phone: bool = False


ENTRIES: tuple[Entry, ...] = (
    Entry("/", "overview", lambda: _("Overview"), lambda: _("Overview"), "overview", on_phone=True),
    Entry("/swot", "swot", lambda: _("SWOT"), lambda: _("SWOT"), "swot", on_phone=True),
    Entry(
        "/service-level", "service_level", lambda: _("Service level"), lambda: _("Service"), "service", on_phone=True
    ),
    Entry("/efficiency", "efficiency", lambda: _("Efficiency"), lambda: _("Efficiency"), "efficiency"),
    Entry("/customers", "customers", lambda: _("Customers and needs"), lambda: _("Customers"), "customers"),
    Entry("/staffing", "staffing", lambda: _("Staffing"), lambda: _("Staffing"), "staffing", on_phone=True),
    Entry("/people", "people", lambda: _("People"), lambda: _("People"), "people"),
    Entry("/market", "market", lambda: _("Market"), lambda: _("Market"), "market"),
    Entry("/data-quality", "data_quality", lambda: _("Data quality"), lambda: _("Data"), "quality"),
    Entry("/explore", "explore", lambda: _("Explore"), lambda: _("Explore"), "explore"),
    Entry("/rows", "rows"),
)


def in_navigation() -> list[Entry]:
    """The pages that people choose from, in order."""
    return [entry for entry in ENTRIES if entry.name]
