"""One family a period: all tests adjusted together, then the verdicts; and the SQL behind every value."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping

from analytics.metrics import Metric, MetricRequest
from analytics.metrics.explaining import statement
from analytics.statistics.families import benjamini_hochberg
from analytics.swot.model import FALSE_DISCOVERY_RATE, ORGANISATION, Evidence, Factor
from analytics.swot.windows import is_state


def adjust(family: Iterable[Evidence]) -> None:
    """One Benjamini–Hochberg family over everything tested in a period, then the verdicts.

    A verdict needs both: an adjusted p of at most 5 %, and a difference of at least the smallest worthwhile one.
    """
    tested = [e for e in family if e.p is not None]
    for evidence, p in zip(tested, benjamini_hochberg([e.p or 0.0 for e in tested]), strict=True):
        evidence.p_adjusted = p
        if p > FALSE_DISCOVERY_RATE or abs(evidence.difference or 0.0) < evidence.swd or evidence.direction == "none":
            evidence.verdict = "none"
        else:
            evidence.verdict = "better" if evidence.helps() else "worse"


def attach_sql(family: Iterable[Evidence], metrics: Mapping[str, Metric], factors: Mapping[str, Factor]) -> None:
    """The runnable SQL behind every value, and its hash; a rating beside what matters has brought its own."""
    written: dict[tuple, str] = {}
    for evidence in family:
        if not evidence.sql_text:
            key = (evidence.metric, evidence.slice, evidence.entity, evidence.window)
            if key not in written:
                written[key] = _statement(evidence, metrics[evidence.metric], factors[evidence.factor])
            evidence.sql_text = written[key]
        evidence.sql_hash = hashlib.sha256(evidence.sql_text.encode()).hexdigest()[:16]


def _statement(evidence: Evidence, metric: Metric, factor: Factor) -> str:
    """A level at a period's end is observed at its months' ends, together; everything else over the window at once."""
    own = () if evidence.entity[0] == ORGANISATION else ((evidence.entity[0], str(evidence.entity[1])),)
    window, is_level = evidence.window, is_state(metric)
    request = MetricRequest((metric.name,), where=(*factor.where, *own), start=window.start, end=window.end,
                            grain="month" if is_level else None)  # fmt: skip
    return statement(metric, request, together=is_level)[0]
