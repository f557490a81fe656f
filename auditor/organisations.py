"""Employers as names and mail addresses tell them, and the addresses of their desks, which are no person's."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any

from cleanco.clean import custom_basename, normalized, prepare_default_terms, strip_punct

NO_EMPLOYER = frozenset(
    "self-employed selfemployed freelance freelancer independent confidential stealth retired unemployed "
    "none null n/a na student".split()
) | {"self employed", "stealth startup", "stealth mode", "stealth mode startup", "independent consultant"}
_FREE_MAIL = frozenset(
    "aol comcast free fastmail gmail gmx googlemail hotmail icloud libero live mac mail mailbox me msn naver orange "
    "outlook posteo proton protonmail qq t-online tutanota wanadoo web yahoo yandex ymail zoho 163 126".split()
)
_SECOND_LEVEL = frozenset("ac co com edu gov net org".split())
_OFFICES = frozenset(
    "abuse accounting accounts admin alerts billing bookings booking buero careers contact contacto contato customer "
    "customerservice events familie family familia feedback finance hallo hello help helpdesk hi hr info infos "
    "inquiries enquiries invoice invoices it jobs kontakt legal mail mailer mailbox marketing media news newsletter "
    "no noreply notifications office online orders order partners payments post postmaster praxis press presse "
    "privacy purchasing reception recruiting recruitment rechnung reply reservations sales secretary security "
    "sekretariat service services shop studio support team ventas verwaltung webmaster welcome".split()
)


@lru_cache(maxsize=50_000)
def is_office(address: str) -> bool:
    """Whether a mail address is a desk's and no person's, whoever's name stands before it.

    >>> is_office("info@example.com"), is_office("sales-team+7@example.com"), is_office("ana.post@example.com")
    (True, True, False)
    """
    words = re.findall("[a-z]+", address.partition("@")[0].partition("+")[0].casefold())
    return bool(words) and all(w in _OFFICES for w in words)


@lru_cache(maxsize=100_000)
def organisation(company: str) -> str | None:
    """The key of an employer: the name without case, legal form and punctuation; None for what is no employer.

    Equal keys only: comparing parts of names would merge "Plan A" with "Plan Aero".

    >>> organisation("Blue Heron GmbH & Co. KG") == organisation("blue heron")
    True
    >>> organisation("Freelance") is None
    True
    """
    plain = re.sub(r"\s+", " ", company).strip().casefold()
    if not plain or plain in NO_EMPLOYER:
        return None
    words = {strip_punct(word) for word in normalized(plain).split()}
    forms = sorted((form for word in words for form in _legal_forms().get(word, ())), key=_longest_first)
    folded = re.sub(r"[^\w]+", " ", str(custom_basename(plain, forms)) or plain).strip()
    return f"organisation:{folded}" if folded else None


@cache
def _legal_forms() -> Mapping[str, list[Any]]:
    """The legal forms by their last word: only those that a name could end in are worth trying."""
    found: dict[str, list[Any]] = {}
    for size, words in prepare_default_terms():
        found.setdefault(words[-1], []).append((size, words))
    return found


def _longest_first(form: Any) -> Any:
    """The order in which cleanco tries legal forms."""
    return -form[0], form[1]


def employer_of_address(address: str) -> str | None:
    """The employer that a mail address names, without its spaces: "blueheron" for a@blueheron.example; or None.

    >>> employer_of_address("ana@mail.blue-heron.co.uk"), employer_of_address("ana@gmail.com")
    ('blueheron', None)
    """
    parts = address.partition("@")[2].split(".")[:-1]
    if len(parts) > 1 and parts[-1] in _SECOND_LEVEL:
        parts.pop()
    return re.sub(r"[\W_]", "", parts[-1]) if parts and parts[-1] not in _FREE_MAIL else None
