"""One release, held for a whole page: metrics by their names, and what the release says about itself.

Every answer is kept per release name, so that a page asked for twice asks the file once. A new release is noticed at
the next page. Nothing here draws or formats.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import replace
from datetime import date, datetime
from operator import itemgetter
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from analytics.metrics import Metric, MetricRequest, MetricRow, ask, catalogue
from dashboards.filters import DIMENSIONS, Choices, Filters
from warehouse.errors import SwotlightError, UsageError
from warehouse.releases import Release, ReleaseReader
from warehouse.settings import Settings

Answer = TypeVar("Answer")
_KEPT = 4000
_PAGES = 200
_PRESENCE = ("offered", "tickets_created", "csat", "openings")
_LEADING = ("offered", "tickets_created")
# A stray row in a later month is no month to open a page with.
_TELLING_SHARE = 0.05


class Kept:
    """A small store of answers, the longest unused of which goes first. Safe for several threads."""

    def __init__(self, size: int = _KEPT) -> None:
        self._size = size
        self._lock = threading.Lock()
        self._answers: OrderedDict[Hashable, Any] = OrderedDict()
        self._being_made: dict[Hashable, threading.RLock] = {}

    def get(self, key: Hashable, make: Callable[[], Answer]) -> Answer:
        """The answer kept under `key`, made first where there is none. Who asks while it is made waits for it."""
        with self._lock:
            if key in self._answers:
                self._answers.move_to_end(key)
                return self._answers[key]  # type: ignore[no-any-return]
            turn = self._being_made.setdefault(key, threading.RLock())
        with turn:
            with self._lock:
                if key in self._answers:
                    return self._answers[key]  # type: ignore[no-any-return]
            try:
                return self._keep(key, make())
            finally:
                with self._lock:
                    self._being_made.pop(key, None)

    def _keep(self, key: Hashable, answer: Answer) -> Answer:
        with self._lock:
            self._answers[key] = answer
            while len(self._answers) > self._size:
                self._answers.popitem(last=False)
        return answer


class _Told:
    """What was asked of one span and slice so far: rows by metric, and whose turn it is to ask for more."""

    def __init__(self) -> None:
        self.rows: dict[str, list[MetricRow]] = {}
        self.lock = threading.Lock()


class Memory(Kept):
    """What is kept of a release: answers, and the pages drawn last."""

    def __init__(self) -> None:
        super().__init__()
        self.pages = Kept(_PAGES)


def in_order(rows: list[dict[str, Any]], order: Iterable[str]) -> list[dict[str, Any]]:
    """Rows by columns, each named alone or with "desc"; what is empty comes last either way."""
    for column in reversed(tuple(order)):
        name, falls = column.removesuffix(" desc"), column.endswith(" desc")
        told = [row for row in rows if row.get(name) is not None]
        rows = sorted(told, key=itemgetter(name), reverse=falls) + [row for row in rows if row.get(name) is None]
    return rows


class Reading:
    """A release with the questions pages put to it."""

    def __init__(self, release: Release, settings: Settings, kept: Memory) -> None:
        self.release = release
        self.settings = settings
        self._kept = kept

    def kept(self, question: Hashable, make: Callable[[], Answer]) -> Answer:
        """The answer to a question about this release, kept until the release goes."""
        return self._kept.get((self.release.name, question), make)

    def page(self, question: Hashable, make: Callable[[], Answer]) -> Answer:
        """A drawn page, of which the last few hundred are kept."""
        return self._kept.pages.get((self.release.name, question), make)

    @property
    def zone(self) -> ZoneInfo:
        """The organisation's time zone."""
        return ZoneInfo(self.settings.organisation.time_zone)

    @property
    def currency(self) -> str:
        """The organisation's currency code."""
        return self.settings.organisation.currency

    def metrics(self) -> dict[str, Metric]:
        """The catalogue of the release."""
        return self.kept("catalogue", lambda: catalogue(self.release))

    def knows(self, metric: str, dimensions: Iterable[str] = ()) -> bool:
        """Whether a metric exists in the release and can be cut by these dimensions."""
        found = self.metrics().get(metric)
        return found is not None and set(dimensions) <= set(found.dimensions())

    def ask(
        self,
        metrics: Iterable[str],
        *,
        by: tuple[str, ...] = (),
        grain: str | None = None,
        where: tuple[tuple[str, str], ...] = (),
        start: date | None = None,
        end: date | None = None,
        known_on: date | None = None,
    ) -> list[MetricRow]:
        """Rows of the metrics that the release has and that can be cut this way; the others are left out."""
        needed = {*by, *(name for name, _value in where)}
        known = tuple(name for name in metrics if self.knows(name, needed))
        if not known:
            return []
        question = MetricRequest((), by, grain, where, start, end, known_on)  # type: ignore[arg-type]
        told = self.kept((question, "rows"), _Told)
        with told.lock:
            self._add(told.rows, replace(question, metrics=tuple(name for name in known if name not in told.rows)))
        return [row for name in known for row in told.rows[name]]

    def _add(self, answers: dict[str, list[MetricRow]], question: MetricRequest) -> None:
        """Ask for what is not known yet of a span and a slice: a page asks for some metrics more than once."""
        if not question.metrics:
            return
        found: dict[str, list[MetricRow]] = {name: [] for name in question.metrics}
        for row in _patiently(self.release, question):
            found[row.metric].append(row)
        answers.update(found)

    def table(self, sql: str, params: tuple[Any, ...] = (), *, order: tuple[str, ...] = ()) -> list[dict[str, Any]]:
        """Rows of a table that the release keeps about itself; none where it has no such table.

        `order` names columns ("frequency desc"), empty ones last: a short table is sorted here in less time than it
        takes the engine to set out to do so.
        """
        return self.kept((sql, params, order), lambda: in_order(self._table(sql, params), order))

    def _table(self, sql: str, params: tuple[Any, ...]) -> list[dict[str, Any]]:
        try:
            return self.release.rows(sql, list(params))
        except SwotlightError:
            return []

    def local(self, instant: datetime) -> datetime:
        """An instant of the release (naive or aware UTC) on the organisation's clock."""
        aware = instant if instant.tzinfo else instant.replace(tzinfo=ZoneInfo("UTC"))
        return aware.astimezone(self.zone)

    def choices(self) -> Choices:
        """Periods with data and the values each filter may take."""
        return self.kept("choices", self._choices)

    def _choices(self) -> Choices:
        today = self.local(self.release.as_of).date()
        months, telling = set(), set()
        for metric in _PRESENCE:
            sizes = {row.period: row.n or row.value or 0 for row in self.ask((metric,), grain="month") if row.period}
            present = {month for month, size in sizes.items() if size and month <= today}
            months |= present
            if metric in _LEADING:
                most = max((sizes[month] for month in present), default=0)
                telling |= {month for month in present if sizes[month] >= most * _TELLING_SHARE}
        if not months:
            # Who has nothing of their own may still read the market.
            months = {row.period for row in self.ask(("market_indicator",), grain="month") if row.period}
        current = today.replace(day=1)
        whole = [m for m in telling if m < current] or [m for m in months if m < current] or sorted(months)
        default = max(whole, default=current)
        return Choices(tuple(sorted(months)) or (default,), default, self._values())

    def _values(self) -> dict[str, tuple[str, ...]]:
        values = {}
        for dimension in DIMENSIONS:
            found: set[str] = set()
            for metric in ("offered", "tickets_created"):
                found |= {
                    str(row.dimensions[dimension])
                    for row in self.ask((metric,), by=(dimension,))
                    if row.dimensions.get(dimension) is not None and row.value
                }
            values[dimension] = tuple(sorted(found - {"unknown"}, key=str.lower))
        return values

    def filters(self, search: str | None) -> Filters:
        """The state an address asks for, checked against this release."""
        return Filters.parse(search, self.choices())


def _patiently(release: Release, question: MetricRequest) -> list[MetricRow]:
    """All metrics in one question; where one of them cannot be asked so, each by itself without that one."""
    try:
        return ask(release, question)
    except UsageError:
        if len(question.metrics) == 1:
            return []
    answers: list[MetricRow] = []
    for name in question.metrics:
        answers += _patiently(release, replace(question, metrics=(name,)))
    return answers


class Readings:
    """Hands a page its reading: one release for the whole page."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._reader = ReleaseReader(settings, threads=1)
        self._kept = Memory()

    def now(self) -> Reading:
        """The current release. Raises `SwotlightError` before the first release."""
        return Reading(self._reader.current(), self.settings, self._kept)

    def close(self) -> None:
        """Let go of the release's file; what was learnt from it is kept."""
        self._reader.close()
