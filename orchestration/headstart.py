"""The first two steps of a refresh, begun while Dagster is still being imported.

Dagster and dbt take seconds of Python before a first step can run; reading files is DuckDB's work and needs little of
Python. What the thread imports is imported before it starts: two threads must not import one package. In a run that
somebody else started (the daemon, Dagster's page) there is no head start: the steps do the same.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Event

from ingestion.load import LoadReport
from orchestration.loading import load
from orchestration.progress import Progress
from orchestration.runs import Run, begin
from warehouse.settings import Settings


class HeadStart:
    """Settings written and sources being loaded for ``run``, in a thread of its own."""

    def __init__(self, settings: Settings, run: Run, progress: Progress) -> None:
        self.run = run
        self._stopped = Event()
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="head start")
        self._begun = self._pool.submit(begin, settings, run)
        self._loaded = self._pool.submit(self._load, settings, progress)

    def begun(self) -> Run:
        """The run, once its settings are written. Raises what stopped it."""
        self._begun.result()
        return self.run

    def loaded(self) -> LoadReport:
        """What became of every source, once all are read. Raises what stopped it."""
        return self._loaded.result()

    def stop(self) -> None:
        """Let go before the next source and wait for the thread; nothing is left half-done, nobody reads on."""
        self._stopped.set()
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _load(self, settings: Settings, progress: Progress) -> LoadReport:
        self._begun.result()

        def tell(step: str, detail: str = "") -> None:
            if self._stopped.is_set():
                raise InterruptedError("The refresh was stopped.")
            progress(step, detail)

        return load(settings, tell)
