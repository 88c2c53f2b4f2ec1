"""The conclusion and the two lines under it: the Overview's own sentences."""

from __future__ import annotations

from dashboards.figures import sentences
from dashboards.filters import Filters
from dashboards.queries import overview
from dashboards.reading import Reading


def said(reading: Reading, filters: Filters) -> tuple[str, str]:
    """(conclusion, lede)."""
    scores = overview.scorecard(reading, filters)
    channels = overview.channel_levels(reading, filters)
    lead = {score.dimension: score.lead for score in scores}.get("service_quality")
    whole = lead if lead and lead.metric.name.startswith(overview.LEVEL) else None
    found = [m for score in scores for m in (score.lead, *score.further) if m]
    csat = next((m for m in found if m.metric.name == "csat"), None)
    return (
        sentences.conclusion(whole, channels, scores, filters),
        sentences.lede(whole, channels, 0, csat, scores),
    )
