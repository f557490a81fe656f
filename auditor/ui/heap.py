"""One heap for all threads of the server, so that memory that was let go of is used again.

Every run of a page is a thread of its own. glibc and Arrow's own pool give threads heaps apart, and what is free in one
of them serves no other (make soak measures what comes of it).
"""

from __future__ import annotations

import ctypes
import os

_M_ARENA_MAX = -8  # malloc.h of glibc


def share() -> None:
    """Bounds glibc to the heaps there are, one before there are threads, and has Arrow use it, before Arrow is there.

    Elsewhere than on glibc, Arrow alone is told.
    """
    os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")
    try:
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, 1)
    except (AttributeError, OSError, TypeError):  # no such function, or, on Windows, no such library
        return
