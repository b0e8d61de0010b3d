"""A client of the demo Verto server that speaks JSON-RPC and has no sound."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Callable
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from ctidesk.demo.verto.demo import VertoDemo

Frame = dict[str, Any]
SESSID = "6f1c2d3e-0a4b-4c5d-8e6f-7a8b9c0d1e2f"
SDP = """v=0
o=- 1 1 IN IP4 127.0.0.1
s=-
t=0 0
a=group:BUNDLE 0
m=audio 4000 UDP/TLS/RTP/SAVPF 96 0 8
c=IN IP4 127.0.0.1
a=mid:0
a=rtcp-mux
a=rtpmap:96 opus/48000/2
a=candidate:1 1 udp 2130706431 127.0.0.1 4000 typ host
a=end-of-candidates
a=ice-ufrag:user
a=ice-pwd:a password of twenty-two
a=fingerprint:sha-256 {}
a=setup:actpass
""".format(":".join(["AB"] * 32)).replace("\n", "\r\n")


class VertoClient:
    """`raw`: what was neither a request nor an awaited reply. `closed`: set when the server has closed."""

    def __init__(self, socket: ClientConnection, sessid: str) -> None:
        self.sessid = sessid
        self.requests: list[Frame] = []
        self.raw: list[str] = []
        self.closed = asyncio.Event()
        self._socket = socket
        self._id = 0
        self._replies: dict[int, asyncio.Future[str]] = {}
        self._arrived = asyncio.Condition()

    async def ask(self, method: str, **params: object) -> Frame:
        frame: Frame = json.loads(await self.ask_raw(method, **params))
        return frame

    async def ask_raw(self, method: str, **params: object) -> str:
        """Send a request and return the text of the reply."""
        self._id += 1
        reply: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self._replies[self._id] = reply
        params = {**params, "sessid": self.sessid}
        await self.send(json.dumps({"jsonrpc": "2.0", "id": self._id, "method": method, "params": params}))
        async with asyncio.timeout(10):
            return await reply

    async def send(self, text: str) -> None:
        await self._socket.send(text)

    async def ping(self, data: bytes) -> asyncio.Future[float]:
        pong = await self._socket.ping(data)
        return asyncio.ensure_future(pong)

    async def log_in(self, number: str = "101", password: str = "demo") -> Frame:
        return await self.ask("login", login=f"{number}@demo.example", passwd=password)

    async def invite(self, call: str, number: str, sdp: str = SDP) -> Frame:
        return await self.ask("verto.invite", sdp=sdp, dialogParams={"callID": call, "destination_number": number})

    async def modify(self, call: str, action: str, **more: object) -> Frame:
        return await self.ask("verto.modify", action=action, dialogParams={"callID": call}, **more)

    async def take(self, method: str, where: Callable[[Frame], bool] = lambda _frame: True) -> Frame:
        """Wait for a request of the server, and return it whole."""
        async with asyncio.timeout(10), self._arrived:
            while True:
                for frame in self.requests:
                    if frame["method"] == method and where(frame):
                        self.requests.remove(frame)
                        return frame
                await self._arrived.wait()

    async def take_raw(self) -> str:
        async with asyncio.timeout(10), self._arrived:
            await self._arrived.wait_for(lambda: bool(self.raw))
            return self.raw.pop(0)

    async def read(self) -> None:
        try:
            async for text in self._socket:
                assert isinstance(text, str)
                await self._note(text)
        except ConnectionClosed:
            pass
        self.closed.set()

    async def _note(self, text: str) -> None:
        with contextlib.suppress(ValueError, RecursionError):
            frame = json.loads(text)
            if isinstance(frame, dict) and "method" not in frame and frame.get("id") in self._replies:
                self._replies.pop(frame["id"]).set_result(text)
                return
            if isinstance(frame, dict) and isinstance(frame.get("method"), str):
                async with self._arrived:
                    self.requests.append(frame)
                    self._arrived.notify_all()
                return
        async with self._arrived:
            self.raw.append(text)
            self._arrived.notify_all()


@contextlib.asynccontextmanager
async def connected(demo: VertoDemo, sessid: str = SESSID) -> AsyncIterator[VertoClient]:
    """A client that has not logged in."""
    async with connect(demo.url, ping_interval=None, compression=None, max_size=None) as socket:
        client = VertoClient(socket, sessid)
        reader = asyncio.create_task(client.read())
        try:
            yield client
        finally:
            await socket.close()
            await reader


@contextlib.asynccontextmanager
async def logged_in(demo: VertoDemo, number: str = "101", sessid: str = SESSID) -> AsyncIterator[VertoClient]:
    """A client that is ready."""
    async with connected(demo, sessid) as client:
        assert (await client.log_in(number))["result"]["message"] == "logged in"
        await client.take("verto.clientReady")
        yield client
