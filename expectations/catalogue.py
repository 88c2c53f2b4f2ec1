"""The catalogue of checks: read from ``suites/*.yml`` and from the contracts, without importing Great Expectations.

A check says what must hold of one table, how severe a breach is, which metrics rest on it and, in plain sentences, what
it means and what to do. What a check's ``expect`` means as SQL stands in `expectations.parts`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal, cast

import yaml

from warehouse.errors import SwotlightError
from warehouse.settings import package_path

Severity = Literal["block", "withdraw", "warn"]
Stage = Literal["raw", "marts", "release"]

STAGES: tuple[Stage, ...] = ("raw", "marts", "release")
SEVERITIES: tuple[Severity, ...] = ("block", "withdraw", "warn")
_KEYS = {"name", "table", "severity", "about", "advice", "metrics", "names", "expect"}


@dataclass(frozen=True)
class Check:
    """One thing that must hold of one table.

    ``table`` is ``schema.name``; ``expect`` the kind of expectation and ``arguments`` its settings; ``metrics`` those
    that are withdrawn when a check of severity ``withdraw`` fails; ``about`` the sentence that holds when all is well;
    ``advice`` what to do when it does not; ``names`` an expression over the breaking rows whose values may be shown
    (a source, a file; never a value of a person).
    """

    name: str
    stage: Stage
    table: str
    severity: Severity
    about: str
    expect: str
    arguments: dict[str, Any] = field(default_factory=dict, hash=False)
    metrics: tuple[str, ...] = ()
    advice: str = ""
    names: str | None = None


def checks(stage: str | None = None) -> list[Check]:
    """Every check, or those of one stage (``raw``, ``marts``, ``release``), in the order they are run."""
    if stage is not None and stage not in STAGES:
        raise SwotlightError(
            f"There is no stage {stage!r} of checks; the stages are {', '.join(STAGES)}.", code="stage"
        )
    return [check for check in _catalogue() if stage in (None, check.stage)]


@cache
def _catalogue() -> tuple[Check, ...]:
    from expectations.contract_checks import contract_checks

    found = [*contract_checks()]
    for path in sorted(package_path("expectations/suites").glob("*.yml")):
        found += read_suite(path)
    refuse_repeats(found)
    return tuple(sorted(found, key=lambda check: STAGES.index(check.stage)))


def read_suite(path: Path) -> list[Check]:
    """The checks of one suite file. Raises SwotlightError that names the file and the check."""
    with path.open(encoding="utf-8") as file:
        suite = yaml.safe_load(file)
    return [_read_check(entry, suite.get("stage"), path) for entry in suite["checks"]]


def _read_check(entry: dict[str, Any], stage: str, path: Path) -> Check:
    name = str(entry.get("name", "?"))
    _demand(stage in STAGES, path, name, f"stage {stage!r} is not one of {', '.join(STAGES)}")
    for key in ("name", "table", "severity", "about", "expect"):
        _demand(bool(entry.get(key)), path, name, f"it lacks `{key}`")
    _demand(entry["severity"] in SEVERITIES, path, name, f"severity is one of {', '.join(SEVERITIES)}")
    _demand(not set(entry) - _KEYS, path, name, f"unknown keys {sorted(set(entry) - _KEYS)}")
    _demand(
        isinstance(entry["expect"], dict) and len(entry["expect"]) == 1,
        path,
        name,
        "`expect` is one `kind: {arguments}`",
    )
    _demand(entry["severity"] != "withdraw" or bool(entry.get("metrics")), path, name, "`withdraw` names no `metrics`")
    kind, arguments = next(iter(entry["expect"].items()))
    return Check(
        name=name,
        stage=cast("Stage", stage),
        table=entry["table"],
        severity=entry["severity"],
        about=" ".join(entry["about"].split()),
        expect=kind,
        arguments=dict(arguments or {}),
        metrics=tuple(entry.get("metrics", ())),
        advice=" ".join(entry.get("advice", "").split()),
        names=entry.get("names"),
    )


def _demand(holds: bool, path: Path, name: str, trouble: str) -> None:
    if not holds:
        raise SwotlightError(
            f"Check {name} in {path.name}: {trouble}.", code="check_definition", file=str(path), key=name
        )


def refuse_repeats(found: Iterable[Check]) -> None:
    """Raises SwotlightError when two checks share a name."""
    seen: set[str] = set()
    for check in found:
        if check.name in seen:
            raise SwotlightError(
                f"Two checks are called {check.name}; rename one.", code="check_definition", key=check.name
            )
        seen.add(check.name)
