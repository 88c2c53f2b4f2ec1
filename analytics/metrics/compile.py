"""From dbt's semantic manifest to the metric catalogue: every metric with its parts, rollups and meaning."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from analytics.metrics import arithmetic
from analytics.metrics.manifest import Columns, Manifest, refuse
from analytics.metrics.model import DIRECTIONS, INTERVALS, UNITS, Component, Metric, Quantile

CatalogueRow = Metric
_NO_SAMPLE = ("seconds", "minutes", "hours", "amount", "budget", "cost", "paid", "weight")
_SCALED_RATIO = re.compile(r"(\d+(?:\.\d+)?) \* (\w+) / nullif\((\w+), 0\)")
"""A derived metric that is a ratio on another scale: ``12 * leavers / nullif(headcount_average, 0)``."""
_NPS_PARTS = {"promoters": "promoters", "passives": "passives", "detractors": "detractors"}


def compile_catalogue(
    semantic_manifest: dict[str, Any], columns: Columns | None = None, rows: Mapping[str, int] | None = None
) -> list[CatalogueRow]:
    """Every metric of dbt's ``semantic_manifest.json`` that carries ``config.meta``, in order of name.

    ``columns`` and ``rows`` say what the rollups truly hold (`write_catalogue` reads both from the database).
    Raises `SwotlightError` naming the metric when a definition does not hold together.
    """
    manifest = Manifest(semantic_manifest, columns, rows)
    named = [m for m in manifest.metrics.values() if _meta(m).get("unit")]
    return [_metric(manifest, m) for m in sorted(named, key=lambda m: m["name"])]


def _meta(metric: dict[str, Any]) -> dict[str, Any]:
    return (metric.get("config") or {}).get("meta") or metric.get("meta") or {}


def _metric(manifest: Manifest, source: dict[str, Any]) -> Metric:
    name, meta = source["name"], _meta(source)
    _check_words(name, meta)
    source, scale = _as_ratio(source)
    quantile = _quantile(manifest, name, meta)
    components: dict[str, Component] = {}
    numerator = denominator = None
    if quantile is None:
        numerator, denominator = _formula(manifest, source, components, meta)
    interval = str(meta.get("interval") or "none")
    parts = _interval_parts(manifest, meta, components, numerator)
    sampled = bool(parts)
    if numerator and meta.get("pending"):
        components["pending_part"] = manifest.measured(name, meta["pending"], meta.get("rollups") or [])
        parts["pending"] = "pending_part"
    if (interval in ("t", "nps") and not sampled) or denominator is None:
        # Without Σx² there is no interval of a mean, and a plain count is a full count.
        interval = "none"
    return _told(
        Metric(
            name=name,
            label=source.get("label") or name.replace("_", " "),
            description=(source.get("description") or "").strip(),
            unit=meta["unit"],
            direction=str(meta.get("direction") or "none"),
            components=components,
            numerator=numerator,
            denominator=denominator,
            n=_sample(meta, components, denominator),
            interval=interval,
            quantile=quantile,
            parts=parts,
            scale=scale,
            additivity=str(meta.get("additivity") or "sum"),
        ),
        meta,
    )


def _told(metric: Metric, meta: dict[str, Any]) -> Metric:
    """The metric with what is said about it, and its hash."""
    survey = any("survey" in r.table for r in metric.rollups())
    told = {
        "labels": {k: str(v) for k, v in (meta.get("labels") or {}).items()},
        "descriptions": {k: str(v).strip() for k, v in (meta.get("descriptions") or {}).items()},
        "format": meta.get("format"),
        "owner": meta.get("owner"),
        "dimension": str(meta.get("dimension") or "none"),
        "swd": float(meta["swd"]) if meta.get("swd") is not None else None,
        "counted_on": meta.get("counted_on"),
        "hide_below": int(meta.get("hide_below", 5 if survey else 0)),
        "rests_on": tuple(meta.get("rests_on") or ()),
        "swd_is_relative": meta.get("swd_is") == "relative",
        "variant_of": meta.get("variant_of"),
        "leads_when_null": meta.get("leads_when_null"),
        "settles_after_days": int(meta.get("settles_after_days") or 0),
        "needs_filter": tuple(meta.get("needs_filter") or ()),
        "vintages": f"rollups.{meta['vintages']}" if meta.get("vintages") else None,
        "definition_hash": _hash(metric),
    }
    return Metric(**{**metric.__dict__, **told})


def _check_words(name: str, meta: dict[str, Any]) -> None:
    for key, words in (("unit", UNITS), ("direction", DIRECTIONS), ("interval", INTERVALS)):
        given = meta.get(key)
        if given is not None and given not in words:
            raise refuse(name, f"its {key} is '{given}'; it must be one of {', '.join(words)}.")


def _as_ratio(source: dict[str, Any]) -> tuple[dict[str, Any], float]:
    """A scaled ratio as the ratio it scales, and its scale: its interval belongs to what was counted. Else as it is."""
    parameters = source["type_params"]
    found = _SCALED_RATIO.fullmatch(str(parameters.get("expr") or "").strip()) if source["type"] == "derived" else None
    inputs = {given.get("alias") or given["name"]: given for given in parameters.get("metrics") or []}
    if found is None or not {found[2], found[3]} <= set(inputs):
        return source, 1.0
    ratio = {"numerator": inputs[found[2]], "denominator": inputs[found[3]]}
    return {**source, "type": "ratio", "type_params": ratio}, float(found[1])


def _formula(
    manifest: Manifest, source: dict[str, Any], components: dict[str, Component], meta: dict[str, Any]
) -> tuple[str, str | None]:
    """Numerator and denominator as arithmetic over ``components``, which is filled on the way."""
    parameters = source["type_params"]
    if source["type"] == "ratio":
        top = _input(manifest, source, parameters["numerator"], components, meta)
        return top, _input(manifest, source, parameters["denominator"], components, meta)
    return _expression(manifest, source, components, meta), None


def _input(
    manifest: Manifest,
    owner: dict[str, Any],
    given: dict[str, Any],
    components: dict[str, Component],
    meta: dict[str, Any],
) -> str:
    """The arithmetic of an input metric, in brackets where it is more than a name."""
    inner = manifest.metrics.get(given["name"])
    if inner is None:
        raise refuse(owner["name"], f"it names the metric '{given['name']}', which is not defined.")
    if given.get("filter") or given.get("offset_window") or given.get("offset_to_grain"):
        raise refuse(owner["name"], "filters and offsets belong on the measure of the input metric, not on the input.")
    own = {**meta, "rollups": _meta(inner).get("rollups") or meta.get("rollups") or []}
    text = _expression(manifest, inner, components, own)
    return text if text.isidentifier() else f"({text})"


def _expression(
    manifest: Manifest, source: dict[str, Any], components: dict[str, Component], meta: dict[str, Any]
) -> str:
    kind, name = source["type"], source["name"]
    if kind == "simple":
        components.setdefault(name, manifest.component(name, source, meta.get("rollups") or []))
        return name
    if kind == "ratio":
        top, bottom = _formula(manifest, source, components, meta)
        return f"{top} / {bottom}"
    if kind == "derived":
        return _derived(manifest, source, components, meta)
    raise refuse(name, f"metrics of type '{kind}' cannot be computed from rollups.")


def _derived(manifest: Manifest, source: dict[str, Any], components: dict[str, Component], meta: dict[str, Any]) -> str:
    parameters = source["type_params"]
    inputs = {i.get("alias") or i["name"]: i for i in parameters.get("metrics") or []}
    text = str(parameters["expr"]).lower()
    unknown = [n for n in arithmetic.names(text) if n not in inputs]
    if unknown:
        raise refuse(source["name"], f"its expression names {', '.join(unknown)}, which is none of its input metrics.")
    return replace_words(text, {alias: _input(manifest, source, i, components, meta) for alias, i in inputs.items()})


def replace_words(text: str, by: Mapping[str, str]) -> str:
    """Every whole word that is a key replaced by its value, in one pass."""
    return re.sub(r"[A-Za-z_]\w*", lambda found: by.get(found.group(0), found.group(0)), text)


def _quantile(manifest: Manifest, name: str, meta: dict[str, Any]) -> Quantile | None:
    spec = meta.get("quantile")
    if not spec:
        return None
    table = spec.get("survival") or spec.get("histogram")
    q = float(spec.get("q", 0.5))
    if not table or not 0 < q < 1:
        raise refuse(name, "meta.quantile needs a histogram (or survival) rollup and a q between 0 and 1.")
    survival = bool(spec.get("survival")) or "fill_durations" in table
    schema = "" if "." in table else "rollups."
    tables = [f"{schema}{table}"]
    for other in meta.get("rollups") or []:
        full = other if "." in other else f"rollups.{other}"
        have = {column for column, _ in manifest.columns.get(full, ())}
        if full not in tables and {"bucket", "measure"} <= have and not survival:
            tables.append(full)
    rollups = tuple(manifest.rollup(name, t) for t in tables)
    return Quantile(q, rollups, None if survival else spec.get("measure"), survival)


def _sample(meta: dict[str, Any], components: dict[str, Component], denominator: str | None) -> str | None:
    """What counts as n: what meta names, else the denominator where it counts things and does not measure them."""
    named = meta.get("n")
    if isinstance(named, str):
        return named if named in components else _extra(components, "n_sample", named, denominator)
    if denominator is None:
        return None
    words = arithmetic.names(denominator)
    measured = any(sign in components[w].sql for w in words if w in components for sign in _NO_SAMPLE)
    return None if measured else denominator


def _extra(components: dict[str, Component], alias: str, column: str, like: str | None) -> str:
    """A further sum of ``column`` beside an existing part: same rollups, same filter."""
    model = components[arithmetic.names(like)[0]] if like else next(iter(components.values()))
    components[alias] = Component(f"sum({column})", model.rollups, model.filter, model.last_by, model.fill)
    return alias


def _interval_parts(
    manifest: Manifest, meta: dict[str, Any], components: dict[str, Component], numerator: str | None
) -> dict[str, str]:
    """Further sums an interval needs (promoters, Σx²), by their columns' agreed names or as meta says."""
    wanted = dict(meta.get("interval_parts") or {})
    if numerator and meta.get("interval") == "nps":
        wanted = {**_NPS_PARTS, **wanted}
    if numerator and meta.get("interval") == "t" and "squares" not in wanted:
        summed = components[arithmetic.names(numerator)[0]]
        column = _squares_column(manifest, summed)
        wanted |= {"squares": _all_squares(_summed(summed), column)} if column else {}
    return {part: _extra(components, f"{part}_part", column, numerator) for part, column in wanted.items()}


def _summed(component: Component) -> str:
    return component.sql.removeprefix("sum(").removesuffix(")")


def _all_squares(summed: str, squares: str) -> str:
    """Σx² as no number where a row with Σx lacks it: interval reports know no squares, the contacts beside them do."""
    return f"coalesce({squares}, case when {summed} is not null then cast('nan' as double) end)"


def _squares_column(manifest: Manifest, component: Component) -> str | None:
    """The column of Σx² beside Σx: ``value_sq_sum`` for ``value_sum``, ``wait_seconds_sq_sum`` for ``wait_seconds``."""
    summed = _summed(component)
    names = [summed.removesuffix("_sum") + "_sq_sum", f"{summed}_sq", f"{summed}_squared"]
    tables = [{name for name, _ in manifest.columns.get(r.table, ())} for r in component.rollups]
    if not any(tables):
        return names[0] if summed.endswith("_sum") else None
    return next((name for name in names if all(name in table for table in tables)), None)


def _hash(metric: Metric) -> str:
    """Sixteen hex digits that change when the meaning of a number does, and only then."""
    quantile = metric.quantile
    meaning: Sequence[Any] = (
        metric.name,
        metric.unit,
        metric.scale,
        metric.additivity,
        metric.numerator,
        metric.denominator,
        {k: [c.text(), c.rollups[0].table, c.last_by, c.fill] for k, c in metric.components.items()},
        [quantile.q, quantile.measure, quantile.survival, quantile.rollups[0].table] if quantile else None,
    )
    return hashlib.sha256(json.dumps(meaning, sort_keys=True).encode()).hexdigest()[:16]
