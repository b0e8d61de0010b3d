"""A session with a scripted server."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.verto.scripted_line import ScriptedLine


@pytest.fixture
async def line() -> AsyncIterator[ScriptedLine]:
    """A session that is ready for calls; its sound does at once what it is asked for."""
    scripted = ScriptedLine()
    await scripted.ready()
    yield scripted
    await scripted.end()
