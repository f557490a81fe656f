"""Profile addresses as people write them into address books and lists: whose key they are."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import unquote, urlsplit

from auditor.mentions import linkedin_key

_LINKEDIN = re.compile(r"(?:https?://)?(?:[a-z0-9-]+\.)*linkedin\.com/", re.IGNORECASE)
_ACCOUNT = re.compile(r"@?([^@\s/:]+)@([a-z0-9-]+(?:\.[a-z0-9-]+)+)$", re.IGNORECASE)


def linkedin(url: str) -> str | None:
    """The `linkedin:` key of an address on linkedin.com, with or without http(s); None for an address elsewhere.

    >>> linkedin("www.linkedin.com/in/Bea-Poe/"), linkedin("https://example.org/linkedin.com/in/bea-poe")
    ('linkedin:bea-poe', None)
    """
    return linkedin_key(url) if _LINKEDIN.match(url.strip()) else None


def handle(url: str) -> str | None:
    """The `handle:<host>:<path>` key of a profile on another host, of a https address only.

    >>> handle("https://www.Xing.com/profile/Bea_Poe?sc=1"), handle("http://xing.com/profile/Bea_Poe")
    ('handle:xing.com:profile/bea_poe', None)
    """
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:  # such as a bracket that is no IPv6 address
        return None
    path = unicodedata.normalize("NFC", unquote(parts.path)).strip("/").casefold()
    known = parts.scheme.casefold() == "https" and "." in host and path and not _LINKEDIN.match(f"{host}/")
    return f"handle:{host}:{path}" if known else None


def account(address: str) -> str | None:
    """The key of an account on a federated network, `@bea@social.example.org`: that of its profile's address."""
    found = _ACCOUNT.fullmatch(address.strip())
    return f"handle:{found[2].casefold()}:@{found[1].casefold()}" if found else None


def key(url: str) -> str | None:
    """The key of a profile address on whatever network."""
    return linkedin(url) or handle(url)
