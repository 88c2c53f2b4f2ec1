"""What the architecture tests look at: the project's own Python files and their imports."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

# A floor may import floors with a smaller number only; the two rooms of one floor do not know each other.
FLOORS = {
    "swotlight": 6,
    "dashboards": 5,
    "orchestration": 5,
    "alerts": 4,
    "expectations": 3,
    "analytics": 3,
    "demo": 3,
    "ingestion": 2,
    "warehouse": 1,
}
# The command line is the front door of the demo too; otherwise only ingestion lies below it.
DEMO_MAY_IMPORT = {"ingestion", "warehouse"}


def modules() -> list[Path]:
    """Every Python file of the product."""
    return sorted(path for floor in FLOORS for path in (ROOT / floor).rglob("*.py"))


def imports(path: Path) -> Iterator[tuple[str, int]]:
    """Each imported module of a file, lazy ones included, with its line."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, node.lineno
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            yield node.module, node.lineno
