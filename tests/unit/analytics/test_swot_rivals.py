"""Competitors: the nearest one beside us, and our strong points where they are weak, attribute by attribute."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from analytics.metrics import MetricRow
from analytics.swot.comparing import Case
from analytics.swot.model import COMPARATORS, WHOLE, Evidence, Factor, Measure, Window
from analytics.swot.reasons import Reason
from analytics.swot.rivals import nearest, pairings

WINDOW = Window(12, date(2025, 11, 1), date(2026, 10, 31), "month")
ATTRIBUTES = ("delivery", "price", "service")


def measure(attribute: str) -> Measure:
    return Measure("attribute_score", (("segment", attribute), ("subject", "us")))


def score(attribute: str, subject: str, value: float, n: float | None = 400, error: float = 0.04) -> MetricRow:
    low, high = (None, None) if n is None else (value - 1.959963984540054 * error, value + 1.959963984540054 * error)
    return MetricRow("attribute_score", None, {"subject": subject}, value, None, None, n, low, high, "score")


def case_of(attribute: str, ours: dict[str, float], **rivals: dict[str, float]) -> Case:
    """A case on one attribute; every subject's scores by attribute."""
    rows = {(measure(a), WHOLE): score(a, "us", value) for a, value in ours.items()}
    theirs = {measure(a): [score(a, name, told[a]) for name, told in rivals.items() if a in told] for a in ours}
    factor = Factor(f"rivals_on_{attribute}", "external", "competition", None, None, "attribute_score", "higher",
                    ("peer",), 0.1, 0.04, None, 100, None, None, None, measure(attribute).where)  # fmt: skip
    seen: Any = SimpleNamespace(rows=rows, rivals=theirs, windows=dict.fromkeys(theirs, WINDOW))
    metric: Any = SimpleNamespace(name="attribute_score", swd_is_relative=False)
    return Case(factor, metric, WHOLE, seen)


def blank(case: Case) -> Evidence:
    return Evidence(date(2026, 10, 1), WHOLE, case.factor.factor, "attribute_score", "peer", WINDOW, 0.1, "higher")


def pair_of(case: Case, name: str) -> Evidence:
    return next(e for e in pairings(blank(case), case) if e.comparator_label == name)


OURS = {"service": 4.5, "price": 3.5, "delivery": 4.0}


def test_their_weak_point_where_we_are_strong_helps_and_the_other_way_round_hurts() -> None:
    rival = {"service": 3.6, "price": 4.4, "delivery": 4.0}
    strong = pair_of(case_of("service", OURS, Casa=rival), "Casa")
    assert strong.p is not None and strong.p < 1e-9 and strong.helps() and strong.difference == pytest.approx(0.9)
    weak = pair_of(case_of("price", OURS, Casa=rival), "Casa")
    assert weak.p is not None and weak.p < 1e-9 and not weak.helps() and weak.comparator == "rival"


def test_where_both_are_strong_or_nothing_sticks_out_nothing_is_decided() -> None:
    both = pair_of(case_of("service", OURS, Casa={"service": 4.6, "price": 3.6, "delivery": 4.0}), "Casa")
    assert both.p == 1.0
    flat = pair_of(case_of("service", OURS, Casa={"service": 3.99, "price": 4.0, "delivery": 4.0}), "Casa")
    assert flat.p == 1.0, "a weakness of a hundredth is none"


def test_the_larger_of_both_p_values_enters_the_family() -> None:
    narrow = pair_of(case_of("service", OURS, Casa={"service": 3.88, "price": 4.06, "delivery": 4.06}), "Casa")
    certain = pair_of(case_of("service", OURS, Casa={"service": 3.0, "price": 4.5, "delivery": 4.5}), "Casa")
    assert narrow.p is not None and certain.p is not None and 1e-6 < narrow.p < 0.01 > certain.p


def test_two_attributes_make_no_mean_and_a_score_without_n_says_so() -> None:
    two = {k: OURS[k] for k in ("service", "price")}
    thin = pair_of(case_of("service", two, Casa={"service": 3.0, "price": 4.5}), "Casa")
    assert thin.missing == Reason("few_attributes", {"n": 2, "needed": 3}) and thin.p is None
    case = case_of("service", OURS, Casa={"service": 3.0, "price": 4.5, "delivery": 4.0})
    case.seen.rivals[measure("service")] = [score("service", "Casa", 3.0, n=None)]
    evidence = blank(case)
    assert nearest(evidence, case) == Reason("score_without_n", {"whose": "Casa"}) and evidence.p is None
    assert pairings(evidence, case) == []


def test_being_behind_the_best_of_three_is_held_to_three_comparisons() -> None:
    one, three = ({"Casa": {"service": 4.62}}, {n: {"service": v} for n, v in (("A", 4.1), ("B", 4.2), ("Casa", 4.62))})
    found = []
    for rivals in (one, three):
        case = case_of("service", {"service": 4.5}, **rivals)
        evidence = blank(case)
        assert nearest(evidence, case) is None and evidence.comparator_label == "Casa"
        found.append(evidence.p)
    assert found[1] == pytest.approx(3 * found[0])


def test_only_where_peers_are_allowed() -> None:
    case = case_of("service", OURS, Casa={"service": 3.6, "price": 4.4, "delivery": 4.0})
    barred = Case(replace(case.factor, comparators=("previous",)), case.metric, WHOLE, case.seen)
    assert pairings(blank(case), barred) == [] and "rival" not in COMPARATORS
