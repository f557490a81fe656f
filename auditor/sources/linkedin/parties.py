"""Who is on either side of a message: names and profile addresses as messages.csv joins them, taken apart."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from auditor.mentions import fold, linkedin_key
from auditor.sources.linkedin.persons import key

MEMBER = "LinkedIn Member"
"""What stands for deleted and hidden accounts, and for advertisers: dozens of different people, so never a person."""

_CORPORATE = frozenset(
    "linkedin premium|linkedin learning|linkedin news|linkedin coach|linkedin talent solutions"
    "|linkedin marketing solutions|"
    "linkedin sales navigator|linkedin sales solutions|linkedin editors|linkedin team|the linkedin team"
    "|linkedin jobs".split("|")
)


@dataclass(slots=True)
class Parties:
    """All persons of a mailbox under consecutive numbers; `keys[n]` and `names[n]` describe number n."""

    keys: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    _numbers: dict[str, int] = field(default_factory=dict)

    def number(self, key: str, name: str) -> int:
        if key not in self._numbers:
            self._numbers[key] = len(self.keys)
            self.keys.append(key)
            self.names.append(name)
        return self._numbers[key]


@dataclass(frozen=True, slots=True)
class Recipients:
    """To whom: the numbers of those known, and how many more there are."""

    numbers: tuple[int, ...]
    nameless: int


def is_corporate(name: str, url: str) -> bool:
    """Whether LinkedIn itself writes."""
    folded = fold(name)
    return folded in _CORPORATE or (not linkedin_key(url) and folded.startswith("linkedin ") and name.strip() != MEMBER)


def learned(senders: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    """Folded name → address of those who wrote under exactly one, to recognise them where it is missing."""
    addresses: dict[str, set[str]] = defaultdict(set)
    for name, url in senders:
        if linkedin_key(url):
            addresses[fold(name)].add(url)
    return {name: min(urls) for name, urls in addresses.items() if len({linkedin_key(u) for u in urls}) == 1}


def sender(parties: Parties, name: str, url: str, known: Mapping[str, str]) -> int:
    """The number of who wrote, −1 for nobody that can be told."""
    name = name.strip()
    found = None if name == MEMBER and not linkedin_key(url) else key(url or known.get(fold(name), ""), name)
    return parties.number(found, name) if found else -1


def recipients(parties: Parties, to: str, urls: str, known: Mapping[str, str]) -> Recipients:
    """Whom a message went to.

    Names are joined by a comma without a space, and may hold a comma with one (`Doe, PhD`). Addresses of those who have
    none are left out, so names and addresses belong together only where there are as many of both.
    """
    names = [name.strip() for name in re.split(r",(?! )", to)] if to.strip() else []
    addresses = [url for url in urls.split(",") if linkedin_key(url)]
    blank = sum(name in ("", MEMBER) for name in names)
    if addresses and len(addresses) != len(names):
        return Recipients(_by_address(parties, addresses, names, known), blank)
    paired = zip(names, addresses or [known.get(fold(name), "") for name in names], strict=True)
    keyed = [(key(url, "" if name == MEMBER else name), name) for name, url in paired]
    numbers = [parties.number(found, name) for found, name in keyed if found]
    return Recipients(tuple(dict.fromkeys(numbers)), len(names) - len(numbers))


def _by_address(
    parties: Parties, addresses: Sequence[str], names: Sequence[str], known: Mapping[str, str]
) -> tuple[int, ...]:
    """The numbers behind the addresses, under the name they write by or, if they never do, the end of the address."""
    called = {linkedin_key(known[fold(name)]): name for name in names if fold(name) in known}
    found = [k for k in map(linkedin_key, addresses) if k]
    return tuple(dict.fromkeys(parties.number(k, called.get(k, k.partition(":")[2])) for k in found))
