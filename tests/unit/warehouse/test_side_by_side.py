"""Tasks done two at a time."""

from __future__ import annotations

import threading
from contextvars import ContextVar
from functools import partial

import pytest

from warehouse import side_by_side as module
from warehouse.side_by_side import rest, side_by_side

_word: ContextVar[str] = ContextVar("word", default="none")


@pytest.fixture(autouse=True)
def _two_processors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module.os, "cpu_count", lambda: 2)


def test_results_stand_in_the_order_of_their_tasks() -> None:
    assert side_by_side([partial(pow, n, 2) for n in range(50)]) == [n * n for n in range(50)]
    assert side_by_side([]) == []


def test_two_tasks_run_at_the_same_time() -> None:
    met = threading.Barrier(2, timeout=10)
    assert sorted(side_by_side([met.wait, met.wait])) == [0, 1]


def test_a_second_thread_knows_what_the_first_one_knew() -> None:
    met = threading.Barrier(2, timeout=10)

    def told() -> str:
        met.wait()
        return _word.get()

    token = _word.set("tiếng Việt")
    try:
        assert side_by_side([told, told]) == ["tiếng Việt"] * 2
    finally:
        _word.reset(token)


def test_the_first_failure_is_told_when_all_have_ended() -> None:
    done: list[int] = []

    def task(number: int) -> None:
        if number in (3, 7):
            raise ValueError(str(number))
        done.append(number)

    with pytest.raises(ValueError, match="3"):
        side_by_side([partial(task, number) for number in range(10)])
    assert sorted(done) == [0, 1, 2, 4, 5, 6, 8, 9]


def test_tasks_may_be_split_themselves_from_many_threads() -> None:
    def whole(depth: int) -> int:
        return 1 if depth == 0 else sum(side_by_side([partial(whole, depth - 1)] * 3))

    found: list[int] = []
    threads = [threading.Thread(target=lambda: found.append(whole(5))) for _one in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert found == [3**5] * 6, "a task waited for a thread that waited for it"


def test_after_a_rest_no_thread_is_left_and_the_next_task_has_one_again() -> None:
    met = threading.Barrier(2, timeout=10)
    side_by_side([met.wait, met.wait])
    rest()
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("beside")]
    side_by_side([met.wait, met.wait])
