"""Which model, and how sure: rolling origins, the choice on them, and intervals calibrated on them (conformal).

Everything is judged at interval grain on days after the origin that the model was not shown. The interval of a fold
is calibrated on the *other* folds only, so the coverage that is printed was not fitted.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from analytics.staffing import combining
from analytics.staffing.combining import Setting
from analytics.staffing.models import MODELS, SEEN_A_YEAR, Pattern
from analytics.staffing.series import Array, Series

LEVEL = 0.8
FOLDS = 4
FEWEST_DAYS = 28
WEEK = 7
# A share of a day's level that nobody can foresee, before anything is known of it.
USUAL_DRIFT = 0.08


@dataclass(frozen=True)
class Fold:
    """One model from one origin: ``wape`` = Σ|actual − forecast| ÷ Σ actual, ``bias`` = Σ(forecast − actual) ÷ it.

    ``coverage`` is that of the 80 % interval, calibrated without this fold; ``None`` where there is no other fold.
    """

    model: str
    origin: date
    horizon_days: int
    intervals: int
    wape: float
    bias: float
    coverage: float | None


@dataclass(frozen=True)
class Backtest:
    """All folds, the chosen model, and what its interval needs."""

    folds: tuple[Fold, ...]
    chosen: str
    drift: float
    low: float
    high: float
    # log(actual ÷ forecast) of whole weeks by fold (rows) and week after the origin (columns); nan where unknown.
    week_errors: Array
    # What the combination is made of, where that is the chosen model.
    settings: tuple[Setting, ...] = ()

    def mean(self, model: str, what: str = "wape") -> float | None:
        """Mean of a figure over the folds of a model."""
        values = [getattr(fold, what) for fold in self.folds if fold.model == model]
        known = [value for value in values if value is not None]
        return float(np.mean(known)) if known else None


def origins(days: int, horizon: int, folds: int = FOLDS) -> list[int]:
    """Days at which to stand and look ahead: the newest has a full horizon behind it, the first at least four weeks.

    A history too short for that has one origin, and looks ahead over what is left.
    """
    latest = max(days - horizon, FEWEST_DAYS)
    if latest >= days:
        latest = days - WEEK
        return [latest] if latest >= WEEK else []
    step = max(horizon // 2 if latest - (folds - 1) * (horizon // 2) >= FEWEST_DAYS else WEEK, WEEK)
    found = [latest - k * step for k in range(folds)]
    return sorted(origin for origin in found if origin >= FEWEST_DAYS)


def judges(stands: list[int], days: int) -> list[int]:
    """The origins that decide which model is taken: those that had seen a year, once the history of today has.

    From an origin that had not, a model is judged without its season. Where fewer than two of the usual origins had,
    later ones that look less far ahead decide.
    """
    # A week more, as the first and the last day may be closed ones.
    first, last = SEEN_A_YEAR + WEEK, days - FEWEST_DAYS
    if last < first:
        return stands
    fair = [origin for origin in stands if origin >= first]
    if len(fair) >= 2:
        return fair
    return sorted({*fair, first, (first + last) // 2, last})


def backtest(series: Series, horizon: int, borrowed: Pattern | None = None) -> Backtest:
    """Judge every model from every origin, choose the one with the least mean WAPE, calibrate its interval.

    A short history has more origins, and a combination of settings that did well from them instead of fixed ones.
    """
    is_short = len(series.counts) < combining.SHORT_DAYS
    stands = combining.dense_origins(len(series.counts), FEWEST_DAYS, WEEK) if is_short else []
    stands = stands or origins(len(series.counts), horizon)
    if not stands:
        return Backtest((), "level_slow", USUAL_DRIFT, -1.5, 1.5, np.zeros((0, 0)))
    names = combining.FLOORS if is_short else tuple(MODELS)
    deciding = stands if is_short else judges(stands, len(series.counts))
    every = sorted({*stands, *deciding})
    made = {name: [(origin, _ahead(series, origin, horizon, name, borrowed)) for origin in every] for name in names}
    settings: tuple[Setting, ...] = ()
    if is_short:
        *picks, settings = combining.best_of(series, stands, horizon, borrowed)
        made[combining.NAME] = [
            (origin, _combined(series, origin, horizon, pick, borrowed))
            for origin, pick in zip(stands, picks, strict=True)
        ]
    folds = [_fold(series, name, origin, forecast) for name, runs in made.items() for origin, forecast in runs]
    begins = {_day(series, origin) for origin in deciding}
    scores = {name: np.mean([fold.wape for fold in folds if fold.model == name and fold.origin in begins])
              for name in made}  # fmt: skip
    chosen = min(made, key=lambda name: (round(float(scores[name]), 9), name))
    # How sure it is: from origins that look the whole way ahead, and had seen a year where two or more had.
    sure = [origin for origin in stands if origin in deciding]
    runs = [run for run in made[chosen] if run[0] in (sure if len(sure) >= 2 else stands)]
    pairs = [(_actual(series, origin, forecast), forecast) for origin, forecast in runs]
    drift = _drift(pairs)
    scored = [_scores(actual, forecast, drift) for actual, forecast in pairs]
    covers = {_day(series, origin): _left_out(scored, place) for place, (origin, _made) in enumerate(runs)}
    folds = [replace(fold, coverage=covers.get(fold.origin)) if fold.model == chosen else fold for fold in folds]
    errors = _week_errors(series, runs, horizon)
    return Backtest(tuple(folds), chosen, drift, *_limits(scored), errors, settings if chosen == combining.NAME else ())


def forecast(
    series: Series, horizon: int, judged: Backtest, borrowed: Pattern | None = None
) -> tuple[Array, Array, Array]:
    """Expected arrivals per day and interval, and the limits of their 80 % interval."""
    if judged.settings:
        middle = combining.combined(series, horizon, judged.settings, borrowed)
    else:
        middle = MODELS[judged.chosen](series, horizon, borrowed)
    spread = _spread(middle, judged.drift)
    low = np.maximum(middle + judged.low * spread, 0.0)
    high = np.maximum(middle + judged.high * spread, 0.0)
    return middle, np.minimum(low, middle), np.maximum(high, middle)


def _ahead(series: Series, origin: int, horizon: int, model: str, borrowed: Pattern | None) -> Array:
    left = min(horizon, len(series.counts) - origin)
    return MODELS[model](series.until(origin), left, borrowed)


def _combined(
    series: Series, origin: int, horizon: int, settings: tuple[Setting, ...], borrowed: Pattern | None
) -> Array:
    left = min(horizon, len(series.counts) - origin)
    return combining.combined(series.until(origin), left, settings, borrowed)


def _day(series: Series, origin: int) -> date:
    return (np.datetime64(series.first, "D") + origin).astype(object)  # type: ignore[no-any-return]


def _actual(series: Series, origin: int, made: Array) -> Array:
    return series.counts[origin : origin + len(made)]


def _fold(series: Series, model: str, origin: int, made: Array) -> Fold:
    actual = _actual(series, origin, made)
    known = ~np.isnan(actual)
    total = max(float(actual[known].sum()), 1e-9)
    off = made[known] - actual[known]
    return Fold(
        model=model,
        origin=_day(series, origin),
        horizon_days=len(made),
        intervals=int((known & (made > 0)).sum()),
        wape=float(np.abs(off).sum() / total),
        bias=float(off.sum() / total),
        coverage=None,
    )


def _spread(middle: Array, drift: float) -> Array:
    """Poisson noise of the interval and the drift of the level together."""
    return np.asarray(np.sqrt(np.maximum(middle, 0) + (drift * middle) ** 2))


def _drift(pairs: list[tuple[Array, Array]]) -> float:
    """The share of the level by which days miss their forecast beyond Poisson noise (method of moments)."""
    extra, base = 0.0, 0.0
    for actual, made in pairs:
        day = np.nansum(made, axis=1)
        seen = ~np.isnan(actual).any(axis=1) & (day > 0)
        extra += float(((actual[seen].sum(axis=1) - day[seen]) ** 2 - day[seen]).sum())
        base += float((day[seen] ** 2).sum())
    return float(np.sqrt(max(extra / base, 1e-4))) if base > 0 else USUAL_DRIFT


def _scores(actual: Array, made: Array, drift: float) -> Array:
    """Standardised errors of the open intervals."""
    known = ~np.isnan(actual) & (made > 0)
    return np.asarray((actual[known] - made[known]) / _spread(made[known], drift))


def _limits(scored: list[Array]) -> tuple[float, float]:
    every = np.concatenate(scored) if scored else np.zeros(0)
    if len(every) < 20:
        return -1.2816, 1.2816
    half = float(np.quantile(np.abs(every), LEVEL))
    return -half, half


def _left_out(scored: list[Array], place: int) -> float | None:
    others = [one for number, one in enumerate(scored) if number != place]
    if not others or not len(scored[place]):
        return None
    low, high = _limits(others)
    return float(((scored[place] >= low) & (scored[place] <= high)).mean())


def _week_errors(series: Series, runs: list[tuple[int, Array]], horizon: int) -> Array:
    weeks = max(horizon // WEEK, 1)
    table = np.full((len(runs), weeks), np.nan)
    for row, (origin, made) in enumerate(runs):
        actual = _actual(series, origin, made)
        for week in range(min(weeks, len(made) // WEEK)):
            part = slice(week * WEEK, (week + 1) * WEEK)
            seen = ~np.isnan(actual[part])
            real, said = actual[part][seen].sum(), made[part][seen].sum()
            if real > 0 and said > 0:
                table[row, week] = np.log(real / said)
    return table
