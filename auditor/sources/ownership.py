"""Whose files these are: what every file tells about its owner, taken together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from auditor.mentions import fold
from auditor.records import Owner
from auditor.sources.linkedin.mailbox import same_name
from auditor.sources.linkedin.persons import key
from auditor.sources.phones import region_of
from auditor.sources.source import Clues, Suspect

PRESENT = 0.8
"""The share of a mailbox's conversations that its owner is in: measured 1.0, and below 0.02 for the next."""


def settle(clues: Iterable[Clues]) -> Owner:
    """The owner that all the files together point to. Where two persons fit equally well, neither is taken."""
    found = list(clues)
    names = list(dict.fromkeys(name for c in found for name in c.names))
    keys = {k for c in found for k in c.keys}
    open_: list[Sequence[Suspect]] = []
    for suspects in (c.suspects for c in found if c.suspects):
        chosen = _choice(suspects, keys, names)
        if chosen:
            keys.add(chosen.key)
            names += [chosen.name] if chosen.name else []  # a number alone
        else:
            open_.append(suspects)
    for service in {_service(suspects): None for suspects in open_}:
        if (everywhere := _in_all([s for s in open_ if _service(s) == service])) is not None:
            keys.add(everywhere.key)
            names.append(everywhere.name)
    keys |= {own for name in names if (own := key("", name))}
    companies = dict.fromkeys(company for c in found for company in c.companies)
    named = tuple(dict.fromkeys(name for name in names if name))
    return Owner(named, frozenset(keys), tuple(companies), region_of(keys))


def _choice(suspects: Sequence[Suspect], keys: set[str], names: Sequence[str]) -> Suspect | None:
    known = [s for s in suspects if s.key in keys]
    called = [s for s in suspects if s.name and s.share >= PRESENT / 2 and fold(s.name) in set(map(fold, names))]
    alike = [s for s in suspects if s.share >= PRESENT and any(same_name(s.name, name) for name in names)]
    for fitting in (known, called, alike):
        if fitting and (len(fitting) == 1 or fitting[0].share > fitting[1].share):
            return fitting[0]
        if fitting:
            return None
    first, share = suspects[0], suspects[1].share if len(suspects) > 1 else 0.0
    return first if first.share >= PRESENT and first.share > share else None


def _service(suspects: Sequence[Suspect]) -> str:
    """Where these suspects are known: names of one service are no names of another."""
    labels = [s.key.rpartition("@")[2] for s in suspects if s.key.startswith("name:")]
    return labels[0] if labels else suspects[0].key.partition(":")[0]


def _in_all(files: Sequence[Sequence[Suspect]]) -> Suspect | None:
    """The one suspect that several files have in common, such as the only name that is in all of somebody's chats.

    A file whose suspects may as well be absent from it says nothing here.
    """
    present = [found for suspects in files if (found := {s.key: s for s in suspects if s.share >= PRESENT})]
    if len(present) < 2:
        return None
    counts = Counter(k for found in present for k in found)
    everywhere = [k for k, n in counts.items() if n == len(present)]
    return present[0][everywhere[0]] if len(everywhere) == 1 else None
