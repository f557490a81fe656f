"""One heap for all threads of the server."""

from __future__ import annotations

import platform
import subprocess
import sys

import pytest

pytestmark = pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="the heaps are glibc's")

TELL = """
import ctypes, os, sys, threading, time
libc = ctypes.CDLL(None)
libc.malloc.restype = libc.fdopen.restype = ctypes.c_void_p
def tell():
    out = ctypes.c_void_p(libc.fdopen(os.dup(1), b"w"))
    libc.malloc_info(0, out)
    libc.fclose(out)
"""
"""Prints what glibc tells of its heaps."""

THREADS = """
if sys.argv[1] == "shared":
    from auditor.ui import heap
    heap.share()
gate = threading.Barrier(8)
def hold():
    gate.wait()
    libc.malloc(1 << 16)
    gate.wait()
threads = [threading.Thread(target=hold) for _ in range(8)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
tell()
import pyarrow
print("pool", pyarrow.default_memory_pool().backend_name)
"""
"""Takes memory in eight threads at once, and says which pool Arrow uses."""

SERVED = """
from auditor.ui import server
def end():
    while "pyarrow" not in sys.modules or "auditor.filters" not in sys.modules:
        time.sleep(0.1)
    tell()
    os._exit(0)
threading.Thread(target=end, daemon=True).start()
server.run((), browser=False)
"""
"""Serves the app until all is imported."""


def _told(code: str, *how: str) -> str:
    return subprocess.run(
        [sys.executable, "-c", TELL + code, *how], capture_output=True, text=True, check=True, timeout=120
    ).stdout


def test_threads_share_one_heap() -> None:
    """With it there is one heap, and Arrow takes its memory from there; without it there are several."""
    shared, apart = _told(THREADS, "shared"), _told(THREADS, "apart")
    assert shared.count("<heap nr=") == 1 < apart.count("<heap nr=")
    assert shared.rstrip().endswith("pool system")


def test_the_server_has_one_heap() -> None:
    """Whatever threads it starts; the second is that of the thread which this test starts before it."""
    assert 1 <= _told(SERVED).count("<heap nr=") <= 2
