"""Page servers that a browser is sent to: started on a free port, waited for, and stopped."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import IO
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).parents[1]
APP = (sys.executable, "-m", "auditor.cli", "app", "--no-browser", "--port", "{port}")
"""Our own, as a user starts it."""


@contextmanager
def serving(command: Sequence[str | Path], store: Path, log: int | IO[str] = subprocess.DEVNULL) -> Iterator[str]:
    """The address of a server while it runs; `{port}` in the command is its port, `store` the store of our own."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    parts = [str(part).replace("{port}", port) for part in command]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "AUDITOR_STORE": str(store)}
    with subprocess.Popen(parts, cwd=ROOT, env=environment, stdout=log, stderr=log) as process:
        try:
            _wait(f"http://127.0.0.1:{port}/_stcore/health")
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


def _wait(url: str) -> None:
    for _ in range(300):
        try:
            with urlopen(url):
                return
        except (URLError, ConnectionError):
            time.sleep(0.1)
    raise TimeoutError(f"{url} does not answer")
