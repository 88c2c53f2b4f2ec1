"""A list of effects that the rows of the company cannot hold is refused before anything is written."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from demo.company import build_company
from demo.effects import Effects
from demo.fitting import refuse_what_does_not_fit
from demo.story import DEFAULT_STORY, TEAM_NAMES
from warehouse.errors import SwotlightError

GOOD: dict[str, Any] = {"factor": "service_level", "entity": "channel=chat", "size": 4, "direction": "worse"}


def refused(folder: Path, *rows: dict[str, Any], months: int = 6) -> SwotlightError:
    """What building a small company of those effects is refused with."""
    path = folder / "effects.json"
    path.write_text(json.dumps(list(rows)), "utf-8")
    with pytest.raises(SwotlightError) as refusal:
        build_company(folder / "company", tickets=3_000, months=months, seed=7, effects=path)
    assert not (folder / "company").exists(), "nothing is written"
    return refusal.value


@pytest.mark.parametrize(
    ("change", "key", "words"),
    [
        ({"entity": "channel=fax"}, "entity", "has no channel 'fax' here; there is voice, chat, messaging, callback"),
        ({"entity": "channel=email"}, "entity", "has no channel 'email' here"),
        ({"entity": "team=Berlin Care"}, "entity", "has no team 'Berlin Care' here; there is Berlin Voice"),
        ({"entity": "region=Atlantis"}, "entity", "there is Central Europe, Iberia, South-East Asia"),
        ({"entity": "topic"}, "entity", "the topic wants a name, such as topic="),
        ({"factor": "containment_rate", "entity": "channel=callback"}, "entity", "there is voice, chat, messaging"),
        ({"factor": "error_rate", "entity": "team=Hanoi Technical"}, "entity", "has no team 'Hanoi Technical' here"),
        ({"factor": "offered", "entity": "organisation"}, "entity", "offered can differ by channel"),
        ({"size": 300}, "size", "cannot be made more than 26.6 worthwhile differences worse"),
        ({"size": 8, "direction": "better"}, "size", "cannot be made more than 6.6 worthwhile differences better"),
        ({"factor": "csat", "size": 5.5, "direction": "better"}, "size", "0.9 without effects, and rows end at 1"),
        ({"factor": "nps", "entity": "organisation", "size": 14}, "size", "rows end at -66"),
        ({"factor": "training_hours_per_agent", "entity": "organisation", "size": 8}, "size", "as much as 8 worth"),
        ({"from": "2030-05"}, "from", "no month of this company, which goes from 2026-05 to 2026-10"),
        ({"from": "2026-04"}, "from", "2026-04 is no month of this company"),
        ({"to": "2027-01"}, "to", "2027-01 is no month of this company"),
        ({"from": "2026-09", "to": "2026-06"}, "to", "ends in 2026-06, before it begins in 2026-09"),
        ({"ramp": -2}, "ramp", "months from 0 on"),
    ],
    ids=str,
)
def test_what_no_row_could_hold_is_refused_in_a_sentence(
    tmp_path: Path, change: dict[str, Any], key: str, words: str
) -> None:
    error = refused(tmp_path, GOOD, GOOD | change)
    assert words in error.message and "Effect 2 of effects.json" in error.message
    assert error.key == key


def test_two_effects_that_come_to_more_than_there_is_are_refused(tmp_path: Path) -> None:
    whole = GOOD | {"factor": "csat", "entity": "organisation", "size": 4, "direction": "better", "from": "2026-08"}
    part = whole | {"entity": "channel=chat", "size": 3}
    error = refused(tmp_path, whole, part)
    assert (
        "Effect 2" in error.message
        and "with those before it csat comes to 1.04 in 2026-08 for channel=chat" in error.message
    )
    assert "Effect 2" in refused(tmp_path, part, whole).message


def test_the_default_story_and_what_meets_in_no_month_fit() -> None:
    months = [f"{2024 + (place + 4) // 12}-{(place + 4) % 12 + 1:02d}" for place in range(30)]
    refuse_what_does_not_fit(Effects(months, DEFAULT_STORY), Path("story"), TEAM_NAMES)
