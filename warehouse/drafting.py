"""A first copy of the big tables of a release, made by a process of its own while the build is being checked.

Copying is compression, which keeps one core busy; checking is Python, which keeps the other. Nothing rests on the
draft: `warehouse.publishing` compares every table of it with the build and writes anew what is not the same.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from warehouse.errors import SwotlightError
from warehouse.publishing import copy_tables
from warehouse.settings import Settings

SCHEMAS = ("marts", "rollups", "reference")


@contextmanager
def drafting(settings: Settings) -> Iterator[None]:
    """While this holds, the draft is being written; afterwards nobody else has the build open.

    The caller only reads the build meanwhile. A draft that fails is no draft: publishing tells the trouble, if any.
    """
    draft = settings.paths.release_draft
    draft.unlink(missing_ok=True)
    limit = settings.engine.memory_limit or ""
    command = [sys.executable, "-m", "warehouse.drafting", str(settings.paths.build_db), str(draft), limit]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            yield
        except BaseException:
            process.terminate()
            raise
        finally:
            process.wait()


def write_draft(build_db: Path, draft: Path, memory_limit: str | None) -> None:
    """Write the draft under another name and give it its own once it is whole."""
    part = draft.with_name(draft.name + ".part")
    part.unlink(missing_ok=True)
    copy_tables(build_db, part, SCHEMAS, memory_limit=memory_limit, spill=draft.parent / "tmp_draft")
    part.replace(draft)


def main(arguments: Sequence[str]) -> int:
    """``BUILD DRAFT MEMORY_LIMIT``; 1 when there is no draft."""
    build_db, draft, limit = arguments
    try:
        write_draft(Path(build_db), Path(draft), limit or None)
    except (SwotlightError, OSError):
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
