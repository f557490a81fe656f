"""What functions remember of the names and texts that they were asked about, to be quick: forgotten when it is time."""

from __future__ import annotations

import gc
import sys
from functools import _lru_cache_wrapper


def forget(package: str = "auditor") -> None:
    """Empties these memories in a package and all below it, and frees what nothing holds any more. What hangs on no
    data (a `cache` without bounds) stays.
    """
    inside = f"{package}."
    modules = [module for name, module in list(sys.modules.items()) if f"{name}.".startswith(inside)]
    things = [thing for module in modules for thing in list(vars(module).values())]
    for memory in [thing for thing in things if isinstance(thing, _lru_cache_wrapper)]:
        bounded = memory.cache_parameters()["maxsize"] is not None
        if bounded and f"{memory.__module__}.".startswith(inside):  # made there, not only imported
            memory.cache_clear()
    gc.collect()
