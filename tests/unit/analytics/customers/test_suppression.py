"""No hidden group can be worked out from what is shown."""

from __future__ import annotations

from collections import defaultdict

from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.customers.suppression import by_partition, hidden_cells, recoverable, unsafe_totals


def test_a_group_of_four_takes_the_next_smallest_with_it() -> None:
    assert hidden_cells({"a": 4, "b": 9, "c": 30}, [["a", "b", "c"]]) == {"a", "b"}


def test_two_small_groups_of_six_together_need_nobody() -> None:
    assert hidden_cells({"a": 2, "b": 4, "c": 30}, [["a", "b", "c"]]) == {"a", "b"}


def test_two_small_groups_of_three_together_need_a_third() -> None:
    assert hidden_cells({"a": 1, "b": 2, "c": 30}, [["a", "b", "c"]]) == {"a", "b", "c"}


def test_a_group_of_nobody_hides_nobody() -> None:
    assert hidden_cells({"a": 0, "b": 9, "c": 30}, [["a", "b", "c"]]) == set()


def test_each_cut_is_kept_safe_by_itself() -> None:
    hidden = by_partition({("region", "north"): 3, ("region", "south"): 50, ("gender", "f"): 20, ("gender", "m"): 33})
    assert hidden == {("region", "north"), ("region", "south")}


def test_rows_and_columns_together_give_a_corner_away_unless_a_rectangle_is_hidden() -> None:
    sizes = {(r, c): 20.0 for r in "xyz" for c in "123"} | {("x", "1"): 3.0}
    totals = [[(r, c) for c in "123"] for r in "xyz"] + [[(r, c) for r in "xyz"] for c in "123"]
    hidden = hidden_cells(sizes, totals)
    assert ("x", "1") in hidden and len(hidden) >= 4
    assert recoverable(totals, hidden) == set()


def test_a_total_with_nobody_left_to_join_is_not_safe() -> None:
    hidden = hidden_cells({"a": 3}, [["a"]])
    assert unsafe_totals({"all": ["a"]}, hidden, {"a": 3}) == {"all"}


def _tables(draw: st.DrawFn) -> tuple[dict[tuple[int, int], float], list[list[tuple[int, int]]]]:
    rows, cols = draw(st.integers(1, 4)), draw(st.integers(2, 5))
    sizes = {(r, c): float(draw(st.integers(0, 30))) for r in range(rows) for c in range(cols)}
    totals = [[(r, c) for c in range(cols)] for r in range(rows)]
    if draw(st.booleans()):
        totals += [[(r, c) for r in range(rows)] for c in range(cols)]
    return sizes, totals


@settings(max_examples=150, deadline=None)
@given(st.composite(_tables)())
def test_no_hidden_group_follows_by_subtraction_wherever_the_totals_are_safe_to_show(
    table: tuple[dict[tuple[int, int], float], list[list[tuple[int, int]]]],
) -> None:
    sizes, totals = table
    hidden = hidden_cells(sizes, totals)
    named = {str(k): total for k, total in enumerate(totals)}
    shown = [named[name] for name in named.keys() - unsafe_totals(named, hidden, sizes)]
    assert {cell for cell, n in sizes.items() if 0 < n < 5} <= hidden
    assert recoverable(shown, hidden) == set()
    for total in shown:
        mine = [sizes[cell] for cell in total if cell in hidden]
        assert not mine or sum(mine) >= 5
    # What is hidden is told apart by brute force as well: moving one person along a hidden pair keeps every total.
    by_total: dict[int, int] = defaultdict(int)
    for k, total in enumerate(shown):
        by_total[k] = sum(cell in hidden for cell in total)
    assert all(count != 1 for count in by_total.values())


def test_a_bridge_between_two_hidden_rectangles_is_not_left_open() -> None:
    # Rows 1 and 2 less columns 1 and 2 leave exactly the cell (2, 3), though every row and column hides two or more.
    small = {(1, 1), (1, 2), (2, 1), (2, 2), (2, 3), (3, 3), (3, 4), (4, 3), (4, 4)}
    sizes = {(r, c): 3.0 if (r, c) in small else 20.0 for r in range(1, 5) for c in range(1, 5)}
    totals = [[(r, c) for c in range(1, 5)] for r in range(1, 5)] + [[(r, c) for r in range(1, 5)] for c in range(1, 5)]
    assert recoverable(totals, set(small)) == {(2, 3)}
    hidden = hidden_cells(sizes, totals)
    assert small < hidden and recoverable(totals, hidden) == set()
