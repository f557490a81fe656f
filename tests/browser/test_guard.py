"""The running app answers this machine only."""

from __future__ import annotations

import http.client
import socket
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from journey import Journey
from test_journeys import HEAD

UPGRADE = {
    "Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
}  # fmt: skip


def _get(address: str, host: str, path: str = "/", method: str = "GET", **headers: str) -> tuple[int, str]:
    """Status and policy of the answer to a request that names `host`."""
    with closing(http.client.HTTPConnection(urlsplit(address).netloc, timeout=10)) as connection:
        connection.request(method, path, headers={"Host": host, **headers})
        with connection.getresponse() as answer:
            if answer.status != 101:  # else it would wait for what a websocket says
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
    headers = UPGRADE if path.endswith("stream") else {}
    status, _ = _get(address, "evil.example", path, Origin="http://evil.example", **headers)
    assert status == 403


UPLOAD = "/_stcore/upload_file/some-session/some-file"


@pytest.mark.parametrize("origin", ["http://evil.example", "http://127.0.0.1:3000", "null"])
@pytest.mark.parametrize(("method", "path"), [("GET", "/_stcore/stream"), ("PUT", UPLOAD), ("DELETE", UPLOAD)])
def test_a_foreign_page_is_refused(address: str, origin: str, method: str, path: str) -> None:
    """Neither the websocket, where the data flows, nor an upload is open to a page that is not ours."""
    here = urlsplit(address).netloc
    headers = UPGRADE if path.endswith("stream") else {}
    assert _get(address, here, path, method, Origin=origin, **headers)[0] == 403
    assert path == UPLOAD or _get(address, here, path, method, Origin=address, **headers)[0] == 101


def test_what_others_uploaded_cannot_be_fetched_changed_or_guessed(
    journey: Journey, address: str, tmp_path: Path
) -> None:
    """The address of an upload takes files and gives none; without the token of its own page nobody changes it; and a
    session that nobody has takes none.
    """
    sent = []
    journey.page.on("request", lambda request: sent.append(request.url) if request.method == "PUT" else None)
    (tmp_path / "Connections.csv").write_text(f"{HEAD}\nAda,Adler,https://www.linkedin.com/in/ada,,Acme,,01 Feb 2024\n")
    journey.give(tmp_path / "Connections.csv")
    journey.see("1 connection")
    (url,) = sent
    here, path = urlsplit(address).netloc, urlsplit(url).path
    with urlopen(url) as answer:
        assert b"Adler" not in answer.read()  # it is the empty frame of the app, as at any unknown address
    for method in ("PUT", "POST", "DELETE"):
        assert _get(address, here, path, method, Origin=address)[0] in (403, 405)
    forged = {"Cookie": "_streamlit_xsrf=2|00000000|00000000|1", "X-Xsrftoken": "2|00000000|00000000|1"}
    assert _get(address, here, UPLOAD, "PUT", Origin=address, **forged)[0] in (400, 403)


def test_nobody_drives_the_app_but_a_browser(address: str) -> None:
    """Streamlit's door for programs is closed."""
    here = urlsplit(address).netloc
    assert _get(address, here, "/_stcore/agent/interact", "POST")[0] in (403, 404, 405)


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
