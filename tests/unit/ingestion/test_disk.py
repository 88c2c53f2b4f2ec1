"""A disk that is too small, full or read-only is told in a sentence, and the rows before stay."""

from __future__ import annotations

import errno
import shutil
from collections import namedtuple
from pathlib import Path

import pytest

from tests.unit.ingestion.conftest import Box

GOOD = "ticket_id,created_at\n1,2026-01-01\n"
Usage = namedtuple("Usage", "total used free")


def test_a_disk_that_is_too_small_is_told_before_anything_is_written(box: Box, monkeypatch: pytest.MonkeyPatch) -> None:
    box.put("a.csv", GOOD)
    box.load()
    box.put("b.csv", GOOD.replace("1,", "2,", 1) * 40)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(10_000, 9_990, 10))
    error = box.refusal()
    assert error.code == "disk_full" and "needs about" in error.message and "left" in error.message
    assert box.values("ticket_id") == ["1"]


@pytest.mark.parametrize(
    ("number", "code"), [(errno.ENOSPC, "disk_full"), (errno.EROFS, "read_only"), (errno.EACCES, "permission")]
)
def test_a_disk_that_fails_while_a_copy_is_written_is_told(
    box: Box, monkeypatch: pytest.MonkeyPatch, number: int, code: str
) -> None:
    box.put("a.csv", GOOD)
    box.load()

    def fail(*_: object, **__: object) -> Path:
        raise OSError(number, "no")

    monkeypatch.setattr("ingestion.readers.delimited.write_normalised", fail)
    box.put("b.csv", GOOD.replace("1,", "2,", 1).encode("utf-16"))
    assert box.refusal().code == code
    assert box.values("ticket_id") == ["1"]
