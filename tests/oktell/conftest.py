"""A client with a scripted server."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.oktell.scripted_connection import Pbx


@pytest.fixture
async def pbx(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Pbx]:
    """A client that is not connected; it is closed after the test."""
    server = Pbx(monkeypatch)
    yield server
    await server.client.close()


@pytest.fixture
async def line(pbx: Pbx) -> Pbx:
    """A client whose line is idle."""
    await pbx.boot()
    return pbx
