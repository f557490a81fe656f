"""One heap for all threads of the server."""

from __future__ import annotations

import platform
import subprocess
import sys

import pytest

THREADS = """
import ctypes, sys, threading
if sys.argv[1] == "shared":
    from auditor.ui import heap
    heap.share()
libc = ctypes.CDLL(None)
libc.malloc.restype = ctypes.c_void_p
gate = threading.Barrier(8)
def hold():
    gate.wait()
    libc.malloc(1 << 16)
    gate.wait()
threads = [threading.Thread(target=hold) for _ in range(8)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
libc.fdopen.restype = ctypes.c_void_p
out = libc.fdopen(1, b"w")
libc.malloc_info(0, ctypes.c_void_p(out))
libc.fflush(ctypes.c_void_p(out))
import pyarrow
print("pool", pyarrow.default_memory_pool().backend_name)
"""
"""Takes memory in eight threads at once; prints what glibc tells of its heaps, and which pool Arrow uses."""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="the heaps are glibc's")
def test_threads_share_one_heap() -> None:
    """With it there is one heap, and Arrow takes its memory from there; without it there are several."""
    shared, apart = (
        subprocess.run([sys.executable, "-c", THREADS, how], capture_output=True, text=True, check=True).stdout
        for how in ("shared", "apart")
    )
    assert shared.count("<heap nr=") == 1 < apart.count("<heap nr=")
    assert shared.rstrip().endswith("pool system")
