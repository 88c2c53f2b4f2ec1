"""A semantic manifest in dbt's shape over a handful of rollups: small enough to compute every answer by hand."""

from __future__ import annotations

from typing import Any

SLICE = ("source", "channel", "team", "region", "topic", "segment")


def model(name: str, table: str, time: str, measures: dict[str, str], dimensions: tuple[str, ...] = SLICE) -> dict:
    """A semantic model on ``rollups.<table>`` whose measures are sums of the given expressions."""
    grain = "month" if time.startswith("month") else "day"
    return {
        "name": name,
        "node_relation": {"alias": table, "schema_name": "rollups", "database": "w", "relation_name": ""},
        "defaults": {"agg_time_dimension": time},
        "entities": [{"name": name, "type": "primary", "expr": "1"}],
        "dimensions": [
            {"name": time, "type": "time", "type_params": {"time_granularity": grain}, "expr": None},
            *({"name": d, "type": "categorical", "type_params": None, "expr": None} for d in dimensions),
        ],
        "measures": [{"name": m, "agg": "sum", "expr": e} for m, e in measures.items()],
    }


def simple(name: str, measure: str, where: str | None = None, fill: int | None = None, **meta: Any) -> dict:
    """A simple metric on a measure; without meta it is a mere part of others."""
    filters = {"where_filters": [{"where_sql_template": where}]} if where else None
    given = {"name": measure, "filter": None, "alias": None, "fill_nulls_with": fill}
    return _metric(name, "simple", {"measure": given}, filters, meta)


def ratio(name: str, numerator: str, denominator: str, **meta: Any) -> dict:
    """A ratio of two metrics."""
    return _metric(name, "ratio", {"numerator": {"name": numerator}, "denominator": {"name": denominator}}, None, meta)


def derived(name: str, expr: str, inputs: list[str], **meta: Any) -> dict:
    """Arithmetic over other metrics."""
    return _metric(name, "derived", {"expr": expr, "metrics": [{"name": i} for i in inputs]}, None, meta)


def _metric(name: str, kind: str, parameters: dict, filters: dict | None, meta: dict) -> dict:
    return {
        "name": name,
        "description": f"What {name} means.",
        "label": name.replace("_", " ").capitalize(),
        "type": kind,
        "type_params": parameters,
        "filter": filters,
        "config": {"meta": meta},
    }


def _said(unit: str = "ratio", direction: str = "higher", **more: Any) -> dict:
    words = {"labels": {"zh": "指标", "vi": "Chỉ số"}, "descriptions": {"zh": "定义", "vi": "Định nghĩa"}}
    return {"unit": unit, "direction": direction, "owner": "operations", **words, **more}


def _percentile(name: str, q: float, measure: str = "wait_seconds") -> dict:
    spec = {"histogram": "rollup_durations_day", "measure": measure, "q": q}
    return simple(name, "first_wait", **_said("seconds", "lower", quantile=spec))


IS_CSAT = "{{ Dimension('survey_answer__instrument') }} = 'csat'"
IS_NPS = "{{ Dimension('survey_answer__instrument') }} = 'nps'"
CONTACTS = {
    "offered": "answered + abandoned",
    "answered": "answered",
    "sl_answered": "sl_answered",
    "sl_base": "sl_base",
    "wait_seconds": "wait_seconds",
}
SURVEY = {"n": "n", "satisfied": "satisfied", "value_sum": "value_sum", "nps_points": "100 * (promoters - detractors)"}


def manifest() -> dict[str, Any]:
    """The whole document."""
    backlog = model("backlog", "rollup_backlog_day", "day_on", {"open_at_end": "open_at_end"})
    backlog["measures"][0]["non_additive_dimension"] = {
        "name": "day_on",
        "window_choice": "max",
        "window_groupings": ["source"],
    }
    waits = model("waits", "rollup_durations_day", "counted_on", {"first_wait": "n"}, (*SLICE, "measure"))
    monthly: dict[str, Any] = {"rollups": ["rollup_contacts_month"]}
    return {
        "semantic_models": [
            model("contacts", "rollup_contacts_day", "arrived_on", CONTACTS),
            model("tickets", "rollup_tickets_created_day", "created_on", {"tickets": "tickets", "moans": "complaints"}),
            model("surveys", "rollup_surveys_day", "responded_on", SURVEY, (*SLICE, "instrument")),
            model("costs", "rollup_costs_month", "month_on", {"amount": "amount"}, ("team", "channel", "category")),
            model("people", "rollup_headcount_month", "month_on", {"leavers": "leavers", "heads": "heads"}, ("team",)),
            backlog,
            waits,
        ],
        "metrics": [
            simple("offered", "offered", **_said("count", "none", **monthly)),
            simple("answered", "answered", **_said("count", "none", **monthly)),
            simple("sl_top", "sl_answered"),
            simple("sl_bottom", "sl_base"),
            ratio("service_level", "sl_top", "sl_bottom", **_said(interval="wilson", swd=0.02, **monthly)),
            simple("waited", "wait_seconds"),
            ratio("asa_seconds", "waited", "answered", **_said("seconds", "lower", swd=5, **monthly)),
            simple("tickets_created", "tickets", **_said("count", "none")),
            simple("complaints", "moans", fill=0),
            derived("touchpoints", "offered + tickets_created", ["offered", "tickets_created"]),
            ratio("complaint_rate", "complaints", "touchpoints", **_said("ratio", "lower", interval="poisson")),
            simple("satisfied", "satisfied", IS_CSAT),
            simple("asked_csat", "n", IS_CSAT),
            ratio("csat", "satisfied", "asked_csat", **_said(interval="wilson", rests_on=["survey_scale"])),
            simple("csat_points", "value_sum", IS_CSAT),
            ratio("csat_mean", "csat_points", "asked_csat", **_said("score", interval="t")),
            simple("nps_points", "nps_points", IS_NPS),
            simple("asked_nps", "n", IS_NPS),
            ratio("nps", "nps_points", "asked_nps", **_said("points", interval="nps")),
            simple("costs", "amount"),
            ratio("cost_per_contact", "costs", "answered", **_said("currency", "lower")),
            simple("spending", "amount", **_said("currency", "none", needs_filter=["category"])),
            ratio("complaint_share", "complaints", "tickets_created", **_said(interval="wilson", pending="tickets")),
            simple("leavers", "leavers"),
            simple("heads", "heads"),
            derived(
                "turnover_annualised",
                "12 * leavers / nullif(heads, 0)",
                ["leavers", "heads"],
                **_said("ratio", "lower", interval="poisson"),
            ),
            simple("backlog", "open_at_end", **_said("count", "lower", additivity="last")),
            _percentile("wait_seconds_p50", 0.5),
            _percentile("wait_seconds_p90", 0.9),
            simple(
                "time_to_fill_days_p50",
                "first_wait",
                **_said("days", "lower", quantile={"survival": "rollup_fill_durations", "q": 0.5}),
            ),
        ],
    }
