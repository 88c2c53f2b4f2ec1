"""The catalogue is well formed, cheap to list, and refuses what it cannot mean."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from expectations.catalogue import Check, checks, read_suite, refuse_repeats
from expectations.planning import parts
from ingestion.contracts import load_contracts
from warehouse.errors import SwotlightError
from warehouse.settings import package_path

SUITE = """
stage: marts
checks:
  - name: a_check
    table: marts.fct_contacts
    severity: {severity}
    about: It holds.
    expect: {expect}
"""


def test_listing_the_checks_does_not_import_great_expectations() -> None:
    code = "import sys; from expectations.catalogue import checks; checks(); print('great_expectations' in sys.modules)"
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "False"


def test_every_check_is_a_sentence_with_parts_and_those_that_withdraw_name_metrics() -> None:
    tables = {"marts.fct_contacts": {"team": "VARCHAR"}, "swot.items": {"quadrant": "VARCHAR"}}
    for check in checks():
        assert check.about.endswith(".") or check.about.endswith(")."), check.name
        assert check.advice.endswith("."), check.name
        assert check.severity != "withdraw" or check.metrics, check.name
        assert parts(check, tables), check.name


def test_every_contract_has_its_promises_checked() -> None:
    names = {check.name for check in checks("raw")}
    assert {f"raw_{table}_contract" for table in load_contracts()} <= names


@pytest.mark.parametrize(
    ("severity", "expect", "sentence"),
    [
        ("fatal", "{unique: {columns: [a]}}", "severity is one of block, withdraw, warn"),
        ("withdraw", "{unique: {columns: [a]}}", "`withdraw` names no `metrics`"),
        ("warn", "[]", "lacks `expect`"),
    ],
)
def test_a_suite_that_cannot_be_meant_is_refused_with_file_and_check(
    tmp_path: Path, severity: str, expect: str, sentence: str
) -> None:
    path = tmp_path / "suite.yml"
    path.write_text(SUITE.format(severity=severity, expect=expect))
    with pytest.raises(SwotlightError, match=r"a_check in suite\.yml") as caught:
        read_suite(path)
    assert sentence in caught.value.message


def test_an_unknown_kind_of_expectation_lists_the_kinds() -> None:
    check = Check("c", "raw", "raw.contacts", "warn", "It holds.", "uniqe", {"columns": ["a"]})
    with pytest.raises(SwotlightError, match=r"the kinds are .*unique"):
        parts(check, {})


def test_two_checks_of_one_name_are_refused() -> None:
    check = Check("c", "raw", "raw.contacts", "warn", "It holds.", "not_empty")
    with pytest.raises(SwotlightError, match="Two checks are called c"):
        refuse_repeats([check, check])


def test_parts_of_a_figure_that_are_kept_are_not_asked_for_a_key_of_their_own() -> None:
    promises = {check.table: check for check in checks() if check.name.endswith("_contract")}
    kept = [name for name, contract in load_contracts().items() if contract.parts == "kept"]
    assert kept
    for name, contract in load_contracts().items():
        sql = promises[f"raw.{name}"].arguments["sql"]
        assert ("count(*) > 1" in sql) is (name not in kept), contract.table


def test_a_key_that_a_refresh_leaves_to_the_checks_has_one_that_proves_the_same() -> None:
    proved = {(check.table, *check.arguments["columns"]) for check in checks("marts") if check.expect == "key"}
    left_out = {
        (f"marts.{model['name']}", *test["key"]["arguments"]["columns"])
        for path in (package_path("dbt_project") / "models" / "marts").glob("_*.yml")
        for model in yaml.safe_load(path.read_text("utf-8")).get("models", [])
        for test in model.get("data_tests", [])
        if "tests_only" in test.get("key", {}).get("config", {}).get("tags", [])
    }
    assert len(left_out) == 7
    assert left_out <= proved
