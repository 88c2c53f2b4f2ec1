"""`swotlight staffing erlang`: the document as it is promised, and nonsense refused at the door in a sentence."""

from __future__ import annotations

import json
from typing import Any

import pytest

from swotlight.main import main

ASKED = ["staffing", "erlang", "--calls", "100", "--interval", "30m", "--aht", "180s", "--service-level", "0.8"]
KEYS = [
    "agents", "scheduled", "service_level", "probability_of_waiting", "asa_seconds", "mean_wait_seconds", "occupancy",
    "abandonment",
]  # fmt: skip


def call(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, Any, str]:
    code = main([*arguments, "--json"])
    told = capsys.readouterr()
    return code, json.loads(told.out), told.err


def test_the_document_has_the_promised_keys_in_their_order(capsys: pytest.CaptureFixture[str]) -> None:
    code, told, _ = call(capsys, *ASKED, "--within", "20s", "--shrinkage", "0.3")
    assert code == 0
    assert list(told) == KEYS
    assert (told["agents"], told["scheduled"], told["abandonment"]) == (14, 20, 0.0)
    assert [round(told[key], 4) for key in KEYS[2:4]] == [0.8884, 0.1741]
    assert round(told["asa_seconds"], 2) == round(told["mean_wait_seconds"], 2) == 7.84


def test_with_patience_some_hang_up_and_waits_differ(capsys: pytest.CaptureFixture[str]) -> None:
    code, told, _ = call(capsys, *ASKED, "--within", "20s", "--patience", "300s")
    assert (code, list(told)) == (0, KEYS)
    assert 0 < told["abandonment"] < 0.05
    assert told["asa_seconds"] < told["mean_wait_seconds"]


def test_a_share_may_be_told_in_per_cent(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ("--service-level", "--shrinkage")
    shares, per_cent = (
        call(capsys, *ASKED, *(word for pair in zip(asked, told, strict=True) for word in pair))[1]
        for told in (("0.9", "0.3"), ("90%", "30 %"))
    )
    assert shares == per_cent


@pytest.mark.parametrize(
    ("more", "says"),
    [
        (["--aht", "-180s"], "-180"),
        (["--aht", "0s"], "Handling time"),
        (["--patience", "0s"], "Patience"),
        (["--service-level", "1"], "no finite number of agents"),
        (["--service-level", "100"], "no finite number of agents"),
        (["--service-level", "100%"], "no finite number of agents"),
        (["--service-level", "most"], "no share"),
        (["--service-level", "0"], "between 0 and 1"),
        (["--calls", "nan"], "finite"),
        (["--calls", "-5"], "counted from zero"),
        (["--interval", "0m"], "interval"),
        (["--shrinkage", "1"], "Shrinkage"),
        (["--shrinkage", "-0.1"], "Shrinkage"),
        (["--max-occupancy", "1"], "occupancy"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_nonsense_is_refused_at_the_door(capsys: pytest.CaptureFixture[str], more: list[str], says: str) -> None:
    code, told, err = call(capsys, *ASKED, *more)
    assert code == 2
    assert list(told) == ["error"]
    assert says.lower() in (told["error"]["message"] + str(told["error"].get("hint"))).lower()
    assert "Traceback" not in err
