"""Servers on the loopback that fail in all ways, and the demo PBX, which does not."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from ctidesk.demo.oktell import OktellDemo, OktellOptions
from tests.net.conftest import authority, servers

__all__ = ["authority", "servers"]


@pytest.fixture
async def demo() -> AsyncIterator[OktellDemo]:
    async with OktellDemo(OktellOptions()) as running:
        yield running
