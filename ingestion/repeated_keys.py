"""The good rows whose key stands more than once: where every settling of repeated keys begins.

What belongs here: finding them by the hash of their key. What becomes of them, `accounting` and `figure_parts` say.
"""

from __future__ import annotations

from ingestion.plans import Shape
from ingestion.shaping import CURRENT
from warehouse.store import quote_name


def candidates(shape: Shape, key: list[str], content: str, hashed: str) -> str:
    """The beginning of SQL for `settled_rows`: `candidates` with `row_no`, `_file`, `k0`, …, `content` and `version`.

    ``hashed`` is the expression by which keys are compared first; ``content`` what is hashed of a row.
    """
    keys = ", ".join(f"{column} as k{place}" for place, column in enumerate(key))
    version = quote_name(shape.version) if shape.version else "null"
    return f"""
create or replace temp table settled_rows as
with good as (
    select rowid as row_no, _file, {hashed} as key_hash from {shape.land} where _state = {CURRENT}
),
repeated as (select key_hash from good group by key_hash having count(*) > 1),
candidates as (
    select rowid as row_no, _file, {keys}, hash({content}) as content, {version} as version
    from {shape.land}
    where _state = {CURRENT} and {hashed} in (select key_hash from repeated)
),
"""
