"""SQL of a user on the current release: one reading statement, sealed off from everything else."""

from __future__ import annotations

import re
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
            raise UsageError(_sentence(error.message), code="sql", hint=_hint(error.message)) from error


def _sentence(message: str) -> str:
    """What the engine says, without the class of its fault and its picture of the statement."""
    text, _, picture = message.partition("\n\nLINE ")
    place = re.match(r"(\d+): ", picture)
    told = " ".join(re.sub(r"^[A-Z]\w+(?: \w+)? Error: ", "", text).split())
    told = re.sub(r"!(?= |$)", ".", told[:1].upper() + told[1:])
    told = told if told.endswith((".", "?")) else f"{told}."
    return f"Line {place[1]}: {told}" if place and place[1] != "1" else told


def _hint(message: str) -> str | None:
    if "does not exist" in message:
        return "`swotlight query 'show all tables'` lists tables and columns."
    return None
