"""The files that somebody gives to a command: a folder means the exports in it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from warehouse.errors import SwotlightError, UsageError

_IGNORED = (".", "~$")
_README = ("readme", "license", "licence", "notice", "changelog")


def files_given(given: Iterable[Path]) -> list[Path]:
    """Every file once, those of a folder and of the folders in it by name. Raises `SwotlightError` where there is none.

    Hidden files and papers that lie beside an export are left out of a folder.
    """
    found: list[Path] = []
    for path in given:
        if path.is_dir():
            inside = sorted(one for one in path.rglob("*") if one.is_file() and not _is_aside(one, path))
            if not inside:
                raise SwotlightError(f"The folder {path} holds no files.", code="empty_folder", file=str(path))
            found += inside
        elif not path.exists():
            raise SwotlightError(
                f"{path} does not exist.",
                code="missing_file",
                file=str(path),
                hint="Look at the spelling, or give the folder.",
            )
        else:
            found.append(path)
    if not found:
        raise UsageError("No files were given.", code="no_files")
    return list(dict.fromkeys(found))


def _is_aside(path: Path, folder: Path) -> bool:
    hidden = any(part.startswith(_IGNORED) for part in path.relative_to(folder).parts)
    return hidden or (path.stem.lower().split("-")[0] in _README and path.suffix.lower() in ("", ".md", ".txt"))
