"""The documents tell the truth: links lead somewhere, commands and floors are named, nothing private is in the tree."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from tests.architecture.tree import FLOORS, ROOT

LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)(?:#[^)]*)?\)")


def tracked(*patterns: str) -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z", *patterns], cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def test_links_between_documents_lead_somewhere() -> None:
    broken = [
        f"{path.relative_to(ROOT)} -> {target}"
        for path in tracked("*.md")
        for target in LINK.findall(path.read_text(encoding="utf-8"))
        if "://" not in target and not target.startswith("mailto:") and not (path.parent / target).exists()
    ]
    assert broken == []


def test_every_command_is_in_the_readme() -> None:
    from swotlight.main import cli

    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [name for name in cli.list_commands(None) if f"swotlight {name}" not in readme] == []


def test_every_floor_is_in_the_architecture_page() -> None:
    page = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    assert [floor for floor in FLOORS if f"`{floor}/`" not in page] == []


def test_every_setting_is_documented() -> None:
    from warehouse.settings import Config

    guide = (ROOT / "docs" / "guides" / "settings.md").read_text(encoding="utf-8")
    names = list(Config.model_fields)
    assert [name for name in names if f"`{name}`" not in guide] == []


def test_every_contract_is_documented() -> None:
    guide = (ROOT / "docs" / "guides" / "tables.md").read_text(encoding="utf-8")
    contracts = [path.stem for path in (ROOT / "ingestion" / "contracts").glob("*.yml")]
    assert [name for name in contracts if f"`{name}`" not in guide] == []


def test_every_metric_on_its_page_can_be_asked_for() -> None:
    rows = [line.split(" | ") for line in (ROOT / "docs/guides/metrics.md").read_text(encoding="utf-8").splitlines()]
    # What is only a part of others has no unit, and no command knows it.
    assert not [row[0] for row in rows if row[0].startswith("| `") and not row[2].strip()]


def test_every_adapter_has_its_page() -> None:
    listed = LINK.findall((ROOT / "docs" / "adapters" / "README.md").read_text(encoding="utf-8"))
    adapters = [path.stem for path in (ROOT / "ingestion" / "adapters").glob("*.yml")]
    assert [name for name in adapters if f"{name}.md" not in listed] == []


def test_no_package_host_and_no_path_of_a_machine_is_in_the_tree() -> None:
    private = re.compile(
        r"--(extra-)?index-url|https?://[^\s\"']+/simple\b|/work/(main|shared)|/root/|\"resolved\": \"http"
    )
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in tracked()
        if path.suffix not in {".png", ".woff2", ".xlsx", ".xls", ".ods", ".gz", ".zip", ".parquet"}
        and path != Path(__file__)
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1)
        if private.search(line)
    ]
    assert found == []


def test_pages_ask_no_other_host() -> None:
    outside = re.compile(r"https?://(?!127\.0\.0\.1|localhost)[a-z]", re.I)
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in tracked("dashboards/*.py", "dashboards/*.css", "dashboards/*.js", "dashboards/*.html")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if outside.search(line) and "www.w3.org" not in line
    ]
    assert found == []
