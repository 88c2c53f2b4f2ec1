"""Every page draws in every state, in words, from a made-up release."""

from __future__ import annotations

import html
import json
import re
from typing import Any

import pytest

from analytics.metrics import MetricRow
from dashboards.chart_library import KINDS
from dashboards.components.tables import to_csv
from dashboards.drawing import PAGES, draw
from dashboards.figures.plotting import View
from dashboards.filters import Filters
from dashboards.registry import in_navigation
from tests.unit.dashboards.made_up import (
    FURTHER,
    METRICS,
    MadeUpReading,
    MadeUpReadings,
    made_up_reading,
    made_up_readings,
    made_up_settings,
)
from warehouse.errors import SwotlightError

ADDRESSES = [
    ("/", ""),
    ("/", "?channel=chat&compare=year"),
    ("/", "?period=2026-Q3"),
    ("/", "?period=2025"),
    ("/", "?topic=Billing&region=DACH"),
    ("/service-level", ""),
    ("/service-level", "?channel=voice"),
    ("/service-level", "?period=2025"),
    ("/swot", ""),
    ("/swot", "?item=promises"),
    ("/swot", "?item=automation&entity=channel:chat"),
    ("/swot", "?tab=method"),
    ("/swot", "?period=2026-08&more=watch"),
    ("/data-quality", ""),
    ("/data-quality", "?source=zendesk"),
    ("/rows", "?fact=fct_tickets"),
    ("/nowhere", ""),
    *(address for module in FURTHER for address in getattr(module, "ADDRESSES", ())),
]


def _words(markup: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", " ", markup))


def _charts(markup: str) -> list[dict[str, Any]]:
    return [json.loads(html.unescape(found)) for found in re.findall(r'data-chart="([^"]*)"', markup)]


@pytest.mark.parametrize("view", [View(), View("dark", "phone")])
@pytest.mark.parametrize(("path", "search"), ADDRESSES)
def test_a_page_says_everything_in_words(path: str, search: str, view: View) -> None:
    drawn = draw(made_up_readings(), path, search, view)
    words = _words("".join(drawn))
    assert not re.search(r"\b(nan|NaN|None(?! of)|inf|null|undefined)\b", words), re.findall(
        r".{30}\b(?:nan|None|inf)\b.{30}", words
    )
    assert not re.search(r"\{[a-z_]+\}", words), "a slot was left open"
    for name in METRICS:
        if "_" in name and path != "/rows":
            spoken = re.sub(r"<dd>[^<]*</dd>|<pre>.*?</pre>", "", "".join(drawn), flags=re.S)
            assert name not in _words(spoken), f"{name} is shown as a raw name"
    assert "could not be drawn" not in words
    assert re.search(r"<h1>[^<]{12,}</h1>", drawn[2])


@pytest.mark.parametrize(("path", "search"), ADDRESSES)
def test_every_chart_is_named_by_its_finding_and_has_a_table_behind_it(path: str, search: str) -> None:
    page = draw(made_up_readings(), path, search, View())[2]
    for box in re.findall(r'<div id="plot-[^>]*data-chart=', page):
        assert re.search(r'aria-label="[^"]{6,}"', box) and 'role="img"' in box
    assert page.count("-table") >= len(set(re.findall(r'id="plot-(\w+)"', page)) - {"flow"})


@pytest.mark.parametrize(("path", "search"), ADDRESSES)
def test_charts_are_lines_and_bars_which_is_all_the_shipped_library_draws(path: str, search: str) -> None:
    kinds = {
        trace["type"] for chart in _charts(draw(made_up_readings(), path, search, View())[2]) for trace in chart["data"]
    }
    assert kinds <= {"scatter", *KINDS}


def test_a_chart_holds_no_default_colour_and_no_gap_is_joined() -> None:
    for chart in _charts(draw(made_up_readings(), "/", "", View())[2]):
        assert chart["layout"]["template"]["layout"]["showlegend"] is False
        assert not chart["config"]["displayModeBar"]
        assert all(trace.get("connectgaps") is not True for trace in chart["data"])


def test_the_conclusion_names_what_held_and_what_did_not() -> None:
    page = _words(draw(made_up_readings(), "/", "", View())[2])
    assert "Service held its promise in October; chat did not." in page
    assert "Chat fell below its target in June and has not come back" in page
    assert "Chat missed; callback is too close to call" in page


def test_a_forged_filter_is_said_and_never_runs() -> None:
    page = draw(made_up_readings(), "/", "?channel=%3Cscript%3Ealert(1)%3C/script%3E&period=1;drop", View())[2]
    assert "<script>" not in page
    assert "was ignored" in page or "were ignored" in page


def test_a_measure_that_is_not_kept_for_a_filter_says_so() -> None:
    page = _words(draw(made_up_readings(), "/", "?topic=Billing", View())[2])
    assert "This measure is not kept for the chosen filter." in page


class _Withdrawn(MadeUpReading):
    def ask(self, metrics: Any, **options: Any) -> list[MetricRow]:
        from dataclasses import replace

        rows = super().ask(metrics, **options)
        gone: dict[str, dict[str, Any]] = {
            "csat": {"withdrawn_by": "surveys_are_complete"},
            "enps": {"suppressed": True},
            "cost_per_contact": {},
        }
        return [
            replace(r, value=None, low=None, high=None, n=None, **gone[r.metric]) if r.metric in gone else r
            for r in rows
        ]


def _drawn_with(reading: Any, path: str = "/") -> str:
    return _words(draw(MadeUpReadings(reading=reading, settings=made_up_settings()), path, "", View())[2])  # type: ignore[arg-type]


def test_withdrawn_suppressed_and_missing_numbers_are_told_apart() -> None:
    base = made_up_reading()
    page = _drawn_with(_Withdrawn(base.release, base.settings, base._kept))
    assert "Withheld: the check Surveys are complete failed." in page
    assert "hidden, n < 5" in page
    assert "no data" in page


class _Withheld(MadeUpReading):
    """A release in which the check of the waits failed."""

    gone = ("service_level", "asa_seconds", "csat", "aht_seconds", "backlog", "turnover_annualised")

    def table(self, sql: str, params: tuple[Any, ...] = (), **options: Any) -> list[dict[str, Any]]:
        if "quality.withdrawn" in sql:
            check = {"check_name": "contact_waits_are_plausible", "reason": "4 % waited longer than a day"}
            return [{"metric": metric, **check} for metric in self.gone]
        return super().table(sql, params, **options)

    def ask(self, metrics: Any, **options: Any) -> list[MetricRow]:
        from dataclasses import replace

        taken: dict[str, Any] = dict.fromkeys(("value", "low", "high", "numerator", "denominator"))
        taken["withdrawn_by"] = "contact_waits_are_plausible"
        return [replace(r, **taken) if r.metric in self.gone else r for r in super().ask(metrics, **options)]


@pytest.mark.parametrize(
    ("path", "measures"),
    [
        ("/", ("Service level",)),
        ("/service-level", ("Service level", "Speed of answer", "Backlog")),
        ("/efficiency", ("Handling time",)),
        ("/customers", ("CSAT, top two of five",)),
        ("/people", ("Turnover, annualised",)),
    ],
)
def test_a_figure_whose_metric_is_withheld_says_so_and_never_that_there_is_nothing(
    path: str, measures: tuple[str, ...]
) -> None:
    base = made_up_reading()
    page = _drawn_with(_Withheld(base.release, base.settings, base._kept), path)
    for measure in measures:
        assert f"{measure} is withheld: the check “Waits of contacts are plausible” failed." in page
    for said in (
        "No contacts were counted",
        "There is no service level",
        "waited at most",
        "Nobody was asked",
        "No hour",
    ):
        assert said not in page


class _Empty(MadeUpReading):
    def ask(self, metrics: Any, **options: Any) -> list[MetricRow]:
        return []

    def table(self, sql: str, params: tuple[Any, ...] = (), **options: Any) -> list[dict[str, Any]]:
        return []


@pytest.mark.parametrize("path", PAGES)
def test_an_empty_release_draws_and_says_what_is_missing(path: str) -> None:
    base = made_up_reading()
    page = _drawn_with(_Empty(base.release, base.settings, base._kept), path)
    assert "could not be drawn" not in page
    assert not re.search(r"\b(nan|None(?! of))\b", page)


def test_a_fault_in_one_figure_leaves_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_given: Any) -> Any:
        raise ZeroDivisionError("a fault")

    monkeypatch.setattr("dashboards.pages.service_sections.backlog_title", fail)
    readings = MadeUpReadings(reading=made_up_reading(), settings=made_up_settings())
    page = draw(readings, "/service-level", "", View())[2]  # type: ignore[arg-type]
    assert page.count("This figure could not be drawn.") == 1 and "a fault" not in page
    assert page.count("<section") > 4


def test_a_fault_of_ours_is_said_without_a_traceback_and_the_frame_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_given: Any) -> Any:
        raise ZeroDivisionError("a fault")

    monkeypatch.setattr(PAGES["/service-level"], "body", fail)
    readings = MadeUpReadings(reading=made_up_reading(), settings=made_up_settings())
    top, bar, page, _bottom = draw(readings, "/service-level", "", View())  # type: ignore[arg-type]
    assert "This page could not be drawn." in page and "a fault" not in page and "Traceback" not in page
    assert "Overview" in top and "Period" in bar


class _NoRelease:
    def now(self) -> Any:
        raise SwotlightError("There is no release yet.", code="no_release", hint="Make one with `swotlight refresh`.")


def test_without_a_release_the_page_says_how_to_make_one() -> None:
    drawn = draw(_NoRelease(), "/", "", View())  # type: ignore[arg-type]
    assert "swotlight refresh" in _words(drawn[2])


def test_every_table_can_be_downloaded_and_balances_with_its_head() -> None:
    reading = made_up_reading()
    for path, page in PAGES.items():
        if path == "/rows":
            continue
        for name, table in page.tables(reading, reading.filters("")).items():
            table = table() if callable(table) else table
            lines = to_csv(table).splitlines()
            assert lines[0].count(",") == len(table.columns) - 1, (path, name)
            assert len(lines) >= 2, (path, name)


def test_a_csv_cell_is_never_a_formula() -> None:
    from dashboards.components.tables import Column, Table

    text = to_csv(Table((Column("a", "A"),), ({"a": "=cmd()"}, {"a": -3.5}, {"a": None}, {"a": "+1"})))
    assert text.splitlines() == ["a", "'=cmd()", "-3.5", '""', "'+1"] or text.splitlines() == [
        "a",
        "'=cmd()",
        "-3.5",
        "",
        "'+1",
    ]


def test_navigation_keeps_the_filters_and_shows_built_pages_only() -> None:
    top, _bar, _page, bottom = draw(made_up_readings(), "/", "?channel=chat", View())
    assert set(re.findall(r'href="(/[a-z-]*)', top + bottom)) == {entry.path for entry in in_navigation()}
    assert "/service-level?channel=chat" in top


def test_a_filter_changes_the_numbers() -> None:
    whole, chat = (draw(made_up_readings(), "/", search, View())[2] for search in ("", "?channel=chat"))
    level = re.compile(r'<div class="headline">([\d.]+)')
    assert level.search(whole)[1] != level.search(chat)[1]  # type: ignore[index]


def test_equal_questions_are_asked_once() -> None:
    reading = made_up_reading()
    assert isinstance(reading.filters(""), Filters)
    asked: list[str] = []
    for _round in range(2):
        reading.kept("question", lambda: asked.append("asked"))
    assert asked == ["asked"]


class _WithoutWaits(MadeUpReading):
    """Contacts are counted; `level` says whether they tell how long they waited, and none its hour."""

    level = False

    def ask(self, metrics: Any, **options: Any) -> list[MetricRow]:
        from dataclasses import replace

        if "minute_of_day" in (options.get("by") or ()):
            return []
        rows = super().ask(metrics, **options)
        untold = () if self.level else ("service_level",)
        taken: dict[str, Any] = dict.fromkeys(("value", "low", "high", "numerator", "denominator", "n"))
        return [replace(r, **taken) if r.metric.startswith(untold) and untold else r for r in rows]


class _ByTheDay(_WithoutWaits):
    level = True


@pytest.mark.parametrize("path", ["/", "/service-level"])
def test_contacts_without_waits_are_said_to_be_there(path: str) -> None:
    base = made_up_reading()
    page = _drawn_with(_WithoutWaits(base.release, base.settings, base._kept), path)
    assert "contacts were counted; none tells how long it waited." in page
    assert "No contacts were counted" not in page


def test_a_week_of_daily_sums_is_not_said_to_lack_waits() -> None:
    base = made_up_reading()
    page = _drawn_with(_ByTheDay(base.release, base.settings, base._kept), "/service-level")
    assert "The source counts by the day, or does not tell when contacts arrived." in page
    assert "none tells how long it waited" not in page


class _WithheldWithoutRows(_Withheld):
    """The check leaves no row of a month at all."""

    gone = ("cost_per_contact",)

    def ask(self, metrics: Any, **options: Any) -> list[MetricRow]:
        return [row for row in MadeUpReading.ask(self, metrics, **options) if row.metric not in self.gone]


def test_a_tile_without_any_row_of_a_withheld_metric_is_withheld_too() -> None:
    base = made_up_reading()
    page = _drawn_with(_WithheldWithoutRows(base.release, base.settings, base._kept))
    assert "Withheld: the check Waits of contacts are plausible failed." in page
    assert "No source has given this measure" not in page
