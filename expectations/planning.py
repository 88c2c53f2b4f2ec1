"""From a check of the catalogue to the parts that are evaluated, given the tables that are there."""

from __future__ import annotations

from expectations.catalogue import Check
from expectations.parts import KINDS, Kind, Part, Tables
from expectations.privacy import no_personal_columns, no_personal_texts
from warehouse.errors import SwotlightError

# Kinds that look at whatever tables there are, rather than at one.
SCANS: dict[str, Kind] = {"no_personal_columns": no_personal_columns, "no_personal_texts": no_personal_texts}


def parts(check: Check, tables: Tables) -> list[Part]:
    """The expectations a check consists of; all must hold.

    ``tables`` are the columns of the database by ``schema.table``, for the kinds that look at whatever is there.
    Raises SwotlightError for an unknown kind or arguments that do not fit it.
    """
    if check.expect not in {*KINDS, *SCANS}:
        raise _misfit(check, f"expects {check.expect!r}; the kinds are {', '.join(sorted({*KINDS, *SCANS}))}")
    try:
        if check.expect in SCANS:
            return SCANS[check.expect](tables, **check.arguments)
        return KINDS[check.expect](**check.arguments)
    except TypeError as error:
        raise _misfit(check, f"has arguments that do not fit {check.expect} ({error})") from error


def _misfit(check: Check, trouble: str) -> SwotlightError:
    return SwotlightError(f"Check {check.name} {trouble}.", code="check_definition", key=check.name)
