"""A client with a scripted server."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.webitel.scripted_pbx import Pbx


@pytest.fixture
async def pbx(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Pbx]:
    """A client that is not connected; it is closed after the test."""
    scripted = Pbx(monkeypatch)
    yield scripted
    await scripted.close()


@pytest.fixture
async def line(pbx: Pbx) -> Pbx:
    """A client whose line is idle."""
    await pbx.ready()
    return pbx
