"""Figures that one file gives in several lines: which of its lines count, and the one row they make together.

A queue report writes a new line for the same queue and interval when the queue's settings change in between. Such
lines are parts: all of them count, and a later file's lines for the same key take the place of all the earlier ones.
Only tables whose contract speaks of `parts` are read so; elsewhere the later of two rows of one key counts alone.
"""

from __future__ import annotations

from ingestion.contracts import Contract
from ingestion.plans import Shape
from ingestion.readers import Problem
from ingestion.repeated_keys import candidates
from ingestion.shaping import CURRENT
from warehouse.store import Connection, quote_name

_LAST_ONES = ("threshold_seconds", "interval_end_at", "updated_at")


def settled_parts(shape: Shape, key: list[str], content: str) -> str:
    """SQL for `settled_rows`: the verdict on each line whose key stands more than once.

    The lines of a key, file and version are one set. Of a set given again all lines are duplicates; the set that is
    newest, or of equal versions came last, counts as a whole. Its lines take the places of the former one's, one by
    one; a former line without a successor is superseded.
    """
    by_key = ", ".join(f"k{place}" for place in range(len(key)))
    by_set = f"{by_key}, _file, version"
    hashed = f"hash({', '.join(key)})"
    begun = candidates(shape, key, content, hashed)
    return f"""{begun}lines as (
    select *, row_number() over (partition by {by_set}, content order by row_no) > 1 as is_repeat from candidates
),
sets as (
    select *, min(row_no) over (partition by {by_set}) as first_row,
        bit_xor(content) filter (not is_repeat) over (partition by {by_set}) as told,
        row_number() over (partition by {by_set} order by is_repeat, row_no) as part
    from lines
),
dated as (
    select *, first_row > min(first_row) over (partition by {by_key}, told) as is_double,
        max(version) over (
            partition by {by_key} order by first_row groups between unbounded preceding and 1 preceding
        ) as newest_before
    from sets
),
ranked as (
    select *, dense_rank() over (
        partition by {by_key} order by is_double, version desc nulls last, first_row desc
    ) = 1 and not is_repeat as is_current
    from dated
),
placed as (
    select *, max(part) filter (is_current) over (partition by {by_key}) as parts,
        not is_repeat and row_number() over (partition by {by_key}, is_repeat, part order by first_row) = 1 as is_first
    from ranked
)
select row_no, _file, is_current, parts,
    case when is_repeat or is_double then 'duplicate'
        when is_first then case when part <= parts then 'inserted' else 'superseded' end
        when newest_before is null or version >= newest_before then 'updated' else 'superseded' end as verdict
from placed"""


def told_parts(con: Connection, shape: Shape) -> Problem:
    """The sentence that says how many lines share a key with another line of their file."""
    key = ", ".join(map(quote_name, shape.key))
    counted = f"select count(*) as n from {shape.land} where _state = {CURRENT} group by {key} having count(*) > 1"
    found = con.rows(f"select count(*) as keys, sum(n) as n from ({counted})")[0]
    told = f"{int(found['n']):,} lines of {shape.name} have the same {', '.join(shape.key)} as another of their file"
    return Problem("added_up", f"{told}; they are added up to {int(found['keys']):,}.", "info")


def added_up(contract: Contract, select: str) -> str:
    """The lines of a key as one row: counts and seconds are summed, what all lines say alike is kept.

    Of different thresholds the longest is told: all that were counted were answered within it. The row is traced to the
    first of its lines.
    """
    columns = {name: _together(contract, name) for name in contract.columns if name not in contract.key}
    listed = ["source", *map(quote_name, contract.key)]
    told = [
        f"{columns[name]} as {quote_name(name)}" if name in columns else quote_name(name) for name in contract.columns
    ]
    return (
        f"(select source, {', '.join(told)}, arg_min(_file_id, _line) as _file_id, min(_line) as _line "
        f"from {select} group by {', '.join(listed)})"
    )


def _together(contract: Contract, name: str) -> str:
    column, quoted = contract.columns[name], quote_name(name)
    if name in _LAST_ONES:
        return f"max({quoted})"
    if column.type in ("count", "seconds"):
        return f"cast(sum({quoted}) as {column.sql_type})"
    return f"case when min({quoted}) = max({quoted}) then max({quoted}) end"
