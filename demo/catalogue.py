"""The shipped factor catalogue: all that the generator and the engine both know."""

from __future__ import annotations

import csv

from warehouse.settings import package_path


def factor_catalogue() -> dict[str, dict[str, str]]:
    """The shipped factor catalogue, by factor and (the first factor of each) by metric; empty where it is missing."""
    path = package_path("seeds") / "reference" / "swot_factors.csv"
    if not path.is_file():
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {row["factor"]: row for row in rows} | {row["metric"]: row for row in reversed(rows)}
