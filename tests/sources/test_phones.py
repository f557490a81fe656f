"""Phone numbers, keyed."""

from __future__ import annotations

import pytest

from auditor.sources.phones import phone_key, region_of


@pytest.mark.parametrize(
    ("written", "region", "key"),
    [
        ("+1 (212) 555-0123", None, "phone:+12125550123"),
        ("(212) 555-0123", "US", "phone:+12125550123"),
        ("0049 30 5550123", "DE", "phone:+49305550123"),
        ("030 5550123", "DE", "phone:+49305550123"),
        ("tel:+1-212-555-0123;ext=4", None, "phone:+12125550123"),
        ("\u202a+1\u2011212\u2011555\u20110123\u202c", None, "phone:+12125550123"),
        ("030 5550123", None, "phone:0305550123"),
    ],
)
def test_one_number_has_one_key(written, region, key) -> None:
    """However it is written; without its country and the owner's region, only as its digits."""
    assert phone_key(written, region) == key


@pytest.mark.parametrize("written", ["HDFCBK", "32665", "-1", "-2", "", "(Unknown)", "null", "AX-AIRTEL2"])
def test_what_is_no_number_is_nobody(written) -> None:
    """Short codes, senders of letters, withheld numbers."""
    assert phone_key(written, "US") is None


def test_the_owners_numbers_tell_the_region() -> None:
    """The country most of them belong to; none without an international number."""
    assert region_of(["phone:+12125550123", "phone:+493055501234", "phone:+13105550123", "email:a@example.com"]) == "US"
    assert region_of(["phone:0305550123"]) is None
