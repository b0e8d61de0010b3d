"""The web side of the PBX, on the same port: recordings for a one-time password, photos for everybody."""

from __future__ import annotations

import http
import re
import urllib.parse

from websockets.asyncio.server import ServerConnection
from websockets.datastructures import Headers
from websockets.http11 import Request, Response

from ctidesk.demo.media import portrait, recording
from ctidesk.demo.oktell.desk import Desk

_PHOTO = re.compile(r"/photo/(\d+)/(32|96)\.png")


def respond(desk: Desk, connection: ServerConnection, request: Request) -> Response | None:
    """The answer to a request that is no WebSocket handshake; None for one that is."""
    if request.headers.get("Upgrade", "").lower() == "websocket":
        return None
    address = urllib.parse.urlsplit(request.path)
    photo = _PHOTO.fullmatch(address.path)
    if photo is not None:
        user = desk.directory.user(photo[1])
        if user is not None and user.has_photo:
            return _file("image/png", portrait(user.number, int(photo[2])))
    if address.path in [record.link for record in desk.switch.exchange.records]:
        password = urllib.parse.parse_qs(address.query).get("temppass", [""])[0]
        if not desk.use_http_password(password):
            return connection.respond(http.HTTPStatus.FORBIDDEN, "wrong or used password\n")
        return _file("audio/wav", recording())
    return connection.respond(http.HTTPStatus.NOT_FOUND, "no such page\n")


def _file(kind: str, content: bytes) -> Response:
    headers = Headers({"Content-Type": kind, "Content-Length": str(len(content)), "Connection": "close"})
    return Response(http.HTTPStatus.OK, "OK", headers, content)
