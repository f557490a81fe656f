"""Times reading an export, one audit of it, and its history of all past weeks, in one process; prints them as JSON.

python tests/benchmarks/history.py EXPORT WARM_UP
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from auditor import audit, history, read  # noqa: E402


def timed(what: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds, and what came of it."""
    start = time.perf_counter()
    done = what()
    return time.perf_counter() - start, done


def main() -> None:
    """Measures and prints."""
    export, warm_up = map(Path, sys.argv[1:])
    history.rebuild(read([warm_up]))  # imports are nobody's time
    reading, records = timed(lambda: read([export]))
    auditing, _ = timed(lambda: audit(records))
    rebuilding, found = timed(lambda: history.rebuild(records))
    print(json.dumps({"reading": reading, "audit": auditing, "history": rebuilding, "weeks": len(found.weeks)}))


if __name__ == "__main__":
    main()
