"""Profile addresses, keyed."""

from __future__ import annotations

import pytest

from auditor.sources import profiles


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("https://de.linkedin.com/in/B%C3%A9a-Poe/?x=1", "linkedin:béa-poe"),
        ("linkedin.com/in/bea", "linkedin:bea"),
        ("https://www.linkedin.com/in", None),
        ("https://www.linkedin.com/company/globex", None),
        ("https://linkedin.com.example.org/in/bea", "handle:linkedin.com.example.org:in/bea"),
        ("https://www.xing.com/profile/Bea_Poe", "handle:xing.com:profile/bea_poe"),
        ("https://social.example.org/@Bea", "handle:social.example.org:@bea"),
        ("http://www.xing.com/profile/Bea_Poe", None),
        ("javascript:https://xing.com/profile/x", None),
        ("https://xing.com/", None),
        ("https://[half", None),
        ("bea_poe", None),
        ("", None),
    ],
)
def test_keys(address, key) -> None:
    """LinkedIn's own addresses with or without a scheme, those of other hosts with https only."""
    assert profiles.key(address) == key


def test_accounts_and_addresses_meet() -> None:
    """An account on a federated network has the key of its profile's address."""
    assert profiles.account("@Bea@social.example.org") == profiles.key("https://social.example.org/@bea")
    assert profiles.account("bea") is None
