"""The licences of everything that comes with auditor, as a table.

python tests/licences.py      (make licences)
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from importlib.metadata import Distribution, PackageNotFoundError, distribution

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ALLOWED = re.compile(
    r"(?:MIT(?:-CMU|-0)?|BSD(?:-[23]-Clause)?|0BSD|Apache(?:-2\.0)?|PSF(?:-2\.0)?|Python-2\.0|ISC|MPL-2\.0|Unlicense|Zlib|HPND|CC0-1\.0)"
)
"""Licences, by their SPDX names, that ask no more than to be named; MPL asks for changes to its own files besides."""

NAMED = {
    "recurring-ical-events": "LGPL-3.0-or-later",
    "x-wr-timezone": "LGPL-3.0-or-later",
}
"""Used unmodified, as separate packages that anybody can replace: what the LGPL asks of a program under another licence."""

_CLASSIFIERS = {
    "MIT License": "MIT",
    "BSD License": "BSD",
    "Apache Software License": "Apache-2.0",
    "Python Software Foundation License": "PSF-2.0",
    "ISC License (ISCL)": "ISC",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "GNU Lesser General Public License v3 or later (LGPLv3+)": "LGPL-3.0-or-later",
    "The Unlicense (Unlicense)": "Unlicense",
    "Historical Permission Notice and Disclaimer (HPND)": "HPND",
}
_WORDS = [
    (r"apache(?: software)?(?: license)?,?(?: version)?[ -]*2", "Apache-2.0"), (r"^apache", "Apache-2.0"),
    (r"3-clause bsd|bsd[ -]3", "BSD-3-Clause"), (r"2-clause bsd|bsd[ -]2", "BSD-2-Clause"), (r"\bbsd\b", "BSD"),
    (r"\bmit\b", "MIT"), (r"\bpsf|python software", "PSF-2.0"), (r"\bisc\b", "ISC"), (r"mpl|mozilla", "MPL-2.0"),
    (r"lgpl.*3|lesser.*3", "LGPL-3.0-or-later"),
]  # fmt: skip


def runtime(*extras: str) -> list[Distribution]:
    """Everything that an installation of auditor brings, with what these extras add, by name."""
    found: dict[str, Distribution] = {}
    waiting: list[tuple[str, tuple[str, ...]]] = [("auditor", extras)]
    seen = set()
    while waiting:
        name, wanted = waiting.pop()
        if (name, wanted) in seen:
            continue
        seen.add((name, wanted))
        try:
            found[name] = distribution(name)
        except PackageNotFoundError:  # of another system, or an extra that nobody asked for
            continue
        waiting += [
            (canonicalize_name(needed.name), tuple(sorted(needed.extras)))
            for needed in map(Requirement, found[name].requires or [])
            if needed.marker is None or any(needed.marker.evaluate({"extra": extra}) for extra in ("", *wanted))
        ]
    del found["auditor"]
    return [found[name] for name in sorted(found)]


def licence(package: Distribution) -> str:
    """What a package says of its licence, in SPDX where that can be told."""
    told = package.metadata
    if expression := told.get("License-Expression"):
        return str(expression)
    classified = [
        line.rpartition(" :: ")[2] for line in told.get_all("Classifier") or [] if line.startswith("License ::")
    ]
    known = [_CLASSIFIERS[words] for words in classified if words in _CLASSIFIERS]
    free = str(told.get("License") or "").strip()[:200]
    return " AND ".join(known) or next(
        (name for like, name in _WORDS if re.search(like, free, re.IGNORECASE)), free or "unknown"
    )


def refused(packages: Iterable[Distribution]) -> dict[str, str]:
    """The packages whose licence is neither allowed nor named, with what it says."""
    found = {}
    for package in packages:
        name, said = canonicalize_name(package.name), licence(package)
        ways = [re.split(r"\s+AND\s+", way) for way in re.split(r"\s+OR\s+", said.replace("(", "").replace(")", ""))]
        fine = any(all(ALLOWED.fullmatch(one.partition(" WITH ")[0].strip()) for one in way) for way in ways)
        if not fine and NAMED.get(name) != said:
            found[name] = said
    return found


def markdown() -> str:
    """The table."""
    always = {package.name for package in runtime()}
    lines = ["| package | version | licence | comes with |", "| --- | --- | --- | --- |"]
    for package in runtime("team"):
        extra = "auditor" if package.name in always else "auditor[team]"
        lines.append(f"| {canonicalize_name(package.name)} | {package.version} | {licence(package)} | {extra} |")
    return "\n".join(lines)


if __name__ == "__main__":
    print(markdown())
