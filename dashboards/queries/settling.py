"""Since when a metric's figures are still settling: quick cases are through, slow ones open, and a mean reads too well.

The SWOT judges such a metric by its newest month that is through; a page shows what there is and says so.
"""

from __future__ import annotations

from datetime import date, timedelta

from analytics.metrics import Metric
from dashboards.reading import Reading


def settling_from(reading: Reading, metric: Metric) -> date | None:
    """The first local day whose cases have not all had their time; None where figures stand at once."""
    if not metric.settles_after_days:
        return None
    return reading.local(reading.release.as_of).date() - timedelta(days=metric.settles_after_days)


def settles_in(reading: Reading, metric: Metric, last_day: date) -> int:
    """In how many days the figure of a span that ends on that day is settled; 0 where it is."""
    begins = settling_from(reading, metric)
    return max(0, (last_day - begins).days + 1) if begins else 0
