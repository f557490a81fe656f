"""What comes with auditor may be used by whoever uses auditor."""

from __future__ import annotations

from email.message import Message
from types import SimpleNamespace
from typing import Any

import pytest
from licences import NAMED, licence, markdown, refused, runtime
from packaging.utils import canonicalize_name


def test_every_licence_is_one_that_asks_little() -> None:
    """Of all that an installation brings, the team's engine too; the two others are named, with the reason."""
    assert refused(runtime("team")) == {}


def test_those_named_are_needed_and_say_what_is_said_of_them() -> None:
    """A name that is not needed any more, or whose licence changed, has to be looked at again."""
    installed = {canonicalize_name(package.name): licence(package) for package in runtime()}
    assert NAMED.items() <= installed.items()


def test_tools_and_dependencies_of_dependencies_are_told_apart() -> None:
    """What only the tests need is not in the table; what a dependency needs is."""
    names = {canonicalize_name(package.name) for package in runtime()}
    assert {"streamlit", "pillow", "x-wr-timezone", "certifi"} <= names
    assert not names & {"pytest", "ruff", "atheris", "playwright", "distributed"}
    assert "distributed" in {package.name for package in runtime("team")}
    assert markdown().count("\n") == len(runtime("team")) + 1


def package(**fields: str) -> Any:
    """A package that says this of itself."""
    told = Message()
    for name, value in fields.items():
        told[name.replace("_", "-")] = value
    return SimpleNamespace(name="something", metadata=told)


@pytest.mark.parametrize(
    ("fields", "fine"),
    [
        ({"License_Expression": "MIT"}, True),
        ({"License_Expression": "Apache-2.0 OR GPL-3.0-only"}, True),
        ({"License_Expression": "MIT AND GPL-3.0-only"}, False),
        ({"License_Expression": "AGPL-3.0-only"}, False),
        ({"License_Expression": "LGPL-3.0-or-later"}, False),
        ({"Classifier": "License :: OSI Approved :: BSD License"}, True),
        ({"Classifier": "License :: OSI Approved :: GNU General Public License v3 (GPLv3)"}, False),
        ({"License": "The MIT License"}, True),
        ({"License": "Proprietary"}, False),
        ({}, False),
    ],
)
def test_what_asks_more_is_refused(fields: dict[str, str], fine: bool) -> None:
    """However a package says it; of two to choose from one will do, of two that both hold none may ask more."""
    assert refused([package(**fields)]) == ({} if fine else {"something": licence(package(**fields))})
