"""Webitel: from the channel to the popup, and what the calls of others cost.

    packaging/desktop.sh .venv/bin/python -m pytest -m benchmark -s tests/benchmarks/test_webitel.py

The figures are printed, none of them fails a test: what fails is a program that does not do what is measured.
"""

from __future__ import annotations

import asyncio
import json
import os
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from websockets.sync.server import ServerConnection, serve

from ctidesk.app import Application
from ctidesk.demo.webitel import WebitelDemo
from ctidesk.net.frames import Frame, FrameLog
from ctidesk.system import qt_loop
from ctidesk.webitel.client import ClientOptions, WebitelClient
from ctidesk.webitel.provider import WebitelCtiProvider
from tests.benchmarks.programs import spread
from tests.webitel.scripted_pbx import ACCOUNT, INCOMING, channel_event

pytestmark = pytest.mark.benchmark

RINGS = 100
OTHERS = 20_000
RATE = 2_000
STORY = ("CHANNEL_CREATE", "CHANNEL_CALLSTATE", "CHANNEL_STATE", "CHANNEL_ANSWER", "CHANNEL_BRIDGE", "CHANNEL_HANGUP")


@pytest.mark.skipif("DISPLAY" not in os.environ, reason="needs the desktop of packaging/desktop.sh")
@pytest.mark.usefixtures("qapp")
def test_channel_to_popup(tmp_path: Path) -> None:
    """Milliseconds from the frame with CHANNEL_CREATE to the popup's first paint."""
    taken: list[float] = []

    async def main(_stop: qt_loop.StopRequest) -> int:
        async with WebitelDemo() as demo:
            log = FrameLog(enabled=True)
            provider = WebitelCtiProvider(ClientOptions(demo.url, demo.operator_login, demo.password), frame_log=log)
            application = Application(provider, tmp_path, lambda: None, audible=False)
            came: list[float] = []
            painted = asyncio.Event()

            def frame(one: Frame) -> None:
                if one.direction == "received" and "CHANNEL_CREATE" in one.text:
                    came.append(time.monotonic())

            def paint() -> None:
                if came:
                    taken.append(time.monotonic() - came.pop())
                    painted.set()

            log.subscribe(frame)
            application.popups.painted.connect(paint)
            try:
                application.start()
                await changed(application, lambda: application.model.abilities.call)
                for number in range(RINGS):
                    painted.clear()
                    await demo.direct(f"ring 101 7916{number:07}")
                    await painted.wait()
                    await demo.direct(f"abandon 7916{number:07}")
                    await changed(application, lambda: not application.model.calls)
            finally:
                await application.close()
        return 0

    application = QApplication.instance()
    assert isinstance(application, QApplication)
    assert qt_loop.run(application, main) == 0
    print(f"\nCHANNEL_CREATE to popup: {spread(taken)} (aim: p95 below 16.7 ms)")
    assert len(taken) == RINGS


async def changed(application: Application, condition: Callable[[], bool]) -> None:
    """Return when `condition` holds; it is looked at after each change of the model."""
    news = asyncio.Event()
    unsubscribe = application.model.changed.subscribe(news.set)
    try:
        while not condition():
            await news.wait()
            news.clear()
    finally:
        unsubscribe()


async def test_calls_of_others() -> None:
    """Seconds of this thread for events of channels that belong to other accounts, over a real WebSocket."""
    other = INCOMING | {"Channel-Presence-ID": "205@crm.test"}
    frames = [json.dumps(channel_event(name, other)) for name in STORY]
    begin = threading.Event()

    def speak(socket: ServerConnection) -> None:
        for message in socket:
            asked = json.loads(message)
            response: object = "+OK"
            if asked["exec-func"] == "auth":
                response = {"login": ACCOUNT, "role": "user", "domain": "crm.test", "cc-agent": "true", "ws-count": 1}
            elif asked["exec-func"] == "api account list":
                response = {"response": "{}"}
            socket.send(
                json.dumps({"exec-uuid": asked["exec-uuid"], "exec-complete": "+OK", "exec-response": response})
            )
            if asked["exec-func"] == "api account list":
                break
        begin.wait()
        for number in range(OTHERS):
            socket.send(frames[number % len(frames)])
        for _ in socket:  # until the client leaves
            pass

    with serve(speak, "127.0.0.1", 0) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        port = server.socket.getsockname()[1]
        client = WebitelClient(ClientOptions(f"ws://127.0.0.1:{port}", ACCOUNT, "demo"))
        told: list[str] = []
        heard, done = 0, asyncio.Event()
        receive = client.session.receive

        def count(text: str) -> None:
            nonlocal heard
            receive(text)
            heard += "205@crm.test" in text
            if heard == OTHERS:
                done.set()

        client.session.receive = count  # type: ignore[method-assign]
        try:
            assert (await client.connect()).ok
            client.events.subscribe(lambda event: told.append(event.name))
            before = time.thread_time()
            begin.set()
            await done.wait()
            share = (time.thread_time() - before) / OTHERS * RATE
            quiet = list(told)
        finally:
            begin.set()
            await client.drop()
            await client.close()
            server.shutdown()
            thread.join()
    print(f"\n{RATE} events of others a second: {share:.0%} of one core (aim below 25 %)")
    assert quiet == []
