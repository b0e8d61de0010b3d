r"""The web phone: how late sound is, what a talk costs, and whether the windows wait for it.

    QT_QPA_PLATFORM=offscreen .venv/bin/python -m pytest -m benchmark -o faulthandler_timeout=600 -s \
        tests/benchmarks/test_web_phone.py

The server is a program of its own; microphone and speaker are of this program, by the computer's clock. The figures
are printed, none of them fails a test: what fails is a talk without sound. With `CTIDESK_TALK_SECONDS=300` the
talk lasts five minutes instead of half a one.
"""

from __future__ import annotations

import array
import asyncio
import json
import math
import os
import threading
import time
import uuid
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from websockets.asyncio.client import ClientConnection, connect

from ctidesk.cti.audio import SAMPLE_RATE, SampleQueue, size_of
from ctidesk.system import qt_loop
from ctidesk.verto.media import MediaEvent, MediaSounding
from ctidesk.verto.media_engine import AiortcEngine, AiortcSession
from ctidesk.verto.media_leg import LegOptions
from tests.benchmarks.programs import program, spread

pytestmark = pytest.mark.benchmark

SECONDS = float(os.environ.get("CTIDESK_TALK_SECONDS", "30"))
IDLE_SECONDS = 10.0
CALLS = 10
BEAT_SECONDS = 0.005
LOOK_SECONDS = 0.005
"""How often it is looked whether the Qt loop is late. To look costs something as well."""
CLICK_EVERY = 0.5
LOUD = 6000


class Clicks:
    """Devices whose microphone clicks twice a second, and whose speaker notes when that is heard. `delays`: seconds."""

    def __init__(self) -> None:
        self.delays: list[float] = []
        self.clicked = 0
        self.microphone: SampleQueue | None = SampleQueue()
        self.speaker: SampleQueue | None = SampleQueue()
        self.missing: tuple[str, ...] = ()
        self._ended = threading.Event()
        self._thread: threading.Thread | None = None

    def open(self) -> Clicks:
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        return self

    def on_change(self, _callback: Callable[[], None]) -> Callable[[], None]:
        return lambda: None

    def close(self) -> None:
        self._ended.set()

    def _run(self) -> None:
        assert self.microphone is not None
        assert self.speaker is not None
        size = size_of(BEAT_SECONDS * 1000)
        step = 2 * math.pi * 1500 / SAMPLE_RATE
        click = array.array("h", (int(LOUD * math.sin(step * n)) for n in range(size // 2))).tobytes()
        due = next_click = time.monotonic()
        waiting: float | None = None
        while not self._ended.wait(max(due - time.monotonic(), 0.0)):
            due += BEAT_SECONDS
            now = time.monotonic()
            if now >= next_click:
                next_click += CLICK_EVERY
                waiting = now
                self.clicked += 1
                self.microphone.write(click)
            else:
                self.microphone.write(bytes(size))
            samples = memoryview(self.speaker.read(size)).cast("h")
            if waiting is not None and len(samples) and max(samples) > LOUD // 4:
                self.delays.append(now - waiting)
                waiting = None


class Caller:
    """One who calls the server's echo."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self._sessid = str(uuid.uuid4())
        self._id = 0

    async def ask(self, method: str, **params: object) -> None:
        self._id += 1
        frame = {"jsonrpc": "2.0", "id": self._id, "method": method, "params": {**params, "sessid": self._sessid}}
        await self._socket.send(json.dumps(frame))

    async def call(self, session: AiortcSession, number: str) -> float:
        """Call; returns when the answer came."""
        dialog = {"callID": str(uuid.uuid4()), "destination_number": number}
        await self.ask("verto.invite", sdp=await session.offer(), dialogParams=dialog)
        while True:
            frame = json.loads(await self._socket.recv())
            if frame.get("method") == "verto.answer":
                answered = time.monotonic()
                await session.accept(frame["params"]["sdp"])
                return answered


async def loop_pauses(seconds: float) -> list[float]:
    """Return by how many seconds the Qt loop was late."""
    pauses = []
    until = time.monotonic() + seconds
    while (begun := time.monotonic()) < until:
        await asyncio.sleep(LOOK_SECONDS)
        pauses.append(max(time.monotonic() - begun - LOOK_SECONDS, 0.0))
    return pauses


async def cpu_share(seconds: float) -> tuple[float, list[float]]:
    """Return the share of one core that this program takes, and the pauses in the meantime."""
    begun, used = time.monotonic(), time.process_time()
    pauses = await loop_pauses(seconds)
    return (time.process_time() - used) / (time.monotonic() - begun), pauses


def sound_seconds() -> float:
    """Return the CPU seconds of the sound's own thread (Linux). The rest are the test's: devices, and looking."""
    thread = next(one for one in threading.enumerate() if one.name == "web phone")
    return int(Path(f"/proc/self/task/{thread.native_id}/schedstat").read_text().split()[0]) / 1e9


def tell(what: str, values: list[float]) -> None:
    p99 = sorted(values)[int(len(values) * 0.99)]
    print(f"{what}: {spread(values)} · p99 {p99 * 1000:.1f} ms")


def test_a_talk(qapp: QApplication) -> None:
    """A talk with the echo: delay from the microphone to the speaker, CPU, pauses of the Qt loop, and drift."""

    async def main(_stop: qt_loop.StopRequest) -> int:
        with program("ctidesk", "pbx", "verto") as server:
            url = server.line().split()[1]
            login, password = server.line().split()
            idle, idle_pauses = await cpu_share(min(IDLE_SECONDS, SECONDS))
            async with connect(url, ping_interval=None, compression=None) as socket:
                caller = Caller(socket)
                await caller.ask("login", login=login, passwd=password)
                firsts = [await first_sound(caller) for _ in range(CALLS)]
                clicks = Clicks()
                sounding = asyncio.Event()
                engine = AiortcEngine(clicks, LegOptions(addresses=("127.0.0.1",)))
                session = engine.open(lambda event: sounding.set() if isinstance(event, MediaSounding) else None)
                await caller.call(session, "9196")
                await sounding.wait()
                begun, used = time.monotonic(), sound_seconds()
                share, pauses = await cpu_share(SECONDS)
                sound = (sound_seconds() - used) / (time.monotonic() - begun)
                report = session.report
                await engine.close()
        delays = clicks.delays
        part = max(len(delays) // 5, 1)
        print()
        tell("first sound after the answer", firsts)
        tell("microphone to speaker", delays)
        early, late = (sum(some) / part * 1000 for some in (delays[:part], delays[-part:]))
        print(f"  first fifth {early:.0f} ms, last fifth {late:.0f} ms; lost {clicks.clicked - len(delays)} clicks")
        print(f"CPU of one core: {share - idle:.1%} for the talk, {sound:.1%} of that the sound's own thread")
        print(f"  the whole program {share:.1%}, without a talk {idle:.1%}: that is the looking")
        tell("pause of the Qt loop without a talk", idle_pauses)
        tell("pause of the Qt loop in a talk", pauses)
        print(f"{report}")
        assert len(delays) > SECONDS
        return 0

    assert qt_loop.run(qapp, main) == 0


async def first_sound(caller: Caller) -> float:
    """Return the seconds from the answer to the first packet of sound."""
    came: asyncio.Future[float] = asyncio.get_running_loop().create_future()

    def note(event: MediaEvent) -> None:
        if isinstance(event, MediaSounding):
            came.set_result(time.monotonic())

    engine = AiortcEngine(None, LegOptions(addresses=("127.0.0.1",)))
    answered = await caller.call(engine.open(note), "9197")
    seconds = await came - answered
    await engine.close()
    return seconds
