"""What may not be in a release: columns of people, and texts that look like an e-mail address or a telephone number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from expectations.parts import Part, Tables, no_rows
from ingestion.contracts import load_contracts
from warehouse.store import quote_name, quote_text

# No counted repetitions: Great Expectations reads braces in a query as its own.
_DIGIT_OR_GAP = "[0-9 ().-]"
EMAIL = r"[A-Za-z0-9._+-]+@[A-Za-z0-9-]+[.][A-Za-z]"
PHONE = (
    rf"(^|[^0-9A-Za-z])[+][0-9]{_DIGIT_OR_GAP * 6}+[0-9]"
    r"|(^|[^0-9A-Za-z-])[(]?[0-9][0-9][0-9][)]?[ .-][0-9][0-9][0-9][ .-][0-9][0-9][0-9][0-9]($|[^0-9A-Za-z-])"
)

PSEUDONYMISED = frozenset({"agent_id", "customer_id", "actor_id"})
_FORBIDDEN_CLASSES = frozenset({"personal", "free_text", "quasi"})


def personal_columns() -> frozenset[str]:
    """Column names that some contract classes as personal, free text or quasi-identifier, and raw ids of people."""
    classed = {
        name
        for contract in load_contracts().values()
        for name, column in contract.columns.items()
        if column.cls in _FORBIDDEN_CLASSES
    }
    return frozenset(classed | PSEUDONYMISED)


def no_personal_columns(tables: Tables, schemas: Sequence[str], allowed: Mapping[str, Sequence[str]]) -> list[Part]:
    """No table of ``schemas`` has a column of people; ``allowed`` names, by table, columns that mean something else."""
    forbidden = personal_columns()
    found = []
    for name, _ in _of_schemas(tables, schemas):
        listed = sorted((forbidden - set(allowed.get(name.split(".", 1)[1], ()))) | {""})
        sql = (
            "select column_name as column_ from duckdb_columns() "
            f"where schema_name || '.' || table_name = {quote_text(name)} and database_name = current_database() "
            f"and column_name in ({', '.join(quote_text(column) for column in listed)}) "
        )
        found.append(no_rows(name, sql, name))
    return found


def no_personal_texts(
    tables: Tables, schemas: Sequence[str], patterns: Sequence[str] = ("email", "phone")
) -> list[Part]:
    """No text in the tables of ``schemas`` looks like an e-mail address or a telephone number, pseudonyms apart."""
    pattern = "|".join({"email": EMAIL, "phone": PHONE}[name] for name in patterns)
    found = []
    for name, columns in _of_schemas(tables, schemas):
        texts = [column for column, kind in columns.items() if kind == "VARCHAR" and not column.endswith("_key")]
        if texts:
            sql = " union all ".join(_matching(column, pattern) for column in texts)
            found.append(no_rows(name, sql, name))
    return found


def _matching(column: str, pattern: str) -> str:
    # Distinct first where values repeat: the pattern is the dear part. Numbers of things hardly ever repeat.
    rows = "{batch} as t" if column.endswith("_id") else f"(select distinct {quote_name(column)} from {{batch}} as t)"
    return (
        f"select {quote_text(column)} as column_ from {rows} "
        f"where regexp_matches({quote_name(column)}, {quote_text(pattern)})"
    )


def _of_schemas(tables: Tables, schemas: Sequence[str]) -> list[tuple[str, dict[str, str]]]:
    return [(name, columns) for name, columns in tables.items() if name.split(".", 1)[0] in schemas]
