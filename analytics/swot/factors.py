"""The factor catalogue: reading ``marts.swot_factors`` and refusing rows that cannot be right."""

from __future__ import annotations

from typing import Any

from analytics.metrics import Metric, parse_where
from analytics.metrics.model import Database
from analytics.metrics.table import unknown
from analytics.swot.model import COMPARATORS, ENTITY_DIMENSIONS, SCOPES, STAGES, Factor
from warehouse.errors import SwotlightError, UsageError


def read_factors(db: Database, metrics: dict[str, Metric]) -> list[Factor]:
    """Every factor in order of its name. Raises `SwotlightError` with a sentence for a row that cannot be right."""
    rows = db.rows("select * from marts.swot_factors")
    factors = sorted((_factor(row, metrics) for row in rows), key=lambda f: f.factor)
    names = [f.factor for f in factors]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise _refusal(twice[0], "stands in the catalogue twice; keep one row.")
    return factors


def _refusal(factor: str, what: str) -> SwotlightError:
    return SwotlightError(
        f"The SWOT factor {factor} {what}", code="swot_factor", file="reference/swot_factors.csv", key=factor
    )


def _number(row: dict[str, Any], name: str, missing: float) -> float:
    return float(row[name]) if row.get(name) is not None else missing


def _factor(row: dict[str, Any], metrics: dict[str, Metric]) -> Factor:
    name = str(row["factor"])
    factor = Factor(
        factor=name,
        scope=str(row["scope"]),
        theme=str(row["theme"]),
        bears_on=row.get("bears_on") or None,
        chain_stage=row.get("chain_stage") or None,
        metric=str(row["metric"]),
        direction=str(row["direction"]),
        comparators=tuple(word.partition(":")[0] for word in _words(row)),
        swd=_number(row, "swd", 0.0),
        weight=_number(row, "weight", -1.0),
        rating=None if row.get("rating") is None else float(row["rating"]),
        minimum_n=int(row.get("minimum_n") or 0),
        owner_role=row.get("owner_role"),
        dimension=row.get("dimension"),
        slice=row.get("slice") or None,
        where=_slice(name, row.get("slice")),
        peers=tuple(k for word in _words(row) if word.startswith("peer:") for k in word[5:].split("+")),
    )
    _check_words(factor, metrics)
    _check_slice(factor, metrics[factor.metric])
    _check_numbers(factor)
    return factor


def _words(row: dict[str, Any]) -> list[str]:
    return [word.strip() for word in str(row.get("comparators") or "").split("|") if word.strip()]


def _slice(name: str, text: str | None) -> tuple[tuple[str, str], ...]:
    try:
        return parse_where(text)
    except UsageError as error:
        raise _refusal(name, f"is cut by a slice that cannot be read. {error.message}") from error


def _check_words(factor: Factor, metrics: dict[str, Metric]) -> None:
    if factor.metric not in metrics:
        said = unknown("metric", factor.metric, metrics).message
        raise _refusal(factor.factor, f"is measured by a metric that is not defined. {said}")
    if factor.scope not in SCOPES:
        raise _refusal(factor.factor, f"has the scope '{factor.scope}'; it must be internal or external.")
    allowed = ("higher", "lower") if factor.scope == "internal" else ("higher", "lower", "none")
    if factor.direction not in allowed:
        raise _refusal(factor.factor, f"has the direction '{factor.direction}'; it must be {' or '.join(allowed)}.")
    strange = [c for c in factor.comparators if c not in COMPARATORS]
    if strange:
        raise _refusal(factor.factor, f"is compared with '{strange[0]}'; allowed are {', '.join(COMPARATORS)}.")
    odd = [kind for kind in factor.peers if kind not in ENTITY_DIMENSIONS]
    if odd:
        raise _refusal(factor.factor, f"has peers among '{odd[0]}'; there are {', '.join(ENTITY_DIMENSIONS)}.")
    if factor.chain_stage and factor.chain_stage not in STAGES:
        raise _refusal(factor.factor, f"stands at the stage '{factor.chain_stage}'; stages are {', '.join(STAGES)}.")


def _check_slice(factor: Factor, metric: Metric) -> None:
    named = {name for name, _ in factor.where}
    for name in sorted(named - set(metric.dimensions())):
        said = unknown("dimension", name, metric.dimensions()).message
        raise _refusal(factor.factor, f"cuts {metric.name} by {name}, which it cannot be cut by. {said}")
    for name in metric.needs_filter:
        if name not in named:
            raise _refusal(
                factor.factor, f"needs a slice that names the {name} of {metric.name}, such as {name} = value."
            )


def _check_numbers(factor: Factor) -> None:
    if not factor.weight >= 0:
        raise _refusal(factor.factor, f"has the weight {factor.weight:g}; a weight is 0 or more.")
    if not factor.swd > 0:
        raise _refusal(factor.factor, f"has the smallest worthwhile difference {factor.swd:g}; it must be above 0.")
    if factor.minimum_n < 0:
        raise _refusal(factor.factor, f"has the minimum n {factor.minimum_n}; it must be 0 or more.")
    if factor.rating is not None and not 1 <= factor.rating <= 4:
        raise _refusal(
            factor.factor,
            f"is rated {factor.rating:g}; a rating is 1 to 4 (1–2 for a weakness, 3–4 for a strength).",
        )
