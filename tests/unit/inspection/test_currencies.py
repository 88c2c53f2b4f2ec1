"""The currency of costs, where only the amounts, their heading or nothing says it."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingestion.inspection.currencies import currency_said
from tests.unit.inspection.test_rules import inspected, loaded


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("€ 1,000.00", "EUR"),
        ("1000,00 EUR", "EUR"),
        ("R$ 141.000,00", "BRL"),
        ("NT$ 1,820,000", "TWD"),
        ("金额（元）", "CNY"),
        ("金額 (新台幣 元)", None),
        ("$ 5", None),
        ("Cost in USD or EUR", None),
        ("Manhours", None),
    ],
)
def test_a_currency_is_told_where_it_is_one(text: str, code: str | None) -> None:
    assert currency_said(text) == code


@pytest.mark.parametrize(
    ("head", "amount", "codes"),
    [
        ("Amount", '"€ {n},000.00"', {"EUR"}),
        ("Amount (GBP)", "{n}000.00", {"GBP"}),
        ("Amount", "{n}000.00 USD", {"USD"}),
        ("Amount", "{n}000.00", {None}),
    ],
    ids=["sign", "heading", "code", "untold"],
)
def test_costs_are_in_the_currency_that_their_file_says(
    tmp_path: Path, head: str, amount: str, codes: set[str | None]
) -> None:
    kinds = ("Salaries", "Licences", "Training", "Recruiting")
    rows = [f"2026-{1 + n // 4:02}-01,{kinds[n % 4]},{amount.format(n=n + 1)}" for n in range(32)]
    found = inspected(tmp_path, f"Month,Category,{head}", *rows)
    assert {row["currency"] for row in loaded(tmp_path, found, "costs")} == codes


def test_a_currency_of_its_own_in_every_row_is_told_row_by_row(tmp_path: Path) -> None:
    kinds = ("Salaries", "Licences", "Training", "Recruiting")
    rows = [f"2026-{1 + n // 4:02}-01,{kinds[n % 4]},{n + 1}000.00 {('EUR', 'GBP')[n % 2]}" for n in range(32)]
    made = loaded(tmp_path, inspected(tmp_path, "Month,Category,Amount", *rows), "costs")
    assert sorted(row["currency"] for row in made) == ["EUR"] * 16 + ["GBP"] * 16
