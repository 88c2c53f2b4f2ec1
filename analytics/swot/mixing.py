"""What an entity's figure is mixed of, this year and last: channels, and for a channel its topics."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import numpy as np

from analytics.metrics import Metric, MetricRequest
from analytics.metrics.columns import Sums, cluster_sums
from analytics.metrics.model import Database
from analytics.swot.model import ORGANISATION, Measure, Where, Window, entity_of
from analytics.swot.panels import DECIMALS, within
from analytics.swot.windows import last_year

if TYPE_CHECKING:
    from analytics.swot.observing import Observations

MIX = {"channel": "topic"}
"""What a dimension's mix is made of; everything but a channel is mixed of channels."""


def add_mix(
    db: Database,
    seen: Observations,
    metrics: Mapping[str, Metric],
    names: Iterable[str],
    where: Where,
    window: Window,
    dimension: str,
) -> None:
    """The strata of each entity, this year's and last year's. What a slice names is no stratum, and a rate of events
    over hours has none: a channel's hours are not what its events were mixed of."""
    if dimension == ORGANISATION:
        return
    by = tuple(sorted((dimension, MIX.get(dimension, "channel"))))
    named = {name for name, _ in where}
    able = tuple(
        n
        for n in names
        if metrics[n].denominator is not None
        and metrics[n].n is not None
        and set(by) <= set(metrics[n].dimensions())
        and not named & set(by)
    )
    if not able or (dimension == "channel" and all((Measure(n, where), by) in seen.crossed for n in able)):
        return
    for n in able:
        seen.crossed.add((Measure(n, where), by))
    sides = _crossed(db, able, by, where, window)
    for name in able:
        crossed = [side.get(name, {}) for side in sides]
        for place, kind in enumerate(by):
            if MIX.get(kind, "channel") == by[1 - place]:
                _keep_mix(seen, Measure(name, where), kind, [_strata(side, place) for side in crossed])
        if by == ("channel", "topic"):
            whole = [{None: _sum(_strata(side, 0))} for side in crossed]
            _keep_mix(seen, Measure(name, where), ORGANISATION, whole)


Crossed = dict[tuple[str, ...], tuple[float, float]]


def _crossed(
    db: Database, names: tuple[str, ...], by: tuple[str, ...], where: Where, window: Window
) -> list[dict[str, Crossed]]:
    """Sums per stratum, this year's and last year's, from one pass by month."""
    earlier = last_year(window)
    asked = MetricRequest(names, by=by, grain="month", where=where, start=window.start, end=window.end,
                          beside=(earlier.start, earlier.end))  # fmt: skip
    sums = cluster_sums(db, asked)
    return [{name: _added(within(told, span)) for name, told in sums.items()} for span in (window, earlier)]


def _added(sums: Sums) -> Crossed:
    """Both sides of each cut over its months."""
    top, bottom = (
        np.bincount(sums.cut, told, len(sums.cuts)).round(DECIMALS) for told in (sums.numerator, sums.denominator)
    )
    present = np.unique(sums.cut)
    return {sums.cuts[place]: (float(top[place]), float(bottom[place])) for place in present}


def _strata(crossed: Crossed, place: int) -> dict[str | None, dict[str, tuple[float, float]]]:
    found: dict[str | None, dict[str, tuple[float, float]]] = defaultdict(dict)
    for cut in sorted(crossed):
        found[cut[place]][cut[1 - place]] = crossed[cut]
    return found


def _sum(strata: Mapping[str | None, Mapping[str, tuple[float, float]]]) -> dict[str, tuple[float, float]]:
    return {
        str(kind): (sum(y for y, _ in mine.values()), sum(x for _, x in mine.values())) for kind, mine in strata.items()
    }


def _keep_mix(seen: Observations, measure: Measure, dimension: str, sides: list) -> None:
    for name in sides[0].keys() & sides[1].keys():
        entity = entity_of(dimension, name)
        seen.mix[measure, entity] = sides[0][name], sides[1][name]
