"""Arithmetic over parts of a metric: ``a + b``, ``a / (b - c)``. Null in, null out; a zero denominator gives null.

The text comes from the semantic layer; it is parsed, checked name by name and never given to ``eval``.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from warehouse.errors import SwotlightError

if TYPE_CHECKING:
    import numpy as np

_FUNCTIONS = ("coalesce", "nullif")


@lru_cache(maxsize=1024)
def _parse(expression: str) -> ast.expr:
    try:
        return ast.parse(expression.strip().lower(), mode="eval").body
    except SyntaxError as error:
        raise SwotlightError(
            f"The expression '{expression}' of a metric is not arithmetic over its parts.", code="metric_definition"
        ) from error


def names(expression: str) -> list[str]:
    """The parts an expression speaks of, in order of appearance."""
    found = [node for node in ast.walk(_parse(expression)) if isinstance(node, ast.Name)]
    ordered = sorted(found, key=lambda node: (node.lineno, node.col_offset))
    return list(dict.fromkeys(node.id for node in ordered if node.id not in _FUNCTIONS))


def evaluate(expression: str, values: Mapping[str, float | None]) -> float | None:
    """The expression's value; `SwotlightError` when it is anything but + − × ÷, coalesce and nullif."""
    if expression.isidentifier():
        return values.get(expression)
    return _value(_parse(expression), values, expression)


def _value(node: ast.expr, values: Mapping[str, float | None], text: str) -> float | None:
    match node:
        case ast.Name(id=name):
            return values.get(name)
        case ast.Constant(value=int() | float() as number):
            return number
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            inner = _value(operand, values, text)
            return None if inner is None else -inner
        case ast.BinOp(left=left, op=operator, right=right):
            return _binary(operator, _value(left, values, text), _value(right, values, text), text)
        case ast.Call(func=ast.Name(id="coalesce"), args=arguments):
            return next((v for v in (_value(a, values, text) for a in arguments) if v is not None), None)
        case ast.Call(func=ast.Name(id="nullif"), args=[first, second]):
            value = _value(first, values, text)
            return None if value == _value(second, values, text) else value
    raise SwotlightError(
        f"The expression '{text}' of a metric uses more than + - * /, coalesce and nullif.", code="metric_definition"
    )


def _binary(operator: ast.operator, left: float | None, right: float | None, text: str) -> float | None:
    if left is None or right is None:
        return None
    match operator:
        case ast.Add():
            return left + right
        case ast.Sub():
            return left - right
        case ast.Mult():
            return left * right
        case ast.Div():
            return left / right if right else None
    raise SwotlightError(f"The expression '{text}' of a metric uses an unknown operator.", code="metric_definition")


def evaluate_columns(expression: str, values: Mapping[str, np.ndarray], size: int) -> np.ndarray:
    """The same over columns of ``size`` numbers, in which NaN is null."""
    # Most questions need no numpy.
    import numpy as np

    if expression.isidentifier():
        return values.get(expression, np.full(size, np.nan))
    return np.broadcast_to(_column(_parse(expression), values, expression), size)


def _column(node: ast.expr, values: Mapping[str, np.ndarray], text: str) -> np.ndarray:
    import numpy as np

    match node:
        case ast.Name(id=name):
            return values.get(name, np.array(np.nan))
        case ast.Constant(value=int() | float() as number):
            return np.array(float(number))
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_column(operand, values, text)
        case ast.BinOp(left=left, op=ast.Div(), right=right):
            below = _column(right, values, text)
            return _column(left, values, text) / np.where(below == 0, np.nan, below)
        case ast.BinOp(left=left, op=ast.Add() | ast.Sub() | ast.Mult() as operator, right=right):
            work = {ast.Add: np.add, ast.Sub: np.subtract, ast.Mult: np.multiply}[type(operator)]
            return np.asarray(work(_column(left, values, text), _column(right, values, text)))
        case ast.Call(func=ast.Name(id="coalesce"), args=arguments):
            found, *rest = (_column(a, values, text) for a in arguments)
            for other in rest:
                found = np.where(np.isnan(found), other, found)
            return found
        case ast.Call(func=ast.Name(id="nullif"), args=[first, second]):
            value = _column(first, values, text)
            return np.where(value == _column(second, values, text), np.nan, value)
    raise SwotlightError(
        f"The expression '{text}' of a metric uses more than + - * /, coalesce and nullif.", code="metric_definition"
    )
