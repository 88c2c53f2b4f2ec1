"""The few broken, repeated and corrected rows that real exports have, each counted in ``truth.json``."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from demo.exports import Exports

# Source, file pattern: column to break and what it becomes. Each makes one row that must be quarantined.
BREAKS: dict[tuple[str, str], list[dict[str, str]]] = {
    ("contacts", "contacts"): [{"contact_id": ""}, {"wait_seconds": "-12"}, {"arrived_at": "yesterday"}],
    ("zendesk", "tickets"): [{"id": ""}, {"created_at": "n/a"}],
    ("zendesk", "ticket_comments"): [{"created": "31/31/2026"}],
    ("acd", "night_line"): [{"offered": "-1"}, {"answered_in_threshold": "900"}],
    ("workforce", "agent_time"): [{"seconds": "-300"}, {"worked_on": ""}],
    ("workforce", "quality_checks"): [{"score": "7.5"}],
    ("workforce", "training"): [{"hours": "-2"}],
    ("customers", "customers"): [{"customer_id": ""}],
    ("market", "market_indicators"): [{"period_on": "soon"}],
    ("statements", "statements"): [{"audience": "nobody"}],
}
REPEATS = {
    ("contacts", "contacts"): 7,
    ("zendesk", "ticket_comments"): 5,
    ("zendesk", "tickets"): 4,
    ("customers", "customers"): 3,
    ("workforce", "agent_time"): 3,
    ("market", "market_indicators"): 2,
}
CORRECTED = 12
_CELL = re.compile(r',((?:"[^"]*"|[^",])*)')


@dataclass
class Accounting:
    """What a loader should find, per source."""

    rows: dict[str, dict[str, int]] = field(default_factory=dict)

    def add(self, source: str, kind: str, count: int) -> None:
        """Count planted rows."""
        kinds = self.rows.setdefault(source, {"rows_quarantined": 0, "rows_duplicate": 0, "rows_updated": 0})
        kinds[kind] += count


def plant(exports: Exports, landing: Path) -> Accounting:
    """Append broken and repeated rows to finished files, and one file of corrections."""
    accounting = Accounting()
    for (source, stem), changes in BREAKS.items():
        path = _last_file(landing, source, stem)
        header, lines = _head(path, 40)
        broken = [_changed(header, lines[(20 + k) % len(lines)], change) for k, change in enumerate(changes)]
        again = lines[: REPEATS.get((source, stem), 0)]
        exports.append_text(source, path.name, broken + again)
        accounting.add(source, "rows_quarantined", len(broken))
        accounting.add(source, "rows_duplicate", len(again))
    _correct_contacts(exports, landing, accounting)
    return accounting


def _last_file(landing: Path, source: str, stem: str) -> Path:
    return max(
        path for path in (landing / source).glob("*.csv") if path.stem == stem or path.stem.startswith(stem + "_2")
    )


def _head(path: Path, count: int) -> tuple[list[str], list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        header = file.readline().strip().replace('"', "").split(",")
        return header, [line.rstrip("\r\n") for line in (file.readline() for _ in range(count)) if line.strip()]


def _changed(header: list[str], line: str, change: dict[str, str]) -> str:
    cells = _cells(line)
    for name, value in change.items():
        cells[header.index(name)] = value
    return ",".join(cells)


def _cells(line: str) -> list[str]:
    """Split a line at its commas, leaving quoted cells as they are."""
    return _CELL.findall("," + line)


def _correct_contacts(exports: Exports, landing: Path, accounting: Accounting) -> None:
    """The platform sends some contacts again, with after-contact work that was booked late."""
    path = _last_file(landing, "contacts", "contacts")
    header, lines = _head(path, 4_000)
    wrap, changed, outcome = (header.index(name) for name in ("wrap_seconds", "updated_at", "outcome"))
    rows = [_cells(line) for line in lines]
    answered = [cells for cells in rows[100:] if cells[outcome].strip('"') == "answered"][:CORRECTED]
    stamp = max(cells[changed] for cells in rows)
    for cells in answered:
        cells[wrap], cells[changed] = str(int(cells[wrap]) + 30), stamp
    name = path.stem + "_corrected.csv"
    exports.append_text("contacts", name, [",".join(header), *(",".join(cells) for cells in answered)])
    exports.rows["contacts"] -= 1
    accounting.add("contacts", "rows_updated", len(answered))
