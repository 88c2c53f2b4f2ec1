"""Checks every raw table gets from its contract: key, required columns, rules; and known words.

Ingestion keeps these promises row by row (quarantine, accounting); here they are proved again over the whole table by
another engine, so that a fault of the loader cannot reach a release. All of a table's promises are one query, because
raw tables are views over what has landed: reading them is the dear part.
"""

from __future__ import annotations

from expectations.catalogue import Check
from ingestion.contracts import Contract, load_contracts
from warehouse.store import quote_name, quote_text

_ADVICE = "Mend the map or the export of the source named, then run `swotlight refresh`."


def contract_checks() -> list[Check]:
    """The checks of stage ``raw`` that follow from the contracts, table by table."""
    found = []
    for contract in load_contracts().values():
        found.append(_promises(contract))
        if any(column.values for column in contract.columns.values()):
            found.append(_words(contract))
    return found


def _promises(contract: Contract) -> Check:
    unique = [] if contract.parts == "kept" else [f"{', '.join(contract.key)} are unique within a source"]
    told = [*unique, f"{', '.join(contract.required)} are never empty"]
    if contract.rules:
        told.append(f"no row breaks a rule ({'; '.join(dict.fromkeys(rule.about for rule in contract.rules))})")
    return Check(
        name=f"raw_{contract.table}_contract",
        stage="raw",
        table=f"raw.{contract.table}",
        severity="block",
        about=f"raw.{contract.table} keeps its contract: {', and '.join(told)}.",
        expect="no_rows",
        arguments={"sql": _broken_promises(contract)},
        advice=_ADVICE,
        names="source || ': ' || trouble_",
    )


def _broken_promises(contract: Contract) -> str:
    """Rows are grouped by two hashes of their key: 128 bits, so that two keys never meet by chance. Nulls are equal."""
    key = ["source", *contract.key]
    hashes = ", ".join(f"hash({', '.join(map(quote_name, names))})" for names in (key, key[::-1]))
    twice = quote_text(f"{', '.join(contract.key)} repeated")
    # Parts of one figure that are kept apart share their key on purpose.
    repeated = "" if contract.parts == "kept" else "count(*) > 1 or "
    return (
        f"select any_value(source) as source, coalesce(any_value(trouble_), {twice}) as trouble_ "
        f"from (select *, {_trouble(contract)} as trouble_ from {_judged(contract)}) "
        f"group by {hashes} having {repeated}count(trouble_) > 0"
    )


def _trouble(contract: Contract) -> str:
    cases = [
        f"when {quote_name(name)} is null then {quote_text(name + ' empty')}" for name in ("source", *contract.required)
    ]
    cases += [f"when ({rule.when}) then {quote_text(rule.name)}" for rule in contract.rules]
    return f"case {' '.join(cases)} end"


def _judged(contract: Contract) -> str:
    """The table, with the instant its source is judged at where a rule speaks of it."""
    if not any("as_of" in rule.when for rule in contract.rules):
        return "{batch} as t"
    return (
        "(select t.*, judged.as_of from {batch} as t "
        "left join (select source as source_, as_of from ingest.sources) as judged on judged.source_ = t.source)"
    )


def _words(contract: Contract) -> Check:
    """A new word is reported, whether the column is open or closed to new ones: the row is there and counts."""
    known = {
        name: f"{quote_name(name)} not in ({', '.join(map(quote_text, column.values))})"
        for name, column in contract.columns.items()
        if column.values
    }
    each = ", ".join(f"case when {unknown} then {quote_text(name)} end" for name, unknown in known.items())
    return Check(
        name=f"raw_{contract.table}_categories",
        stage="raw",
        table=f"raw.{contract.table}",
        severity="warn",
        about=f"In raw.{contract.table} {', '.join(known)} hold only words Swotlight knows.",
        expect="no_rows",
        arguments={
            # Words are few: they are gathered before they are looked at.
            "sql": f"select source, word_ from (select source, unnest([{each}]) as word_ from (select distinct source, "
            f"{', '.join(map(quote_name, known))} from {{batch}} as t)) where word_ is not null"
        },
        advice="The rows are kept under the new word. Map it to a known one in the source's map if it means the same.",
        names="source || ': ' || word_",
    )
