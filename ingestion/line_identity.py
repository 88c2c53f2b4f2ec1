"""What tells two lines of a file apart beside the columns that are read.

What belongs here: the expression over those columns, for tables whose contract speaks of `parts`. Two lines that differ
in a column nobody reads are two parts of a figure; two that are alike in everything are one line given twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ingestion.headers import are_unnamed, normalise
from warehouse.store import quote_name

# The name of the landed column that holds it starts so.
SAID_PREFIX = "said__"
# Numbers of lines differ in every line and tell nothing.
_COUNTERS = re.compile(
    r"unnamed_\d+|index|row|line|no|nr|rn|row_(?:number|num|no|id)|line_(?:number|no)|record(?:_number|_no)?"
)


def rest_of(headers: Sequence[str], read: Iterable[str | None]) -> str | None:
    """SQL for one text of all columns but those ``read``; ``None`` where nothing is left."""
    left = set(read)
    # Without a header no name says what is a number of the line.
    counters = [] if are_unnamed(headers) else [n for n in headers if _COUNTERS.fullmatch(normalise(n) or "index")]
    rest = [name for name in headers if name not in left and name not in counters]
    if not rest:
        return None
    return f"cast(hash({', '.join(map(quote_name, rest))}) as varchar)"
