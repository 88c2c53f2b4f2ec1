"""Running checks against the database being built."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib import import_module
from itertools import chain

from expectations.catalogue import Check
from expectations.parts import Part, Tables
from expectations.planning import SCANS, parts
from expectations.results import CheckResult
from expectations.validation import Outcome, validate
from warehouse.errors import SwotlightError
from warehouse.publishing import RELEASED_SCHEMAS
from warehouse.released_views import standing_views
from warehouse.store import Connection, quote_text

_NAMED = 5


def warm_up() -> None:
    """Import what the checks need; it takes seconds, which a caller can spend while something else runs."""
    import_module("expectations.validation")
    for name in ("great_expectations", "great_expectations.expectations", "duckdb_engine", "sqlalchemy"):
        import_module(name)


def run_checks(con: Connection, wanted: Sequence[Check], as_of: datetime) -> list[CheckResult]:
    """Run checks of the catalogue over the open build and say what came of each, in the same order.

    ``as_of`` is the instant open-ended states are judged at. A table that is missing is a failed check.
    """
    tables = columns_of(con)
    looked_at = _with_texts_of_their_own(con, tables) if any(check.expect in SCANS for check in wanted) else tables
    plan = {
        check.name: _plan(check, looked_at if check.expect in SCANS else tables, as_of)
        for check in wanted
        if _missing(check, tables) is None
    }
    by_table: dict[str, list[Part]] = defaultdict(list)
    for part in chain.from_iterable(plan.values()):
        by_table[str(part.table)].append(part)
    outcomes = validate(con, by_table)
    found = {id(by_table[table][place]): outcome for (table, place), outcome in outcomes.items()}
    results = []
    for check in wanted:
        trouble = _missing(check, tables)
        judged = [(part, found[id(part)]) for part in plan.get(check.name, [])]
        results.append(_refused(check, trouble) if trouble else _result(con, check, judged))
    return results


def columns_of(con: Connection) -> Tables:
    """``schema.table`` → column → type, of tables and views."""
    tables: Tables = {}
    rows = con.rows(
        "select schema_name, table_name, column_name, data_type from duckdb_columns() "
        "where not internal and database_name = current_database() order by schema_name, table_name, column_index"
    )
    for row in rows:
        tables.setdefault(f"{row['schema_name']}.{row['table_name']}", {})[row["column_name"]] = row["data_type"]
    return tables


def _with_texts_of_their_own(con: Connection, tables: Tables) -> Tables:
    """Without the views that stay views in a release: what they show is looked at where it stands."""
    standing = {
        ".".join(view) for view in standing_views(con, con.scalar("select current_database()"), RELEASED_SCHEMAS)
    }
    return {name: columns for name, columns in tables.items() if name not in standing}


def _plan(check: Check, tables: Tables, as_of: datetime) -> list[Part]:
    instant = as_of.astimezone(UTC).replace(tzinfo=None) if as_of.tzinfo else as_of
    literal = f"timestamp {quote_text(instant.isoformat(sep=' '))}"
    return [part.on(part.table or check.table, literal) for part in parts(check, tables)]


def _missing(check: Check, tables: Tables) -> str | None:
    if check.table.endswith(".*"):
        schema = check.table.removesuffix("*")
        return None if any(table.startswith(schema) for table in tables) else f"schema {schema[:-1]} is empty"
    return None if check.table in tables else f"table {check.table} is not there"


def _refused(check: Check, trouble: str) -> CheckResult:
    detail = f"Could not be checked: {trouble}. Run `swotlight refresh --full`; if that does not help, report it."
    return CheckResult.of(check, passed=False, detail=detail, observed=trouble)


def _result(con: Connection, check: Check, judged: Sequence[tuple[Part, Outcome]]) -> CheckResult:
    broken = [(part, outcome) for part, outcome in judged if not outcome.passed]
    if not broken:
        return CheckResult.of(check, passed=True, detail=check.about)
    errors = [outcome.error for _, outcome in broken if outcome.error]
    if errors:
        return _refused(check, errors[0].rstrip("."))
    return _breach(con, check, [part for part, _ in broken], several=len(judged) > 1)


def _breach(con: Connection, check: Check, broken: Sequence[Part], several: bool) -> CheckResult:
    rows = sum(_count(con, part) for part in broken)
    sentences = [f"Does not hold: {check.about}"]
    if check.expect in ("share", "same"):
        sentences.append(_share_of(con, check, broken[0]) or f"{_number(rows, 'group')} outside.")
    else:
        sentences.append(f"{_number(rows, 'row')} broke it.")
    if several:
        sentences.append(
            f"Where: {', '.join(part.label for part in broken[:_NAMED])}{'…' if len(broken) > _NAMED else ''}."
        )
    named = _names(con, check, broken)
    if named:
        sentences.append(f"Concerned: {named}.")
    sentences.append(check.advice)
    detail = " ".join(sentence for sentence in sentences if sentence)
    sources = _sources(con, check, broken)
    return CheckResult.of(check, passed=False, detail=detail, observed=_number(rows, "row"), sources=sources)


def _sources(con: Connection, check: Check, broken: Sequence[Part]) -> tuple[str, ...]:
    """The sources in which a check failed that judges each by itself; none where it does not, or cannot name one."""
    name = "group_" if check.arguments.get("by") == "source" else "source" if check.names == "source" else ""
    if not name:
        return ()
    try:
        asked = (con.rows(f"select distinct {name} as source from ({part.breaking})") for part in broken)
        found = {row["source"] for row in chain.from_iterable(asked)}
    except SwotlightError:
        return ()
    return () if None in found else tuple(sorted(found))


def _number(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _count(con: Connection, part: Part) -> int:
    return int(con.scalar(f"select count(*) from ({part.breaking})"))


def _share_of(con: Connection, check: Check, part: Part) -> str | None:
    if check.expect != "share":
        return None
    worst = con.rows(f"select * from ({part.breaking}) order by bad_ / rows_ desc limit 1")
    if not worst:
        return None
    bad, rows = worst[0]["bad_"], worst[0]["rows_"]
    group = f" of {worst[0]['group_']}" if worst[0].get("group_") is not None else ""
    return f"{bad:,} of {rows:,} rows{group} ({bad / rows:.1%}); at most {check.arguments['at_most']:.1%} is allowed."


def _names(con: Connection, check: Check, broken: Sequence[Part]) -> str:
    """Values of the check's ``names`` expression: sources, files, columns; never what a person wrote."""
    if not check.names:
        return ""
    names: list[str] = []
    for part in broken:
        try:
            rows = con.rows(
                f"select distinct {check.names} as name from ({part.breaking}) order by 1 limit {_NAMED + 1}"
            )
        except SwotlightError:
            continue
        names += [str(row["name"]) for row in rows if row["name"] is not None]
    unique = sorted(set(names))
    return ", ".join(unique[:_NAMED]) + (" and others" if len(unique) > _NAMED else "")
