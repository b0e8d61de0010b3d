"""The web server of the PBX, on the same port: recordings (webitel-protocol.md, "10.2 Link by REST")."""

from __future__ import annotations

import http
import json
import re
import urllib.parse

from websockets.asyncio.server import ServerConnection
from websockets.datastructures import Headers
from websockets.http11 import Request, Response

from ctidesk.demo.media import recording
from ctidesk.demo.webitel.desk import Desk

_FILE = re.compile(r"/api/v2/files/([0-9a-f-]+)")


def respond(desk: Desk, _connection: ServerConnection, request: Request) -> Response | None:
    """The answer to a request that is no WebSocket handshake; None for one that is."""
    if request.headers.get("Upgrade", "").lower() == "websocket":
        return None
    address = urllib.parse.urlsplit(request.path)
    file = _FILE.fullmatch(address.path)
    if file is None:
        return _problem(http.HTTPStatus.NOT_FOUND, f"{address.path} not found.")
    query = urllib.parse.parse_qs(address.query)
    key = request.headers.get("X-Key") or query.get("x_key", [""])[0]
    access = request.headers.get("X-Access-Token") or query.get("access_token", [""])[0]
    token = desk.token(key, access)
    if token is None:
        return _problem(http.HTTPStatus.UNAUTHORIZED, "Invalid token" if key else "Invalid Token or Key")
    if token.expires <= desk.scheduler.now():
        return _problem(http.HTTPStatus.UNAUTHORIZED, "Token Expired")
    if file[1] not in desk.recordings:
        return _problem(http.HTTPStatus.NOT_FOUND, "Not found")
    return _answer(http.HTTPStatus.OK, "audio/wav", recording())


def _problem(status: http.HTTPStatus, info: str) -> Response:
    return _answer(status, "application/json", json.dumps({"status": "error", "info": info}).encode())


def _answer(status: http.HTTPStatus, kind: str, content: bytes) -> Response:
    headers = Headers({"Content-Type": kind, "Content-Length": str(len(content)), "Connection": "close"})
    return Response(status.value, status.phrase, headers, content)
