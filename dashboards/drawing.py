"""From an address to a drawn page: one release for the whole of it, a sentence where it cannot be drawn."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from importlib import import_module
from types import ModuleType
from typing import ClassVar

from dashboards.components import markup as html
from dashboards.components import shell
from dashboards.components.filterbar import copy_link, filter_bar
from dashboards.components.markup import Html, render
from dashboards.figures.plotting import View
from dashboards.filters import Filters, language_of
from dashboards.language import _, current, speaking, spoken
from dashboards.reading import Reading, Readings
from dashboards.registry import ENTRIES
from warehouse.errors import SwotlightError


class _Pages(Mapping[str, ModuleType]):
    """The pages' modules by address, each loaded when it is first asked for: the first page waits for no other."""

    _names: ClassVar[dict[str, str]] = {entry.path: entry.module for entry in ENTRIES}

    def __getitem__(self, path: str) -> ModuleType:
        return import_module(f"dashboards.pages.{self._names[path]}")

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


PAGES: Mapping[str, ModuleType] = _Pages()
Drawn = tuple[str, str, str, str]
log = logging.getLogger("swotlight.dashboards")


def draw(readings: Readings, path: str, search: str, view: View) -> Drawn:
    """Top bar, filter bar, page and bottom bar for an address."""
    path = path.rstrip("/") or "/"
    with speaking(language_of(search)):
        try:
            reading = readings.now()
            version = PAGES[path].version(reading) if hasattr(PAGES.get(path), "version") else None
            question = ("page", path, search[:4000], view, current(), version)
            return reading.page(question, lambda: _draw(reading, path, search, view))
        except SwotlightError as error:
            return _refusal(path, error)


def _draw(reading: Reading, path: str, search: str, view: View) -> Drawn:
    filters = reading.filters(search)
    page = PAGES.get(path)
    if page is None:
        return _not_found(path, filters)
    if hasattr(page, "bar"):
        bar = page.bar(reading, filters)
    else:
        bar = filter_bar(path, filters, reading.choices(), page.CONTROLS)
    body = _body(page, reading, filters, view)
    return render(shell.top_bar(path, filters)), render(bar), render(body), render(shell.bottom_bar(path, filters))


def _body(page: ModuleType, reading: Reading, filters: Filters, view: View) -> Html:
    try:
        parts = page.body(reading, filters, view)
    except SwotlightError as error:
        parts = [_trouble(error)]
    except Exception:
        # A fault of ours: its visitor is told, the log has the rest, and the frame stays usable.
        log.exception("The page %s could not be drawn.", page.__name__)
        parts = [_trouble(SwotlightError(_("A fault in the program stopped it; the server's log names it.")))]
    told = {"data-lang": current(), "data-skip": _("Skip to the page")}
    told |= {"data-name-filters": _("Filters"), "data-name-bottom": _("Pages, at the foot")}
    return html.Div([shell.ignored_notice(filters), *parts], className="page", **told)


def _trouble(error: SwotlightError) -> Html:
    words = [html.B(_("This page could not be drawn.")), error.message]
    return html.Div([*words, html.Span(f" {error.hint}") if error.hint else None], className="empty", role="alert")


def _refusal(path: str, error: SwotlightError) -> Drawn:
    head = html.Div([html.H1(_("There is no release to show yet.")), html.P(error.message, className="lede")])
    hint = html.P(error.hint, className="lede") if error.hint else None
    page = html.Div([html.Div([head], className="page-head"), hint], className="page")
    return _frame(path, None, page)


def _not_found(path: str, filters: Filters) -> Drawn:
    words = html.P(
        [
            _("The address {path} leads nowhere. ", path=path),
            html.A(_("Go to the Overview"), href=spoken("/"), className="link go"),
        ],
        className="lede",
    )
    page = html.Div([html.H1(_("There is no such page.")), words], className="page")
    return _frame(path, filters, page)


def _frame(path: str, filters: Filters | None, page: Html) -> Drawn:
    bar = html.Div(html.Div(copy_link(), className="bar-end"), className="bar-inner")
    return render(shell.top_bar(path, filters)), render(bar), render(page), render(shell.bottom_bar(path, filters))
