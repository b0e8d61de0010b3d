"""A connection that died while the computer slept is found dead soon after, not when the silence is noticed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from ctidesk.cti.events import CtiEvent, Disconnected
from ctidesk.demo.oktell import OktellDemo, OktellOptions
from ctidesk.net.frames import FrameLog
from ctidesk.oktell import client
from ctidesk.oktell.client import ClientOptions
from ctidesk.oktell.provider import OktellCtiProvider
from tests.waiting import until


@pytest.fixture
async def demo() -> AsyncIterator[OktellDemo]:
    async with OktellDemo(OktellOptions()) as running:
        yield running


@pytest.fixture
async def provider(demo: OktellDemo) -> AsyncIterator[OktellCtiProvider]:
    options = ClientOptions(demo.url, demo.operator_login, demo.password)
    provider = OktellCtiProvider(options, frame_log=FrameLog(enabled=True))
    provider.check_connection()  # without a connection there is nothing to check
    await provider.connect()
    yield provider
    await provider.close()


async def test_a_link_that_lives_goes_on(provider: OktellCtiProvider) -> None:
    frames = provider.client.frame_log
    before = frames.frames[-1].time
    provider.check_connection()
    await until(lambda: any('"pong"' in frame.text and frame.time > before for frame in frames.frames))
    assert provider.client.is_connected


async def test_a_link_that_is_dead_is_told_as_lost(
    demo: OktellDemo, provider: OktellCtiProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    lost = asyncio.Event()

    def hear(event: CtiEvent) -> None:
        if isinstance(event, Disconnected):
            lost.set()

    provider.events.subscribe(hear)
    await demo.direct("freeze 3600")
    monkeypatch.setattr(client, "CHECK_LIMIT", 0.05)
    await until(lost.is_set, provider.check_connection)  # again, for an answer may still have been on its way
    assert not provider.client.is_connected
