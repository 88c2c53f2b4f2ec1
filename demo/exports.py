"""Writing exports: columns of arrays become CSV files, appended chunk by chunk, quickly and always alike."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

Columns = Mapping[str, Any]
_AHEAD, _WRITERS = 6, 2


def choose(names: Sequence[str], codes: np.ndarray) -> pa.Array:
    """Names by code; -1 is empty."""
    codes = np.asarray(codes)
    return pa.DictionaryArray.from_arrays(
        pa.array(codes.astype(np.int32), mask=codes < 0), pa.array(list(names), pa.string())
    )


def whole(values: np.ndarray, missing: np.ndarray | None = None) -> pa.Array:
    """Whole numbers; empty where negative, or where ``missing`` says so."""
    values = np.asarray(values)
    return pa.array(values.astype(np.int64), mask=(values < 0) if missing is None else missing)


def seconds_text(instants: np.ndarray, zulu: bool = True) -> pa.Array:
    """``2026-10-05T08:00:00Z`` (or a space and no Z, as some vendors write UTC); empty where 0 or less."""
    instants = np.asarray(instants)
    stamps = pa.array(instants.astype(np.int64).astype("datetime64[s]"), mask=instants <= 0)
    text = stamps.cast(pa.string())
    if not zulu:
        return text
    return pc.binary_join_element_wise(pc.replace_substring(text, " ", "T"), "Z", "")


def days_text(days: np.ndarray) -> pa.Array:
    """Dates from days since 1970; empty where 0 or less."""
    days = np.asarray(days)
    return pa.array(days.astype(np.int64).astype("datetime64[D]"), mask=days <= 0)


def numbered(before: str, numbers: np.ndarray, after: str = "") -> pa.Array:
    """Text around a number; empty where the number is negative."""
    return pc.binary_join_element_wise(before, whole(numbers).cast(pa.string()), after, "")


def padded(before: str, numbers: np.ndarray, width: int) -> pa.Array:
    """Text and a number filled up with noughts."""
    return pc.binary_join_element_wise(before, pc.utf8_lpad(pa.array(numbers).cast(pa.string()), width, "0"), "")


def take(columns: Columns, rows: np.ndarray) -> dict[str, pa.Array]:
    """The rows with these numbers, or for which the mask is true."""
    rows = np.flatnonzero(rows) if rows.dtype == bool else rows
    index = pa.array(rows)
    return {name: as_array(values).take(index) for name, values in columns.items()}


def as_array(values: Any) -> pa.Array:
    """Any column as an Arrow array; negative whole numbers stay as they are."""
    return values if isinstance(values, (pa.Array, pa.ChunkedArray)) else pa.array(values)


class Exports:
    """The landing folder: one open writer per file, rows counted per source, files told as ``source/name``.

    Threads write while the next rows are being made; each file is one thread's, so it is always the same.
    """

    def __init__(self, landing: Path) -> None:
        self.landing = landing
        self.rows: dict[str, int] = {}
        self.files: set[str] = set()
        self._open: dict[Path, csv.CSVWriter] = {}
        self._writers = [ThreadPoolExecutor(max_workers=1, thread_name_prefix="exports") for _ in range(_WRITERS)]
        self._writer_of: dict[Path, ThreadPoolExecutor] = {}
        self._waiting: deque[Future[None]] = deque()

    def write(self, source: str, name: str, columns: Columns) -> int:
        """Append rows to ``landing/<source>/<name>``; the first call writes the header."""
        path = self.landing / source / name
        self.files.add(f"{source}/{name}")
        batch = pa.table({key: as_array(values) for key, values in columns.items()})
        if path not in self._open:
            path.parent.mkdir(parents=True, exist_ok=True)
            options = csv.WriteOptions(quoting_style="needed")
            self._open[path] = csv.CSVWriter(str(path), batch.schema, write_options=options)
            self._writer_of[path] = self._writers[len(self._writer_of) % _WRITERS]
        self._waiting.append(self._writer_of[path].submit(self._open[path].write_table, batch))
        self._wait(_AHEAD)
        self.rows[source] = self.rows.get(source, 0) + batch.num_rows
        return batch.num_rows

    def append_text(self, source: str, name: str, lines: list[str]) -> None:
        """Add raw lines to a file that is done with: how broken rows get into an export."""
        path = self.landing / source / name
        self.files.add(f"{source}/{name}")
        self._wait()
        if path in self._open:
            self._open.pop(path).close()
        with path.open("a", encoding="utf-8", newline="") as file:
            file.writelines(line + "\n" for line in lines)
        self.rows[source] = self.rows.get(source, 0) + len(lines)

    def close(self) -> None:
        """Close every file."""
        try:
            self._wait()
        finally:
            for thread in self._writers:
                thread.shutdown(wait=True, cancel_futures=True)
        for writer in self._open.values():
            writer.close()
        self._open.clear()

    def _wait(self, ahead: int = 0) -> None:
        """Until at most ``ahead`` batches wait to be written; raises what went wrong with one."""
        while len(self._waiting) > ahead:
            self._waiting.popleft().result()
