"""Checks every raw table gets from its contract: key, required columns, rules, known categories.

Ingestion keeps these promises row by row (quarantine, accounting); here they are proved again over the whole table by
another engine, so that a fault of the loader cannot reach a release.
"""

from __future__ import annotations

from expectations.catalogue import Check
from ingestion.contracts import Contract, load_contracts

_MAP_ADVICE = "Mend the map or the export of the source named, then run `swotlight refresh`."


def contract_checks() -> list[Check]:
    """The checks of stage ``raw`` that follow from the contracts, table by table."""
    return [check for contract in load_contracts().values() for check in _of_contract(contract)]


def _of_contract(contract: Contract) -> list[Check]:
    found = [_key(contract), _required(contract)]
    if contract.rules:
        found.append(_rules(contract))
    if any(column.values for column in contract.columns.values()):
        found.append(_categories(contract))
    return found


def _key(contract: Contract) -> Check:
    return Check(
        name=f"raw_{contract.table}_key",
        stage="raw",
        table=f"raw.{contract.table}",
        severity="block",
        about=f"raw.{contract.table} has {contract.grain}, told apart by {', '.join(contract.key)} within a source.",
        expect="unique",
        arguments={"columns": ["source", *contract.key]},
        advice=_MAP_ADVICE,
        names="source",
    )


def _required(contract: Contract) -> Check:
    return Check(
        name=f"raw_{contract.table}_required",
        stage="raw",
        table=f"raw.{contract.table}",
        severity="block",
        about=f"In raw.{contract.table} {', '.join(contract.required)} are never empty.",
        expect="not_null",
        arguments={"columns": ["source", *contract.required]},
        advice=_MAP_ADVICE,
        names="source",
    )


def _rules(contract: Contract) -> Check:
    """Rules may speak of ``as_of``, the instant their source is judged at."""
    named = " ".join(f"when ({rule.when}) then '{rule.name}'" for rule in contract.rules)
    sql = (
        f"select * from (select *, case {named} end as rule_ from (select t.*, judged.as_of from {{batch}} as t "
        "left join (select source as source_, as_of from ingest.sources) as judged on judged.source_ = t.source)) "
        "where rule_ is not null"
    )
    told = "; ".join(f"never: {rule.about}" for rule in contract.rules)
    return Check(
        name=f"raw_{contract.table}_rules",
        stage="raw",
        table=f"raw.{contract.table}",
        severity="block",
        about=f"The rows of raw.{contract.table} keep the rules of their contract ({told}).",
        expect="no_rows",
        arguments={"sql": sql},
        advice=_MAP_ADVICE,
        names="source || ': ' || rule_",
    )


def _categories(contract: Contract) -> Check:
    values = {name: list(column.values) for name, column in contract.columns.items() if column.values}
    return Check(
        name=f"raw_{contract.table}_categories",
        stage="raw",
        table=f"raw.{contract.table}",
        severity="warn",
        about=f"In raw.{contract.table} {', '.join(values)} hold only values Swotlight knows.",
        expect="in_set",
        arguments={"columns": values},
        advice="The rows are kept under the new word. Map it to a known one in the source's map if it means the same.",
        names="source",
    )
