"""A team on a cluster of this machine: how well a second worker helps, and what ten thousand members would take.

    python tests/benchmarks/team.py [--members 200] [--connections 3000] [--messages 20000] [--runs 3]

The exports are made by the seeded generator of `sample_exports/` and kept in `.bench/`: eight lives, each handed in by
every eighth member under an owner's name of their own, so that people are known to several. A worker is a process with one thread, numeric libraries too.
Printed is JSON: seconds of the audits by one worker and by two (medians; starting the cluster is nobody's time), their
efficiency T1 / (2 · T2), the peak memory of a worker after each quarter of the members, what joining and asking take,
and the arithmetic for 10,000 members on 50 workers.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import nullcontext
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
KEPT = ROOT / ".bench"
sys.path.insert(0, str(ROOT))

from auditor.team import cluster, report, runs, to_json  # noqa: E402
from auditor.team.union import Union, joined  # noqa: E402
from auditor.team.warmth import network, warmest  # noqa: E402

TODAY = date(2026, 11, 24)
OWNER = {b"alex-morgan-ex1": b"member-%d-ex1", b"alex.morgan@": b"member.%d@", b"Alex Morgan": b"Member Nr%d"}
"""What stands for the generator's owner in a file, and what stands for that of member %d."""

LIVES = 8

PLAN_MEMBERS, PLAN_WORKERS = 10_000, 50


def team(members: int, connections: int, messages: int) -> Path:
    """A folder with so many exports of different owners."""
    folder = KEPT / f"team-{members}-{connections}-{messages}"
    for number in range(members):
        place = folder / f"m{number}"
        if not place.exists():
            fresh = folder / f".m{number}"  # hidden, until it is whole
            fresh.mkdir(parents=True, exist_ok=True)
            for file in _life(number % LIVES, connections, messages).iterdir():
                (fresh / file.name).write_bytes(_owned(file.read_bytes(), number))
            fresh.rename(place)
    return folder


def _life(seed: int, connections: int, messages: int) -> Path:
    """The export of one generated life."""
    place = KEPT / f"life-{seed}-{connections}-{messages}"
    if not place.exists():
        fresh = KEPT / "life"
        make = [sys.executable, ROOT / "sample_exports" / "make.py", "--seed", str(seed), "--out", fresh]
        subprocess.run([*make, "--connections", str(connections), "--messages", str(messages)], check=True)
        fresh.rename(place)
    return place


def _owned(content: bytes, number: int) -> bytes:
    for old, new in OWNER.items():
        content = content.replace(old, new % number)
    return content.replace(b"Alex,Morgan", b"Member,Nr%d" % number)


def peak() -> int:
    """The peak memory of this process so far, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def spent() -> float:
    """The seconds of CPU of this process so far."""
    return time.process_time()


def audited(folder: Path, workers: int) -> dict[str, Any]:
    """One run from nothing: its seconds, the seconds of CPU in workers, their peaks, and where the scores are."""
    out = Path(tempfile.mkdtemp(dir=KEPT)) / "run"
    with cluster.engine(workers, None, workers) as client:
        client.run(_warm)
        before, peaks = sum(client.run(spent).values()), []
        start = time.perf_counter()

        def look(done: int, of: int) -> None:
            if done in {of // 4, of // 2, 3 * of // 4, of}:
                peaks.append(max(client.run(peak).values()))

        found = runs.run(folder, out, (None, TODAY), lambda _: nullcontext(client), progress=look)
        seconds = time.perf_counter() - start
        cpu = sum(client.run(spent).values()) - before
    if found.missing:
        raise SystemExit(f"{len(found.missing)} are missing: {found.missing[0].reason}")
    return {"seconds": seconds, "cpu": cpu, "peaks": peaks, "out": out}


def _warm() -> None:
    """The imports of a worker, and the first call of everything, on a tiny export."""
    from auditor.team.scores import measure

    measure(ROOT / "sample_exports" / "alex_campaigns", None, TODAY)


def seconds(task: Callable[[], Any]) -> tuple[float, Any]:
    """How long something takes, and what came of it."""
    start = time.perf_counter()
    done = task()
    return time.perf_counter() - start, done


def asked(union: Union) -> dict[str, float]:
    """What the coordinator takes to answer: the report as JSON, the graph alone, and a warmest path from everybody."""
    telling, _ = seconds(lambda: to_json(union, report(union)))
    building, graph = seconds(lambda: network(union.ties))
    target = str(union.ties["human"].iloc[0])
    searching, _ = seconds(partial(warmest, union, [target]))
    return {"report": telling, "graph": building, "ask": searching, "edges": graph.number_of_edges()}


def plan(members: int, one: dict[str, Any], size: int, coordinator: float) -> dict[str, float]:
    """The arithmetic for 10,000 members on 50 workers, from what one member takes here."""
    audits = one["cpu"] / members * PLAN_MEMBERS / PLAN_WORKERS
    return {
        "members": PLAN_MEMBERS,
        "workers": PLAN_WORKERS,
        "minutes_of_audits": audits / 60,
        "gigabytes_of_scores": size / members * PLAN_MEMBERS / 1e9,
        "minutes_of_joining": coordinator / members * PLAN_MEMBERS / 60,
    }


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, default in {"members": 200, "connections": 3_000, "messages": 20_000, "runs": 3}.items():
        parser.add_argument(f"--{name}", type=int, default=default)
    given = parser.parse_args()
    folder = team(given.members, given.connections, given.messages)
    done = [(audited(folder, 1), audited(folder, 2)) for _ in range(given.runs)]
    ones, twos = zip(*done, strict=True)
    one, two = (statistics.median(run["seconds"] for run in side) for side in (ones, twos))
    run = runs.RunFolder.opened(ones[0]["out"])
    size = sum(run.part(ref).stat().st_size for ref in run.refs)
    joining, union = seconds(lambda: joined(run))
    asking = asked(union)
    texts = {to_json(u, report(u)) for u in (joined(runs.RunFolder.opened(r["out"])) for r in (*ones, *twos))}
    print(
        json.dumps(
            {
                "members": given.members,
                "processors": os.cpu_count(),
                "one_worker_s": one,
                "two_workers_s": two,
                "efficiency": one / (2 * two),
                "efficiency_by_run": [a["seconds"] / (2 * b["seconds"]) for a, b in done],
                "cpu_s_a_member": ones[0]["cpu"] / given.members,
                "worker_peak_mb_by_quarter": [round(peak / 1e6) for peak in ones[0]["peaks"]],
                "bytes_a_member": size / given.members,
                "join_s": joining,
                **{f"{key}_s" if key != "edges" else key: of for key, of in asking.items()},
                "coordinator_peak_mb": round(peak() / 1e6),
                "same_result_in_all_runs": len(texts) == 1,
                "plan": plan(given.members, ones[0], size, joining + asking["report"] + asking["ask"]),
            },
            indent=2,
        )
    )
    for side in (*ones, *twos):
        shutil.rmtree(side["out"].parent)


if __name__ == "__main__":
    main()
