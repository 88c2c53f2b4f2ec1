"""Every check of the suites has a name that people read, in each language."""

from __future__ import annotations

import re

import pytest

from dashboards.figures.check_names import check_name
from dashboards.language import speaking
from expectations.catalogue import checks


def test_no_check_is_shown_by_its_id() -> None:
    for check in checks():
        assert "_" not in check_name(check.name), check.name


@pytest.mark.parametrize("language", ["zh", "vi"])
def test_every_check_has_a_name_in_the_language(language: str) -> None:
    with speaking(language):
        said = {check.name: check_name(check.name) for check in checks()}
    own = re.compile(r"[\u4e00-\u9fff]" if language == "zh" else r"[à-ỹđ]", re.IGNORECASE)
    assert [name for name, words in said.items() if not own.search(words)] == []


def test_a_check_of_the_users_own_goes_by_its_id_in_words() -> None:
    assert check_name("shop.prices_are_set") == "Shop: prices are set"
