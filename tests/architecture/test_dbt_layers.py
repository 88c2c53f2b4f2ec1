"""The layers of the dbt graph: raw is read by staging only, and each layer reads those before it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

from tests.architecture.tree import ROOT

MODELS = ROOT / "dbt_project" / "models"
ORDER = {"staging": 0, "intermediate": 1, "marts": 2, "rollups": 3, "metrics": 4}
REF = re.compile(r"ref\(\s*['\"](\w+)['\"]\s*\)")
SOURCE = re.compile(r"source\(\s*['\"](\w+)['\"]")


def layer(path: Path) -> str:
    return path.relative_to(MODELS).parts[0]


def sql_files() -> dict[str, Path]:
    return {path.stem: path for path in sorted(MODELS.rglob("*.sql"))}


def test_there_is_a_graph_to_look_at() -> None:
    assert len(sql_files()) > 30


def test_raw_rows_are_read_by_staging_only() -> None:
    readers = [
        str(path.relative_to(ROOT))
        for path in sql_files().values()
        if layer(path) != "staging" and "raw" in SOURCE.findall(path.read_text(encoding="utf-8"))
    ]
    assert readers == []


def test_no_model_reads_a_later_layer() -> None:
    files = sql_files()
    wrong = [
        f"{path.relative_to(ROOT)} reads {name}"
        for path in files.values()
        for name in REF.findall(path.read_text(encoding="utf-8"))
        if name in files and ORDER[layer(files[name])] > ORDER[layer(path)]
    ]
    assert wrong == []


def described(path: Path) -> list[dict[str, Any]]:
    return (yaml.safe_load(path.read_text(encoding="utf-8")) or {}).get("models", [])


def test_every_mart_and_rollup_column_is_described() -> None:
    silent = []
    for path in sorted(MODELS.rglob("*.yml")):
        for model in described(path) if layer(path) in {"marts", "rollups"} else []:
            silent += [] if model.get("description") else [model["name"]]
            silent += [
                f"{model['name']}.{col['name']}" for col in model.get("columns", []) if not col.get("description")
            ]
    assert silent == []


def test_every_mart_and_rollup_has_its_yml() -> None:
    known = {model["name"] for path in MODELS.rglob("*.yml") for model in described(path)}
    tables = [
        name
        for name, path in sql_files().items()
        if layer(path) in {"marts", "rollups"} and not name.startswith("int_")
    ]
    assert [name for name in tables if name not in known] == []
