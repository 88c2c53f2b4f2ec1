"""Which variant of a metric leads where its main one cannot be told, such as F3 of the service level.

Some telephone systems do not tell short abandons: the main service level is null there, never guessed, and the variant
that its definition names stands in for it, held to the main one's targets and told as what it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from analytics.metrics import Metric, MetricRequest, ask
from analytics.metrics.model import Database
from analytics.metrics.periods import last_of_month
from analytics.metrics.targets import Target
from analytics.swot.model import Factor, Where


def leading(
    db: Database, factors: Sequence[Factor], metrics: Mapping[str, Metric], targets: list[Target], period: date
) -> tuple[list[Factor], list[Target]]:
    """The factors, each measured by the metric that leads up to ``period``; the targets, variants' with them."""
    found, held = [], list(targets)
    for factor in factors:
        variant = metrics[factor.metric].leads_when_null
        if variant in metrics and _stands_in(db, factor, str(variant), last_of_month(period)):
            held += [replace(target, metric=str(variant)) for target in targets if target.metric == factor.metric]
            factor = replace(factor, metric=str(variant))
        found.append(factor)
    return found, held


def _stands_in(db: Database, factor: Factor, variant: str, until: date) -> bool:
    """Whether nothing up to a day tells the factor's own metric, and something tells the variant."""
    return not _is_told(db, factor.metric, factor.where, until) and _is_told(db, variant, factor.where, until)


def _is_told(db: Database, metric: str, where: Where, until: date) -> bool:
    rows = ask(db, MetricRequest((metric,), where=where, end=until))
    return any(row.value is not None or row.suppressed or row.withdrawn_by for row in rows)
