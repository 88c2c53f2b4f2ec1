"""Reading what people type: a filter expression, a request whose names and dates must make sense."""

from __future__ import annotations

import re

from analytics.metrics.model import CLOCK_GRAINS, GRAINS, Metric, MetricRequest
from analytics.metrics.table import metric_named, unknown
from warehouse.errors import UsageError

_TERM = re.compile(
    r"""\s*(?P<name>[A-Za-z_]\w*)\s*=\s*(?:'(?P<single>(?:[^']|'')*)'|"(?P<double>(?:[^"]|"")*)"|(?P<bare>[^'"=]+?))\s*"""
    r"""(?:\band\b|$)""",
    re.IGNORECASE,
)


def parse_where(text: str | None) -> tuple[tuple[str, str], ...]:
    """``channel = chat and team = 'A and B'`` → ``(("channel", "chat"), ("team", "A and B"))``.

    A value is bare, or in single or double quotes (doubled inside). Anything else is a `UsageError`.
    """
    found: list[tuple[str, str]] = []
    position, text = 0, (text or "").strip()
    while position < len(text):
        term = _TERM.match(text, position)
        if term is None or (term.end() == len(text) and re.search(r"\band\s*$", text, re.IGNORECASE)):
            raise UsageError(
                f"The filter '{text}' is not understood from '{text[position:]}' on; "
                "write dimension = value, joined by and.",
                code="filter",
                key=text,
            )
        found.append((term["name"].lower(), _unquoted(term)))
        position = term.end()
    return tuple(found)


def _unquoted(term: re.Match[str]) -> str:
    if term["single"] is not None:
        return term["single"].replace("''", "'")
    if term["double"] is not None:
        return term["double"].replace('""', '"')
    return term["bare"].strip()


def checked(metrics: dict[str, Metric], request: MetricRequest) -> list[Metric]:
    """The metrics asked for, once every name, the grain and the dates of the request are known to be sound."""
    if not request.metrics:
        raise UsageError(f"Which metric? Known are: {', '.join(metrics)}.", code="unknown_metric")
    if request.grain is not None and request.grain not in (*CLOCK_GRAINS, *GRAINS):
        raise unknown("grain", str(request.grain), (*CLOCK_GRAINS, *GRAINS))
    if request.start and request.end and request.start > request.end:
        raise UsageError(f"The span from {request.start} to {request.end} ends before it begins.", code="span")
    found = [metric_named(metrics, name) for name in dict.fromkeys(request.metrics)]
    said = {*request.by, *(name for name, _ in request.where)}
    for metric in found:
        if request.known_on and metric.vintages is None:
            revised = ", ".join(sorted(m.name for m in metrics.values() if m.vintages)) or "no metric"
            raise UsageError(
                f"{metric.name} keeps no earlier vintages, so it cannot be asked as known on {request.known_on}; "
                f"these do: {revised}.",
                code="vintages",
                key=metric.name,
            )
        for name in metric.needs_filter:
            if name not in said:
                raise UsageError(
                    f"{metric.name} means nothing over every {name} at once; filter by {name} or cut by it.",
                    code="filter",
                    key=name,
                )
    return found
