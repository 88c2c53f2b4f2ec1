"""Making a workspace: its folders, the commented `swotlight.yml` and the key that pseudonyms are made with."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from warehouse.errors import SwotlightError
from warehouse.settings import CONFIG_NAME, Paths, Settings, package_path

_TEMPLATE = "warehouse/swotlight.yml.template"
_GITIGNORE = """\
# A workspace may be kept in git: the settings, maps and reference tables are worth it, the data is not.
/build/
/releases/
/landing/
/logs/
/state/
"""
_HARMLESS = {".git", ".gitignore", ".DS_Store", "README.md", "lost+found"}


def init_workspace(directory: Path, *, config_text: str | None = None) -> Path:
    """Make ``directory`` a workspace and return its absolute path; what is already there is kept.

    ``config_text`` replaces the commented default `swotlight.yml`. A folder that holds other things and no
    `swotlight.yml` is refused, so that nothing foreign is ever mixed with a workspace.
    """
    workspace = Path(directory).expanduser().resolve()
    _refuse_foreign(workspace)
    paths = Paths(workspace)
    try:
        workspace.mkdir(parents=True, exist_ok=True)
        for folder in paths.folders():
            folder.mkdir(exist_ok=True)
        paths.state.chmod(0o700)
        if not paths.config.exists():
            paths.config.write_text(config_text or package_path(_TEMPLATE).read_text("utf-8"), "utf-8")
        if not (workspace / ".gitignore").exists():
            (workspace / ".gitignore").write_text(_GITIGNORE, "utf-8")
        pseudonym_key(paths)
    except OSError as error:
        raise SwotlightError(
            f"{workspace} cannot be made a workspace: {error.strerror}.",
            code="workspace",
            file=str(error.filename or workspace),
            hint="Choose a folder that you may write to and that has room.",
        ) from error
    return workspace


def _refuse_foreign(workspace: Path) -> None:
    if workspace.exists() and not workspace.is_dir():
        raise SwotlightError(f"{workspace} is a file, not a folder.", code="workspace", file=str(workspace))
    if not workspace.is_dir() or (workspace / CONFIG_NAME).exists():
        return
    foreign = sorted(entry.name for entry in workspace.iterdir() if entry.name not in _HARMLESS)
    if foreign:
        raise SwotlightError(
            f"{workspace} holds other things ({', '.join(foreign[:3])}{', …' if len(foreign) > 3 else ''}) "
            f"and no {CONFIG_NAME}.",
            code="foreign_folder",
            file=str(workspace),
            hint="Give the name of a new or an empty folder.",
        )


def pseudonym_key(paths: Paths) -> str:
    """The workspace's secret, 64 hexadecimal digits; made on first use, readable by its owner only."""
    path = paths.pseudonym_key
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(32) + "\n")
    key = path.read_text("ascii").strip()
    if len(key) < 32:
        raise SwotlightError(
            f"{path} is damaged: it should hold 64 hexadecimal digits.",
            code="pseudonym_key",
            file=str(path),
            hint="Restore it from a copy; with a new key, people get new pseudonyms.",
        )
    return key


def ensure_folders(settings: Settings) -> None:
    """Make the folders of a workspace that has only its `swotlight.yml`."""
    for folder in settings.paths.folders():
        folder.mkdir(parents=True, exist_ok=True)
