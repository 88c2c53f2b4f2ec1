"""A proposal that is not sure enough to be taken: its map is written all the same, for a person to mend."""

from __future__ import annotations

from itertools import count
from pathlib import Path

from ingestion.add_plans import UnsureKind
from warehouse.errors import SwotlightError
from warehouse.settings import Settings


def with_map(settings: Settings, unsure: UnsureKind) -> SwotlightError:
    """The refusal, with the place of the map where there is one. No map of a person is written over."""
    joint = unsure.joint
    if not joint.text:
        return unsure
    target = _free(settings.paths.maps, joint.name)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(joint.text, encoding="utf-8")
    except OSError:
        return unsure
    return SwotlightError(
        unsure.message,
        code=unsure.code,
        file=unsure.file,
        hint=f"Its map so far, as {joint.kind}, is written: mend the lines marked `look at this`, then "
        f"`swotlight add {unsure.path} --map {target}`.",
    )


def _free(folder: Path, name: str) -> Path:
    names = (folder / (f"{name}.yml" if number == 1 else f"{name}_{number}.yml") for number in count(1))
    return next(path for path in names if not path.exists())
