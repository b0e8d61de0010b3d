"""A desk with a panel that is connected and shown."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.ui.components.stage import Stage


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    desk = Stage()
    await desk.begin()
    yield desk
    await desk.end()
