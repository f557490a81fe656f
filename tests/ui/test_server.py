"""How the app is served: to this machine only."""

from __future__ import annotations

import asyncio
import logging
import socket
import tomllib
from pathlib import Path
from typing import Any

import pytest
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from auditor.errors import UsageError
from auditor.ui import server, trouble

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("host", "here"),
    [
        ("127.0.0.1", True),
        ("127.0.0.1:8501", True),
        ("localhost:8501", True),
        ("LOCALHOST", True),
        ("::1", True),
        ("[::1]:8501", True),
        ("", False),
        ("0.0.0.0", False),
        ("192.168.1.4:8501", False),
        ("evil.example", False),
        ("localhost.evil.example:8501", False),
        ("127.0.0.1.evil.example", False),
    ],
)
def test_only_loopback_is_here(host: str, here: bool) -> None:
    """A name that merely begins like this machine's is another machine."""
    assert server.is_loopback(host) is here


def _answer(
    host: str, client: str = "127.0.0.1", kind: str = "http", forwarded: str = "", **more: str
) -> list[dict[str, Any]]:
    """What the guard sends for a request that names `host` and comes from `client`."""
    sent: list[dict[str, Any]] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await PlainTextResponse("hello")(scope, receive, send)

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        sent.append(dict(message))

    scope = {
        "type": kind,
        "method": "GET",
        "path": "/",
        "headers": [(b"host", host.encode()), (b"x-forwarded-for", forwarded.encode())]
        + [(name.encode(), value.encode()) for name, value in more.items()],
        "client": (client, 50_000),
    }
    asyncio.run(server.LocalOnly(app)(scope, receive, send))
    return sent


def test_every_answer_carries_the_policy() -> None:
    """The browser is told to load and send nothing elsewhere."""
    headers = dict(_answer("127.0.0.1:8501")[0]["headers"])
    assert headers[b"content-security-policy"].startswith(b"default-src 'self';")
    assert headers[b"x-content-type-options"] == b"nosniff"
    assert headers[b"referrer-policy"] == b"no-referrer"


@pytest.mark.parametrize(
    ("host", "client"), [("evil.example", "127.0.0.1"), ("127.0.0.1", "192.168.1.9"), ("", "127.0.0.1")]
)
def test_others_are_refused_with_the_reason(host: str, client: str) -> None:
    """A rebound name, another machine, and a request that names nobody get 403 and a sentence."""
    start, body = _answer(host, client)
    assert start["status"] == 403
    assert b"this machine only" in body["body"]


def test_what_a_proxy_passes_on_is_refused() -> None:
    """A proxy on this machine would let others in; one that serves this machine alone does no harm."""
    (start, _) = _answer("127.0.0.1", forwarded="203.0.113.7, 127.0.0.1")
    assert start["status"] == 403
    (start, *_) = _answer("127.0.0.1", forwarded="127.0.0.1")
    assert start["status"] != 403


@pytest.mark.parametrize(
    "origin",
    ["http://evil.example", "http://127.0.0.1:3000", "http://localhost:8501", "null", "http://127.0.0.1", "]["],
)
@pytest.mark.parametrize("kind", ["http", "websocket"])
def test_a_page_that_is_not_ours_is_refused(origin: str, kind: str) -> None:
    """Neither a foreign page nor one that another program on this machine serves gets as far as Streamlit."""
    sent = _answer("127.0.0.1:8501", kind=kind, origin=origin)
    assert sent[0].get("status", sent[0].get("code")) in (403, 1008)
    (start, *_) = _answer("127.0.0.1:8501", origin="http://127.0.0.1:8501")
    assert start["status"] == 200


def test_a_rebound_websocket_is_closed() -> None:
    """The websocket, where the data flows, is closed before it is accepted."""
    assert _answer("evil.example", kind="websocket") == [{"type": "websocket.close", "code": 1008}]


@pytest.mark.parametrize("address", ["0.0.0.0", None, "192.168.1.4"])
def test_it_does_not_start_on_an_address_that_others_reach(
    monkeypatch: pytest.MonkeyPatch, address: str | None
) -> None:
    """Whoever sets another address is told why not."""
    monkeypatch.setattr(server.st, "get_option", lambda _: address)

    async def start() -> None:
        async with server.lifespan(None):  # type: ignore[arg-type]
            pass

    with pytest.raises(UsageError, match="this machine only"):
        asyncio.run(start())


def test_streamlit_run_gets_the_same_settings() -> None:
    """`.streamlit/config.toml` says exactly what CONFIG says."""
    written = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    flat: dict[str, Any] = {}
    for section, options in written.items():
        for key, value in options.items():
            deeper = {f"{section}.{key}.{k}": v for k, v in value.items()} if isinstance(value, dict) else {}
            flat |= deeper or {f"{section}.{key}": value}
    assert flat == server.CONFIG


def test_the_launcher_is_short_and_is_found_by_streamlit() -> None:
    """Streamlit looks for a literal `app = st.App(…)`."""
    launcher = (ROOT / "app.py").read_text(encoding="utf-8")
    assert "\napp = st.App(" in launcher
    assert len(launcher.splitlines()) < 20


def test_a_taken_port_gives_the_next_free_one() -> None:
    """Two copies of the app can run side by side."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert server.free_port(port) > port


def test_a_missing_file_is_said_before_anything_starts(tmp_path: Path) -> None:
    """`auditor app FILE` names the file that is not there."""
    with pytest.raises(UsageError, match="there is no such file"):
        server.run((tmp_path / "gone.zip",))


def test_the_log_says_where_and_never_what(caplog: pytest.LogCaptureFixture) -> None:
    """An unforeseen error may hold a name; the log gets its kind and its place."""
    trouble.hush()
    with pytest.raises(KeyError) as caught:
        {}["Ada Adler"]
    logging.getLogger("streamlit.error_util").error("Uncaught app execution", exc_info=caught.value)
    assert "Ada" not in caplog.text
    assert "KeyError in test_server.py, line " in caplog.text
