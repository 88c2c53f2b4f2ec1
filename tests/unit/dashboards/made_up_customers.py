"""Made-up input of Customers and needs: the tables it reads from a release."""

from __future__ import annotations

from datetime import date
from typing import Any

from analytics.metrics.periods import add_months

_SLICE = ("channel", "region", "topic")
METRICS: dict[str, tuple[Any, ...]] = {
    "retention_rate": ("Retention", "ratio", "higher", "customer_satisfaction", "wilson", 0.93, 900, ("region",)),
    "servqual_gap": ("Service quality gap", "score", "higher", "customer_satisfaction", "t", -0.2, 300, _SLICE),
    "response_rate": ("Response rate", "ratio", "higher", "customer_satisfaction", "wilson", 0.22, 9000, _SLICE),
    "labour_cost_share": ("Labour share", "ratio", "none", "business_benefit", "none", 0.8, 283_000, ()),
    "training_cost_share": ("Training share", "ratio", "none", "business_benefit", "none", 0.05, 283_000, ()),
    "budget_use": ("Budget used", "ratio", "lower", "business_benefit", "none", 0.93, 300_000, ()),
    "revenue_retained": (
        "Revenue kept", "ratio", "higher", "business_benefit", "none", 0.986, 56_000_000, ("region", "segment"),
    ),
    "repeat_complaint_rate": (
        "Repeated complaints", "ratio", "lower", "customer_satisfaction", "wilson", 0.02, 900, _SLICE,
    ),
}  # fmt: skip


def _driver(name: str, share: float, rating: float, quarter: str, *, clear: bool) -> dict[str, Any]:
    return {
        "outcome": "nps", "attribute": name, "n": 1899, "r2": 0.31, "importance": share,
        "importance_low": share - 0.04, "importance_high": share + 0.04, "performance": rating,
        "performance_low": rating - 0.05, "performance_high": rating + 0.05, "importance_axis": 1 / 3,
        "performance_axis": 5.3, "quarter": quarter, "is_clear": clear,
    }  # fmt: skip


DRIVERS = [
    _driver("reliability", 0.52, 5.0, "concentrate here", clear=True),
    _driver("empathy", 0.30, 5.4, "possible overkill", clear=False),
    _driver("tangibles", 0.18, 5.5, "possible overkill", clear=True),
]


def _gap(level: str, name: str, dimension: str, gap: float) -> dict[str, Any]:
    return {"level": level, "item_or_dimension": name, "dimension": dimension, "n": 1899, "gap": gap, "low": gap - 0.04,
            "high": gap + 0.04, "perception": 5.4 + gap, "expectation": 5.4}  # fmt: skip


GAPS = [
    _gap("item", "servqual_reliability_1", "reliability", -0.2), _gap("item", "servqual_empathy_1", "empathy", 0.1),
    _gap("item", "servqual_reliability_2", "reliability", -0.7), _gap("dimension", "empathy", "empathy", 0.1),
    _gap("dimension", "reliability", "reliability", -0.45), _gap("overall", "overall", "overall", -0.3),
]  # fmt: skip
NEEDS = [
    {"need": "Billing", "evidence": "topics", "theme": "price", "kind": "stated", "frequency": 8_200, "share": 0.09,
     "trend": 0.0007, "csat_met": 0.94, "resolution_rate": 0.96, "importance": 0.11, "urgency": 0.31,
     "importance_axis": 0.08, "urgency_axis": 0.28, "place": "act now"},
    {"need": "Login", "evidence": "topics", "theme": "service", "kind": "stated", "frequency": 7_900, "share": 0.08,
     "trend": None, "csat_met": None, "resolution_rate": None, "importance": 0.05, "urgency": 0.25,
     "importance_axis": 0.08, "urgency_axis": 0.28, "place": "watch"},
    {"need": "To be known", "evidence": "comments", "theme": "service", "kind": "latent", "frequency": 210,
     "share": 0.12, "trend": 0.001, "csat_met": None, "resolution_rate": None, "importance": 0.3, "urgency": 0.26,
     "importance_axis": 0.12, "urgency_axis": 0.27, "place": "plan"},
]  # fmt: skip
SEGMENTS = [
    {"dimension": "segment", "segment_name": "Private", "customers": 40_000, "customer_share": 0.9,
     "spend_per_customer": 180.0, "requests_per_customer": 3.1, "csat": 0.91, "churn_risk": 0.14, "churn_low": 0.135,
     "churn_high": 0.145, "note": None},
    {"dimension": "segment", "segment_name": "Business", "customers": 4_000, "customer_share": 0.1,
     "spend_per_customer": 4_100.0, "requests_per_customer": 3.4, "csat": 0.9, "churn_risk": 0.08, "churn_low": 0.07,
     "churn_high": 0.09, "note": None},
    {"dimension": "segment", "segment_name": "Founders", "customers": None, "customer_share": None,
     "spend_per_customer": None, "requests_per_customer": None, "csat": None, "churn_risk": None, "churn_low": None,
     "churn_high": None, "note": "small"},
]  # fmt: skip
LOYALTY = [
    {"segment": "all", "kind": "retention", "satisfaction_class": "dissatisfied", "customers": 3_000, "loyal": 2_700,
     "rate": 0.9, "low": 0.889, "high": 0.91, "difference": None, "difference_low": None, "difference_high": None,
     "p": None},
    {"segment": "all", "kind": "retention", "satisfaction_class": "satisfied", "customers": 20_000, "loyal": 18_800,
     "rate": 0.94, "low": 0.937, "high": 0.943, "difference": 0.04, "difference_low": 0.03, "difference_high": 0.05,
     "p": 0.0001},
]  # fmt: skip
FIXES = [
    {"topic": "Billing", "fixed_on": date(2026, 7, 1), "what": "Lines explained", "owner": "Care", "before": 0.11,
     "step": -0.05, "low": -0.07, "high": -0.03, "p": 0.001, "weeks_before": 26, "weeks_after": 16, "verdict": "fell"},
]  # fmt: skip
BIAS = [
    {"dimension": "channel", "group_name": "voice", "contacts": 48_000, "answers": 900, "contact_share": 0.5,
     "answer_share": 0.38, "low": 0.36, "high": 0.4, "ratio": 0.76, "verdict": "under", "distance": 0.12},
]  # fmt: skip
TERMS = [{"language": "zh", "term": "等了太久", "customers": 31, "share": 0.2}]
EXAMPLES = [{"need": "Short waiting", "language": "vi", "customers": 42, "said": "Chờ quá lâu", "times": 12}]
TOPICS = [{"language": "en", "place": 1, "terms": "app · crashing", "customers": 31, "share": 0.2, "dissatisfied": 0.9}]
WAVES = [
    {"source": "q", "survey": "contact", "wave": "2026-10-01", "invited": 3_181, "responded": 684,
     "response_rate": 0.215, "response_low": 0.2, "response_high": 0.23, "respondents": 1_305, "questions": 3,
     "completed": 1_300, "completion_rate": 0.996, "valid": 3_900, "not_applicable": 4, "blank": 9,
     "outside_scale": 2},
]  # fmt: skip
KANO = [
    {"feature": "secure-payment", "n": 900, "kind": "must-be", "better": 0.1, "worse": -0.8, "is_clear": True},
]
RESULTS = [
    {
        "source": "q",
        "survey": "contact",
        "instrument": "csat",
        "item": "q1",
        "item_dimension": "overall",
        "wave": "2026-10-01",
        "measure": "share",
        "value": 0.89,
        "low": 0.88,
        "high": 0.9,
        "n": 3_900,
        "change": -0.02,
        "change_low": -0.03,
        "change_high": -0.01,
        "p": 0.001,
        "note": None,
    },
    {
        "source": "q",
        "survey": "relation",
        "instrument": "servqual",
        "item": "q2",
        "item_dimension": "empathy",
        "wave": "2026-04",
        "measure": "mean",
        "value": None,
        "low": None,
        "high": None,
        "n": None,
        "change": None,
        "change_low": None,
        "change_high": None,
        "p": None,
        "note": "small",
    },
]
WEIGHTED = [
    {"month_on": add_months(date(2026, 10, 1), -k), "weighted": 0.87 + 0.002 * k, "low": 0.85 + 0.002 * k,
     "high": 0.89 + 0.002 * k, "raw": 0.9, "n": 3_900}
    for k in reversed(range(12))
]  # fmt: skip
TABLES = {
    "marts.driver_importance": lambda: DRIVERS,
    "marts.servqual_gaps": lambda: GAPS,
    "marts.needs": lambda: NEEDS,
    "distinct dimension from marts.customer_segments": lambda: [{"dimension": "segment"}],
    "* from marts.customer_segments": lambda: SEGMENTS,
    "marts.loyalty_link": lambda: LOYALTY,
    "marts.complaint_fixes": lambda: FIXES,
    "marts.response_bias": lambda: BIAS,
    "marts.comment_terms": lambda: TERMS,
    "marts.comment_examples": lambda: EXAMPLES,
    "marts.comment_topics": lambda: TOPICS,
    "marts.survey_waves": lambda: WAVES,
    "marts.kano_features": lambda: KANO,
    "marts.survey_results": lambda: RESULTS,
    "marts.survey_weighted": lambda: WEIGHTED,
}
ADDRESSES = [("/customers", ""), ("/customers", "?channel=voice"), ("/customers", "?tab=segment&more=needs")]
SCORECARD = [
    {"period": date(2026, 10, 1), "entity_dimension": "organisation", "entity": None, "metric": "service_level",
     "dimension": "service_quality", "value": 0.824, "low": 0.82, "high": 0.828, "target": 0.8, "unit": "ratio",
     "verdict": "met", "probability_kept": 0.999, "streak": 5, "owner": "Head of operations"},
    {"period": date(2026, 10, 1), "entity_dimension": "organisation", "entity": None, "metric": "csat",
     "dimension": "customer_satisfaction", "value": 0.887, "low": 0.877, "high": 0.897, "target": 0.9, "unit": "ratio",
     "verdict": "missed", "probability_kept": 0.006, "streak": 3, "owner": "Customer care manager"},
]  # fmt: skip
TABLES["marts.scorecard"] = lambda: SCORECARD
