"""One survey file of a million answers, from the file to the marts: `python -m benchmarks.surveys`.

The file has NPS, satisfaction, five pairs of expectation and perception, and blanks; the workspace holds nothing else.
What is limited is everything between the file and the tables people read: loading, dbt's survey models, results by
wave, drivers and gaps, in a process of its own. dbt's parse is told apart: it is kept until the project changes.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.csv as pc

from benchmarks.processes import run_watched
from benchmarks.table import Line, show
from warehouse.settings import Settings, load_settings
from warehouse.workspace import init_workspace

ANSWERS = 1_000_000
SECONDS = 20.0
DIMENSIONS = ("tangibles", "reliability", "responsiveness", "assurance", "empathy")
REGIONS = ("North", "South", "East", "West")
MODELS = (
    "+fct_survey_answers", "+rollup_surveys_day", "+rollup_survey_invitations_day", "+rollup_servqual_day",
    "+rollup_loyalty_month",
)  # fmt: skip
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


def surveys(count: int = ANSWERS) -> list[Line]:
    """The lines of the table: seconds from the file to the marts, what they were spent on, peak memory."""
    with tempfile.TemporaryDirectory(prefix="swotlight-bench-") as folder:
        ran = run_watched([sys.executable, "-m", "benchmarks.surveys", "--measure", folder, "--answers", str(count)])
    if ran.code:
        raise SystemExit(f"The survey could not be measured:\n{ran.err[-2000:]}")
    told = json.loads(ran.out.strip().splitlines()[-1])
    wall, processor = (sum(told[step][k] for step in ("load", "models", "tables")) for k in (0, 1))
    return [
        Line.limited(f"surveys: {count:,} answers, file to marts", wall, SECONDS, "{:.1f} s"),
        Line("the same in processor seconds", f"{processor:.1f} s"),
        Line("of these loading the file", f"{told['load'][0]:.1f} s"),
        Line("of these dbt's survey models", f"{told['models'][0]:.1f} s"),
        Line("of these results, drivers, gaps", f"{told['tables'][0]:.1f} s"),
        Line("dbt's parse, once a project", f"{told['parse'][0]:.1f} s"),
        Line("peak memory", f"{ran.peak_bytes / 1024**3:.2f} GB"),
    ]


def measure(folder: Path, count: int) -> dict[str, tuple[float, float]]:
    """Wall and processor seconds of each step on a workspace made for it."""
    from orchestration import dbt_runner
    from orchestration.loading import load
    from orchestration.progress import silent
    from orchestration.runs import begin, plan

    settings = _workspace(folder / "workspace", count)
    begin(settings, plan(settings, "benchmark", None, full=True, select=()))
    return {
        "parse": _timed(lambda: dbt_runner.manifest_path(settings)),
        "load": _timed(lambda: load(settings, silent)),
        "models": _timed(lambda: dbt_runner.run_models(settings, MODELS)),
        "tables": _timed(lambda: _tables(settings)),
    }


def _workspace(folder: Path, count: int) -> Settings:
    init_workspace(folder, config_text="sources:\n  survey: {adapter: generic_survey_responses}\n")
    landing = folder / "landing" / "survey"
    landing.mkdir(parents=True, exist_ok=True)
    pc.write_csv(answers(count), landing / "answers.csv")
    return load_settings(folder)


def _tables(settings: Settings) -> None:
    from analytics.customers import answering, relations, surveys
    from orchestration.runs import open_build

    with open_build(settings) as con:
        made = [surveys.survey_results(con), answering.survey_waves(con, {}), relations.driver_importance(con),
                relations.servqual_gaps(con)]  # fmt: skip
    if not all(made):
        raise SystemExit("A table of the surveys is empty: the answers did not arrive.")


def _timed(work: Callable[[], Any]) -> tuple[float, float]:
    wall, processor = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - processor


def main() -> None:
    """Print the table, or with ``--measure`` what one process took."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.surveys", description=__doc__)
    parser.add_argument("--answers", type=int, default=ANSWERS, help="how many")
    parser.add_argument("--measure", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.measure:
        print(json.dumps(measure(asked.measure, asked.answers)))
    else:
        print(show(surveys(asked.answers)))


if __name__ == "__main__":
    main()
