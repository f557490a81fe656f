"""Labelled data in small, shaped like the real files, with a few fictional people in them."""

from __future__ import annotations

import gzip
from pathlib import Path

MAIL = """Sender;Recipient;EventDate
1;2;2010-01-01 08:00:00
1;3;2010-01-01 08:00:00
1;3;2010-01-01 08:00:00
1;1;2010-01-01 09:00:00
2;1;2010-01-03 08:00:00
3;1;2010-01-11 08:00:00
"""
CHAT = "1 2 1000000000\n2 1 1000000100\n3 1 1000000200\n1 3 1000000300\n"


def write(folder: Path, name: str, text: str) -> None:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    content = text.encode()
    (folder / name).write_bytes(gzip.compress(content) if name.endswith(".gz") else content)
