"""How the app is served: to this machine only, and with no request to anywhere else; both are enforced."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from importlib import import_module
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

import click
import streamlit as st
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from auditor.errors import UsageError
from auditor.limits import Limits
from auditor.mishap import leave_no_core
from auditor.ui import heap, trouble

SCRIPT = Path(__file__).with_name("main.py")
HOSTS = ("127.0.0.1", "localhost")
PORTS_TRIED = 20

_TEAL, _TEAL_DARK = "#0f766e", "#17807a"

CONFIG: dict[str, Any] = {
    "server.address": HOSTS[0],
    "server.allowedHosts": list(HOSTS),  # another Host header is DNS rebinding: a foreign page posing as this one
    "server.fileWatcherType": "none",
    "server.showEmailPrompt": False,
    "server.maxUploadSize": 200,
    "browser.serverAddress": HOSTS[0],
    "browser.gatherUsageStats": False,
    "client.toolbarMode": "minimal",
    "client.showErrorLinks": False,  # they would carry the error's text to a search engine
    "client.showErrorDetails": "type",  # an error's text may hold a name
    "logger.enableRich": False,
    "runner.postScriptGC": False,  # a look through all that an audit holds, between a click and its answer
    "client.disableDataExport": True,  # the table's own CSV is not safe from formulas; ours is
    "theme.baseRadius": "0.5rem",
    "theme.paddingTop": "1rem",
    "theme.paddingBottom": "2rem",
    "theme.light.primaryColor": _TEAL,
    "theme.light.linkColor": _TEAL,
    "theme.light.backgroundColor": "#ffffff",
    "theme.light.secondaryBackgroundColor": "#f3f6f6",
    "theme.light.textColor": "#050a0b",
    "theme.dark.primaryColor": _TEAL_DARK,
    "theme.dark.linkColor": "#6fd3c8",
    "theme.dark.backgroundColor": "#12181a",
    "theme.dark.secondaryBackgroundColor": "#1d2629",
    "theme.dark.textColor": "#e6ecec",
}
"""Everything Streamlit is told. `.streamlit/config.toml` repeats it for `streamlit run`; a test compares the two."""

_POLICY = """
    default-src 'self'; script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline';
    img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; object-src 'none';
    frame-ancestors 'none'; base-uri 'self'; form-action 'self'
"""

HEADERS = {
    "content-security-policy": " ".join(_POLICY.split()),
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
"""The browser itself refuses to load or send anything elsewhere, whatever a contact is called."""

NOT_HERE = (
    "auditor shows other people's data and asks for no password, so it answers this machine only. "
    "Open it as http://127.0.0.1:PORT on the machine it runs on."
)


def is_loopback(host: str) -> bool:
    """Whether a host name or address, with or without a port, means this machine."""
    name = host.rpartition("]")[0].lstrip("[") if host.startswith("[") else host.partition(":")[0]
    if host.count(":") > 1 and not host.startswith("["):
        name = host
    if name.casefold() == "localhost":
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


class LocalOnly:
    """Refuses every request that comes from elsewhere, for another name, or from a page that is not ours, and sends the
    headers with all others.

    Streamlit, asked by a foreign page, would look up this machine's address on the web; it is not asked any more.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
        elif not _is_local(scope):
            await _refuse(scope, receive, send)
        else:
            await self.app(scope, receive, _with_headers(send))


def _is_local(scope: Scope) -> bool:
    client, headers = scope.get("client"), Headers(scope=scope)
    origin = headers.get("origin")
    passed_on = [one.strip() for one in headers.get("x-forwarded-for", "").split(",") if one.strip()]
    return (
        is_loopback(headers.get("host", ""))
        and (client is None or is_loopback(client[0]))
        and all(map(is_loopback, passed_on))  # a proxy on this machine would open the door to others
        and (origin is None or urlsplit(origin).netloc == headers["host"])  # a page from elsewhere, or of another port
    )


async def _refuse(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008})
        return
    await PlainTextResponse(NOT_HERE, status_code=403)(scope, receive, send)


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).update(HEADERS)
        await send(message)

    return sending


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[None]:
    """Refuses to start on an address that others can reach, and imports what is slow while the browser opens."""
    address = st.get_option("server.address")
    if not address or not is_loopback(address):
        raise UsageError(f"server.address is {address or 'every interface'}. {NOT_HERE}")
    trouble.hush()
    leave_no_core()
    heap.share()
    Thread(target=_warm, daemon=True).start()
    yield


GUARDS: dict[str, Any] = {
    "middleware": [Middleware(LocalOnly)],
    "lifespan": lifespan,
    "on_script_error": trouble.show,
}
"""What every `st.App` of ours is made with."""


def _warm() -> None:
    for module in ("auditor.audit", "auditor.sources", "auditor.deliver", "auditor.filters"):
        import_module(module)


_opened: list[Path] = []


def opened() -> tuple[Path, ...]:
    """The files that the app was started with."""
    return tuple(_opened)


def run(files: tuple[Path, ...] = (), port: int = 8501, browser: bool = True) -> None:
    """Serves the app on 127.0.0.1 until it is stopped. Where `port` is taken, the next free one is used, and said."""
    missing = [file for file in files if not file.exists()]
    if missing:
        raise UsageError(f"{missing[0]}: there is no such file or folder")
    _opened[:] = [file.resolve() for file in files]
    most = Limits.of_environment().upload // 2**20
    heap.share()  # the server starts threads before its lifespan begins
    found = free_port(port)
    if found != port:
        click.echo(f"Port {port} is in use; using {found} instead.", err=True)
    click.echo(f"auditor is at http://{HOSTS[0]}:{found} and on this machine only. Stop it with Ctrl+C.", err=True)
    app = st.App(SCRIPT, **GUARDS)
    app.run(config={**CONFIG, "server.maxUploadSize": most, "server.port": found, "server.headless": not browser})


def free_port(port: int) -> int:
    """`port`, or the next one that nobody listens on."""
    for candidate in range(port, min(port + PORTS_TRIED, 65_536)):
        with closing(socket.socket(socket.AF_INET, socket.SOCK_STREAM)) as probe:
            if probe.connect_ex((HOSTS[0], candidate)) != 0:
                return candidate
    raise UsageError(f"the ports from {port} on are all in use; name another with --port")
