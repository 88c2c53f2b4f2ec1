"""Wrong usage in our own sentences: which value or word is wrong, and what is allowed instead."""

from __future__ import annotations

import re

import click

from warehouse.errors import UsageError

_GIVEN = re.compile(r"^'(?P<quoted>.*?)' is not|^(?P<bare>\S+) is not in the range")
_EXTRA = re.compile(r"unexpected extra arguments? \((?P<words>.*)\)")


def as_sentence(error: click.UsageError) -> UsageError:
    """What the parser found, as a refusal of ours."""
    path = error.ctx.command_path if error.ctx else "swotlight"
    return UsageError(_said(error, path), code="usage", hint=_hint(error, path))


def _said(error: click.UsageError, path: str) -> str:
    if isinstance(error, click.MissingParameter) and error.param is not None:
        return f"`{path}` needs {_name(error.param, with_value=True)}."
    if isinstance(error, click.BadParameter) and error.param is not None:
        return _wrong_value(error, error.param)
    if isinstance(error, click.NoSuchOption):
        return f"`{path}` has no option {error.option_name}."
    if isinstance(error, click.BadOptionUsage):
        return f"{error.option_name} needs a value." if "requires" in error.message else error.format_message()
    extra = _EXTRA.search(error.message)
    return f"`{path}` takes no {extra['words']} here." if extra else error.format_message()


def _wrong_value(error: click.BadParameter, param: click.Parameter) -> str:
    allowed, given = _allowed(param.type), _GIVEN.match(error.message)
    if allowed is None or given is None:
        return f"{_name(param)}: {error.message}"
    return f"{_name(param)} is {given['quoted'] or given['bare'] or 'empty'}; it takes {allowed}."


def _allowed(kind: click.ParamType) -> str | None:
    if isinstance(kind, click.Choice):
        return f"one of {', '.join(str(choice) for choice in kind.choices)}"
    if isinstance(kind, click.IntRange):
        low, high = kind.min, kind.max
        bounds = f"from {low} to {high}" if low is not None and high is not None else None
        return f"a whole number {bounds or (f'of at least {low}' if low is not None else f'of at most {high}')}"
    if isinstance(kind, click.types.IntParamType):
        return "a whole number"
    return "a number" if isinstance(kind, click.types.FloatParamType) else None


def _hint(error: click.UsageError, path: str) -> str:
    near = error.possibilities if isinstance(error, click.NoSuchOption) else None
    return f"Did you mean {' or '.join(near)}?" if near else f"See `{path} --help`."


def _name(param: click.Parameter, *, with_value: bool = False) -> str:
    """As it is typed: the long name of an option, the word of an argument."""
    if not isinstance(param, click.Option):
        return param.make_metavar(click.Context(click.Command("")))
    name = max(param.opts, key=len)
    value = param.make_metavar(click.Context(click.Command(""))) if with_value and not param.is_flag else ""
    return f"{name} {value}".strip()
