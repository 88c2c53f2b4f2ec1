"""The house stands: imports only go down, one door to DuckDB, one place for settings, one clock."""

from __future__ import annotations

import ast
import re

from tests.architecture.tree import DEMO_MAY_IMPORT, FLOORS, ROOT, imports, modules


def test_imports_only_go_down() -> None:
    upward = []
    for path in modules():
        floor = path.relative_to(ROOT).parts[0]
        for name, line in imports(path):
            other = name.split(".")[0]
            if other not in FLOORS or other == floor:
                continue
            allowed = other in DEMO_MAY_IMPORT if floor == "demo" else FLOORS[other] < FLOORS[floor]
            if not allowed:
                upward.append(f"{path.relative_to(ROOT)}:{line} imports {name}")
    assert upward == []


def test_only_the_warehouse_imports_duckdb() -> None:
    strangers = [
        f"{path.relative_to(ROOT)}:{line}"
        for path in modules()
        for name, line in imports(path)
        if name.split(".")[0] == "duckdb" and path.relative_to(ROOT).as_posix() != "warehouse/store.py"
    ]
    assert strangers == []


def test_only_settings_reads_the_environment_or_the_wall_clock() -> None:
    pattern = re.compile(r"os\.environ\b|os\.getenv|datetime\.(now|utcnow|today)\(|date\.today\(")
    readers = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in modules()
        if path.relative_to(ROOT).as_posix() != "warehouse/settings.py"
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if pattern.search(line)
    ]
    assert readers == []


def test_sql_models_never_ask_the_wall_clock() -> None:
    clock = r"\b(now|current_date|current_timestamp|get_current_timestamp|today)\s*\(\)|\bcurrent_(date|timestamp)\b"
    comments = re.compile(r"\{#.*?#\}|--[^\n]*", re.S)
    askers = [
        str(path.relative_to(ROOT))
        for path in sorted((ROOT / "dbt_project").rglob("*.sql"))
        if "target" not in path.parts and re.search(clock, comments.sub("", path.read_text(encoding="utf-8")), re.I)
    ]
    assert askers == []


def test_every_file_is_small_enough_to_know() -> None:
    large = [
        f"{path.relative_to(ROOT)}: {lines}"
        for path in modules()
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > 300
    ]
    assert large == []


def test_every_module_says_what_belongs_in_it() -> None:
    silent = [
        str(path.relative_to(ROOT))
        for path in modules()
        if path.stat().st_size and not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert silent == []


def test_no_file_is_named_after_nothing() -> None:
    names = {"utils.py", "helpers.py", "common.py", "misc.py"}
    assert [str(path.relative_to(ROOT)) for path in modules() if path.name in names or "_v2" in path.stem] == []


def test_pages_hold_no_sql() -> None:
    pattern = re.compile(r"select\s.+\sfrom\s|group by", re.I | re.S)
    guilty = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for folder in ("pages", "figures")
        for path in sorted((ROOT / "dashboards" / folder).rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and pattern.search(node.value)
        if "\n" in node.value or node.value.lower().startswith("select")
    ]
    assert guilty == []
