"""The engine: Dask distributed, on this machine's cores or wherever a scheduler is. Retries, lost workers and the
dashboard are Dask's; here it is only told what to do, and when to wait no longer.
"""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from queue import Empty, SimpleQueue
from typing import Any
from uuid import uuid4

from auditor.errors import UsageError
from auditor.team.task import Done, Job, work

RETRIES = 2
"""So often Dask tries a member again after an error that is not the export's."""

CONNECT_SECONDS = 10.0
"""How long to wait for a scheduler to answer."""

ONE_THREAD = dict.fromkeys(
    "OMP_NUM_THREADS MKL_NUM_THREADS OPENBLAS_NUM_THREADS NUMEXPR_NUM_THREADS ARROW_IO_THREADS".split(), "1"
)
"""What keeps numeric libraries to one thread; a worker is one core."""

NO_PROFILE = {"distributed.worker.profile.enabled": False}
"""Dask's profiler keeps an hour of samples of the stack: a worker would grow with every member."""

INSTALL = 'a team runs on Dask distributed, which is not installed here: pip install "auditor[team]"'


@contextmanager
def engine(
    jobs: int,
    scheduler: str | None = None,
    workers: int | None = None,
    tell: Callable[[str], None] | None = None,
) -> Iterator[Any]:
    """A client of the scheduler at an address, or of a cluster of so many processes here: by default one a core, though
    never more than there are `jobs`. `tell` is told where the dashboard is.

    What listens here listens on 127.0.0.1 alone. Raises UsageError without Dask, or where nobody answers.
    """
    try:
        from distributed import Client, LocalCluster  # noqa: PLC0415
    except ImportError as error:
        raise UsageError(INSTALL) from error
    if scheduler:
        try:
            client = Client(scheduler, timeout=CONNECT_SECONDS)
        except (OSError, ValueError) as error:
            hint = "start it with: dask scheduler, and workers with: dask worker ADDRESS --nthreads 1"
            raise UsageError(f"no scheduler of Dask answers at {scheduler}; {hint}") from error
        with client:
            _tell(client, tell)
            yield client
    else:
        with (
            LocalCluster(
                n_workers=min(workers or os.cpu_count() or 1, jobs), threads_per_worker=1, host="127.0.0.1",
                dashboard_address="127.0.0.1:0", worker_dashboard_address=None, env=ONE_THREAD, config=NO_PROFILE,
                silence_logs=logging.ERROR,
            ) as cluster,
            Client(cluster) as client,
        ):  # fmt: skip
            _tell(client, tell)
            yield client


def _tell(client: Any, tell: Callable[[str], None] | None) -> None:
    if tell:
        shown = find_spec("bokeh") is not None
        tell(f"Dask's dashboard: {client.dashboard_link}{'' if shown else ' (with pictures after: pip install bokeh)'}")


def outcomes(client: Any, jobs: Sequence[Job], patience: float) -> Iterator[tuple[Job, Done]]:
    """What became of each job, in the order in which they end.

    A member whose audit runs longer than `patience` seconds is given up, and its worker started anew; so are all that
    are left where no audit began or ended for as long. The end is therefore always reached.
    """
    watch = _Watch(client, jobs, patience)
    try:
        while watch.waiting:
            yield from watch.next()
    finally:
        watch.stop()


class _Watch:
    """The jobs under way: who began when, and on which worker. Workers tell by Dask's events."""

    def __init__(self, client: Any, jobs: Sequence[Job], patience: float) -> None:
        self._client, self._patience, self._topic = client, patience, f"team-{uuid4().hex[:8]}"
        self._news: SimpleQueue[Any] = SimpleQueue()
        self._began: dict[str, tuple[float, str]] = {}  # key → when, and which worker
        self._last = time.monotonic()
        keys = [f"{self._topic}-{job.number}" for job in jobs]
        self.waiting = dict(zip(keys, jobs, strict=True))
        client.subscribe_topic(self._topic, self._news.put)
        self._futures = dict(
            zip(keys, client.map(_told, jobs, topic=self._topic, key=keys, retries=RETRIES), strict=True)
        )
        for future in self._futures.values():
            future.add_done_callback(self._news.put)

    def next(self) -> Iterator[tuple[Job, Done]]:
        """Waits for the next news, and gives what ended by it."""
        try:
            news = self._news.get(timeout=max(0.0, self._due() - time.monotonic()))
        except Empty:
            yield from self._given_up()
            return
        self._last = time.monotonic()
        if isinstance(news, tuple):  # an event: when, and what the worker said
            number, worker = news[1]
            self._began[f"{self._topic}-{number}"] = (time.monotonic(), worker)
        elif news.key in self.waiting:
            self._futures.pop(news.key)
            yield self._ended(news.key), _outcome(news)
            news.release()

    def stop(self) -> None:
        """Takes back what is still under way."""
        self._client.unsubscribe_topic(self._topic)
        if self._futures:
            self._client.cancel(list(self._futures.values()))

    def _due(self) -> float:
        """When to wait no longer for something."""
        began = [when for key, (when, _) in self._began.items() if key in self.waiting]
        return min([*began, self._last]) + self._patience

    def _given_up(self) -> Iterator[tuple[Job, Done]]:
        now = time.monotonic()
        running = {key: of for key, of in self._began.items() if key in self.waiting}
        late = {key: worker for key, (when, worker) in running.items() if when + self._patience <= now}
        for key in late or list(self.waiting):
            self._client.cancel([self._futures.pop(key)], force=True)
            why = "its audit ran for" if key in late else "no worker took it up for"
            yield self._ended(key), Done(problem=f"{why} {self._patience:g} seconds. {_SLOW}")
        self._last = now
        if late:
            with suppress(Exception):  # a worker without a nanny cannot be started anew, and one that is gone need not
                self._client.restart_workers(sorted(set(late.values())), timeout="30s", raise_for_error=False)

    def _ended(self, key: str) -> Job:
        self._began.pop(key, None)
        return self.waiting.pop(key)


_SLOW = "Run again with more --patience: who is done already is not audited again"


def _told(job: Job, topic: str) -> Done:
    """The work, once the coordinator was told that it begins."""
    from distributed import get_worker  # noqa: PLC0415

    worker = get_worker()
    worker.log_event(topic, (job.number, worker.address))
    return work(job)


def _outcome(future: Any) -> Done:
    """What a task gave, or what Dask says of its failure, without anybody's words."""
    if future.status == "finished":
        done: Done = future.result()
        return done
    if future.status == "cancelled":
        return Done(problem=f"the scheduler lost it. {_AGAIN}")
    error = future.exception()
    if type(error).__name__ == "KilledWorker":
        return Done(
            problem="its workers died again and again, most likely for want of memory. Give them more, or fewer"
        )
    what = f"{type(error).__name__}: {error}" if type(error).__name__ == "UnforeseenError" else type(error).__name__
    return Done(problem=f"a fault of the program ({what}); tell its makers. {_AGAIN}")


_AGAIN = "Run again: who is done already is not audited again"
