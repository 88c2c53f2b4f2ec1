"""Companies end to end: exports made by `swotlight demo`, refreshed, and the items read from the release."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

PLANTED_TICKETS = 30_000
# Effects large enough to be certain of in a month of a company of that size: factor, size in SWDs.
POOL = [("service_level", 8), ("satisfaction", 14), ("resolution", 12), ("reopening", 16),
        ("first_contact_resolution", 6), ("complaint_speed", 12)]  # fmt: skip
_ITEMS = (
    "select item, factor, quadrant, sentence from swot.items "
    "where quadrant in ('strength', 'weakness', 'opportunity', 'threat') order by item"
)


@dataclass(frozen=True)
class Outcome:
    """A planted effect: its power beforehand, where it was found at its entity (None: nowhere), where it belongs."""

    factor: str
    power: float
    quadrant: str | None
    expected: str


def reported(seed: int, tickets: int) -> list[dict[str, Any]]:
    """The items that a company without effects reports; there should be none."""
    with tempfile.TemporaryDirectory() as folder:
        rows = _items(folder, seed, tickets, "none")
    for row in rows:
        print(f"  seed {seed}: {row['item']} {row['quadrant']}: {row['sentence']}", flush=True)
    return rows


def planted(seed: int) -> list[Outcome]:
    """What became of the effects of one company."""
    rng = np.random.default_rng([11, seed])
    chosen = [POOL[place] for place in rng.choice(len(POOL), 3, replace=False)]
    effects = [{"factor": f, "entity": "organisation", "size": size, "direction": "worse"} for f, size in chosen]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "effects.json"
        path.write_text(json.dumps(effects), "utf-8")
        rows = {row["item"]: row for row in _items(f"{folder}/company", seed, PLANTED_TICKETS, str(path))}
        truth = json.loads((Path(folder) / "company" / "truth.json").read_text("utf-8"))["effects"]
    found = []
    for effect in truth:
        row = rows.get(f"organisation:{effect['factor']}")
        told = Outcome(effect["factor"], effect["power"] or 0.0, row["quadrant"] if row else None, effect["quadrant"])
        print(
            f"  seed {seed}: {told.factor}, {effect['size']:g} SWDs, power {told.power:g}: {told.quadrant}", flush=True
        )
        found.append(told)
    return found


def report_planted(companies: list[list[Outcome]]) -> None:
    """Recall among the powerful and the quadrants of what was found."""
    told = [outcome for outcomes in companies for outcome in outcomes]
    strong = [o for o in told if o.power >= 0.99]
    found = [o for o in told if o.quadrant]
    right = [o for o in found if o.quadrant == o.expected]
    print(f"planted, end to end: {len(companies)} companies, {len(told)} effects; of {len(strong)} with power ≥ 0.99 "
          f"{sum(bool(o.quadrant) for o in strong)} found; quadrant right: {len(right)} of {len(found)}.")  # fmt: skip


def _items(folder: str, seed: int, tickets: int, effects: str) -> list[dict[str, Any]]:
    command = [sys.executable, "-m", "swotlight.main", "--workspace", folder]
    made = ["demo", folder, "--tickets", str(tickets), "--seed", str(seed), "--effects", effects]
    subprocess.run([*command[:3], *made], check=True, capture_output=True)
    subprocess.run([*command, "refresh"], check=True, capture_output=True)
    told = subprocess.run([*command, "query", _ITEMS, "--json"], check=True, capture_output=True, text=True)
    return json.loads(told.stdout)
