"""What is kept of a release, and sections drawn beside each other."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import pytest

from dashboards.components import markup as html
from dashboards.components.markup import Html, render
from dashboards.pages.parts import laid_out
from dashboards.reading import Kept


def _all(*asking: Callable[[], object]) -> None:
    threads = [threading.Thread(target=one) for one in asking]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)


def test_who_asks_while_an_answer_is_made_waits_for_it() -> None:
    kept, made, told = Kept(), [], []

    def make() -> str:
        made.append(1)
        time.sleep(0.05)
        return "an answer"

    _all(*[lambda: told.append(kept.get("question", make))] * 8)
    assert told == ["an answer"] * 8 and len(made) == 1


def test_an_answer_that_could_not_be_made_is_made_by_the_next_who_asks() -> None:
    kept, tries = Kept(), []

    def make() -> int:
        tries.append(1)
        if len(tries) == 1:
            raise ValueError("once")
        return len(tries)

    with pytest.raises(ValueError, match="once"):
        kept.get("question", make)
    assert kept.get("question", make) == 2 and kept.get("question", make) == 2


def test_the_longest_unused_answer_goes_first() -> None:
    kept = Kept(2)
    for key in ("a", "b", "a", "c"):
        kept.get(key, lambda key=key: key.upper())
    assert kept.get("a", lambda: "made anew") == "A"
    assert kept.get("b", lambda: "made anew") == "made anew"


def test_sections_stand_where_they_were_put_and_a_fault_takes_only_its_own_place() -> None:
    def section(word: str) -> Html:
        if word == "fault":
            raise ZeroDivisionError
        return html.P(word)

    page = render(
        laid_out(
            ("halves", (section, "one"), (section, "two")),
            ("whole", (section, "three")),
            ("rest-420", [(section, "four"), (section, "fault")], [(section, "five")]),
        )
    )
    assert page.startswith('<div class="columns halves"><p>one</p><p>two</p></div><p>three</p>')
    assert '<div class="columns rest-420"><div class="stack"><p>four</p>' in page
    assert page.count("could not be drawn") == 1 and page.endswith("<p>five</p></div></div>")
