"""Reading ``docs/schemas``: a validator by the name of its document."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from referencing import Registry, Resource

FOLDER = Path(__file__).resolve().parents[3] / "docs" / "schemas"


@cache
def schemas() -> dict[str, dict[str, Any]]:
    """Every schema by its file's name."""
    return {path.stem: json.loads(path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.json"))}


@cache
def validator(name: str) -> Draft202012Validator:
    """The validator of a document; `common` can be referred to."""
    registry: Registry[Any] = Registry().with_resources(
        (schema["$id"], Resource.from_contents(schema)) for schema in schemas().values()
    )
    return Draft202012Validator(schemas()[name], registry=registry)


def troubles(name: str, document: Any) -> list[str]:
    """What is wrong with a document, each as its place and sentence; nothing when it fits."""
    return [f"{error.json_path}: {error.message}" for error in validator(name).iter_errors(document)]
