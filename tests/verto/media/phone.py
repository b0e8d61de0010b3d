"""A web phone of the test's own at the demo server: JSON-RPC by hand, the sound by the engine."""

from __future__ import annotations

import asyncio
import json
import uuid
from collections.abc import Awaitable, Callable
from types import TracebackType
from typing import Any

import numpy as np
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from ctidesk.demo.verto.demo import VertoDemo
from ctidesk.system.synthetic_audio import SyntheticAudio, SyntheticStream
from ctidesk.verto.media import MediaEvent
from ctidesk.verto.media_codecs import Samples
from ctidesk.verto.media_engine import AiortcEngine, AiortcSession
from ctidesk.verto.media_leg import LegOptions
from ctidesk.verto.media_sdp import CODECS, Codec

LOOPBACK = ("127.0.0.1",)
Frame = dict[str, Any]


def next_event() -> tuple[Callable[[], Awaitable[MediaEvent]], Callable[[MediaEvent], None]]:
    """Return what waits for the first event of a session, and what the session is to call."""
    came: asyncio.Future[MediaEvent] = asyncio.get_running_loop().create_future()

    async def wait() -> MediaEvent:
        async with asyncio.timeout(15):
            return await came

    def tell(event: MediaEvent) -> None:
        if not came.done():
            came.set_result(event)

    return wait, tell


class Talk:
    """One call. `events`: of its sound; `answer`: the SDP that a call received was answered with."""

    def __init__(self, phone: Phone, id_: str) -> None:
        self.id = id_
        self.events: list[MediaEvent] = []
        self.answer = ""
        self._phone = phone
        self._changed = asyncio.Event()
        self.media: AiortcSession = phone.engine.open(self._note)

    @property
    def stream(self) -> SyntheticStream:
        """Its devices now."""
        return self._phone.devices.streams[-1]

    async def hear(self, milliseconds: float) -> Samples:
        """Wait until so much has come out of the speaker."""
        heard = await asyncio.to_thread(self.stream.hear, milliseconds)
        return np.frombuffer(heard, np.int16)

    async def wait_for(self, kind: type[MediaEvent]) -> None:
        """Wait for an event of the sound."""
        while not any(isinstance(event, kind) for event in self.events):
            self._changed.clear()
            async with asyncio.timeout(15):
                await self._changed.wait()

    def _note(self, event: MediaEvent) -> None:
        self.events.append(event)
        self._changed.set()


class Phone:
    """`async with Phone(demo) as phone:` logs in. `frames`: the server's requests that nobody has taken yet."""

    def __init__(
        self,
        demo: VertoDemo,
        number: str = "101",
        hertz: float = 1000.0,
        codecs: tuple[Codec, ...] = CODECS,
        sessid: str = "",
    ) -> None:
        self.devices = SyntheticAudio(hertz)
        self.engine = AiortcEngine(self.devices, LegOptions(codecs=codecs, addresses=LOOPBACK))
        self.sessid = sessid or str(uuid.uuid4())
        self.frames: list[Frame] = []
        self._demo = demo
        self._login = f"{number}@{demo.desk.options.domain}"
        self._id = 0
        self._replies: dict[int, asyncio.Future[Frame]] = {}
        self._arrived = asyncio.Condition()
        self._socket: ClientConnection
        self._reader: asyncio.Task[None]

    async def __aenter__(self) -> Phone:
        await self.open()
        await self.log_in()
        return self

    async def __aexit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        await self.engine.close()
        await self.close()

    async def open(self) -> None:
        self._socket = await connect(self._demo.url, ping_interval=None, compression=None)
        self._reader = asyncio.create_task(self._read())

    async def log_in(self) -> None:
        reply = await self.ask("login", login=self._login, passwd=self._demo.password)
        assert reply["result"]["message"] == "logged in"
        await self.take("verto.clientReady")

    async def close(self) -> None:
        await self._socket.close()
        await self._reader

    async def ask(self, method: str, **params: object) -> Frame:
        """Send a request and return the reply."""
        self._id += 1
        reply: asyncio.Future[Frame] = asyncio.get_running_loop().create_future()
        self._replies[self._id] = reply
        frame = {"jsonrpc": "2.0", "id": self._id, "method": method, "params": {**params, "sessid": self.sessid}}
        await self._socket.send(json.dumps(frame))
        async with asyncio.timeout(15):
            return await reply

    async def send_raw(self, text: str) -> None:
        await self._socket.send(text)

    async def ping(self, data: bytes) -> None:
        await self._socket.ping(data)

    async def take(self, *methods: str, where: Callable[[Frame], bool] = lambda _params: True) -> Frame:
        """Wait for a request of the server and return its params."""
        async with asyncio.timeout(15), self._arrived:
            while True:
                for frame in self.frames:
                    if frame.get("method") in methods and where(frame["params"]):
                        self.frames.remove(frame)
                        params: Frame = frame["params"]
                        return params
                await self._arrived.wait()

    # ---- calls

    async def call(self, number: str) -> Talk:
        """Call, and wait for the answer."""
        talk = await self.begin(number)
        params = await self.take("verto.media", "verto.answer", where=lambda params: params["callID"] == talk.id)
        await talk.media.accept(params["sdp"])
        return talk

    async def begin(self, number: str) -> Talk:
        talk = Talk(self, str(uuid.uuid4()))
        sdp = await talk.media.offer()
        dialog = {"callID": talk.id, "destination_number": number}
        reply = await self.ask("verto.invite", sdp=sdp, dialogParams=dialog)
        assert reply["result"]["message"] == "CALL CREATED"
        return talk

    async def take_call(self) -> Talk:
        """Wait for a call, and answer it."""
        params = await self.take("verto.invite")
        talk = Talk(self, params["callID"])
        talk.answer = await talk.media.answer(params["sdp"])
        reply = await self.ask("verto.answer", sdp=talk.answer, dialogParams={"callID": talk.id})
        assert "result" in reply
        return talk

    async def attach(self, params: Frame) -> Talk:
        """Take a call up again that the server has kept; `params` are those of `verto.attach`."""
        talk = Talk(self, params["callID"])
        sdp = await talk.media.answer(params["sdp"])
        reply = await self.ask("verto.attach", sdp=sdp, dialogParams={"callID": talk.id})
        assert "result" in reply
        return talk

    async def modify(self, talk: Talk, action: str, **more: object) -> Frame:
        reply = await self.ask("verto.modify", action=action, dialogParams={"callID": talk.id}, **more)
        result: Frame = reply.get("result") or reply["error"]
        return result

    async def end(self, talk: Talk) -> None:
        await self.ask("verto.bye", cause="NORMAL_CLEARING", causeCode=16, dialogParams={"callID": talk.id})
        await talk.media.close()

    async def _read(self) -> None:
        try:
            async for text in self._socket:
                frame = json.loads(text)
                if "method" in frame:
                    answer = {"jsonrpc": "2.0", "id": frame["id"], "result": {"method": frame["method"]}}
                    await self._socket.send(json.dumps(answer))
                    await self._note(frame)
                elif frame.get("id") in self._replies:
                    self._replies.pop(frame["id"]).set_result(frame)
                else:
                    await self._note(frame)
        except ConnectionClosed:
            return

    async def _note(self, frame: Frame) -> None:
        async with self._arrived:
            self.frames.append(frame)
            self._arrived.notify_all()
