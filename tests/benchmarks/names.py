"""Names against names: prints what a hash join of two tables of names takes, and what matching them takes.

    python tests/benchmarks/names.py [--names 30000]

Both tables are of fictional people in four scripts (tests/identity/namesakes.py); half of the second are people of the first, in
somebody else's spelling. Names are folded beforehand, as the sources do on reading: the join is of the folded names,
and so is the matching. Printed is JSON: seconds (the median of five) of the join, of merging (`merge`: what is unique on
both sides) and of finding the five best proposals for everybody else (`propose`), and the peak of memory meanwhile.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import sys
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pandas as pd

sys.path.insert(0, str(Path(__file__).parents[1] / "identity"))

from namesakes import folk, spelled, written

from auditor import identity
from auditor.identity import proposals
from auditor.identity.evidence import Evidence
from auditor.identity.merging import Humans
from auditor.records import Records, identifiers, people


def records(size: int) -> Records:
    """A connection list of so many names, and as many mail addresses with names."""
    dice = random.Random(1)
    everybody = folk(dice, size * 3 // 2)
    listed = [(f"linkedin:{who.number}", written(who), True) for who in everybody[:size]]
    mail = [(f"email:{who.number}@example.org", spelled(dice, who)[0], False) for who in everybody[size // 2 :]]
    table = pd.DataFrame([*listed, *mail], columns=["person", "name", "connection"])
    empty = Records.empty()
    return Records(people(table), identifiers(), empty.interactions, empty.coverage)


def seconds(task: Callable[[], object]) -> float:
    """The median of five runs."""
    runs = []
    for _ in range(5):
        start = time.perf_counter()
        task()
        runs.append(time.perf_counter() - start)
    return statistics.median(runs)


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--names", type=int, default=30_000)
    read = records(parser.parse_args().names)
    evidence = Evidence(read)
    folded = evidence.readings.drop_duplicates("code").assign(person=lambda t: evidence.mentions[t["code"]])
    listed = folded["person"].str.startswith("linkedin:")
    one, other = (side[["person", "reading"]].reset_index(drop=True) for side in (folded[listed], folded[~listed]))
    prepared = evidence.keys, evidence.nobodys, evidence.sides, evidence.decided
    assert all(len(table) or table is evidence.decided for table in prepared)

    def merged() -> Humans:
        humans = Humans(len(evidence), evidence.profiles)
        identity.join_by_name(humans, evidence)
        return humans

    humans = merged()
    found = {
        "join": seconds(lambda: one.merge(other, on="reading")),
        "merge": seconds(merged),
        "propose": seconds(lambda: proposals.propose(humans, evidence, [], read.interactions)),
    }
    tracemalloc.start()
    pairs = proposals.propose(merged(), evidence, [], read.interactions)
    peak = tracemalloc.get_traced_memory()[1]
    print(json.dumps({**found, "peak": peak, "merged": len(humans.links()), "proposed": len(pairs)}))


if __name__ == "__main__":
    main()
