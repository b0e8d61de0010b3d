"""A model of a line that is connected to a fake PBX."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator

import pytest

from ctidesk.cti.model import CtiModel
from tests.cti.fake_clock import FakeClock
from tests.cti.fake_provider import FakeProvider
from tests.cti.watcher import Watcher
from tests.waiting import settle


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def provider() -> FakeProvider:
    return FakeProvider()


@pytest.fixture
async def unconnected(provider: FakeProvider, clock: FakeClock) -> AsyncIterator[CtiModel]:
    """A model that has not been started."""
    model = CtiModel(provider, clock, jitter=random.Random(1))
    yield model
    await model.close()


@pytest.fixture
async def model(unconnected: CtiModel, provider: FakeProvider) -> CtiModel:
    """A model that is connected; the commands for that are forgotten."""
    unconnected.start()
    await settle()
    provider.commands.clear()
    return unconnected


@pytest.fixture
def watcher(model: CtiModel) -> Watcher:
    """What the connected model tells from now on."""
    return Watcher(model)
