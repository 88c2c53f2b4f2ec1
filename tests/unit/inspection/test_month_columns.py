"""Costs whose months are columns are read without edits, however the months and the amounts are written."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ingestion.inspection import inspect_file
from ingestion.inspection.month_columns import month_of
from tests.unit.inspection.test_rules import loaded, mapped


@pytest.mark.parametrize(
    "heading",
    ["2026-03", "2026/3", "202603", "03/2026", "3.2026", "Mar 2026", "March 2026", "mars 2026", "März 2026",
     "marzo 2026", "Mar-26", "2026年3月", "2026년 3월", "Tháng 3/2026"],
)  # fmt: skip
def test_a_heading_names_a_month(heading: str) -> None:
    assert month_of(heading) == "2026-03-01"


@pytest.mark.parametrize("heading", ["2026", "Q1 2026", "13/2026", "March", "2026-03-01", "Total", "12", "202613"])
def test_another_heading_names_none(heading: str) -> None:
    assert month_of(heading) is None


@pytest.mark.parametrize(
    ("months", "amounts"),
    [
        (("2026-01", "2026-02", "2026-03"), ("412 345", "9 082", "1\u202f000")),
        (("Jan 2026", "Feb 2026", "Mar 2026"), ("412,345.00", "9,082.00", "1,000.00")),
        (("janv. 2026", "févr. 2026", "mars 2026"), ("412 345,00 €", "9 082,00 €", "1 000,00 €")),
        (("2026年1月", "2026年2月", "2026年3月"), ("412345", "9082", "1000")),
        (("01/2026", "02/2026", "03/2026"), ("412.345", "9.082", "1.000")),
    ],
    ids=["iso", "english", "french", "chinese", "german"],
)
def test_a_line_a_kind_of_cost_becomes_a_row_a_month(
    tmp_path: Path, months: tuple[str, ...], amounts: tuple[str, ...]
) -> None:
    rows = [f"{kind};{';'.join(amounts)}" for kind in ("Salaries", "Software", "Training", "Total")]
    (tmp_path / "costs.csv").write_text(
        "\n".join([f"Cost type (€);{';'.join(months)};Total", *(f"{row};1" for row in rows)]) + "\n", encoding="utf-8"
    )
    found = inspect_file(tmp_path / "costs.csv")
    assert (found.kind, mapped(found)["Cost type (€)"]) == ("costs", "category")
    assert any("sums other lines up" in problem for problem in found.problems)
    made = loaded(tmp_path, found, "costs")
    told = {(row["category"], row["month_on"]): float(row["amount"]) for row in made}
    wanted = {
        (kind, date(2026, place + 1, 1)): amount
        for kind in ("labour", "technology", "training")
        for place, amount in enumerate((412345.0, 9082.0, 1000.0))
    }
    assert told == wanted
    assert {row["currency"] for row in made} == {"EUR"}


def test_numbers_by_month_that_are_no_costs_are_none(tmp_path: Path) -> None:
    rows = [f"Team {n};{n};{n + 1};{n + 2}" for n in range(6)]
    (tmp_path / "plan.csv").write_text("\n".join(["Team;2026-01;2026-02;2026-03", *rows]) + "\n", encoding="utf-8")
    assert inspect_file(tmp_path / "plan.csv").kind != "costs"
