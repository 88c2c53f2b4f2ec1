"""Rows that are there and count for nothing: requests that were deleted or called off, and faxes and internal calls."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from ingestion.inspection.extensions import without_colleagues
from ingestion.inspection.fields import Line, quoted, yes_and_no
from ingestion.inspection.month_columns import TOTALS, is_sum
from ingestion.inspection.profile import Profile
from ingestion.inspection.spellings import ours_for, value_list
from ingestion.inspection.words import plain
from warehouse.store import quote_text

_DELETED = re.compile(
    r"(?i)(?<![a-z])(?:is)?[_ ]?(?:deleted|trashed|in[_ ]?trash)(?![a-z]|[_ ]?(?:at|on|by|date|time)(?![a-z]))"
    r"|(?<![a-z])(?:is[_ ]?)?(?:spam|junk)(?![a-z]|[_ ]?(?:score|rate|at|on|by|date|time)(?![a-z]))"
    r"|papelera|gel(?:ö|oe)scht|đã xóa|supprimée?|eliminad[oa]|excluíd[oa]|verwijderd|usunięt|删除|刪除|削除|삭제"
)
_DELETED_ON = re.compile(r"(?i)(?<![a-z])(?:deleted|trashed|spammed)[_ ]?(?:at|on|date|time|datetime)(?![a-z])")
_CALLED_OFF = frozenset(
    ["cancelled", "canceled", "merged", "withdrawn", "void", "invalid", "duplicate", "cancelled by user", "abgebrochen",
     "zusammengeführt", "fusionado", "mesclado", "fusionné", "cancelado", "annulé", "已取消", "取消", "已合并", "合并"]
)  # fmt: skip
# Our word for what is counted among contacts and was none.
NO_CONTACT = "phantom"
_NEVER, _MOSTLY, _FEW, _SHORTEST = 0.1, 0.9, 0.01, 3
_FAX = frozenset(["fax", "faxes", "telefax", "e fax", "télécopie", "传真", "傳真", "ファックス", "ファクス", "팩스"])


def deleted_requests(have: Mapping[str, Line], profiles: Sequence[Profile]) -> list[Line]:
    """The status of a request that a column of yes and no, or the day of it, calls deleted or spam; existing lines are
    changed in place. What is gone was not solved."""
    used = {name for line in have.values() for name in line.names}
    signs = [(p.name, sql) for p in profiles if p.name not in used and (sql := _says_gone(p, have))]
    if not signs:
        return []
    names, is_gone = tuple(name for name, _ in signs), " or ".join(sql for _, sql in signs)
    line, named = have.get("status"), " and ".join(name for name, _ in signs)
    if line is None:
        reason = (
            f"{named} {'says' if len(signs) == 1 else 'say'} which are deleted; no column tells the state of the others"
        )
        return [
            Line("status", {"sql": f"case when {is_gone} then 'deleted' end", "type": "category"}, 0.6, reason, names)
        ]
    if not isinstance(line.given.get("from"), str):
        return []
    name = str(line.given.pop("from"))
    line.given = {"sql": f"case when {is_gone} then 'deleted' else {quoted(name)} end", **line.given}
    line.names = (*line.names, *names)
    line.reason += f"; {named} {'says' if len(signs) == 1 else 'say'} which are deleted"
    are_some = any(p.name in names and _has_gone(p) for p in profiles)
    return _went(have, have.get("solved_at"), is_gone, named) if are_some else []


def _has_gone(profile: Profile) -> bool:
    """Whether the rows that were looked at hold one that is gone."""
    return profile.kind in ("instant", "date") or any((yes_and_no(profile) or {}).values())


def _says_gone(profile: Profile, have: Mapping[str, Line]) -> str | None:
    """SQL for whether a row is gone, where a column says so. What was deleted after its end was solved first."""
    cell, is_moment = f"trim({quoted(profile.name)})", profile.kind in ("instant", "date")
    if is_moment and profile.null_share > _NEVER and _DELETED_ON.search(profile.name):
        end = have.get("solved_at")
        ended = f"nullif(trim({quoted(end.names[0])}), '')" if end and len(end.names) == 1 else "null"
        return f"coalesce({ended}, {cell}) = nullif({cell}, '')"
    answers = yes_and_no(profile) if _DELETED.search(profile.name) else None
    if not answers:
        return None
    gone = ", ".join(quote_text(value.lower()) for value, is_so in answers.items() if is_so) or "'true', 'yes', '1'"
    return f"lower({cell}) in ({gone})"


def called_off(have: Mapping[str, Line], by_name: Mapping[str, Profile]) -> list[Line]:
    """A request that was called off or merged, where others were solved, is gone: it was never solved. Where it has an
    end, that is the day it went. The lines of the status and of the end are changed in place."""
    line, end = have.get("status"), have.get("solved_at")
    if line is None or end is None or not line.names or len(end.names) != 1 or not {"from", "sql"} & end.given.keys():
        return []
    status, ended = by_name[line.names[0]], by_name[end.names[0]]
    values = line.given.get("values", {})
    ours = {value: values.get(value, value.lower()) for value in status.counts}
    over = {value for value in ours if ours[value] in ("solved", "closed")}
    off = {value for value in over if _is_off(value)} | {v for v in ours if ours[v] == "deleted"}
    with_end = {value: _filled(status, ended, {value}) for value in off}
    gone = [value for value in over if with_end.get(value, 1.0) <= _NEVER]
    if gone and over - off and _filled(status, ended, over - off) >= _MOSTLY:
        line.given["values"] = {**values, **dict.fromkeys(gone, "deleted")}
        named = ", ".join(map(repr, gone))
        line.problems.append(f"{status.name}: {named} have no end and are taken for gone (deleted), not for solved.")
    went = {value for value, share in with_end.items() if share > _NEVER}
    if not went or not over - off or "from" not in line.given:
        return []
    line.given["values"] = {**line.given.get("values", {}), **dict.fromkeys(went, "deleted")}
    listed = ", ".join(quote_text(word) for word in sorted(went))
    said = f"{status.name} {', '.join(map(repr, sorted(went)))}"
    return _went(have, end, f"trim({quoted(status.name)}) in ({listed})", said)


def _is_off(value: str) -> bool:
    """``Cancelled``, ``Closed (Merged)`` and ``DUP``."""
    said = [plain(part) for part in (value, *re.findall(r"[(\[]([^()\[\]]+)[)\]]$", value))]
    is_begun = value.isupper() and len(said[0]) >= _SHORTEST and any(word.startswith(said[0]) for word in _CALLED_OFF)
    return is_begun or any(part in _CALLED_OFF for part in said)


def _went(have: Mapping[str, Line], end: Line | None, is_gone: str, said: str) -> list[Line]:
    """The day on which a request went; it is the end of the others alone. The line of the end is changed in place."""
    if end is None or not {"from", "sql"} & set(end.given):
        return []
    named = end.given.pop("from", None)
    text = quoted(str(named)) if named else f"({end.given.pop('sql')})"
    went = Line("closed_at", {"sql": f"case when {is_gone} then {text} end", **end.given}, 0.6,
                f"the day on which those went that were called off or deleted: {', '.join(end.names)}")  # fmt: skip
    end.given = {"sql": f"case when {is_gone} then null else {text} end", **end.given}
    end.problems.append(f"{said}: taken for gone (deleted) on the day of the end where there is one, not for solved.")
    return [] if "closed_at" in have else [went]


def rows_meant(table: str, lines: Sequence[Line], by_name: Mapping[str, Profile]) -> tuple[str | None, list[str]]:
    """Which rows of a list are meant, where some are none of it, and the words on it."""
    found = [leave_out(lines, by_name) for leave_out in _LEAVE_OUT.get(table, ())]
    return " and ".join(where for where, _ in found if where) or None, [told for _, some in found for told in some]


def without_sums(lines: Sequence[Line], by_name: Mapping[str, Profile]) -> tuple[str | None, list[str]]:
    """Which rows of a list of costs are meant where some sum up the others (*Total*, *Gesamt*), and the word on it."""
    where, told = [], []
    for line in lines:
        profile = by_name[line.names[0]] if len(line.names) == 1 and "from" in line.given else None
        if profile is None or line.given.get("type") not in ("text", "category"):
            continue
        sums = [value for value in profile.counts if is_sum(value)]
        if sums and len(sums) < profile.distinct:
            where.append(f"not coalesce(regexp_matches(lower(trim(row.{line.column})), {quote_text(TOTALS)}), false)")
            rows = sum(profile.counts[value] for value in sums)
            told.append(
                f"{profile.name}: {rows:,} of {len(profile.cells):,} rows looked at ({', '.join(map(repr, sums[:3]))}) "
                "sum up others and are left out."
            )
    return " and ".join(where) or None, told


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
    line = next((one for one in lines if one.column == "direction"), None)
    if line is None or not line.names:
        return None, []
    if "from" not in line.given:
        return without_colleagues(line, by_name)
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


def without_no_contacts(lines: Sequence[Line], by_name: Mapping[str, Profile]) -> tuple[str | None, list[str]]:
    """Which rows of a list of contacts are meant where some were none at all, such as phantom and test calls."""
    line = next((one for one in lines if one.column == "outcome" and one.names), None)
    if line is None:
        return None, []
    profile, values = by_name[line.names[-1]], line.given.get("values", {})
    none = [value for value in profile.counts if values.get(value, value.lower()) == NO_CONTACT]
    if not none:
        return None, []
    line.given |= {"values": {**values, **dict.fromkeys(none, NO_CONTACT)}, "otherwise": "keep"}
    rows = sum(profile.counts[value] for value in none)
    told = (
        f"{profile.name}: {rows:,} of {len(profile.cells):,} rows looked at are {', '.join(map(repr, none[:4]))}: "
        "nobody called, and they are left out."
    )
    return f"row.outcome is distinct from '{NO_CONTACT}'", [told]


_LEAVE_OUT = {
    "contacts": (without_faxes, without_other_ways, without_no_contacts),
    "costs": (without_sums,),
}
