"""Forecasts on real calls: bank_calls from one fixed origin, the model chosen on training folds only.

The split is that of the data folder's README: of the first 10,140 five-minute points the first 7,605 train and the
other 2,535 are forecast at once. The candidates are the grid of `analytics.staffing.combining`; which of it is taken,
how many, and the width of the interval are decided by rolling origins inside the training days. Nothing of the test
days is shown to cleaning, choice or calibration; the calendar (weekends, the country's public holidays) is known
beforehand. Skipped where the data folder is missing.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np

from analytics.staffing.backtest import Backtest, backtest, forecast
from analytics.staffing.combining import GRID, Setting
from analytics.staffing.series import Series, clean
from benchmarks.table import Line

POINTS, TRAIN, A_DAY, MINUTES = 10_140, 7_605, 169, 5
FIRST_MINUTE = 7 * 60
WEEK = 5
LIMIT = 0.075
BANK_CALLS = Path(__file__).resolve().parents[2] / "shared" / "data" / "calls" / "bank_calls" / "bank_calls.csv"
# Public holidays of the bank's country in 2003 that fall on working days.
HOLIDAYS = frozenset(
    date(2003, *day)
    for day in ((1, 1), (1, 20), (2, 17), (5, 26), (7, 4), (9, 1), (10, 13), (11, 11), (11, 27), (12, 25))
)


@dataclass(frozen=True)
class Judged:
    """What came out: the chosen model's error and interval in the test days, beside simple forecasts."""

    model: str
    wape: float
    coverage: float
    folds_coverage: float
    rolling_coverage: float
    rolling_origins: int
    simple: dict[str, float]
    folds_wape: float
    settings: tuple[Setting, ...]


def bank_series(path: Path, points: int | None = None) -> tuple[Series, list[date]]:
    """Calls per five minutes on consecutive calendar days, and the days that are in the file."""
    with path.open(newline="") as file:
        rows = list(csv.DictReader(file))[:points]
    whens = [datetime.fromisoformat(row["DateTime"]) for row in rows]
    first, days = whens[0].date(), sorted({when.date() for when in whens})
    counts = np.zeros(((whens[-1].date() - first).days + 1, A_DAY))
    for when, row in zip(whens, rows, strict=True):
        slot = (when.hour * 60 + when.minute - FIRST_MINUTE) // MINUTES
        counts[(when.date() - first).days, slot] = float(row["Calls"])
    return Series("bank", first, counts, MINUTES, HOLIDAYS), days


def judge(path: Path) -> Judged:
    """Train, choose, forecast once, then compare."""
    whole, days = bank_series(path, POINTS)
    origin = (days[TRAIN // A_DAY - 1] - whole.first).days + 1
    horizon = len(whole.counts) - origin
    known = _known(whole, days)[origin:]
    train = clean(whole.until(origin))
    chosen = backtest(train, horizon)
    middle, low, high = forecast(train, horizon, chosen)
    actual = whole.counts[origin:]
    inside = (actual >= low) & (actual <= high)
    folds = chosen.mean(chosen.chosen, "coverage")
    rolling = _rolling(path, horizon)
    return Judged(
        chosen.chosen,
        _wape(actual[known], middle[known]),
        float(inside[known].mean()),
        folds if folds is not None else float("nan"),
        float(np.mean(rolling)),
        len(rolling),
        _simple(whole.counts[:origin][_known(whole, days)[:origin]], actual[known]),
        chosen.mean(chosen.chosen) or float("nan"),
        chosen.settings,
    )


def _simple(train: np.ndarray, actual: np.ndarray) -> dict[str, float]:
    """The floors: the last five days again, and the mean of the last four of each place in the week."""
    weeks = -(-len(actual) // WEEK)
    last = np.tile(train[-WEEK:], (weeks, 1))[: len(actual)]
    mean = np.tile(train[-4 * WEEK :].reshape(4, WEEK, -1).mean(axis=0), (weeks, 1))[: len(actual)]
    return {"seasonal_naive": _wape(actual, last), "four_week_mean": _wape(actual, mean)}


def _known(series: Series, days: list[date]) -> np.ndarray:
    seen = {day - series.first for day in days}
    return np.array([timedelta(days=place) in seen for place in range(len(series.counts))])


def _wape(actual: np.ndarray, made: np.ndarray) -> float:
    return float(np.abs(actual - made).sum() / actual.sum())


def _rolling(path: Path, horizon: int, step: int = 14) -> list[float]:
    """Coverage of the 80 % interval from every fourteenth origin of the whole file, each with its own calibration."""
    whole, days = bank_series(path)
    known, found = _known(whole, days), []
    for origin in range(9 * 7, len(whole.counts) - horizon, step):
        train = clean(whole.until(origin))
        judged: Backtest = backtest(train, horizon)
        _middle, low, high = forecast(train, horizon, judged)
        seen = known[origin : origin + horizon]
        actual = whole.counts[origin : origin + horizon]
        found.append(float(((actual >= low) & (actual <= high))[seen].mean()))
    return found


def without_test_values(path: Path) -> bool:
    """Whether choice and forecast stay the same when the test days are noise: nothing of them was used."""
    whole, days = bank_series(path, POINTS)
    origin = (days[TRAIN // A_DAY - 1] - whole.first).days + 1
    noise = np.random.default_rng(1).uniform(0, 1e4, whole.counts.shape)
    other = replace(whole, counts=np.where(np.arange(len(whole.counts))[:, None] < origin, whole.counts, noise))
    made = []
    for series in (whole, other):
        train = clean(series.until(origin))
        horizon = len(series.counts) - origin
        judged = backtest(train, horizon)
        made.append((judged.chosen, judged.settings, *(part.tobytes() for part in forecast(train, horizon, judged))))
    return made[0] == made[1]


def _settings_line(settings: tuple[Setting, ...]) -> str:
    """What the settings that were taken have in common, and where they differ."""

    def span(values: list[float]) -> str:
        return "–".join(f"{value:g}" for value in sorted({min(values), max(values)}))

    follow = span([one.follow for one in settings if one.follow is not None])
    days, minutes = (span([getattr(one.shape, name) for one in settings]) for name in ("days", "minutes"))
    ridge = span([one.ridge for one in settings])
    return f"{len(settings)} of {len(GRID)}: level {follow}, ridge {ridge}, profile {days} days, {minutes} min"


def _held(what: str, share: float) -> Line:
    return Line(what, f"{share:.1%}", "75–85 %", 0.75 <= share <= 0.85)


def forecasting(path: Path) -> list[Line]:
    """The lines of the table; one that says so where the data is missing."""
    if not path.exists():
        return [Line("bank_calls (data folder not here)", "skipped")]
    found = judge(path)
    return [
        Line.limited(f"bank_calls, {found.model}: WAPE from one origin", 100 * found.wape, 100 * LIMIT, "{:.2f} %"),
        Line("  its error on training folds, each left out of the choice", f"{100 * found.folds_wape:.2f} %"),
        Line("  settings taken", _settings_line(found.settings) if found.settings else "none"),
        Line("  weekly seasonal naive", f"{100 * found.simple['seasonal_naive']:.2f} %"),
        Line("  four-week same-slot mean", f"{100 * found.simple['four_week_mean']:.2f} %"),
        _held("  80 % interval, training folds", found.folds_coverage),
        _held(f"  80 % interval, {found.rolling_origins} rolling origins", found.rolling_coverage),
        Line("  80 % interval, the test days alone", f"{found.coverage:.1%}"),
    ]  # fmt: skip
