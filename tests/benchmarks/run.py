"""What the speed claims rest on: every claim is a ratio of two times measured in the same run on the same machine.

    make bench          or:  python tests/benchmarks/run.py [--connections 30000] [--messages 1000000]

The exports are made by the seeded generator in `sample_exports/` and kept in `.bench/`.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import sys
from collections.abc import Iterator

from auditing import against_notebook, against_read_csv, growth, marks
from measuring import HERE, KEPT, Claim, export, median, run, script

LAST_WEEK = "2026-11-13"
"""A week before the generated exports end."""

CLUSTER = """
import resource, sys, time
from auditor import automation
from auditor.sources import read
start = time.perf_counter()
table = read([sys.argv[1]]).interactions
reading, before = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
start = time.perf_counter()
automation.marked(table)
clustering = time.perf_counter() - start
print(reading, clustering, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024)
"""
"""Prints the seconds of reading an export and of clustering its messages, and by how many bytes that raised the peak."""


def store_against_reading(connections: int, messages: int) -> list[Claim]:
    """Next week's export into a store that holds last week's, against reading it."""
    last_week, this_week = export(connections, messages, LAST_WEEK), export(connections, messages)
    found = script("keeping.py", last_week.with_suffix(".zip"), this_week.with_suffix(".zip"))
    detail = f"{found['keeping']:.1f} s and {found['reading']:.1f} s; {found['new']:.1%} of it is new"
    return [Claim("3 next week's export over a filled store ÷ reading it", found["ratio"], 1.5, detail)]


def history_against_audit(connections: int, messages: int) -> list[Claim]:
    """Every past week, rebuilt from the records, against one audit of the last day from the ZIP to the result.

    The second ratio leaves reading out of the audit as well.
    """
    exports = [export(*size).with_suffix(".zip") for size in ((connections, messages), (10, 10))]
    found = script("history.py", *exports)
    rebuild, read, audited = (found[key] for key in ("history", "reading", "audit"))
    a_decade = rebuild * 520 / found["weeks"]
    detail = f"{found['weeks']} weeks {rebuild:.1f} s; reading {read:.1f} s, audit {audited:.1f} s"
    return [
        Claim("4 520 weeks of history ÷ one audit from ZIP to result", a_decade / (read + audited), 1, detail),
        Claim("4 the same ÷ one audit without reading", a_decade / audited, None, detail),
    ]


def start_against_click() -> list[Claim]:
    """The command's help against the import of what it is made with."""
    command = "from auditor.cli import main; main()"  # as the installed script does
    help_, bare = ([sys.executable, "-c", command, "--help"], [sys.executable, "-c", "import click"])
    ours, theirs = median(9, lambda: run(help_).seconds), median(9, lambda: run(bare).seconds)
    detail = f"{ours * 1e3:.0f} ms and {theirs * 1e3:.0f} ms"
    return [Claim("5 auditor --help ÷ python -c 'import click'", ours / theirs, 1.3, detail)]


def app_against_bare_pages(connections: int) -> list[Claim]:
    """The app's first page, and a filter's round trip at many ties, each against a bare page of Streamlit's."""
    found = []
    for name, what, at_most, given in (
        ("opening.py", "5 first words of the app ÷ a bare page", 1.5, []),
        ("filtering.py", "5 filter to redrawn table ÷ a bare page's round trip", 1.5, [export(connections, 200_000)]),
    ):
        if (HERE / name).exists():
            seen = script(name, *given)
            detail = f"ours {seen['ours']:.2f} s, bare {seen['bare']:.2f} s"
            found.append(Claim(what, seen["ratio"], at_most, detail))
    return found


def names_against_hash_join(size: int) -> list[Claim]:
    """Who is who among so many names and as many others, against a hash join of the same two tables."""
    found = script("names.py", "--names", str(size))
    join, merge, propose = (found[key] for key in ("join", "merge", "propose"))
    return [
        Claim(
            f"matching {size:,} names with {size:,} others ÷ a hash join of them",
            merge / join,
            25,
            f"folded names; join {join * 1e3:.0f} ms; merging {found['merged']:,} that are unique on both sides "
            f"{merge * 1e3:.0f} ms; then {found['proposed']:,} proposals for all others {propose * 1e3:.0f} ms "
            f"({propose / join:.0f} joins); peak {found['peak'] / 1e6:.0f} MB",
        )
    ]


def clustering_against_reading(connections: int, messages: int) -> list[Claim]:
    """Finding near-duplicates among all messages against reading them."""
    folder = export(connections, messages)
    printed = [run([sys.executable, "-c", CLUSTER, folder]).printed.split() for _ in range(3)]
    reading, clustering, more = (statistics.median(float(p[place]) for p in printed) for place in range(3))
    size = (folder / "messages.csv").stat().st_size
    detail = f"{clustering:.1f} s; reading {reading:.1f} s"
    return [
        Claim(f"clustering {messages:,} messages ÷ reading them", clustering / reading, 1.5, detail),
        Claim("memory that clustering adds ÷ size of messages.csv", more / size, 1, f"{more / 1e6:.0f} MB"),
    ]


def machine() -> str:
    """What the figures were measured on."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30 if hasattr(os, "sysconf") else 0
    model = next((line.partition(":")[2].strip() for line in _cpuinfo() if line.startswith("model name")), "")
    what = f"{platform.platform()}, {os.cpu_count()} processors {model}".rstrip()
    return f"{what}, {memory:.0f} GiB, Python {platform.python_version()}"


def _cpuinfo() -> Iterator[str]:
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as lines:  # noqa: PTH123 - no file of ours
            yield from lines
    except OSError:
        return


def main() -> None:
    """Measures and prints every claim, each as soon as it is known."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--connections", type=int, default=30_000)
    parser.add_argument("--messages", type=int, default=1_000_000)
    asked = parser.parse_args()
    size = asked.connections, asked.messages
    KEPT.mkdir(exist_ok=True)
    print(machine(), flush=True)
    for measure in (
        lambda: against_read_csv(*size),
        lambda: growth(*size),
        lambda: store_against_reading(*size),
        lambda: history_against_audit(*size),
        start_against_click,
        lambda: app_against_bare_pages(asked.connections),
        lambda: against_notebook(*size),
        marks,
        lambda: names_against_hash_join(asked.connections),
        lambda: clustering_against_reading(*size),
    ):
        for claim in measure():
            print(claim, flush=True)


if __name__ == "__main__":
    main()
