"""Which workspace a command works in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from warehouse.releases import Release
    from warehouse.settings import Settings


def workspace_folder(asked: str | None) -> Path:
    """``--workspace``, else SWOTLIGHT_WORKSPACE, else the current folder."""
    from warehouse.settings import default_workspace

    return Path(asked) if asked else default_workspace()


def settings_of(context: click.Context) -> Settings:
    """The settings of the workspace. Raises `UsageError` when it is none, `SwotlightError` when they are wrong."""
    from warehouse.settings import load_settings

    return load_settings(workspace_folder(context.find_root().obj))


def release_of(context: click.Context, *, sealed: bool = False) -> Release:
    """The current release of the workspace, opened for reading."""
    from warehouse.releases import ReleaseReader

    return ReleaseReader(settings_of(context), sealed=sealed).current()
