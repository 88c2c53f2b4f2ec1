"""Writes the reference pages from their one source, so that they cannot rot: `make docs`; `make check` compares.

Tables come from the contracts, marts and metrics from dbt's yml. Prose lives in the hand-written guides, not here.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[1]
GUIDES = ROOT / "docs" / "guides"
NOTE = "<!-- Written by `make docs`; change its source, not this page. -->\n"


def read_all(folder: Path) -> list[dict[str, Any]]:
    """Every YAML document below a folder, in order of name."""
    return [yaml.safe_load(path.read_text(encoding="utf-8")) or {} for path in sorted(folder.rglob("*.yml"))]


def one_line(text: str | None) -> str:
    """A description without its line breaks."""
    return " ".join((text or "").split())


def table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """A Markdown table; bars inside cells are escaped."""
    lines = ["| " + " | ".join(head) + " |"]
    lines.append("|" + "---|" * (lines[0].count("|") - 1))
    lines += ["| " + " | ".join(str(cell).replace("|", "\\|") for cell in row) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def contract_rows(contract: dict[str, Any]) -> Iterable[tuple[str, ...]]:
    """One row per column of a contract: name, type, class, meaning."""
    for name, column in contract["columns"].items():
        kind = column["type"] + (", **required**" if column.get("required") else "")
        words = column["about"] + (". One of: " + ", ".join(column["values"]) if "values" in column else "")
        yield f"`{name}`", kind, column.get("class", "plain").replace("_", " "), words


def tables_page() -> str:
    """The canonical tables an export can be mapped onto."""
    parts = [
        NOTE,
        "# Canonical tables\n",
        "Every export becomes rows of these. **Required** columns may not be empty.\n",
    ]
    for contract in read_all(ROOT / "ingestion" / "contracts"):
        parts.append(f"## `{contract['table']}`\n")
        parts.append(f"{contract['about']} Grain: {contract['grain']}. Key: {', '.join(contract['key'])}.\n")
        parts.append(table(("column", "type", "class", "meaning"), contract_rows(contract)))
    return "\n".join(parts)


def marts_page() -> str:
    """The tables of a release that analysts query."""
    parts = [NOTE, "# What a release holds\n"]
    parts.append("Query it with `swotlight query` or open `releases/current.duckdb` in any DuckDB tool.\n")
    for layer in ("marts", "rollups"):
        for document in read_all(ROOT / "dbt_project" / "models" / layer):
            for model in document.get("models", []):
                parts.append(f"## `{layer}.{model['name']}`\n\n{one_line(model['description'])}\n")
                rows = [
                    (f"`{column['name']}`", column.get("data_type", ""), one_line(column.get("description")))
                    for column in model.get("columns", [])
                ]
                parts.append(table(("column", "type", "meaning"), rows))
    return "\n".join(parts)


def metrics_page() -> str:
    """Every metric that can be asked for by its name, with its definition."""
    rows = []
    for document in read_all(ROOT / "dbt_project" / "models" / "metrics"):
        for metric in document.get("metrics", []):
            meta = metric.get("config", {}).get("meta", {})
            if not meta.get("unit"):
                # A part of others, which nobody can ask for by its name.
                continue
            facts = (meta.get("unit", ""), meta.get("counted_on", ""), one_line(metric.get("description")))
            rows.append((f"`{metric['name']}`", metric.get("label", ""), *facts))
    parts = [NOTE, "# Metrics\n", "Ask for one by its name: `swotlight metric NAME --by channel --grain month`.\n"]
    return "\n".join([*parts, table(("name", "label", "unit", "counted on", "definition"), sorted(rows))])


PAGES = {"tables.md": tables_page, "marts.md": marts_page, "metrics.md": metrics_page}


def main() -> int:
    """Write the pages, or with ``--check`` say which are out of date (exit code 1)."""
    stale = []
    for name, write in PAGES.items():
        text, path = write(), GUIDES / name
        if "--check" in sys.argv:
            stale += [name] if not path.exists() or path.read_text(encoding="utf-8") != text else []
        else:
            path.write_text(text, encoding="utf-8")
    if stale:
        print(f"Out of date: {', '.join(stale)}. Run `make docs` and commit the result.", file=sys.stderr)
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
