"""The frame of every page: top bar, filter bar, conclusion block, release block, bottom bar."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dashboards import formats
from dashboards.components import markup as html
from dashboards.components.marks import glyph, icon
from dashboards.components.markup import Html
from dashboards.components.words import rich, serif
from dashboards.filters import Filters
from dashboards.language import LANGUAGES, _, available, current, plural, spoken
from dashboards.names import source_words
from dashboards.queries.about import About
from dashboards.registry import Entry, in_navigation

FIRST_IN_TOP = 5


def _link(entry: Entry, path: str, query: str, *, short: bool = False, classes: str = "go") -> Html:
    here = {"aria-current": "page"} if entry.path == path else {}
    name = entry.name() if entry.name else ""
    words: Any = [icon(entry.icon), entry.brief() if entry.brief else name] if short else name
    return html.A(words, href=entry.path + query, className=classes, **here)


def _carried(filters: Filters | None) -> str:
    return filters.carried().query() if filters else ""


def top_bar(path: str, filters: Filters | None) -> Html:
    """Brand, pages, language, theme. On a narrow page the pages past the fifth stand in a menu."""
    query = _carried(filters)
    brand = html.A([icon("brand"), "Swotlight"], href="/" + query, className="brand go")
    theme = html.Button(
        [icon("moon"), icon("sun")],
        type="button",
        className="icon-button theme-button",
        title=_("Dark or light"),
        **{"data-action": "theme", "aria-label": _("Switch between dark and light")},
    )
    end = html.Div([_languages(path, filters), theme], className="bar-end")
    pages = in_navigation()
    links = [_link(entry, path, query) for entry in pages]
    rest = pages[FIRST_IN_TOP:]
    if rest:
        links.append(_more(rest, path, query, [_("More"), icon("chevron")]))
    nav = html.Nav(links, className="nav", **{"aria-label": _("Pages")})
    return html.Div([brand, nav, end], className="bar-inner")


def _more(entries: Sequence[Entry], path: str, query: str, words: Any, extra: Any = None) -> Html:
    """The pages that have no room, in a menu that is marked when one of them is open."""
    here = {"aria-current": "page"} if any(entry.path == path for entry in entries) else {}
    summary = html.Summary(words, className="more-button", **here, **{"data-focus": "menu more"})
    options = [_link(entry, path, query, classes="option go") for entry in entries]
    return html.Details([summary, html.Div([*options, extra], className="panel")], className="menu more")


def _languages(path: str, filters: Filters | None) -> Html | None:
    offered = available()
    if len(offered) < 2 or filters is None:
        return None
    links = [
        html.A(
            LANGUAGES[code],
            href=path + filters.query(lang=None if code == "en" else code),
            lang=code,
            className="go is-chosen" if code == current() else "go",
            **({"aria-current": "true"} if code == current() else {}),
        )
        for code in offered
    ]
    return html.Div(links, className="segmented small", role="group", **{"aria-label": _("Language")})


def bottom_bar(path: str, filters: Filters | None) -> list[Html]:
    """The phone's bar: four pages, and the others with the language in a menu."""
    query, pages = _carried(filters), in_navigation()
    links = [_link(entry, path, query, short=True) for entry in pages if entry.on_phone]
    rest = [entry for entry in pages if not entry.on_phone]
    return [*links, _more(rest, path, query, [icon("more"), _("More")], _languages(path, filters))]


def page_head(eyebrow: str, title: str, lede: str, release: Any, *, name: str) -> Html:
    """The conclusion block: eyebrow, the conclusion as h1, a lede of at most two lines, the release at its right."""
    words = [
        html.P(eyebrow, className="eyebrow"),
        html.H1(serif(title)),
        html.P(rich(lede), className="lede") if lede else None,
    ]
    head = html.Div(words, **{"data-title": f"{name} · Swotlight"})
    return html.Div([head, release], className="page-head")


def release_block(about: About, zone: str) -> Html:
    """When the release was made, up to when its data reach, its checks, what is late or withheld."""
    built = formats.moment(about.built_at)
    when = html.P([glyph(about.state), _("Release {time}", time=built)], className="when")
    lines = [html.P(data_to(about, zone)), html.P(checks_line(about))]
    if about.stale:
        late = formats.say_list([source_words(name) for name in about.stale])
        lines.append(html.P(_("Past their promise: {sources}", sources=late)))
    links = [html.P(html.A(_("Checks and sources"), href=spoken("/data-quality"), className="link go"))]
    if about.before is not None:
        since = _("What changed since {day}", day=formats.date_short(about.before.built_at.date()))
        address = spoken(f"/swot?since={about.before.name}&tab=history")
        links.append(html.P(html.A(since, href=address, className="link go")))
    return html.Aside([when, *lines, *links], className="release", **{"aria-label": _("Release")})


def data_to(about: About, zone: str) -> str:
    """``Data to 31 October 2026, 24:00 (Europe/Berlin)``: midnight belongs to the day that ends."""
    if about.data_to is None:
        return _("No data yet")
    return _("Data to {time} ({zone})", time=until(about), zone=about.data_to.tzname() or zone)


def until(about: About) -> str:
    """The instant data reach to, in words."""
    return instant_words(about.data_to) if about.data_to else ""


def instant_words(instant: Any) -> str:
    """``31 October 2026, 24:00`` rather than 1 November, 00:00."""
    from datetime import timedelta

    if instant.hour == instant.minute == 0:
        return formats.day_and(formats.date_long((instant - timedelta(days=1)).date()), "24:00")
    return formats.moment(instant)


def checks_line(about: About, *, brief: bool = False) -> str:
    """How many checks passed, and what is withheld because of those that failed."""
    total, failed = len(about.checks), len(about.failed)
    if not total:
        return _("No checks were run")
    if not failed:
        return plural("{count} check passed", "All {count} checks passed", total, count=formats.count(total))
    slots = {"passed": formats.count(total - failed), "total": formats.count(total), "failed": formats.count(failed)}
    if brief:
        return _("{failed} of {total} checks failed", **slots)
    names = about.withheld(current())
    if not names:
        return _("{passed} of {total} checks passed; {failed} failed", **slots)
    shown = names[:2] + ([_("{count} more", count=len(names) - 2)] if len(names) > 2 else [])
    return _(
        "{passed} of {total} checks passed; {failed} failed. Withheld: {metrics}",
        metrics=formats.say_list(shown),
        **slots,
    )


def ignored_notice(filters: Filters) -> Html | None:
    """Says which values of the address were ignored."""
    if not filters.ignored:
        return None
    words = plural(
        "This release does not know the {what}; it was ignored.",
        "This release does not know these, they were ignored: {what}.",
        len(filters.ignored),
        what=formats.say_list(list(filters.ignored)),
    )
    return html.Div(words, className="notice", role="status")


def joined(parts: Sequence[str]) -> str:
    """An eyebrow: parts with middle dots."""
    return " · ".join(part for part in parts if part)
