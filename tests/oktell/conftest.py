"""A client with a scripted server."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.oktell.operator_desk import Desk
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


@pytest.fixture
async def desk(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Desk]:
    """An operator whose line is idle; at the end nothing that was told may contradict itself."""
    operator = Desk(monkeypatch)
    await operator.boot()
    yield operator
    await operator.provider.close()
    assert operator.problems == []
