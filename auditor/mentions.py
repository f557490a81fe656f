"""How a person is named: the key of a mention, derived from what the file says and nothing else.

A key is `linkedin:<slug>`, `email:<address>`, `phone:+<digits>`, or, where a file gives only a name,
`name:<folded>@<source>`. The same content always gives the same key, so that the owner's decisions about who is who
survive a new import.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from urllib.parse import quote, unquote

_PROFILE = re.compile(r"(?:^|[/.@])linkedin\.com/(?:in|pub)/([^/?#\s]+)", re.IGNORECASE)
_BRACKETS = re.compile(r"[(\[{「（“\"].*?[)\]}」）”\"]")
_VANISHING = re.compile("[’'`´ʼ\u00ad\u200b-\u200f\u2060\ufeff\u20e3\ufe00-\ufe0f\U000e0100-\U000e01ef]")
"""Apostrophes, and what nobody sees: soft hyphens, zero-width characters, the variation selectors behind emoji."""
_CREDENTIALS = frozenset(
    [
        "phd",
        "dphil",
        "md",
        "mba",
        "msc",
        "bsc",
        "ma",
        "ba",
        "mph",
        "mpa",
        "jd",
        "llm",
        "llb",
        "esq",
        "cfa",
        "cpa",
        "pmp",
        "csm",
        "cissp",
        "frm",
        "acca",
        "aca",
        "cfp",
        "rn",
        "dds",
        "dvm",
        "pe",
        "pmi",
        "shrm",
        "scp",
        "sphr",
        "phr",
        "cism",
        "cisa",
        "itil",
        "csp",
        "gphr",
        "edd",
        "psyd",
        "mfa",
        "meng",
        "beng",
        "dba",
        "bba",
        "ceng",
        "cima",
        "fca",
        "fcca",
        "obe",
        "mbe",
        "cbe",
    ]
)
_TITLES = frozenset("dr prof professor mr mrs ms miss mx sir dame herr frau ing dipl mag".split())
LAST_DIGITS = 9
"""How many digits at the end two numbers must share to be perhaps one number, written with and without its country."""

_LONE_LETTERS = str.maketrans("øłđðħı", "olddhi")
_ASCII_LETTERS = {code: " " for code in range(128) if not chr(code).isalpha()}


@lru_cache(maxsize=200_000)
def slug(url: str) -> str | None:
    """The canonical profile slug of a LinkedIn URL, with or without scheme, percent-encoded or raw.

    `casefold(NFC(unquote(slug)))`: Connections.csv writes slugs percent-encoded, messages.csv and Invitations.csv write
    the same person raw, and comparing raw strings loses one person in ten (measured on public exports). A bare
    `https://www.linkedin.com/in`, as the exports of winter 2023–24 have it for everybody, gives None.
    """
    found = _PROFILE.search(url)
    return unicodedata.normalize("NFC", unquote(found[1])).casefold() if found else None


def linkedin_key(url: str) -> str | None:
    """The mention key of a LinkedIn profile URL, or None where the URL names nobody."""
    found = slug(url)
    return f"linkedin:{found}" if found else None


def profile_url(key: str) -> str | None:
    """The profile address behind a `linkedin:` key, always https and linkedin.com, safe to show as a link."""
    kind, _, value = key.partition(":")
    return f"https://www.linkedin.com/in/{quote(value, safe='')}" if kind == "linkedin" else None


@lru_cache(maxsize=200_000)
def email_key(address: str) -> str | None:
    """The mention key of a mail address, the same for every spelling that reaches the same mailbox.

    Gmail ignores dots and what follows a plus, and googlemail.com is gmail.com; of other hosts nothing of the kind is
    known for certain. Hosts in other scripts are written as people read them, never in the `xn--` form.

    >>> email_key(" Ana.Lima+news@Googlemail.com"), email_key("o'hara@xn--bcher-kva.example")
    ('email:analima@gmail.com', "email:o'hara@bücher.example")
    """
    local, _, host = unicodedata.normalize("NFC", address.strip().casefold()).rpartition("@")
    if "xn--" in host:
        host = _as_read(host)
    if host in ("gmail.com", "googlemail.com"):
        local, host = local.partition("+")[0].replace(".", ""), "gmail.com"
    return f"email:{local}@{host}" if local and host else None


def _as_read(host: str) -> str:
    try:
        return host.encode("ascii").decode("idna").casefold()
    except UnicodeError:
        return host


def name_key(name: str, source: str) -> str | None:
    """The mention key of somebody known by name only, or None for a nameless row."""
    folded = fold(name)
    return f"name:{folded}@{source}" if folded else None


@lru_cache(maxsize=200_000)
def fold(name: str) -> str:
    """A name as it is compared: letters only, no case, accents, emoji, nicknames in brackets, titles or credentials.

    >>> fold("  Dr. JOSÉ (Pepe) Núñez, PhD 🚀 ")
    'jose nunez'
    >>> fold("𝐁𝐨𝐥𝐝 Person, CFA®"), fold("Lima, Ana, PhD")
    ('bold person', 'ana lima')
    """
    name = unicodedata.normalize("NFKC", name)
    before_comma, *after = (_BRACKETS.sub(" ", name).strip() or name).split(",")
    words = _words(before_comma)
    may_be_given = len(words) < 2 or name.isupper()
    words = [w for part in after if not _is_credential(part, may_be_given) for w in _words(part)] + words
    while len(words) > 2 and words[0] in _TITLES:
        words = words[1:]
    while len(words) > 2 and words[-1] in _CREDENTIALS:
        words = words[:-1]
    return " ".join(words)


def _words(text: str) -> list[str]:
    if text.isascii():
        return text.replace("'", "").replace("`", "").casefold().translate(_ASCII_LETTERS).split()
    plain = unicodedata.normalize("NFKD", _VANISHING.sub("", text)).casefold().translate(_LONE_LETTERS)
    plain = "".join(c for c in plain if not unicodedata.combining(c) or not _is_latin_mark(c))
    return "".join(c if unicodedata.category(c)[0] in "LM" else " " for c in plain).split()


def _is_credential(part: str, may_be_given: bool) -> bool:
    """Whether what stands after a comma in a name is a credential: known letters, or a few capitals unless they may be
    the given name ("NG, LI"); "van Berg, Jan" is a surname and a given name.
    """
    part = part.replace(".", "")
    words = _words(part)
    short = part.isupper() and not may_be_given
    return not words or all(w in _CREDENTIALS or (len(w) <= 4 and short) for w in words)


def _is_latin_mark(c: str) -> bool:
    return "\u0300" <= c <= "\u036f"
