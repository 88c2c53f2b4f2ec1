"""A program or a page of prose is no table; an export of one column is."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingestion.inspection import inspect_file
from warehouse.errors import SwotlightError

PROGRAM = '"""Makes things up."""\n\nimport sys\n\n\ndef main():\n    print(sys.argv)\n    return 1\n'
PLAIN = "size = 3\nname = one\ncolour = red\nfont = none\n"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("kit.py", PROGRAM),
        ("README.md", "# Our service\n\nWhat it is and whom to ask.\n"),
        ("notes.txt", "We spoke to the team of the evening shift today and agreed that it goes on as before\nEnd\n"),
        ("plain.ini", f"[part]\n{PLAIN}"),
        ("run.sh", "#!/bin/sh\nset -e\nls\n"),
    ],
    ids=lambda text: text[:8].strip().replace("\n", ""),
)
def test_a_text_is_said_to_be_no_table(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(SwotlightError, match=f"^{name} does not look like a table") as refused:
        inspect_file(tmp_path / name)
    assert refused.value.code == "no_table"


@pytest.mark.parametrize(
    "text",
    [
        "ticket_id\n101\n102\n103\n",
        "comment\nThe agent was kind.\n\n  indented a bit, once\nfine\nok\nagain\nslow\n",
        "How satisfied are you with the service that our team gave you on the phone today?\nvery\nnot\n",
        "客户编号\nA1\nA2\n",
        "[Ticket ID]\nA1\nA2\n",
        "% answered\n81\n82\n",
        "#id\n1\n2\n",
    ],
    ids=["ids", "comments", "question", "chinese", "bracketed", "share", "number"],
)
def test_an_export_of_one_column_is_a_table(tmp_path: Path, text: str) -> None:
    (tmp_path / "one.csv").write_text(text, encoding="utf-8")
    assert len(inspect_file(tmp_path / "one.csv").columns) == 1


def test_a_file_that_is_not_there_is_told_as_add_tells_it(tmp_path: Path) -> None:
    with pytest.raises(SwotlightError, match=r"nowhere\.csv does not exist\.") as refused:
        inspect_file(tmp_path / "nowhere.csv")
    assert (refused.value.code, refused.value.hint) == ("missing_file", "Look at the spelling.")
