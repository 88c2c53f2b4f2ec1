"""The metric engine: a metric is asked for by its name, and the catalogue compiled from dbt says how to answer.

``ask`` answers, ``compare`` sets an answer beside a target or an earlier period, ``explain`` shows the SQL,
``catalogue`` lists what there is, ``write_catalogue`` compiles dbt's semantic manifest into ``metrics.catalogue``.
"""

from analytics.metrics.answers import ask
from analytics.metrics.asking import parse_where
from analytics.metrics.clusters import Clusters, shares_below
from analytics.metrics.comparisons import AGAINST, Against, Comparison, compare
from analytics.metrics.compile import CatalogueRow, compile_catalogue
from analytics.metrics.explaining import definition_of, explain
from analytics.metrics.model import CLOCK_GRAINS, GRAINS, Grain, Metric, MetricRequest, MetricRow, request
from analytics.metrics.nothing import why_nothing
from analytics.metrics.table import catalogue, metric_named, write_catalogue
from analytics.metrics.targets import Target, read_targets, target_for, verdict
from analytics.metrics.withdrawing import withdrawals

__all__ = [
    "AGAINST",
    "CLOCK_GRAINS",
    "GRAINS",
    "Against",
    "CatalogueRow",
    "Clusters",
    "Comparison",
    "Grain",
    "Metric",
    "MetricRequest",
    "MetricRow",
    "Target",
    "ask",
    "catalogue",
    "compare",
    "compile_catalogue",
    "definition_of",
    "explain",
    "metric_named",
    "parse_where",
    "read_targets",
    "request",
    "shares_below",
    "target_for",
    "verdict",
    "why_nothing",
    "withdrawals",
    "write_catalogue",
]
