"""A small workspace for one source: put files in, load, look at what came of it."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from ingestion.load import LoadReport, SourceReport, load_sources
from warehouse.settings import load_settings
from warehouse.store import Connection, connect

AS_OF = datetime(2026, 11, 1)


class Box:
    """One workspace with the source ``box``; ``config`` is the YAML under that source."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.zone = "UTC"
        self.puts = 0
        self.config = "adapter: generic_tickets"
        self.con: Connection = connect(None)
        (root / "landing" / "box").mkdir(parents=True)
        (root / "maps").mkdir()
        (root / "build").mkdir()

    def put(self, name: str, content: str | bytes, source: str = "box") -> Path:
        path = self.root / "landing" / source / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        self.puts += 1
        rested = time.time() - 5000 + self.puts
        os.utime(path, (rested, rested))
        return path

    def take(self, name: str) -> None:
        (self.root / "landing" / "box" / name).unlink()

    def map(self, text: str) -> None:
        (self.root / "maps" / "box.yml").write_text(text, encoding="utf-8")
        self.config = "map: maps/box.yml"

    def settings(self) -> Any:
        lines = [f"organisation: {{time_zone: {self.zone}}}", "sources:", "  box:"]
        lines += [f"    {line}" for line in self.config.splitlines()]
        (self.root / "swotlight.yml").write_text("\n".join(lines) + "\n", encoding="utf-8")
        return load_settings(self.root)

    def report(self, as_of: datetime = AS_OF, **options: Any) -> LoadReport:
        return load_sources(self.con, self.settings(), as_of=as_of, **options)

    def load(self, as_of: datetime = AS_OF, **options: Any) -> SourceReport:
        """Load and insist that nothing was refused."""
        report = self.report(as_of, **options)
        assert [source.error for source in report.sources if source.error] == []
        return report.sources[0]

    def refusal(self, **options: Any) -> Any:
        """Load and give the refusal of the source."""
        error = self.report(**options).sources[0].error
        assert error is not None, "the source was not refused"
        return error

    def rows(self, table: str = "tickets", columns: str = "*", order: str = "all") -> list[dict[str, Any]]:
        return self.con.rows(f"select {columns} from raw.{table} order by {order}")

    def values(self, column: str, table: str = "tickets", order: str = "1") -> list[Any]:
        return [row[column] for row in self.con.rows(f"select {column} from raw.{table} order by {order}")]

    def files(self) -> list[dict[str, Any]]:
        return self.con.rows("from ingest.files order by position")

    def quarantine(self) -> list[tuple[int, str, str | None, str]]:
        rows = self.con.rows("from ingest.quarantine order by file, line")
        return [(row["line"], row["reason"], row["field"], row["raw_text"]) for row in rows]

    def problems(self) -> dict[str, str]:
        return {row["code"]: row["message"] for row in self.con.rows("from ingest.problems")}


@pytest.fixture
def box(tmp_path: Path) -> Iterator[Box]:
    made = Box(tmp_path)
    yield made
    made.con.close()
