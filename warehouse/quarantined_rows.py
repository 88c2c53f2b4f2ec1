"""The raw text of quarantined rows beside a release: written when it is published, never inside it.

A release carries counts only. What people need to mend an export, the rows as they stood in the file, stays in
`build/` in one small file a release, readable by the workspace's owner alone. It holds some rows of every reason; all
of them are in the build. What may be shown to whom is the reader's matter.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from warehouse.settings import Paths
from warehouse.store import Connection

ROWS_A_REASON = 50
LONGEST_TEXT = 2_000
_SOME = f"""
select source, file, line, reason, field, left(raw_text, {LONGEST_TEXT}) as raw_text
from ingest.quarantine
qualify row_number() over (partition by source, file, reason, field order by line) <= {ROWS_A_REASON}
order by source, file, reason, field, line
"""


def extract_path(paths: Paths, release: str) -> Path:
    """Where the raw rows that belong to a release lie."""
    return paths.build / "quarantined" / f"{release}.jsonl"


def write_extract(con: Connection, paths: Paths, release: str, kept: Iterable[str]) -> Path:
    """Write some quarantined rows of every reason for a release; extracts of releases that are gone are deleted."""
    target = extract_path(paths, release)
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    half = target.with_suffix(".half")
    with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as out:
        out.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in con.rows(_SOME))
    half.replace(target)
    alive = {release, *kept}
    for old in target.parent.glob("*.jsonl"):
        if old.stem not in alive:
            old.unlink(missing_ok=True)
    return target


def read_extract(paths: Paths, release: str) -> list[Mapping[str, Any]] | None:
    """The rows written for a release; None where there is no such file or it may not be read."""
    try:
        text = extract_path(paths, release).read_text(encoding="utf-8")
    except OSError:
        return None
    return [json.loads(line) for line in text.splitlines() if line.strip()]
