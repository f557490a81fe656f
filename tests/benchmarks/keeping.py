"""Next week's export over a filled store, against reading it; prints both as JSON.

python tests/benchmarks/keeping.py LAST_WEEK THIS_WEEK
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

import pandas as pd  # noqa: E402

from auditor import read  # noqa: E402
from auditor.importing import import_files  # noqa: E402
from auditor.store import Store  # noqa: E402


def main() -> None:
    """Measures and prints."""
    before, now = map(Path, sys.argv[1:])
    at = pd.Timestamp("2026-11-21", tz="UTC")
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "store.sqlite") as store:
        import_files(store, [before], at)
        records = read([now])  # what is learnt in reading for the first time is nobody's time
        start = time.perf_counter()
        read([now])
        reading = time.perf_counter() - start
        start = time.perf_counter()
        added = import_files(store, [now], at)[0]
        keeping = time.perf_counter() - start
    new = added.interactions / len(records.interactions)
    print(json.dumps({"reading": reading, "keeping": keeping, "new": new, "ratio": keeping / reading}))


if __name__ == "__main__":
    main()
