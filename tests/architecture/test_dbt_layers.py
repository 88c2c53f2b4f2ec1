"""The layers of the dbt graph: raw is read by staging only, and each layer reads those before it."""

from __future__ import annotations

import re
from pathlib import Path

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


def test_every_mart_and_rollup_column_is_described() -> None:
    silent = []
    for path in sorted(MODELS.rglob("*.yml")):
        for model in (yaml.safe_load(path.read_text(encoding="utf-8")) or {}).get("models", []):
            if layer(path) not in {"marts", "rollups"}:
                continue
            silent += [f"{model['name']}"] if not model.get("description") else []
            silent += [f"{model['name']}.{column['name']}" for column in model.get("columns", []) if not column.get("description")]
    assert silent == []


def test_every_mart_and_rollup_has_its_yml() -> None:
    described = {
        model["name"]
        for path in MODELS.rglob("*.yml")
        for model in (yaml.safe_load(path.read_text(encoding="utf-8")) or {}).get("models", [])
    }
    assert [name for name, path in sql_files().items() if layer(path) in {"marts", "rollups"} and name not in described] == []
