"""The accounting of source rows: which came in, which changed one, which were older, double or refused.

A pure function of the ordered files: rows of a key are looked at in order of arrival. The first is *inserted*, one
with the content of an earlier one is a *duplicate*, one at least as new as all before *updates*, another is
*superseded*. The newest counts; of equal versions the later arrival. Figures that one file gives in several lines are
settled by `ingestion.figure_parts`.
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass

from ingestion.figure_parts import settled_parts
from ingestion.plans import Shape
from ingestion.repeated_keys import candidates
from ingestion.shaping import CURRENT, IS_REFUSED, OLD
from warehouse.store import Connection, quote_name

_LOOKED_AT_FIRST = 10_000


@dataclass(frozen=True)
class Counts:
    """The accounting of one file; ``read`` is the sum of the others."""

    inserted: int = 0
    updated: int = 0
    superseded: int = 0
    duplicate: int = 0
    quarantined: int = 0

    @property
    def read(self) -> int:
        """Rows in the file."""
        return self.inserted + self.updated + self.superseded + self.duplicate + self.quarantined

    def __add__(self, other: Counts) -> Counts:
        return Counts(*(getattr(self, name) + getattr(other, name) for name in Counts.__dataclass_fields__))


def account(con: Connection, shape: Shape, whole: Set[str] = frozenset()) -> tuple[dict[int, Counts], bool]:
    """Settle which rows of a landed table count; the accounting by file number (malformed lines not included).

    Also whether some key still has several lines that count.

    ``whole`` names the ids that the table keeps as numbers.
    """
    key = _key_sql(shape)
    if not _has_repeats(con, shape, key, is_number=set(shape.key) <= whole):
        return _plain_counts(con, shape), False
    con.execute(settled_parts(shape, key, _content(shape)) if shape.may_have_parts else _settle(shape, key))
    verdicts = con.rows("select _file, verdict, count(*) as n from settled_rows group by all")
    con.execute(
        f"update {shape.land} set _state = {OLD} from settled_rows "
        f"where {shape.land}.rowid = settled_rows.row_no and not settled_rows.is_current"
    )
    has_parts = shape.may_have_parts and bool(con.scalar("select 1 from settled_rows where parts > 1 limit 1"))
    con.execute("drop table settled_rows")
    return _adjusted(_plain_counts(con, shape, good=f"not {IS_REFUSED}"), verdicts), has_parts


def _key_sql(shape: Shape) -> list[str]:
    if shape.key:
        return [quote_name(name) for name in shape.key]
    return [f"hash({_content(shape)})"]


def _content(shape: Shape) -> str:
    """What a row says; of a shape without files there is nothing to say."""
    return ", ".join(quote_name(field.name) for field in shape.fields if field.is_stored) or "null"


def _has_repeats(con: Connection, shape: Shape, key: list[str], *, is_number: bool) -> bool:
    """Cheap for the usual export, whose numbers rise or fall; else one grouping of the key's hash."""
    good = f"from {shape.land} where _state = {CURRENT}"
    if len(key) == 1 and shape.key and _is_monotone(con, key[0], good, is_number=is_number):
        return False
    hashed = key[0] if not shape.key else f"hash({', '.join(key)})"
    found = con.scalar(f"select 1 from (select {hashed} as k {good}) group by k having count(*) > 1 limit 1")
    return found is not None


def _is_monotone(con: Connection, key: str, good: str, *, is_number: bool) -> bool:
    """Whether a key only rises or only falls from row to row, texts by length and then letters: it never repeats."""
    sized = key if is_number else f"(length(cast({key} as varchar)), cast({key} as varchar))"
    for rows in (f"{good} limit {_LOOKED_AT_FIRST}", good):
        steps = con.rows(
            f"select count_if(k > former) as up, count_if(k < former) as down, count(*) - 1 as steps "
            f"from (select k, lag(k) over () as former from (select {sized} as k {rows}))"
        )[0]
        if steps["steps"] not in (steps["up"], steps["down"]):
            return False
    return True


def _settle(shape: Shape, key: list[str]) -> str:
    content = _content(shape)
    hashed = key[0] if not shape.key else f"hash({', '.join(key)})"
    partition = ", ".join(f"k{place}" for place in range(len(key)))
    begun = candidates(shape, key, content, hashed)
    return f"""{begun}seen as (
    select *, row_number() over (partition by {partition}, content order by row_no) > 1 as is_double
    from candidates
),
compared as (
    select *, row_number() over (partition by {partition} order by row_no) = 1 as is_first,
        max(version) over (partition by {partition} order by row_no rows between unbounded preceding and 1 preceding)
            as newest_before,
        row_number() over (
            partition by {partition} order by is_double, version desc nulls last, row_no desc
        ) = 1 as is_current
    from seen
)
select row_no, _file, is_current,
    case when is_first then 'inserted' when is_double then 'duplicate'
        when newest_before is null or version >= newest_before then 'updated' else 'superseded' end as verdict
from compared"""


def _plain_counts(con: Connection, shape: Shape, good: str = f"_state = {CURRENT}") -> dict[int, Counts]:
    rows = con.rows(
        f"select _file, count_if({good}) as good, count_if({IS_REFUSED}) as bad from {shape.land} group by _file"
    )
    return {row["_file"]: Counts(inserted=row["good"], quarantined=row["bad"]) for row in rows}


def _adjusted(counts: dict[int, Counts], verdicts: list[dict[str, int | str]]) -> dict[int, Counts]:
    for row in verdicts:
        verdict, n = str(row["verdict"]), int(row["n"])
        if verdict != "inserted":
            moved = Counts(inserted=-n, **{verdict: n})
            counts[int(row["_file"])] += moved
    return counts
