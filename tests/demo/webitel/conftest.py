"""A demo Webitel whose time only passes when the test says so."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from ctidesk.demo.scheduler import ManualScheduler
from ctidesk.demo.webitel import WebitelDemo, WebitelOptions
from tests.demo.webitel.webitel_client import WebitelClient, client


@pytest.fixture
async def demo(clock: ManualScheduler) -> AsyncIterator[WebitelDemo]:
    async with WebitelDemo(WebitelOptions(users=6), clock) as running:
        yield running


@pytest.fixture
async def operator(demo: WebitelDemo) -> AsyncIterator[WebitelClient]:
    """The demo operator's client, logged in."""
    async with client(demo) as one:
        yield one
