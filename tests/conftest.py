"""One small company for the whole run: made, refreshed and released once; tests that change it take a copy."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from filelock import FileLock

SMALL = 3000


@pytest.fixture(scope="session")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo workspace with a release in it. Read only: whoever changes something takes `own_workspace`.

    Of several processes that run tests one makes it and the others take a copy.
    """
    from demo.company import build_company
    from orchestration.refresh import refresh
    from warehouse.settings import load_settings

    root = tmp_path_factory.getbasetemp()
    made = (root.parent if "PYTEST_XDIST_WORKER" in os.environ else root) / "company-of-all"
    folder = tmp_path_factory.mktemp("company") / "workspace"
    with FileLock(f"{made}.lock"):
        if not made.exists():
            part = made.with_name("company-in-the-making")
            build_company(part, tickets=SMALL)
            refresh(load_settings(part))
            part.rename(made)
        shutil.copytree(made, folder, symlinks=True)
    return folder


@pytest.fixture
def own_workspace(workspace: Path, tmp_path: Path) -> Path:
    """A copy of the released workspace that a test may change."""
    copy = tmp_path / "workspace"
    shutil.copytree(workspace, copy, symlinks=True)
    return copy


@pytest.fixture(scope="session")
def release(workspace: Path) -> object:
    """The current release of the small company."""
    from warehouse.releases import ReleaseReader
    from warehouse.settings import load_settings

    return ReleaseReader(load_settings(workspace)).current()


@pytest.fixture
def write_file(tmp_path: Path) -> Iterator[Callable[[str, str | bytes], Path]]:
    """Writes a file into the test's own folder and gives its path."""

    def write(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        return path

    yield write
