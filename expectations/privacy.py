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
    spared = [f"{table}.{column}" for table, columns in allowed.items() for column in columns]
    sql = (
        "select table_name || '.' || column_name as column_ from duckdb_columns() "
        f"where database_name = current_database() and schema_name in ({_listed(schemas)}) "
        f"and column_name in ({_listed(sorted(personal_columns()))}) "
        f"and table_name || '.' || column_name not in ({_listed(['', *spared])})"
    )
    return [no_rows("columns", sql, next(iter(_of_schemas(tables, schemas))))]


def no_personal_texts(
    tables: Tables, schemas: Sequence[str], patterns: Sequence[str] = ("email", "phone")
) -> list[Part]:
    """No text in the tables of ``schemas`` looks like an e-mail address or a telephone number, pseudonyms apart."""
    pattern = "|".join({"email": EMAIL, "phone": PHONE}[name] for name in patterns)
    found = []
    for schema in schemas:
        present = _of_schemas(tables, [schema])
        queries = [query for table, columns in present.items() for query in _matching(table, columns, pattern)]
        if queries:
            found.append(no_rows(schema, " union all ".join(queries), next(iter(present))))
    return found


def _matching(table: str, columns: Mapping[str, str], pattern: str) -> list[str]:
    """One query a text column. Each word is looked at once, except in numbers of things, which hardly repeat."""
    schema, name = table.split(".", 1)
    source = f"{quote_name(schema)}.{quote_name(name)}"
    found = []
    for column in (column for column, kind in columns.items() if kind == "VARCHAR" and not column.endswith("_key")):
        # A histogram and not `distinct`: DuckDB would move the pattern below the latter, to every row.
        once = f"(select unnest(map_keys(histogram({quote_name(column)}))) as value_ from {source})"
        each = f"(select {quote_name(column)} as value_ from {source})"
        found.append(
            f"select {quote_text(f'{name}.{column}')} as column_ from {each if column.endswith('_id') else once} "
            f"where regexp_matches(value_, {quote_text(pattern)})"
        )
    return found


def _of_schemas(tables: Tables, schemas: Sequence[str]) -> Tables:
    return {name: columns for name, columns in tables.items() if name.split(".", 1)[0] in schemas}


def _listed(words: Sequence[str]) -> str:
    return ", ".join(map(quote_text, words))
