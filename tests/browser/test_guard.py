"""The running app answers this machine only."""

from __future__ import annotations

import http.client
import socket
from contextlib import closing
from urllib.parse import urlsplit

import pytest


def _get(address: str, host: str, path: str = "/", **headers: str) -> tuple[int, str]:
    """Status and policy of the answer to a request that names `host`."""
    with closing(http.client.HTTPConnection(urlsplit(address).netloc, timeout=10)) as connection:
        connection.request("GET", path, headers={"Host": host, **headers})
        with connection.getresponse() as answer:
            answer.read()
            return answer.status, answer.getheader("content-security-policy", "")


def test_the_policy_is_sent_with_the_page(address: str) -> None:
    """The browser is told to load and send nothing elsewhere."""
    status, policy = _get(address, urlsplit(address).netloc)
    assert status == 200
    assert policy.startswith("default-src 'self';")


@pytest.mark.parametrize("path", ["/", "/_stcore/health", "/_stcore/stream"])
def test_a_rebound_name_is_refused(address: str, path: str) -> None:
    """A foreign page that makes its own name point here gets 403, also for the websocket."""
    upgrade = {"Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13"}
    headers = {**upgrade, "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ=="} if path.endswith("stream") else {}
    status, _ = _get(address, "evil.example", path, Origin="http://evil.example", **headers)
    assert status == 403


def test_no_other_address_of_this_machine_answers(address: str) -> None:
    """The port is bound to 127.0.0.1: the machine's address in its network is closed."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # sends nothing; it only asks which address would be used
        except OSError:
            pytest.skip("this machine has no other address")
        other = probe.getsockname()[0]
    if other.startswith("127."):
        pytest.skip("this machine has no other address")
    with socket.socket() as outside:
        outside.settimeout(5)
        assert outside.connect_ex((other, urlsplit(address).port)) != 0
