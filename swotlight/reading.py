"""SQL of a user on the current release: one reading statement, sealed off from everything else."""

from __future__ import annotations

from typing import Any

from warehouse.errors import UsageError
from warehouse.publishing import RELEASED_SCHEMAS
from warehouse.releases import Release
from warehouse.store import StoreError, quote_text


def ask(release: Release, sql: str) -> tuple[list[str], list[dict[str, Any]]]:
    """Column names and rows. Raises `SwotlightError` for a writing statement, `UsageError` for wrong SQL."""
    with release.cursor() as cursor:
        try:
            cursor.refuse_writing(sql)
            # Tables may be named without their schema.
            cursor.execute(f"set search_path = {quote_text(','.join(RELEASED_SCHEMAS))}")
            return cursor.names_and_rows(sql)
        except StoreError as error:
            if error.code != "sql":
                raise
            raise UsageError(error.message, code="sql", hint=_hint(error.message)) from error


def _hint(message: str) -> str | None:
    if "does not exist" in message:
        return "`swotlight query 'show all tables'` lists tables and columns."
    return None
