"""The shapes of the values in columns of dates: digits count, letters stay. What they tell is said in `dates`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ingestion.date_readings import Shape
from warehouse.store import Connection, quote_name

# The usual date needs no search for its numbers.
_FULL_DATE = "starts_with(pattern, '9999-99-99') or starts_with(pattern, '9999/99/99')"
_SHAPES_AT_MOST = 500


def read_shapes(con: Connection, relation: str, text: str, *, rows: int | None = None) -> list[Shape]:
    """The shapes in a column. ``text`` is SQL over ``relation``; ``rows`` limits how many are looked at."""
    limit = f" limit {rows}" if rows else ""
    found = con.rows(_shapes_in(f"select '' as name, {text} as v from {relation}{limit}") + f" limit {_SHAPES_AT_MOST}")
    return [_shape(row) for row in found]


def read_shapes_of_each(con: Connection, relation: str, texts: Mapping[str, str]) -> dict[str, list[Shape]]:
    """The shapes in several columns at once, by their names; reading the question takes longer than answering it."""
    found: dict[str, list[Shape]] = {name: [] for name in texts}
    if texts:
        listed = ", ".join(f"{text} as {quote_name(str(at))}" for at, text in enumerate(texts.values()))
        names, cells = list(texts), f"unpivot (select {listed} from {relation}) on columns(*) into name name value v"
        for row in con.rows(_shapes_in(cells)):
            shapes = found[names[int(row["name"])]]
            if len(shapes) < _SHAPES_AT_MOST:
                shapes.append(_shape(row))
    return found


def _shape(row: Mapping[str, Any]) -> Shape:
    return Shape(**{key: value for key, value in row.items() if key != "name"})


def _shapes_in(cells: str) -> str:
    """SQL for the shapes of each ``name``, the commonest first, from that for its cells ``v``."""
    return f"""
        with looked_at as ({cells}),
        shaped as (
            select name, v, translate(lower(v), '012345678', '999999999') as pattern,
                case when {_FULL_DATE} then [cast(substr(v, 1, 4) as bigint), cast(substr(v, 6, 2) as bigint),
                    cast(substr(v, 9, 2) as bigint)]
                else [try_cast(n as bigint) for n in regexp_extract_all(
                    case when starts_with(pattern, '99:99') or starts_with(pattern, '9:99')
                        then substr(v, strpos(v, ' ') + 1) else v end, '[0-9]+')] end as n
            from looked_at where v is not null
        )
        select name, pattern, min(v) as example, count(*) as "count",
            count_if(n[1] between 13 and 31 and n[2] <= 12) as days_first,
            count_if(n[2] between 13 and 31 and (case when n[1] > 31 then n[3] else n[1] end) <= 12) as days_second,
            count_if(n[3] between 13 and 31 and n[2] <= 12) as days_third,
            count_if(n[1] > 31) as over_31_first, count_if(n[3] > 31) as over_31_third,
            count_if(n[1] is distinct from n[2]) as different
        from shaped group by name, pattern order by name, "count" desc, pattern"""
