"""People who change their team in the demo: few, late, from the telephone to the written channels of their site."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np

from demo.moves import MOST, SINCE_DAYS, TENURE_DAYS, internal_moves
from demo.people import NEVER
from demo.story import TEAMS


def company(calm: bool) -> Any:
    """Forty people, ten days apart; the last ten have left."""
    team = np.arange(40) % len(TEAMS)
    kinds = np.array([{"voice": 0, "chat": 1, "care": 2}[TEAMS[code][2]] for code in team])
    staff = SimpleNamespace(
        team=team,
        hired=np.arange(40) * 10 - 300,
        left=np.where(np.arange(40) < 30, NEVER, 500),
        kind=kinds,
        site=np.array([TEAMS[code][1] for code in team]),
    )
    return SimpleNamespace(
        staff=staff, clock=SimpleNamespace(days=600), story=SimpleNamespace(calm=calm), plan=SimpleNamespace()
    )


def test_a_few_of_the_telephone_move_to_the_written_channels_of_their_site() -> None:
    made = company(calm=False)
    known, risen = np.arange(40), np.array([0])
    who, day, team = internal_moves(made, known, risen)
    assert 1 <= len(who) <= MOST
    assert 0 not in who and (made.staff.kind[who] == 0).all() and (made.staff.left[who] == NEVER).all()
    assert all(TEAMS[code][2] == "care" for code in team)
    assert [TEAMS[code][1] for code in team] == made.staff.site[who].tolist()
    # Late, and after more than a year: next to nothing they did counts to the new team.
    assert (day >= 600 - SINCE_DAYS).all() and (day < 600).all()
    assert (600 - made.staff.hired[who] > TENURE_DAYS).all()


def test_in_a_company_without_effects_nobody_moves() -> None:
    assert [len(part) for part in internal_moves(company(calm=True), np.arange(40), np.array([], int))] == [0, 0, 0]
