"""A demo PBX whose time only passes when the test says so."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from ctidesk.demo.oktell import OktellDemo, OktellOptions
from ctidesk.demo.scheduler import ManualScheduler
from tests.demo.pbx_client import PbxClient, client


@pytest.fixture
def clock() -> ManualScheduler:
    return ManualScheduler()


@pytest.fixture
async def demo(clock: ManualScheduler) -> AsyncIterator[OktellDemo]:
    async with OktellDemo(OktellOptions(), clock) as running:
        yield running


@pytest.fixture
async def auto_demo(clock: ManualScheduler) -> AsyncIterator[OktellDemo]:
    """Parties answer by themselves."""
    async with OktellDemo(OktellOptions(auto=True), clock) as running:
        yield running


@pytest.fixture
async def operator(demo: OktellDemo) -> AsyncIterator[PbxClient]:
    async with client(demo) as one:
        yield one
