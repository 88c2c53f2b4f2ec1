"""The checks of a release as a section: those that failed in full, those that passed folded away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dashboards import formats
from dashboards.components import markup as html
from dashboards.components.figure import Foot, empty, figure_section
from dashboards.components.marks import glyph
from dashboards.components.markup import Html
from dashboards.components.words import capital
from dashboards.figures.check_names import check_name
from dashboards.language import _, current, plural
from dashboards.queries.about import About


def checks_section(facts: About, data: str) -> Html:
    """The section; `csv` is the address of its file."""
    failed = facts.failed
    title = (
        plural(
            "{count} of {all} checks failed",
            "{count} of {all} checks failed",
            len(failed),
            count=formats.number_word(len(failed)),
            all=formats.count(len(facts.checks)),
        )
        if failed
        else _("All {all} checks passed", all=formats.count(len(facts.checks)))
    )
    if not facts.checks:
        return figure_section(
            "checks",
            _("Checks"),
            "",
            empty(_("No checks were run."), _("A refresh runs them before it publishes a release.")),
        )
    ordered = sorted(
        facts.checks,
        key=lambda c: (
            bool(c["passed"]),
            {"block": 0, "withdraw": 1, "warn": 2}.get(str(c["severity"]), 3),
            str(c["check_name"]),
        ),
    )
    open_rows, passed = [c for c in ordered if not c["passed"]], [c for c in ordered if c["passed"]]
    parts: list[Any] = [_check_table(facts, open_rows)] if open_rows else []
    summary = html.Summary(
        plural("{count} check passed", "{count} checks passed", len(passed), count=formats.count(len(passed))),
        className="link",
    )
    parts.append(html.Details([summary, _check_table(facts, passed)], className="passed-checks"))
    sub = _(
        "Blocking: no release without it. Withdrawing: the metrics that rest on it are withheld. Warning: shown only."
    )
    return figure_section("checks", capital(title), sub, html.Div(parts), Foot(data=data, has_table=False))


def _check_table(facts: About, checks: Sequence[Mapping[str, Any]]) -> Html:
    head = [
        html.Th(""),
        html.Th(_("Check"), className="left", style={"paddingLeft": "8px"}),
        html.Th(_("Table"), className="left"),
        html.Th(_("Severity"), className="left"),
        html.Th(_("What was found"), className="left"),
        html.Th(_("Metrics that rest on it"), className="left"),
    ]
    return html.Div(
        html.Table(
            [html.Thead(html.Tr(head)), html.Tbody([html.Tr(_check_cells(facts, c)) for c in checks])],
            className="table-plain compact checks-table",
        ),
        className="table-scroll",
    )


def _check_cells(facts: About, check: Mapping[str, Any]) -> list[Html]:
    metrics = check.get("metrics") or []
    names = metrics.split(",") if isinstance(metrics, str) else list(metrics)
    said = [facts.label(str(name), current()) for name in names if str(name).strip()]
    more = [_("{count} more", count=len(said) - 3)] if len(said) > 3 else []
    shown = formats.say_list(said[:3] + more)
    return [
        html.Td(glyph("met" if check["passed"] else "missed")),
        html.Td(check_name(str(check["check_name"])), className="left wide", style={"paddingLeft": "8px"}),
        html.Td(words_of(str(check.get("table_name") or "")).lower(), className="left muted"),
        html.Td(severity_word(str(check["severity"])), className="left second"),
        html.Td(str(check.get("detail") or ""), className="left wide second"),
        html.Td(shown or _("none"), className="left muted wide"),
    ]


def words_of(name: str) -> str:
    """A check or table name as words."""
    return name.replace("__", ": ").replace("_", " ").replace(".", ": ").capitalize()


def severity_word(severity: str) -> str:
    """Blocking, Withdrawing or Warning."""
    return {"block": _("Blocking"), "withdraw": _("Withdrawing"), "warn": _("Warning")}.get(severity, severity)
