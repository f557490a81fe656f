"""Nothing leaks into the network: the app's journeys are made where there is none, and everything works.

AUDITOR_OFFLINE=all python -m pytest tests/browser/test_no_network.py      (make offline)

The namespace has a loopback and nothing else (`unshare -rn`). In all other runs what the app's process tries to reach
is noted (watched.py), and whatever the page asks for (journey.py).
"""

from __future__ import annotations

import fcntl
import os
import shutil
import socket
import struct
import subprocess
import sys
from pathlib import Path

import pytest

UNSHARE = ["unshare", "--user", "--map-root-user", "--net"]
CUT = (
    bool(shutil.which("unshare"))
    and not subprocess.run([*UNSHARE, "true"], capture_output=True, check=False).returncode
)
HERE = Path(__file__).parent
FIRST = [
    "test_journeys.py::test_a_zip_becomes_an_audit",
    "test_journeys.py::test_a_hostile_name_is_words_on_the_target",
]
"""An upload with its charts, and hostile names: the journeys of every run; the others are made with the network there, and
watched.
"""
ALL = sorted(file.name for file in HERE.glob("test_*.py") if file != Path(__file__))
JOURNEYS = ALL if os.environ.get("AUDITOR_OFFLINE") == "all" else FIRST

_SIOCGIFFLAGS, _SIOCSIFFLAGS, _UP = 0x8913, 0x8914, 0x1


def inside() -> int:
    """Raises the loopback of a fresh namespace, makes sure that nothing else can be reached, and makes the journeys."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        request = struct.pack("16sh14s", b"lo", 0, b"")
        flags = struct.unpack("16sh14s", fcntl.ioctl(probe, _SIOCGIFFLAGS, request))[1]
        fcntl.ioctl(probe, _SIOCSIFFLAGS, struct.pack("16sh14s", b"lo", flags | _UP, b""))
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            pass
        else:
            raise AssertionError("there is a network here")
    journeys = [str(HERE / journey) for journey in JOURNEYS]
    # Where there is no network, this machine has no other address to be asked at.
    without = ["--deselect", "tests/browser/test_guard.py::test_no_other_address_of_this_machine_answers"]
    return int(pytest.main(["-q", "--no-header", "-p", "no:cacheprovider", "-p", "no:xdist", *without, *journeys]))


@pytest.mark.skipif(not CUT, reason="NOT TESTED: no network namespaces here (unshare -rn)")
def test_the_journeys_need_no_network() -> None:
    """All of them end well."""
    ran = subprocess.run(
        [*UNSHARE, sys.executable, __file__],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(map(str, (HERE, *HERE.parents[:2])))},
        cwd=HERE.parents[1], capture_output=True, text=True, check=False, timeout=3_600,
    )  # fmt: skip
    print(*ran.stdout.splitlines()[-1:])
    assert ran.returncode == 0, ran.stdout[-4000:] + ran.stderr[-1000:]
    assert (f"{len(FIRST)} passed" if JOURNEYS is FIRST else " passed") in ran.stdout
    assert "skipped" not in ran.stdout


if __name__ == "__main__":
    sys.exit(inside())
