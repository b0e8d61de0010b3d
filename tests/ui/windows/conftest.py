"""A desk that is connected."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.ui.windows.desk import Desk


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    """Popups, missed calls and ring over a fake PBX."""
    desk = Desk()
    await desk.begin()
    yield desk
    await desk.end()
