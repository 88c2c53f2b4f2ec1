"""One family a period: all tests adjusted together, then the verdicts; and the SQL behind every value."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping

from analytics.metrics import Metric, MetricRequest
from analytics.metrics.explaining import statement
from analytics.statistics.families import benjamini_hochberg
from analytics.swot.model import FALSE_DISCOVERY_RATE, ORGANISATION, Evidence, Factor


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
    """The runnable SQL behind every value, and its hash."""
    written: dict[tuple, tuple[str, str]] = {}
    for evidence in family:
        key = (evidence.metric, evidence.slice, evidence.entity, evidence.window)
        if key not in written:
            own = () if evidence.entity[0] == ORGANISATION else ((evidence.entity[0], str(evidence.entity[1])),)
            where = (*factors[evidence.factor].where, *own)
            request = MetricRequest(
                (evidence.metric,), where=where, start=evidence.window.start, end=evidence.window.end
            )
            sql = statement(metrics[evidence.metric], request)[0]
            written[key] = sql, hashlib.sha256(sql.encode()).hexdigest()[:16]
        evidence.sql_text, evidence.sql_hash = written[key]
