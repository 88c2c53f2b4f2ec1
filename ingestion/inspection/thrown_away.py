"""Rows that are there and count for nothing: requests that were deleted or called off, and faxes and internal calls."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from ingestion.inspection.fields import Line, quoted, yes_and_no
from ingestion.inspection.fitting import ours_for, value_list
from ingestion.inspection.profile import Profile
from ingestion.inspection.words import plain
from warehouse.store import quote_text

_DELETED = re.compile(
    r"(?i)(?<![a-z])(?:is)?[_ ]?(?:deleted|trashed|in[_ ]?trash)(?![a-z]|[_ ]?(?:at|on|by|date|time)(?![a-z]))"
    r"|papelera|gel(?:ö|oe)scht|đã xóa|supprimée?|eliminad[oa]|excluíd[oa]|verwijderd|usunięt|删除|刪除|削除|삭제"
)
_CALLED_OFF = frozenset(
    ["cancelled", "canceled", "merged", "withdrawn", "void", "invalid", "duplicate", "cancelled by user", "abgebrochen",
     "zusammengeführt", "fusionado", "mesclado", "fusionné", "cancelado", "annulé", "已取消", "取消", "已合并", "合并"]
)  # fmt: skip
_NEVER, _MOSTLY, _FEW = 0.1, 0.9, 0.01
_FAX = frozenset(["fax", "faxes", "telefax", "e fax", "télécopie", "传真", "傳真", "ファックス", "ファクス", "팩스"])


def deleted_requests(have: Mapping[str, Line], profiles: Sequence[Profile]) -> list[Line]:
    """The status of a request that a column of yes and no calls deleted; an existing line is changed in place."""
    used = {name for line in have.values() for name in line.names}
    free = [p for p in profiles if p.name not in used and _DELETED.search(p.name)]
    flags = [(profile, answers) for profile in free if (answers := yes_and_no(profile))]
    if len(flags) != 1:
        return []
    profile, answers = flags[0]
    gone = ", ".join(quote_text(value.lower()) for value, is_so in answers.items() if is_so) or "'true', 'yes', '1'"
    is_gone = f"when lower(trim({quoted(profile.name)})) in ({gone}) then 'deleted'"
    line = have.get("status")
    if line is None:
        sql = f"case {is_gone} end"
        reason = f"{profile.name} says which are deleted; no column tells the state of the others"
        return [Line("status", {"sql": sql, "type": "category"}, 0.6, reason, (profile.name,))]
    if not isinstance(line.given.get("from"), str):
        return []
    name = str(line.given.pop("from"))
    line.given = {"sql": f"case {is_gone} else {quoted(name)} end", **line.given}
    line.names = (*line.names, profile.name)
    line.reason += f"; {profile.name} says which are deleted"
    return []


def called_off(have: Mapping[str, Line], by_name: Mapping[str, Profile]) -> None:
    """A request that was called off or merged and has no end, where those that were solved have one, is gone: it was
    never solved. The line of the status is changed in place."""
    line, end = have.get("status"), have.get("solved_at")
    if line is None or end is None or not line.names or len(end.names) != 1 or "from" not in end.given:
        return
    status, ended = by_name[line.names[0]], by_name[end.names[0]]
    values = line.given.get("values", {})
    over = {value for value in status.counts if values.get(value, value.lower()) in ("solved", "closed")}
    off = {value for value in over if plain(value) in _CALLED_OFF}
    with_end = {value: _filled(status, ended, {value}) for value in off}
    gone = [value for value, share in with_end.items() if share <= _NEVER]
    if gone and over - off and _filled(status, ended, over - off) >= _MOSTLY:
        line.given["values"] = {**values, **dict.fromkeys(gone, "deleted")}
        named = ", ".join(map(repr, gone))
        line.problems.append(f"{status.name}: {named} have no end and are taken for gone (deleted), not for solved.")


def _filled(status: Profile, ended: Profile, of: set[str]) -> float:
    """Share of the rows of some states that have an end."""
    rows = [
        bool(at and at.strip()) for at, now in zip(ended.cells, status.cells, strict=True) if (now or "").strip() in of
    ]
    return sum(rows) / len(rows) if rows else 0.0


def without_faxes(lines: Sequence[Line], by_name: Mapping[str, Profile]) -> tuple[str | None, list[str]]:
    """Which rows of a list of contacts are meant where some are faxes, and the word on it."""
    line = next((one for one in lines if one.column == "channel" and "from" in one.given), None)
    if line is None or not line.names:
        return None, []
    profile = by_name[line.names[0]]
    faxes = [value for value in profile.counts if plain(value) in _FAX]
    if not faxes:
        return None, []
    line.given["values"] = {**line.given.get("values", {}), **dict.fromkeys(faxes, "fax")}
    line.given["otherwise"] = "keep"
    rows = sum(profile.counts[value] for value in faxes)
    told = (
        f"{profile.name}: {rows:,} of {len(profile.cells):,} rows looked at are faxes and left out: nobody waits there."
    )
    return "row.channel is distinct from 'fax'", [told]


def without_other_ways(lines: Sequence[Line], by_name: Mapping[str, Profile]) -> tuple[str | None, list[str]]:
    """Which rows of a list of contacts are meant where some neither came in nor went out, such as internal calls.

    Without a direction a contact counts as one that came in, so a word that is not known must not become none.
    """
    line = next((one for one in lines if one.column == "direction" and "from" in one.given), None)
    if line is None or not line.names:
        return None, []
    profile, told = by_name[line.names[0]], value_list("contacts", "direction")
    ways = {value: ours_for(value, told, "direction") for value in profile.counts}
    other = [value for value, way in ways.items() if way is None]
    rows = sum(profile.counts[value] for value in other)
    if "inbound" not in ways.values() or not other or profile.null_share > _FEW or rows > 0.5 * profile.filled:
        return None, []
    line.problems = []
    said = f"{rows:,} of {len(profile.cells):,} rows looked at are {', '.join(map(repr, other[:4]))}"
    return "row.direction is not null", [
        f"{profile.name}: {said}: they neither came in nor went out, and are left out."
    ]
