"""Checks, metrics and the guide speak of the same things."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path
from typing import Any

import yaml

from expectations.catalogue import checks, read_suite
from expectations.parts import KINDS

ROOT = Path(__file__).resolve().parents[3]
GUIDE = ROOT / "docs" / "guides" / "checks.md"


def metrics() -> dict[str, dict[str, Any]]:
    """Every metric of the semantic layer by its name, with its meta."""
    found: dict[str, dict[str, Any]] = {}
    for path in sorted((ROOT / "dbt_project" / "models" / "metrics").glob("*.yml")):
        for metric in yaml.safe_load(path.read_text("utf-8")).get("metrics") or []:
            found[metric["name"]] = (metric.get("config") or {}).get("meta") or {}
    return found


def test_a_check_withdraws_only_metrics_that_exist() -> None:
    known = metrics()
    unknown = {f"{check.name}: {name}" for check in checks() for name in check.metrics if name not in known}
    assert len(known) > 30 and unknown == set()


def test_a_metric_rests_only_on_checks_that_exist() -> None:
    names = {check.name for check in checks()}
    rests = {f"{name}: {check}" for name, meta in metrics().items() for check in meta.get("rests_on") or []}
    assert {entry for entry in rests if entry.split(": ")[1] not in names} == set()


def test_the_guides_example_is_a_check_and_its_kinds_are_ours(tmp_path: Path) -> None:
    text = GUIDE.read_text("utf-8")
    block = re.search(r"```yaml\n(.*?)```", text, re.DOTALL)
    assert block
    suite = tmp_path / "suite.yml"
    suite.write_text("stage: marts\nchecks:\n" + textwrap.indent(textwrap.dedent(block[1]), "  "))
    (check,) = read_suite(suite)
    assert check in checks("marts") or check.name in {known.name for known in checks("marts")}
    assert set(re.findall(r"^\| `(\w+): \{", text, re.MULTILINE)) == set(KINDS)
