"""Puts fonts, style sheets and compiled translations beside the dashboards when the package is built or installed.

The first two come from packages; all are converted once, and are not kept in the repository.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class AssetsHook(BuildHookInterface):
    """Runs before the wheel (also the editable one) is put together."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make the files the dashboards serve; ``version`` and ``build_data`` are hatchling's and stay as they are."""
        root = Path(self.root)
        sys.path.insert(0, str(root))
        try:
            from dashboards.assets_build import build_assets
            from dashboards.locales_build import compile_all

            build_assets(root / "dashboards" / "assets" / "vendor")
            compile_all()
        finally:
            sys.path.remove(str(root))
