"""A made-up release for tests of pages: tables a release keeps about itself, and plausible answers to metrics."""

from __future__ import annotations

import math
import pkgutil
import zlib
from datetime import UTC, date, datetime, timedelta
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from analytics.metrics import Metric, MetricRequest, MetricRow
from analytics.metrics.model import Component, Dimension, Rollup
from analytics.metrics.periods import add_months, first_of, last_of_month, next_period
from analytics.statistics.intervals import wilson
from dashboards.reading import Memory, Reading
from tests.unit.dashboards import made_up_swot
from warehouse.settings import Config, Settings

AS_OF = datetime(2026, 11, 1, tzinfo=UTC)
FIRST, LAST = date(2024, 5, 1), date(2026, 10, 31)
VALUES = {
    "channel": ("voice", "chat", "messaging", "callback"),
    "team": ("Berlin voice", "Hanoi chat", "Lisbon chat", "Lisbon voice"),
    "region": ("APAC", "DACH", "Iberia"),
    "topic": ("Billing", "Delivery", "Login", "Product fault", "Refund"),
    "priority": ("low", "normal", "high", "urgent"),
}
SHARE = {"voice": 0.64, "chat": 0.11, "messaging": 0.19, "callback": 0.06}
LEVEL = {"voice": 0.851, "chat": 0.84, "messaging": 0.862, "callback": 0.796}
_SLICE = ("channel", "team", "region", "topic")

# name: label, unit, direction, dimension, interval, base value, numbers a month, dimensions
METRICS: dict[str, tuple[Any, ...]] = {
    "offered": ("Contacts offered", "count", "none", "none", "none", 48912, 48912, _SLICE),
    "tickets_created": ("Tickets created", "count", "none", "none", "none", 10021, 10021, (*_SLICE, "priority")),
    "service_level": ("Service level", "ratio", "higher", "service_quality", "wilson", 0.824, 48912, _SLICE),
    "service_level_f3": ("Service level, F3", "ratio", "higher", "service_quality", "wilson", 0.815, 48912, _SLICE),
    "first_reply_business_minutes_p50": (
        "First reply, median",
        "minutes",
        "lower",
        "service_quality",
        "none",
        186,
        9100,
        (*_SLICE, "priority"),
    ),
    "resolution_rate": (
        "Resolution rate",
        "ratio",
        "higher",
        "service_quality",
        "wilson",
        0.956,
        9804,
        (*_SLICE, "priority"),
    ),
    "sla_attainment": (
        "SLA attainment",
        "ratio",
        "higher",
        "service_quality",
        "wilson",
        0.884,
        9400,
        (*_SLICE, "priority"),
    ),
    "error_rate": ("Error rate", "ratio", "lower", "service_quality", "wilson", 0.0071, 6240, ("team",)),
    "fcr_internal": ("First-contact resolution", "ratio", "higher", "service_quality", "wilson", 0.78, 8100, _SLICE),
    "csat": ("CSAT, top two of five", "ratio", "higher", "customer_satisfaction", "wilson", 0.887, 3918, _SLICE),
    "nps": ("Net promoter score", "points", "higher", "customer_satisfaction", "nps", 34, 3918, _SLICE),
    "complaint_rate": ("Complaint rate", "ratio", "lower", "customer_satisfaction", "wilson", 0.021, 48912, _SLICE),
    "cost_per_contact": (
        "Cost per contact",
        "currency",
        "lower",
        "business_benefit",
        "none",
        4.12,
        0,
        ("channel", "team"),
    ),
    "containment_rate": ("Bot containment", "ratio", "higher", "business_benefit", "wilson", 0.315, 14022, _SLICE),
    "aht_seconds": ("Handling time", "seconds", "lower", "business_benefit", "none", 340, 0, _SLICE),
    "turnover_annualised": (
        "Turnover, annualised",
        "ratio",
        "lower",
        "employee_development",
        "poisson",
        0.338,
        74,
        ("team", "region"),
    ),
    "training_hours_per_agent": (
        "Training per agent",
        "hours",
        "higher",
        "employee_development",
        "none",
        3.4,
        0,
        ("team",),
    ),
    "enps": ("Agent eNPS", "points", "higher", "employee_development", "nps", 12, 219, ("team",)),
    "backlog": ("Backlog", "count", "lower", "none", "none", 1480, 0, _SLICE),
    "tickets_solved": ("Tickets solved", "count", "none", "none", "none", 9950, 0, _SLICE),
    **{
        f"service_level_f{k}": (
            f"Service level, variant F{k}",
            "ratio",
            "higher",
            "none",
            "wilson",
            0.824 + 0.003 * (k - 3),
            48912,
            _SLICE,
        )
        for k in (1, 2, 4, 5)
    },
    "abandonment_rate": ("Abandonment", "ratio", "lower", "none", "wilson", 0.052, 48912, _SLICE),
    "asa_seconds": ("Speed of answer", "seconds", "lower", "none", "none", 21, 46000, _SLICE),
}
# Pages bring their own: a module ``made_up_<page>.py`` beside this one with any of METRICS (as above, or a function as
# base value: cut, day → value), VALUES (dimension → values), TABLES (text in a statement → its rows), TARGETS (as
# below) and ADDRESSES (path, query) that must draw.
FURTHER = [
    import_module(f"{__package__}.{found.name}")
    for found in sorted(pkgutil.iter_modules([str(Path(__file__).parent)]), key=lambda found: found.name)
    if found.name.startswith("made_up_") and found.name != "made_up_swot"
]
for _module in FURTHER:
    METRICS.update(getattr(_module, "METRICS", {}))
    VALUES.update(getattr(_module, "VALUES", {}))
TARGETS = [
    ("service_level", "organisation", None, ">=", 0.80),
    ("csat", "organisation", None, ">=", 0.90),
    ("error_rate", "organisation", None, "<=", 0.005),
    ("resolution_rate", "organisation", None, ">=", 0.95),
    ("cost_per_contact", "organisation", None, "<=", 4.30),
    ("turnover_annualised", "organisation", None, "<", 0.30),
    ("training_hours_per_agent", "organisation", None, ">=", 4.0),
    ("containment_rate", "organisation", None, ">=", 0.30),
]
TARGETS += [target for _module in FURTHER for target in getattr(_module, "TARGETS", [])]
SOURCES = [
    ("zendesk", "zendesk", 312_004, 40, 12, False),
    ("contacts", "generic_contacts", 701_330, 120, 0, False),
    ("acd", "generic_interval_stats", 44_102, 0, 30, False),
    ("qualtrics", "qualtrics", 92_001, 27, 0, False),
    ("greenhouse", "greenhouse", 11_020, 0, 0, False),
    ("indeed", "indeed", 43_874, 0, 0, True),
]


def metric(name: str) -> Metric:
    """A catalogue row."""
    label, unit, direction, dimension, interval, _base, _n, dimensions = METRICS[name]
    rollup = Rollup("rollups.made_up", "day_on", "day", tuple(Dimension(d, d) for d in dimensions))
    return Metric(
        name,
        label,
        f"{label}: what it counts and how it divides, in a sentence or two.",
        unit,
        direction,
        {"part": Component("sum(x)", (rollup,))},
        "part",
        "part",
        "part",
        interval,
        dimension=dimension,
        counted_on="arrived_at",
        owner="Head of service",
    )


def _noise(*seed: object) -> float:
    return (zlib.crc32(repr(seed).encode()) % 2001 - 1000) / 1000


def _value(name: str, cut: dict[str, str], day: date, grain: str | None) -> float:
    given = METRICS[name][5]
    if callable(given):
        return float(given(cut, day))
    base = float(given)
    wobble = _noise(name, cut, day) * (0.006 if grain != "month" else 0.004)
    if name.startswith("service_level"):
        channel = cut.get("channel")
        level = LEVEL.get(channel or "", base)
        if channel == "chat" and day >= date(2026, 6, 1):
            level -= min(0.23, 0.05 + 0.0013 * (day - date(2026, 6, 1)).days)
        return level + wobble
    if name == "csat":
        return base + 0.02 * math.sin((day.toordinal() - LAST.toordinal()) / 120) + wobble
    return base * (
        1 + 8 * wobble * (1 if METRICS[name][1] != "ratio" else 0.3) + 0.00006 * (day.toordinal() - LAST.toordinal())
    )


def answer(question: MetricRequest) -> list[MetricRow]:
    """Plausible rows for a question; every cut gets its share."""
    start, end = max(question.start or FIRST, FIRST), min(question.end or LAST, LAST)
    rows = []
    for name in question.metrics:
        for period in _periods(start, end, question.grain):
            for cut in _cuts(question.by):
                rows.append(_row(name, period, {**dict(question.where), **cut}, cut, question, start, end))
    return rows


def _periods(start: date, end: date, grain: Any) -> list[date | None]:
    if start > end:
        return []
    if grain is None:
        return [None]
    periods: list[date | None] = []
    day = first_of(start, grain)
    while day <= end:
        periods.append(day)
        day = next_period(day, grain)
    return periods


def _cuts(by: tuple[str, ...]) -> list[dict[str, Any]]:
    cuts: list[dict[str, Any]] = [{}]
    for name in by:
        counted: dict[str, tuple[Any, ...]] = {
            "iso_weekday": tuple(range(1, 8)),
            "minute_of_day": tuple(range(0, 1440, 30)),
        }
        values = VALUES.get(name) or counted.get(name, ("unknown",))
        cuts = [{**cut, name: value} for cut in cuts for value in values]
    return cuts


def _row(
    name: str,
    period: date | None,
    cut: dict[str, Any],
    own: dict[str, Any],
    question: MetricRequest,
    start: date,
    end: date,
) -> MetricRow:
    _label, unit, _direction, _dimension, interval, base, n, _dimensions = METRICS[name]
    days = {"day": 1, "week": 7, "month": 30.4, "quarter": 91, "year": 365}.get(
        question.grain or "", (end - start).days + 1
    )
    part = days / 30.4
    for dimension, value in cut.items():
        part *= SHARE.get(value, 1 / len(VALUES.get(dimension, (1,))))
    value = _value(name, {k: str(v) for k, v in cut.items()}, period or end, question.grain)
    size = max(1.0, round(n * part)) if n else None
    low = high = None
    if interval == "wilson" and size:
        low, high = wilson(value * size, size)
    elif interval in ("nps", "poisson") and size:
        half = 196 / math.sqrt(size) / (1 if interval == "nps" else 100 / max(value, 0.01) / 1.0)
        low, high = value - half, value + half
    if unit == "count":
        value, size = round(base * part), None
    hour = own.get("minute_of_day", 600) / 60
    if not 8 <= hour < 20 or own.get("iso_weekday", 1) == 7:
        value, size = 0.0, 0.0
    elif "minute_of_day" in own:
        value -= 0.16 * max(0, 1 - abs(hour - 18) / 2.5) - 0.03 * max(0, 1 - abs(hour - 10) / 2)
    return MetricRow(name, period, own, value, value * size if size is not None else None, size, size, low, high, unit)


class MadeUpRelease:
    """Answers the few statements pages put to a release's own tables."""

    name = "20261102T051400Z-1"
    path = Path("made-up.duckdb")
    built_at = datetime(2026, 11, 2, 5, 14, tzinfo=UTC)
    as_of = AS_OF

    def rows(self, sql: str, params: Any = None) -> list[dict[str, Any]]:
        """Rows by the table the statement names."""
        told = made_up_swot.answer(sql)
        if told is not None:
            return told
        told_by = [_TABLES, *(getattr(module, "TABLES", {}) for module in FURTHER)]
        for table, make in ((table, make) for tables in told_by for table, make in tables.items()):
            if table in sql:
                return make()  # type: ignore[no-any-return]
        return []


def _targets() -> list[dict[str, Any]]:
    return [
        {
            "metric": m,
            "entity_dimension": d,
            "entity": e,
            "comparison": c,
            "value": v,
            "valid_from": date(2024, 1, 1),
            "valid_to": None,
            "owner": "Head of service",
        }
        for m, d, e, c, v in TARGETS
    ]


def _checks() -> list[dict[str, Any]]:
    names = [
        f"{table}_{rule}"
        for table in ("tickets", "contacts", "survey_responses", "applications")
        for rule in ("keys_are_unique", "rows_balance", "times_are_ordered")
    ]
    return [
        {
            "run": "r",
            "check_name": name,
            "stage": "raw",
            "table_name": name.split("_")[0],
            "severity": ("block", "withdraw", "warn")[k % 3],
            "passed": k != 4,
            "detail": "3.1 % of contacts lack a customer id; the limit is 1 %." if k == 4 else "All rows kept it.",
            "metrics": ["fcr_internal"] if k == 4 else [],
            "checked_at": datetime(2026, 11, 2, 5, 10),
        }
        for k, name in enumerate(names)
    ]


def _sources() -> list[dict[str, Any]]:
    return [
        {
            "source": s,
            "adapter": a,
            "kind": a,
            "time_zone": "Europe/Berlin",
            "is_archive": False,
            "as_of": datetime(2026, 11, 1),
            "newest_record_at": datetime(2026, 10, 16, 8) if late else datetime(2026, 10, 31, 22, 58),
            "stale_after_hours": 36.0,
            "is_stale": late,
            "files": 14,
            "rows_read": read,
            "rows_inserted": read - q - d,
            "rows_updated": 0,
            "rows_superseded": 0,
            "rows_duplicate": d,
            "rows_quarantined": q,
        }
        for s, a, read, q, d, late in SOURCES
    ]


def _files() -> list[dict[str, Any]]:
    files = []
    for source in _sources():
        for k in range(14):
            read = int(source["rows_read"] / 14 * (1 + 0.3 * _noise(source["source"], k)))
            files.append(
                {
                    "source": source["source"],
                    "file_id": f"{source['source']}-{k}",
                    "name": f"{source['source']}-2026-{k:02}.csv",
                    "bytes": read * 120,
                    "adapter": source["adapter"],
                    "loaded_at": datetime(2026, 10, 18) + timedelta(days=k),
                    "rows_read": read,
                    "rows_inserted": read,
                    "rows_updated": 0,
                    "rows_superseded": 0,
                    "rows_duplicate": 0,
                    "rows_quarantined": 0,
                }
            )
    return files


def _quarantine() -> list[dict[str, Any]]:
    return [
        {
            "source": "contacts",
            "file": "contacts-2026-03.csv",
            "reason": "end before start",
            "field": "ended_at",
            "rows": 88,
        },
        {
            "source": "contacts",
            "file": "contacts-2026-07.csv",
            "reason": "key missing",
            "field": "contact_id",
            "rows": 32,
        },
        {
            "source": "zendesk",
            "file": "zendesk-2026-01.csv",
            "reason": "not parseable",
            "field": "created_at",
            "rows": 40,
        },
        {
            "source": "qualtrics",
            "file": "qualtrics-2026-02.csv",
            "reason": "later than as-of",
            "field": "responded_at",
            "rows": 27,
        },
    ]


def _schema_history() -> list[dict[str, Any]]:
    whole = {"source": "contacts", "shape": "contacts", "files": 22, "files_of_shape": 22}
    seen = {"first_seen": datetime(2026, 1, 3, 5, 0), "first_file": "contacts-2026-01.csv"}
    told = {"last_file": "contacts-2026-10.csv", "is_new": False, "is_gone": False}
    return [
        {**whole, **seen, **told, "column_name": "contact_id"},
        {**whole, **seen, **told, "column_name": "wait_seconds"},
        {**whole, **seen, **told, "column_name": "bot_id", "is_new": True, "first_file": "contacts-2026-06.csv"},
        {**whole, **seen, **told, "column_name": "skill", "is_gone": True, "last_file": "contacts-2026-04.csv"},
    ]


_TABLES = {
    "marts.targets": _targets,
    "quality.checks": _checks,
    "quality.sources": _sources,
    "quality.files": _files,
    "quality.quarantine": _quarantine,
    "quality.schema_history": _schema_history,
    "rollups.rollup_durations_day": lambda: [
        {"bucket": b, "n": round(1000 * math.exp(-(((b - 120) / 60) ** 2)))} for b in range(0, 340, 3)
    ],
    "quality.withdrawn": lambda: [
        {
            "metric": "fcr_internal",
            "check_name": "contacts_rows_balance",
            "reason": "3.1 % of contacts lack a customer id",
        }
    ],
}


class MadeUpReading(Reading):
    """A reading whose metrics are made up; everything else is the real code."""

    def metrics(self) -> dict[str, Metric]:
        """The made-up catalogue."""
        return {name: metric(name) for name in METRICS}

    def ask(self, metrics: Any, **options: Any) -> list[MetricRow]:
        """Made-up answers for what the catalogue has."""
        needed = {*options.get("by", ()), *(name for name, _v in options.get("where", ()))} - {
            "iso_weekday",
            "minute_of_day",
        }
        known = tuple(name for name in metrics if self.knows(name, needed))
        return answer(MetricRequest(known, **options)) if known else []


def made_up_settings() -> Settings:
    """Settings of an organisation in Berlin."""
    config = Config.model_validate(
        {
            "organisation": {"name": "Northwind", "time_zone": "Europe/Berlin"},
            "thresholds": {
                "default": {},
                "chat": {"answer_within_seconds": 30},
                "messaging": {"answer_within_seconds": 60},
            },
        }
    )
    return Settings(Path("made-up"), config)


def made_up_reading() -> MadeUpReading:
    """A reading of the made-up release."""
    return MadeUpReading(MadeUpRelease(), made_up_settings(), Memory())  # type: ignore[arg-type]


class MadeUpReadings(SimpleNamespace):
    """Hands out made-up readings, as `Readings` does real ones."""

    def now(self) -> MadeUpReading:
        """Always the same release."""
        return self.reading  # type: ignore[no-any-return]


def made_up_readings() -> Any:
    """For `create_app`."""
    return MadeUpReadings(reading=made_up_reading(), settings=made_up_settings())


__all__ = ["add_months", "last_of_month", "made_up_reading", "made_up_readings", "made_up_settings"]
