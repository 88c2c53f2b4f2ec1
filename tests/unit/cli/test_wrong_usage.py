"""A wrong word is answered in sentences of ours: which value, what is allowed, where nothing like it exists."""

from __future__ import annotations

from pathlib import Path

import pytest

from swotlight.main import main
from swotlight.reading import _sentence


def refusal(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(arguments)
    told, hint = [*capsys.readouterr().err.splitlines(), ""][:2]
    return code, told.removeprefix("Error: "), hint.strip()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("releases prune --keep x", "--keep is x; it takes a whole number of at least 1."),
        ("releases prune --keep 0", "--keep is 0; it takes a whole number of at least 1."),
        ("serve --port abc", "--port is abc; it takes a whole number from 0 to 65535."),
        ("serve --port 70000", "--port is 70000; it takes a whole number from 0 to 65535."),
        ("report --format doc", "--format is doc; it takes one of html, pdf, pptx."),
        ("objectives show one", "NUMBER is one; it takes a whole number."),
        ("status here", "`swotlight status` takes no here here."),
        ("add", "`swotlight add` needs FILE…."),
        ("status --jsn", "`swotlight status` has no option --jsn."),
    ],
    ids=lambda text: text.replace(" ", "_")[:20],
)
def test_a_wrong_value_is_told_with_what_is_allowed(capsys: pytest.CaptureFixture[str], words: str, said: str) -> None:
    code, message, _ = refusal(capsys, *words.split())
    assert (code, message) == (2, said)


def test_an_option_without_its_value_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["releases", "prune", "--keep"]) == 2
    assert "--keep needs a value." in capsys.readouterr().err


@pytest.mark.parametrize("group", ["objectives", "releases", "quarantine", "staffing"])
def test_every_group_names_its_words(capsys: pytest.CaptureFixture[str], group: str) -> None:
    code, message, hint = refusal(capsys, group, "frob")
    assert (code, message) == (2, f"There is no `{group} frob`.")
    assert hint.startswith("There are ")


@pytest.mark.parametrize("group", ["objectives", "releases", "quarantine"])
def test_a_group_without_a_word_lists(capsys: pytest.CaptureFixture[str], tmp_path: Path, group: str) -> None:
    main(["init", str(tmp_path / "ws")])
    capsys.readouterr()
    told = [(main([*words, "--json", "--workspace", str(tmp_path / "ws")]), capsys.readouterr().out) for words in
            ([group], [group, "list"])]  # fmt: skip
    assert told[0] == told[1]
    assert "Usage" not in told[0][1]


def test_a_source_that_is_not_there_is_said_before_anybody_is_asked_for_yes(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    main(["init", str(tmp_path / "ws")])
    capsys.readouterr()
    code, message, _ = refusal(capsys, "quarantine", "purge", "NOSUCH", "--workspace", str(tmp_path / "ws"))
    assert (code, message) == (2, "There is no source 'NOSUCH'.")


def test_a_workspace_made_again_is_said_to_have_been_one(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    main(["init", str(tmp_path / "ws")])
    assert "is a workspace. Next" in capsys.readouterr().err
    (tmp_path / "ws" / "swotlight.yml").write_text("organisation: {name: Ours}\n")
    assert main(["init", str(tmp_path / "ws")]) == 0
    assert "was a workspace already; nothing in it was changed" in capsys.readouterr().err
    assert "Ours" in (tmp_path / "ws" / "swotlight.yml").read_text()


def test_wrong_sql_is_told_without_the_class_of_the_fault_and_without_a_picture() -> None:
    one = 'Catalog Error: Table with name x does not exist!\nDid you mean "y"?\n\nLINE 1: select * from x\n         ^'
    assert _sentence(one) == 'Table with name x does not exist. Did you mean "y"?'
    two = 'Parser Error: syntax error at or near "frm"\n\nLINE 2: frm x\n        ^'
    assert _sentence(two) == 'Line 2: Syntax error at or near "frm".'
