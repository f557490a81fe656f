"""Fuzzes every reader: `python tests/fire/fuzz.py [--runs 100000] [--reader NAME] [--chance]`.

A run is one bent file whose every byte was read as `auditor.sources.read` reads it, and whose every record was made into
tables by its reader: the first of each 64 files by itself, the others together (stack.py). It may take 5 s of processor
time and 256 MB, and so may what 64 files take together.

One reader after the other, each in a process of its own, in portions, so that it can be broken off and goes on where it
was: what was done stands in `.fuzz/`. Where atheris is installed it guides the mutations by what they reach in
`auditor.sources`; else, and with `--chance`, the plain mutator of chance.py makes them. What breaks a reader is written
to `tests/fire/corpus/NAME/`, once for each place where it breaks; test_corpus.py holds it against the reader from then on.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from random import Random
from types import ModuleType

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

STATE = ROOT / ".fuzz"
PORTION = 25_000  # runs of one process, among them once what was found before
MEMORY = 6 * 2**30  # bytes of address space of one process: it ends before the machine does


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition(":")[0])
    parser.add_argument("--runs", type=int, default=100_000, help="runs of each reader, those before included")
    parser.add_argument("--reader", action="append", help="only this reader (may be given again)")
    parser.add_argument("--chance", action="store_true", help="without atheris")
    parser.add_argument("--portion", nargs=2, type=int, metavar=("FROM", "TO"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.portion:
        _portion(given.reader[0], *given.portion, None if given.chance else _atheris())
    else:
        _all(given.reader, given.runs, ["--chance"] if given.chance else [])


def _all(names: list[str] | None, runs: int, how: list[str]) -> None:
    from fire.readers import readers

    STATE.mkdir(exist_ok=True)
    print(f"{'reader':18} {'runs':>9} {'seconds':>9} {'ms/run':>7} {'read':>6} {'findings':>9}", flush=True)
    for name in names or readers():
        state = _state(name)
        while state["runs"] < runs:
            upto = min(state["runs"] + PORTION, runs)
            command = [sys.executable, __file__, "--reader", name, "--portion", str(state["runs"]), str(upto), *how]
            quiet = subprocess.run(command, check=False, cwd=ROOT, stderr=subprocess.PIPE, text=True)
            before, state = state, _state(name)
            if state["runs"] == before["runs"]:
                print(f"{name}: no run came to its end; {quiet.stderr[-2000:]}", flush=True)
                break
        _print(name, state)


def _state(name: str) -> dict[str, float]:
    path = STATE / f"{name}.json"
    fresh = {"runs": 0, "seconds": 0.0, "read": 0, "findings": 0}
    return {**fresh, **json.loads(path.read_text())} if path.exists() else fresh


def _print(name: str, state: dict[str, float]) -> None:
    each, read = state["seconds"] / max(state["runs"], 1) * 1000, state["read"] / max(state["runs"], 1)
    print(
        f"{name:18} {state['runs']:9,} {state['seconds']:9.0f} {each:7.1f} {read:6.0%} {state['findings']:9}",
        flush=True,
    )


def _atheris() -> ModuleType | None:
    try:
        import atheris
    except ImportError:
        return None
    with atheris.instrument_imports(include=["auditor.sources"]):
        import auditor.sources  # noqa: F401 - before anything else imports it
    return atheris


class Portion:
    """The runs of one process, and what became of them."""

    def __init__(self, name: str, start: int, stop: int) -> None:
        from fire.attempt import Attempts
        from fire.readers import readers

        self.reader, self.start, self.at, self.stop = readers()[name], start, start, stop
        self._before, self._began, self._written = _state(name), time.monotonic(), time.monotonic()
        self._attempts = Attempts(self.reader, self._keep)
        self._found: set[str] = set()

    def take(self, content: bytes) -> None:
        """One run."""
        self._attempts.take(content)
        self.at += 1
        if self.at >= self.stop or time.monotonic() - self._written > 10:
            self._attempts.finish()
            self._write()

    def _keep(self, what: str, content: bytes) -> None:
        """What breaks the reader is kept, once for each way of breaking."""
        if what not in self._found:
            self._found.add(what)
            print(f"{self.reader.name}: {what} → {keep(self.reader.name, content)}", flush=True)

    def _write(self) -> None:
        self._written = time.monotonic()
        done = {
            "runs": self.at,
            "seconds": self._before["seconds"] + self._written - self._began,
            "read": self._before["read"] + self._attempts.done["read"],
            "findings": self._before["findings"] + len(self._found),
        }
        (STATE / f"{self.reader.name}.json").write_text(json.dumps(done))


def keep(name: str, content: bytes) -> str:
    """Write a file that breaks a reader to the corpus; its path there."""
    from fire.attempt import CORPUS

    path = CORPUS / name / sha256(content).hexdigest()[:16]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return str(path.relative_to(CORPUS))


def _portion(name: str, start: int, stop: int, atheris: ModuleType | None) -> None:
    portion = Portion(name, start, stop)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    if atheris is None:
        for number in range(start, stop):
            portion.take(by_chance(name, number))
    else:
        _guided(portion, atheris)


def by_chance(name: str, number: int) -> bytes:
    """The file of a run: the same wherever it is run."""
    from fire.chance import bent, with_other_people
    from fire.readers import readers

    chance, seeds = Random(f"{name} {number}"), readers()[name].seeds
    return bent(chance, with_other_people(chance, chance.choice(seeds)), seeds)


def _guided(portion: Portion, atheris: ModuleType) -> None:
    """Runs that keep what reached something new, and start from it; half of the strokes are libFuzzer's own."""
    from fire.chance import LONGEST, bent

    seeds = portion.reader.seeds
    corpus = STATE / "corpus" / portion.reader.name
    corpus.mkdir(parents=True, exist_ok=True)
    for seed in seeds:
        (corpus / sha256(seed).hexdigest()[:16]).write_bytes(seed)

    def mutated(content: bytes, longest: int, seed: int) -> bytes:
        chance = Random(seed)
        stroke: Callable[[], bytes] = lambda: atheris.Mutate(content, longest)
        return (bent(chance, content, seeds) if chance.random() < 0.5 else stroke())[:longest]

    def run(content: bytes) -> None:
        if portion.at < portion.stop:
            portion.take(content)

    options = [f"-runs={portion.stop - portion.at}", f"-seed={portion.at + 1}", f"-max_len={LONGEST}"]
    quiet = ["-timeout=3600", "-rss_limit_mb=0", "-malloc_limit_mb=0", "-verbosity=0", "-print_final_stats=0"]
    atheris.Setup([sys.argv[0], *options, *quiet, str(corpus)], run, custom_mutator=mutated)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
