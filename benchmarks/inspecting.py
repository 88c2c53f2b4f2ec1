"""`python -m benchmarks.inspecting`: how often what `inspect` proposes for a file is right without a correction.

Three sets of files: samples that the recogniser's words were chosen on, samples that were set aside until it was done
(docs/guides/inspect.md tells both their figures), and the real exports beside the project where they are. The truth
stands beside each set. A file is right when its kind is, every one of its columns is mapped where it belongs (or left
out where it belongs nowhere), and the proposed map loads it with no row refused.
"""

from __future__ import annotations

import argparse
import re
import resource
import shutil
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml

from benchmarks.large_files import INSPECT_SECONDS, large_lines
from benchmarks.table import Line, show
from ingestion.inspection import inspect_file
from ingestion.inspection.report import Inspection
from ingestion.load import load_sources
from warehouse.errors import SwotlightError
from warehouse.settings import load_settings
from warehouse.store import connect
from warehouse.workspace import init_workspace

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = ROOT / "seeds" / "samples"
REAL = ROOT.parent / "shared" / "data"
SETS = {
    "samples": (SAMPLES / "unknown" / "truth.yml", SAMPLES / "unknown"),
    "held out": (SAMPLES / "unseen" / "truth.yml", SAMPLES / "unseen"),
    "real": (ROOT / "tests" / "real" / "truth.yml", REAL),
}
LARGE = "large"
FILES_RIGHT, COLUMNS_RIGHT = 0.5, 0.8
_AS_OF = datetime(2026, 11, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Case:
    """A file and what it should become. A column may have several right answers; None means it belongs nowhere."""

    name: str
    path: Path
    kind: str
    columns: dict[str, list[str | None]]
    matching: dict[str, list[str | None]]

    def wanted(self, column: str) -> list[str | None]:
        """Where a column may go."""
        if column in self.columns:
            return self.columns[column]
        patterns = (right for pattern, right in self.matching.items() if re.fullmatch(pattern, column))
        return next(patterns, [None])


@dataclass
class Judged:
    """What became of a case. ``meant`` are the columns that belong somewhere."""

    case: Case
    kind: str | None
    wrong: dict[str, str | None] = field(default_factory=dict)
    columns: int = 0
    meant: int = 0
    meant_right: int = 0
    seconds: float = 0.0
    refused: str = ""

    @property
    def is_right(self) -> bool:
        """Whether the proposal can be taken as it is."""
        return self.kind == self.case.kind and not self.wrong and not self.refused


def cases(name: str) -> list[Case]:
    """The cases of a set; none where its files or its truth are missing."""
    truth, folder = SETS[name]
    if not truth.is_file() or not folder.is_dir():
        return []
    told: dict[str, dict[str, Any]] = yaml.safe_load(truth.read_text(encoding="utf-8"))
    return [
        Case(key, path, one["kind"], _listed(one.get("columns", {})), _listed(one.get("matching", {})))
        for key, one in told.items()
        for path in _files(folder, key)
    ]


def _files(folder: Path, key: str) -> Iterator[Path]:
    return iter(sorted(folder.glob(key if "." in key else f"{key}.*")))


def _listed(told: dict[str, Any]) -> dict[str, list[str | None]]:
    return {str(name): right if isinstance(right, list) else [right] for name, right in told.items()}


def judge(case: Case) -> Judged:
    """Inspect a file, compare every column, load it by the proposed map."""
    before = _cpu()
    found = inspect_file(case.path)
    judged = Judged(case, found.kind, seconds=_cpu() - before)
    for column in found.columns:
        right = case.wanted(column["name"])
        said = column["maps_to"] if found.kind == case.kind else None
        is_right = said in right
        judged.columns += 1
        judged.meant += right != [None]
        judged.meant_right += right != [None] and is_right
        if not is_right:
            judged.wrong[column["name"]] = said
    judged.refused = _refused(case, found)
    return judged


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def _refused(case: Case, found: Inspection) -> str:
    """Why the proposed map does not load its file; empty when it does, every row of it."""
    if found.proposed_map is None:
        return "" if found.adapter else "no map is proposed"
    with tempfile.TemporaryDirectory(prefix="swotlight-bench-") as folder:
        workspace = init_workspace(Path(folder) / "workspace")
        (workspace / "landing" / "it").mkdir(parents=True)
        shutil.copyfile(case.path, workspace / "landing" / "it" / case.path.name)
        (workspace / "maps" / "it.yml").write_text(found.proposed_map, encoding="utf-8")
        config = "sources:\n  it:\n    map: maps/it.yml\n    archive: true\n"
        (workspace / "swotlight.yml").write_text(config, encoding="utf-8")
        try:
            with connect(Path(folder) / "warehouse.duckdb") as con:
                report = load_sources(con, load_settings(workspace), as_of=_AS_OF)
        except SwotlightError as error:
            return error.message
        if report.errors:
            return report.errors[0].message
        refused = report.sources[0].counts.quarantined
        return f"{refused} rows are quarantined" if refused else ""


def summary(name: str, judged: list[Judged]) -> list[Line]:
    """The lines of a set: files, columns, columns by kind."""
    files = sum(one.is_right for one in judged)
    columns = sum(one.columns for one in judged)
    right = columns - sum(len(one.wrong) for one in judged)
    meant, meant_right = sum(one.meant for one in judged), sum(one.meant_right for one in judged)
    kinds = sum(one.kind == one.case.kind for one in judged)
    slowest = max(judged, key=lambda one: one.seconds)
    lines = [
        _share(f"{name}: files right without edits", files, len(judged), FILES_RIGHT),
        _share(f"{name}: kind right", kinds, len(judged), None),
        _share(f"{name}: columns right", right, columns, COLUMNS_RIGHT),
        _share(f"{name}: columns with a meaning mapped right", meant_right, meant, COLUMNS_RIGHT),
        Line.limited(f"{name}: slowest, {slowest.case.path.name}", slowest.seconds, INSPECT_SECONDS, "{:.2f} s CPU"),
    ]
    by_kind: dict[str, list[Judged]] = defaultdict(list)
    for one in judged:
        by_kind[one.case.kind].append(one)
    for kind, some in sorted(by_kind.items()):
        total = sum(one.columns for one in some)
        lines.append(_share(f"   {kind}", total - sum(len(one.wrong) for one in some), total, None))
    return lines


def _share(what: str, part: int, whole: int, limit: float | None) -> Line:
    value = part / whole if whole else 0.0
    if limit is None:
        return Line(what, f"{part} of {whole} ({value:.0%})")
    return Line(what, f"{part} of {whole} ({value:.0%})", f"> {limit:.0%}", value > limit)


def main(arguments: list[str] | None = None) -> int:
    """Measure the sets that are there; 1 when a limit is missed and ``--strict`` is given."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.inspecting", description="How often inspect is right.")
    parser.add_argument("--only", nargs="+", choices=[*SETS, LARGE], help="these sets only")
    parser.add_argument("--wrong", action="store_true", help="say what is wrong with each file")
    parser.add_argument("--strict", action="store_true", help="exit with 1 when a limit is missed")
    asked = parser.parse_args(arguments)
    lines: list[Line] = []
    for name in asked.only or (*SETS, LARGE):
        if name == LARGE:
            lines += large_lines()
            continue
        judged = [judge(case) for case in cases(name)]
        if not judged:
            lines.append(Line(f"{name}: its files are not here", ""))
            continue
        lines += summary(name, judged)
        if asked.wrong:
            _tell(judged)
    print(show(lines))
    return int(asked.strict and any(line.holds is False for line in lines))


def _tell(judged: list[Judged]) -> None:
    for one in judged:
        if not one.is_right:
            said = "" if one.kind == one.case.kind else f" is {one.case.kind}, said {one.kind}"
            print(f"{one.case.path.name}{said}: {one.wrong} {one.refused}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
