"""YAML files read strictly: every complaint names the file, the line and the key, and offers the nearest valid key.

Serves `swotlight.yml`; adapters and maps may use it too. Knows nothing of what the keys mean.
"""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from warehouse.errors import SwotlightError

Place = tuple[str | int, ...]
Model = TypeVar("Model", bound=BaseModel)

_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Loader(_Base):  # type: ignore[misc]
    """Leaves dates as text: a wrong one is then refused with its line, not with YAML's own exception."""

    yaml_implicit_resolvers = {  # noqa: RUF012
        first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
        for first, resolvers in _Base.yaml_implicit_resolvers.items()
    }


def read_yaml(path: Path, loader: type[Any] = Loader) -> tuple[Any, dict[Place, int]]:
    """The content of a YAML file and, for each key path in it, its line (from 1). A double key is refused.

    ``loader`` says what a plain word is read as.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise SwotlightError(f"{path} is not UTF-8 text; save it as UTF-8.", code="config", file=str(path)) from error
    except OSError as error:
        raise SwotlightError(f"{path} cannot be read: {error.strerror}.", code="config", file=str(path)) from error
    places: dict[Place, int] = {}
    try:
        reading = loader(text)
        node = reading.get_single_node()
        if node is not None:
            _walk(node, (), places, path)
        content = None if node is None else reading.construct_document(node)
    except yaml.YAMLError as error:
        raise _not_yaml(path, error) from error
    return ({} if content is None else content), places


def _not_yaml(path: Path, error: yaml.YAMLError) -> SwotlightError:
    mark = getattr(error, "problem_mark", None)
    line = mark.line + 1 if mark else None
    problem = getattr(error, "problem", None) or "it cannot be read"
    where = f"{path}, line {line}" if line else str(path)
    return SwotlightError(
        f"{where}: this is not valid YAML ({problem}).",
        code="config",
        file=str(path),
        line=line,
        hint="Look at the indentation, the colons and the quotes on this line and the one before.",
    )


def _walk(node: yaml.Node, place: Place, places: dict[Place, int], path: Path) -> None:
    places.setdefault(place, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            name, line = str(key.value), key.start_mark.line + 1
            if name in seen:
                raise SwotlightError(
                    f"{path}, line {line}: the key {name!r} is there twice.",
                    code="config",
                    file=str(path),
                    line=line,
                    key=_dotted((*place, name)),
                    hint="Keep one of the two.",
                )
            seen.add(name)
            places[(*place, name)] = line
            _walk(value, (*place, name), places, path)
    elif isinstance(node, yaml.SequenceNode):
        for number, item in enumerate(node.value):
            places[(*place, number)] = item.start_mark.line + 1
            _walk(item, (*place, number), places, path)


def check(model: type[Model], content: Any, places: dict[Place, int], path: Path) -> Model:
    """``content`` as ``model``. Raises `SwotlightError` for its first error in the order of the file."""
    try:
        return model.model_validate(content)
    except ValidationError as error:
        complaints = [_complaint(model, one, places, path) for one in error.errors()]
        raise min(complaints, key=lambda complaint: complaint.line or 0) from None


def _complaint(model: type[BaseModel], error: Any, places: dict[Place, int], path: Path) -> SwotlightError:
    place: Place = tuple(part for part in error["loc"] if part != "[key]")
    line = _line(place, places)
    key, hint = _dotted(place), None
    if error["type"] == "extra_forbidden":
        said = f"there is no key {key!r}"
        hint = _nearest(str(place[-1]), valid_keys(model, place[:-1]))
    elif error["type"] == "missing":
        said = f"{key!r} is required"
    else:
        said = f"{key!r}: {_reason(error)}" if key else _reason(error)
    where = f"{path}, line {line}" if line else str(path)
    sentence = f"{where}: {said}" + ("" if said.endswith("?") else ".")
    return SwotlightError(sentence, code="config", file=str(path), line=line, key=key or None, hint=hint)


def _reason(error: Any) -> str:
    if error["type"] == "string_pattern_mismatch":
        return f"{error['input']!r} does not have the form {error['ctx']['pattern']}"
    if error["type"] in ("model_type", "dict_type"):
        return "keys with values are expected here"
    text = str(error["msg"])
    text = text.removeprefix("Value error, ")
    return (text[0].lower() + text[1:]).rstrip(".") if text else "not valid"


def _line(place: Place, places: dict[Place, int]) -> int | None:
    while place:
        if place in places:
            return places[place]
        place = place[:-1]
    return places.get(())


def _dotted(place: Place) -> str:
    text = ""
    for part in place:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else str(part)
    return text


def _nearest(name: str, valid: list[str]) -> str | None:
    near = get_close_matches(name, valid, n=1, cutoff=0.5)
    if near:
        return f"Did you mean {near[0]!r}?"
    return f"Valid keys here: {', '.join(valid)}." if valid else None


def valid_keys(model: type[BaseModel], place: Place) -> list[str]:
    """The keys a model allows at a place, by walking its fields (through dicts and lists of models)."""
    current: Any = model
    for part in place:
        current = _step(current, part)
    found = _models(current)
    return sorted({name for one in found for name in one.model_fields})


def _step(current: Any, part: str | int) -> Any:
    for one in _models(current):
        field = one.model_fields.get(str(part))
        if field is not None:
            return field.annotation
    arguments = getattr(current, "__args__", ())
    return arguments[-1] if arguments else None


def _models(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    origin = getattr(annotation, "__origin__", None)
    if origin in (dict, list):
        return []
    return [model for argument in getattr(annotation, "__args__", ()) for model in _models(argument)]
