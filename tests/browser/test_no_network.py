"""Nothing leaks into the network: the app's journeys are made where there is none, and everything works.

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
JOURNEYS = [
    "test_journeys.py::test_a_zip_becomes_an_audit",
    "test_journeys.py::test_a_hostile_name_is_words_on_the_target",
]
"""An upload with its charts, and hostile names. All others are made with the network there, and watched."""

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
    return int(pytest.main(["-q", "--no-header", "-p", "no:cacheprovider", "-p", "no:xdist", *journeys]))


@pytest.mark.skipif(not CUT, reason="NOT TESTED: no network namespaces here (unshare -rn)")
def test_the_journeys_need_no_network() -> None:
    """All of them end well."""
    ran = subprocess.run(
        [*UNSHARE, sys.executable, __file__],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(map(str, (HERE, *HERE.parents[:2])))},
        cwd=HERE.parents[1], capture_output=True, text=True, check=False, timeout=600,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stdout[-4000:] + ran.stderr[-1000:]
    assert f"{len(JOURNEYS)} passed" in ran.stdout


if __name__ == "__main__":
    sys.exit(inside())
