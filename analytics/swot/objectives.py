"""Objectives in ``state/``: a small transactional database that no rebuild touches, with every change on record.

Belongs here: adopting, changing, closing, reading. How far an objective has come is worked out from the data, in
`analytics.swot.progress`. The clock is given by the caller.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import asdict, fields
from datetime import date
from pathlib import Path
from typing import Any

from analytics.swot.goals import Goal, test_of
from warehouse.errors import SwotlightError, UsageError
from warehouse.state import is_kept, open_state

STATES = ("open", "closed", "dropped")
CHANGEABLE = ("owner", "goal_to", "due", "actions", "state")
_COLUMNS = [f.name for f in fields(Goal)]
_SCHEMA = """
create table if not exists objectives (
    id integer primary key autoincrement, entity_dimension text not null, entity text, metric text not null, slice text,
    owner text not null, goal_from real not null, goal_to real not null, due text not null, actions text not null,
    pair text, state text not null, test text not null, adopted_at text not null, adopted_by text not null,
    changed_at text not null, changed_by text not null
);
create table if not exists changes (
    id integer primary key autoincrement, objective integer not null references objectives (id), at text not null,
    by text not null, field text not null, old text, new text, reason text
);
"""


class Objectives:
    """The objectives of a workspace; each method is one transaction."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def _open(self) -> AbstractContextManager[sqlite3.Connection]:
        return open_state(self._path, _SCHEMA, "objectives")

    def all(self) -> list[Goal]:
        """Every objective, oldest first; none where none was ever adopted."""
        if not is_kept(self._path):
            return []
        with self._open() as con:
            return [_goal(row) for row in con.execute("select * from objectives order by id")]

    def get(self, number: int) -> Goal:
        """One objective. `UsageError` for a number nobody has."""
        found = {goal.id: goal for goal in self.all()}
        if number not in found:
            known = ", ".join(map(str, found)) or "none"
            raise UsageError(f"There is no objective {number}; there is: {known}.", code="objective", key=str(number))
        return found[number]

    def add(self, told: Mapping[str, Any], *, by: str, at: str) -> Goal:
        """Adopt an objective: owner, metric, entity, from, to, due, actions. Its test is stated now and stays while its
        goal does. `UsageError` for a pair that is adopted and open."""
        given = {"entity_dimension": "organisation", "entity": None, "slice": None, "actions": "", "pair": None, **told}
        _check(given)
        row = {
            **given,
            "due": _day(given["due"]).isoformat(),
            "state": "open",
            "test": test_of(given["goal_from"], given["goal_to"]),
            "adopted_at": at,
            "adopted_by": by,
            "changed_at": at,
            "changed_by": by,
        }
        names = [name for name in _COLUMNS if name != "id"]
        with self._open() as con:
            _refuse_twice(con, given["pair"])
            number = con.execute(
                f"insert into objectives ({', '.join(names)}) values ({', '.join('?' for _ in names)})",
                [row[name] for name in names],
            ).lastrowid
            _record(con, int(number or 0), "adopted", None, given["pair"] or "by hand", by, at, None)
        return self.get(int(number or 0))

    def change(self, number: int, told: Mapping[str, Any], *, by: str, at: str, reason: str | None = None) -> Goal:
        """Change some of owner, goal_to, due, actions; every change is recorded with who and when. Another goal has its
        test stated anew, which is recorded too."""
        goal = self.get(number)
        _refuse_unknown(told)
        if goal.state != "open":
            raise SwotlightError(f"Objective {number} is {goal.state}; adopt a new one.", code="objective")
        new = {**asdict(goal), **told}
        _check(new)
        if "due" in told:
            new["due"] = _day(told["due"])
        new["test"] = test_of(goal.goal_from, new["goal_to"]) if new["goal_to"] != goal.goal_to else goal.test
        with self._open() as con:
            for name in (*told, "test"):
                old_text, new_text = _text(getattr(goal, name)), _text(new[name])
                if old_text != new_text:
                    con.execute(f"update objectives set {name} = ? where id = ?", [_stored(new[name]), number])
                    _record(con, number, name, old_text, new_text, by, at, reason)
            con.execute("update objectives set changed_at = ?, changed_by = ? where id = ?", [at, by, number])
        return self.get(number)

    def drop(self, number: int, *, by: str, at: str, reason: str) -> Goal:
        """Give an objective up, with the reason; it stays on record."""
        if not reason.strip():
            raise UsageError("Say why the objective is given up.", code="objective", key="reason")
        self.change(number, {"state": "dropped"}, by=by, at=at, reason=reason)
        return self.get(number)

    def close_passed(self, passed: Mapping[int, str], *, at: str) -> list[int]:
        """Close those whose pre-stated test passed in a run (number: what it read); nobody can close one by hand."""
        closed = []
        for number, reading in sorted(passed.items()):
            if self.get(number).state == "open":
                with self._open() as con:
                    con.execute(
                        "update objectives set state = 'closed', changed_at = ?, changed_by = 'refresh' where id = ?",
                        [at, number],
                    )
                    _record(con, number, "state", "open", "closed", "refresh", at, reading)
                closed.append(number)
        return closed

    def changes(self, number: int) -> list[dict[str, Any]]:
        """What happened to an objective, oldest first."""
        with self._open() as con:
            rows = con.execute(
                "select at, by, field, old, new, reason from changes where objective = ? order by id", [number]
            )
            return [dict(row) for row in rows]


def _refuse_twice(con: sqlite3.Connection, pair: str | None) -> None:
    """One pair is one objective: whoever adopts it again is told which."""
    sql = "select id from objectives where pair = ? and state = 'open' order by id limit 1"
    found = con.execute(sql, [pair]).fetchone() if pair else None
    if found:
        number = found["id"]
        raise UsageError(
            f"The pair '{pair}' is already adopted as objective {number}, which is open.",
            code="objective",
            key="pair",
            hint=f"Change it with `swotlight objectives change {number}`, or drop it first.",
        )


def _goal(row: sqlite3.Row) -> Goal:
    return Goal(**{**{name: row[name] for name in _COLUMNS}, "due": date.fromisoformat(row["due"])})


def _record(
    con: sqlite3.Connection, number: int, name: str, old: str | None, new: str | None, by: str, at: str,
    reason: str | None,
) -> None:  # fmt: skip
    con.execute(
        "insert into changes (objective, at, by, field, old, new, reason) values (?, ?, ?, ?, ?, ?, ?)",
        [number, at, by, name, old, new, reason],
    )


def _check(told: Mapping[str, Any]) -> None:
    for name in ("owner", "metric"):
        if not str(told.get(name) or "").strip():
            raise UsageError(
                f"An objective needs {'an' if name == 'owner' else 'a'} {name}.", code="objective", key=name
            )
    for name in ("goal_from", "goal_to"):
        if not isinstance(told.get(name), int | float):
            raise UsageError(f"An objective needs a number to go {name[5:]}.", code="objective", key=name)
    _day(told.get("due"))


def _refuse_unknown(told: Mapping[str, Any]) -> None:
    for name in told:
        if name not in CHANGEABLE:
            raise UsageError(f"{name} of an objective stays as it was adopted.", code="objective", key=name)
    if told.get("state") == "closed":
        raise UsageError(
            "An objective closes only when its pre-stated test passes at a refresh; drop it to give it up.",
            code="objective",
            key="state",
        )


def _day(value: Any) -> date:
    try:
        return value if isinstance(value, date) else date.fromisoformat(str(value))
    except ValueError as error:
        raise UsageError(f"'{value}' is no day such as 2027-03-31.", code="objective", key="due") from error


def _stored(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _text(value: Any) -> str | None:
    return None if value is None else str(_stored(value))
