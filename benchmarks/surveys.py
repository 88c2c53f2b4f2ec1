"""One survey file of a million answers, from the file to the marts: `python -m benchmarks.surveys`.

The file has NPS, satisfaction, five pairs of expectation and perception, and blanks; the workspace holds nothing else.
What is limited is the refresh without what any refresh takes: an empty file of the same shape is refreshed beside it.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv as pc

from benchmarks.processes import COMMAND, Ran, run_watched, swotlight
from benchmarks.table import Line, show

ANSWERS = 1_000_000
SECONDS = 20.0
DIMENSIONS = ("tangibles", "reliability", "responsiveness", "assurance", "empathy")
REGIONS = ("North", "South", "East", "West")
# Instrument, item, role, lowest and highest answer.
ITEMS = (
    ("nps", "recommend", "perception", 0, 10),
    ("csat", "overall", "perception", 1, 5),
    *(("servqual", name, role, 1, 7) for name in DIMENSIONS for role in ("perception", "expectation")),
)


def answers(count: int, seed: int = 1) -> pa.Table:
    """A table of that many long answers over four waves; one in fifty is blank."""
    rng, per_person = np.random.default_rng(seed), len(ITEMS)
    people = -(-count // per_person)
    person = np.repeat(np.arange(people), per_person)[:count]
    item = np.tile(np.arange(per_person), people)[:count]
    low, high = (np.array([one[k] for one in ITEMS])[item] for k in (3, 4))
    mood = rng.normal(0, 1, people)[person]
    value = np.clip(np.round((low + high) / 2 + (high - low) / 6 * (mood + rng.normal(0.6, 1, count))), low, high)
    day = rng.integers(0, 360, people)[person]
    instants = np.datetime64("2025-01-01T08:00:00") + day.astype("timedelta64[D]")
    return pa.table(
        {
            "response_id": pa.array(person).cast(pa.string()),
            "item_id": pa.array([one[1] for one in ITEMS]).take(pa.array(item)),
            "role": pa.array([one[2] for one in ITEMS]).take(pa.array(item)),
            "instrument": pa.array([one[0] for one in ITEMS]).take(pa.array(item)),
            "dimension": pa.array([one[1] for one in ITEMS]).take(pa.array(item)),
            "survey_id": pa.array(np.full(count, "relation")),
            "wave": pa.array([f"2025-Q{k}" for k in range(1, 5)]).take(pa.array(day // 90)),
            "responded_at": pa.array(instants),
            "value": pa.array(value, mask=rng.random(count) < 0.02),
            "scale_min": pa.array(low),
            "scale_max": pa.array(high),
            "region": pa.array(REGIONS).take(pa.array(rng.integers(0, 4, people)[person])),
        }
    )


def surveys(folder: Path, count: int = ANSWERS) -> list[Line]:
    """Refresh the file, and a file of a hundred answers; the difference is what the answers took."""
    small, large = (_refreshed(folder / name, rows) for name, rows in (("small", 100), ("large", count)))
    return [
        Line("surveys: a refresh of a hundred answers", f"{small[0]:.1f} s ({small[1]:.1f} CPU s)"),
        Line(f"surveys: a refresh of {count:,} answers", f"{large[0]:.1f} s ({large[1]:.1f} CPU s)"),
        Line.limited("surveys: file to marts", large[0], SECONDS, "{:.1f} s"),
        Line("surveys: what the answers add", f"{large[0] - small[0]:.1f} s ({large[1] - small[1]:.1f} CPU s)"),
    ]


def _refreshed(workspace: Path, count: int) -> tuple[float, float]:
    _done(run_watched([*COMMAND, "init", str(workspace)]))
    landing = workspace / "landing" / "survey"
    landing.mkdir(parents=True, exist_ok=True)
    pc.write_csv(answers(count), landing / "answers.csv")
    file = str(landing / "answers.csv")
    _done(run_watched(swotlight(workspace, "add", file, "--as", "survey_responses", "--source", "survey")))
    before = _cpu()
    ran = _done(run_watched(swotlight(workspace, "refresh")))
    return ran.seconds, _cpu() - before


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _done(ran: Ran) -> Ran:
    if ran.code != 0:
        raise SystemExit(f"A command of the benchmark failed:\n{(ran.err or ran.out)[:1500]}")
    return ran


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.surveys", description=__doc__)
    parser.add_argument("--answers", type=int, default=ANSWERS, help="how many")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="swotlight-bench-") as folder:
        print(show(surveys(Path(folder), asked.answers)))


if __name__ == "__main__":
    main()
