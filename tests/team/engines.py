"""Clusters for tests."""

from __future__ import annotations

from typing import Any


def cluster(workers: int, *, processes: bool = False) -> Any:
    """A cluster that listens on this machine alone."""
    from distributed import LocalCluster

    return LocalCluster(
        n_workers=workers, threads_per_worker=1, processes=processes, host=None if not processes else "127.0.0.1",
        dashboard_address="127.0.0.1:0", worker_dashboard_address="127.0.0.1:0",
    )  # fmt: skip
