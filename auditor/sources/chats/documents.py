"""A JSON document of an export, whole: the services cut their files so that each fits into memory."""

from __future__ import annotations

import json
from typing import Any

from auditor.errors import InputError, LimitError
from auditor.sources.encoding import without_halves
from auditor.sources.peek import Peek

_AGAIN = "download the archive again"


def parsed(peek: Peek, after: bytes = b"") -> Any:
    """What the file holds behind the first `after` (a script's assignment). Raises InputError with the line."""
    limits = peek.file.limits
    if peek.file.size > limits.json:
        most = f"more than {limits.told('json')} of JSON in one file"
        raise LimitError(peek.file.shown, f"{most}; {_AGAIN}, in parts, or set {limits.raised('json')}")
    with peek.stream() as stream:
        content = without_halves(stream.read())
    start = content.find(after) + len(after)
    try:
        return json.loads(content[start:])
    except json.JSONDecodeError as problem:
        line = content.count(b"\n", 0, start) + problem.lineno
        raise InputError(peek.file.shown, f"is no whole JSON ({problem.msg}); {_AGAIN}", line) from None
    except (RecursionError, ValueError):
        raise InputError(peek.file.shown, f"is no JSON of an export; {_AGAIN}") from None


def entries(value: Any) -> list[dict[str, Any]]:
    """The objects of a list; a value of any other kind has none."""
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []
