"""The app as a user starts it, with every connection noted that its process tries to make to another machine.

python tests/browser/watched.py NOTES app --no-browser …
"""

from __future__ import annotations

import ipaddress
import sys
from pathlib import Path

HERE = {"localhost", "", None}


def _is_here(host: object) -> bool:
    if host in HERE:
        return True
    try:
        return ipaddress.ip_address(str(host)).is_loopback
    except ValueError:
        return False


def watch(notes: Path) -> None:
    """Notes, one a line, the hosts beyond this machine that are looked up or connected to. A hook cannot be taken off."""

    def note(event: str, arguments: tuple[object, ...]) -> None:
        if event == "socket.getaddrinfo":
            host = arguments[0]
        elif event in ("socket.connect", "socket.sendto") and isinstance(arguments[1], tuple):
            host = arguments[1][0]
        else:
            return
        if not _is_here(host.decode() if isinstance(host, bytes) else host):
            with notes.open("a", encoding="utf-8") as file:
                file.write(f"{event} {host}\n")

    sys.addaudithook(note)


if __name__ == "__main__":
    watch(Path(sys.argv.pop(1)))
    from auditor.cli import main

    main()
