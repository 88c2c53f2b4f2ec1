"""The schemas are sound, take what DESIGN.md describes, and refuse what is wrong in one place."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.unit.schemas.reading import schemas, troubles

SOURCE = {
    "name": "calls",
    "kind": "contacts",
    "files": 2,
    "rows_read": 200,
    "rows_inserted": 198,
    "rows_updated": 0,
    "rows_superseded": 0,
    "rows_duplicate": 1,
    "rows_quarantined": 1,
    "quarantine": [{"reason": "negative_duration", "rows": 1}],
    "newest_record_at": "2026-10-31T21:00:00Z",
    "as_of": "2026-11-01T00:00:00Z",
    "stale": False,
}
CHECK = {"name": "fct_contacts_key", "severity": "block", "passed": True, "detail": "One row each.", "metrics": []}
METRIC = {
    "metric": "csat",
    "period": "2026-10-01",
    "channel": "chat",
    "value": 0.9,
    "numerator": 9,
    "denominator": 10,
    "n": 10,
    "low": 0.596,
    "high": 0.982,
    "unit": "ratio",
    "withdrawn_by": None,
}
COMPARISON = {
    "comparator": "target",
    "value": 0.92,
    "comparator_value": 0.8,
    "difference": 0.12,
    "low": 0.1,
    "high": 0.14,
    "n": 4120,
    "p_adjusted": 0.001,
    "test": "score",
}
ITEM = {
    **COMPARISON,
    "factor": "service_level",
    "quadrant": "strength",
    "rank": 1,
    "score": 3.3,
    "robustness": 0.9,
    "metric": "service_level",
    "sentence": "Chat answers 92 % inside 20 s.",
    "comparisons": [COMPARISON],
}
SWOT = {
    "release": "20261101T050000Z-1",
    "period": "2026-10-01",
    "entity": {"dimension": "channel", "value": "chat"},
    "items": [ITEM],
    "contested": [],
    "watch": [],
    "insufficient": [{"factor": "brand", "missing": "complaints"}],
    "withdrawn": [{"factor": "loyalty", "check": "customers_of_solved_tickets_are_known"}],
    "tows": [
        {
            "pair": "WT:organisation:waiting:wage_growth",
            "kind": "WT",
            "inside_item": "organisation:waiting",
            "outside_item": "organisation:wage_growth",
            "metric": "asa_seconds",
            "goal_from": 40.0,
            "goal_to": 30.0,
            "due": "2027-04-30",
        }
    ],
    "chain": [
        {"stage": "wait", "factor": "waiting", "cost": 0.02, "low": 0.01, "high": 0.03, "is_weakest": True},
    ],
    "ife": 2.7,
    "efe": None,
}
RELEASE = {
    "release": "20261101T050000Z-1",
    "built_at": "2026-11-01T05:00:12Z",
    "as_of": "2026-11-01T05:00:00Z",
    "current": True,
    "files": 3,
    "bytes": 4096,
    "checks_failed": 0,
}
GOOD: dict[str, Any] = {
    "error": {
        "error": {
            "code": "empty_file",
            "message": "It is empty.",
            "file": "a.csv",
            "line": None,
            "key": None,
            "hint": None,
        }
    },
    "inspect": [
        {
            "file": "a.csv",
            "kind": "tickets",
            "adapter": None,
            "confidence": 0.7,
            "encoding": "utf-8",
            "delimiter": ",",
            "rows": 3,
            "columns": [
                {"name": "Created", "maps_to": "created_at", "type": "instant", "format": "%Y-%m-%d", "nulls": 0}
            ],
            "problems": [],
            "proposed_map": "adapter: a\n",
        }
    ],
    "add": {"source": "calls", "kind": "contacts", "adapter": "generic_contacts", "files": ["a.csv"], "problems": []},
    "refresh": {
        "run": "r1",
        "release": "20261101T050000Z-1",
        "as_of": "2026-11-01T05:00:00Z",
        "seconds": 12.3,
        "sources": [SOURCE],
        "checks": [CHECK],
        "withdrawn": ["csat"],
    },
    "status": {
        "release": "20261101T050000Z-1",
        "built_at": "2026-11-01T05:00:12Z",
        "as_of": "2026-11-01T05:00:00Z",
        "run": "r1",
        "sources": [SOURCE],
        "checks": [CHECK],
    },
    "query": [{"n": 3, "any": None}],
    "metric": [METRIC],
    "swot": SWOT,
    "releases": [RELEASE],
    "truth": {
        "seed": 7,
        "effects": [
            {
                "factor": "service_level",
                "entity": "channel=chat",
                "quadrant": "weakness",
                "size": 9.4,
                "swd": 0.03,
                "power": None,
                "from": "2024-05-01",
                "to": None,
            }
        ],
    },
}
# Document, the way to the place, and what stands there wrongly; None takes the key away.
WRONG: list[tuple[str, list[Any], Any]] = [
    ("error", ["error", "message"], ""),
    ("error", ["error", "hint"], None),
    ("error", ["error", "line"], "7"),
    ("inspect", [0, "confidence"], 1.2),
    ("inspect", [0, "columns", 0, "maps_to"], 5),
    ("add", ["files"], "a.csv"),
    ("refresh", ["as_of"], "2026-11-01 05:00:00"),
    ("refresh", ["withdrawn"], ["csat", "csat"]),
    ("status", ["sources", 0, "rows_read"], -1),
    ("status", ["sources", 0, "stale"], "no"),
    ("status", ["checks", 0, "severity"], "fatal"),
    ("status", ["built_at"], "2026-11-01T05:00:12+00:00"),
    ("query", [0], [1, 2]),
    ("metric", [0, "value"], "0.9"),
    ("metric", [0, "period"], "2026-10"),
    ("metric", [0, "unit"], "percent"),
    ("metric", [0, "withdrawn_by"], "a_check"),
    ("swot", ["items", 0, "quadrant"], "watch"),
    ("swot", ["items", 0, "p_adjusted"], 1.5),
    ("swot", ["items", 0, "comparisons", 0, "comparator"], "opinion"),
    ("swot", ["withdrawn", 0, "check"], None),
    ("swot", ["tows", 0, "kind"], "SW"),
    ("releases", [0, "bytes"], 1.5),
    ("truth", ["effects", 0, "swd"], 0),
    ("truth", ["effects", 0, "from"], "2024-05"),
]


@pytest.mark.parametrize("name", schemas())
def test_the_schema_itself_is_sound(name: str) -> None:
    Draft202012Validator.check_schema(schemas()[name])
    assert schemas()[name]["$id"] == f"urn:swotlight:schema:{name}"


@pytest.mark.parametrize("name", GOOD)
def test_a_good_document_is_taken(name: str) -> None:
    assert troubles(name, GOOD[name]) == []


def test_every_document_of_the_design_has_a_schema_and_an_example() -> None:
    wanted = {"inspect", "add", "refresh", "status", "query", "metric", "swot", "releases", "error", "truth"}
    assert wanted <= set(schemas()) and wanted == set(GOOD)


@pytest.mark.parametrize(("name", "way", "value"), WRONG)
def test_a_document_wrong_in_one_place_is_refused(name: str, way: list[Any], value: Any) -> None:
    document = copy.deepcopy(GOOD[name])
    place = document
    for step in way[:-1]:
        place = place[step]
    if value is None:
        del place[way[-1]]
    else:
        place[way[-1]] = value
    assert troubles(name, document)
