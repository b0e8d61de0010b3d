"""A server on the loopback that speaks as much of Verto as a test needs, and waits without time."""

from __future__ import annotations

import json
import random
from typing import Any

from websockets.asyncio.server import ServerConnection
from websockets.frames import Frame, Opcode

from tests.verto.scripted_line import B


class NoWait(random.Random):
    """Lets attempts follow one another without a wait."""

    def uniform(self, _a: float, _b: float) -> float:
        return 0.0


class PingCountingConnection(ServerConnection):
    """Answers no PING, as this switch does, and counts them."""

    pings = 0

    def process_event(self, event: Any) -> None:
        if isinstance(event, Frame) and event.opcode is Opcode.PING:
            PingCountingConnection.pings += 1
            return
        super().process_event(event)


class Server:
    """Speaks as much of Verto as a test needs.

    Attributes:
        replies: by the name of a request, what it is answered: a result, an error, or nothing.
        attached: the calls that are brought back after a login.
    """

    def __init__(self) -> None:
        self.sockets: list[ServerConnection] = []
        self.asked: list[dict[str, Any]] = []
        self.replies: dict[str, dict[str, Any] | None] = {}
        self.attached: list[str] = []
        self.url = ""
        self._ids = iter(range(1, 100_000))

    async def serve(self, socket: ServerConnection) -> None:
        self.sockets.append(socket)
        async for text in socket:
            frame = json.loads(text)
            if "method" not in frame:
                continue
            self.asked.append(frame)
            name = frame["method"]
            reply = self.replies.get(name, _usual(frame))
            if reply is not None:
                await socket.send(json.dumps({"jsonrpc": "2.0", "id": frame["id"], **reply}))
            if name == "login" and reply is not None and "result" in reply:
                for call_id in self.attached:
                    await self.tell("verto.attach", callID=call_id, sdp="attach", display_direction="outbound")
                await self.tell("verto.clientReady", reattached_sessions=self.attached)

    async def tell(self, method: str, **params: object) -> None:
        frame = {"jsonrpc": "2.0", "id": next(self._ids), "method": method, "params": params}
        await self.sockets[-1].send(json.dumps(frame))

    async def invite(self, call_id: str = B) -> None:
        await self.tell("verto.invite", callID=call_id, sdp="offer", caller_id_number="102")

    def drop(self) -> None:
        """Close the newest socket without a goodbye."""
        self.sockets[-1].transport.abort()

    def count(self, method: str) -> int:
        return sum(frame["method"] == method for frame in self.asked)


def _usual(frame: dict[str, Any]) -> dict[str, Any]:
    params = frame["params"]
    if frame["method"] == "verto.modify":
        held = "held" if params["action"] == "hold" else "active"
        return {"result": {"callID": params["dialogParams"]["callID"], "holdState": held}}
    if frame["method"] == "login":
        return {"result": {"message": "logged in", "sessid": params["sessid"]}}
    return {"result": {"message": "SENT"}}


def refusal(code: int, message: str) -> dict[str, Any]:
    return {"error": {"code": code, "message": message}}
