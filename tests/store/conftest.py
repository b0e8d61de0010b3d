"""A journal that listens to a model with a fake PBX."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from ctidesk.cti.errors import CtiError
from ctidesk.cti.model import CtiModel
from ctidesk.store.database import Database
from ctidesk.store.journal import Journal
from ctidesk.store.schema import JOURNAL
from tests.cti.fake_clock import FakeClock
from tests.cti.fake_provider import FakeProvider
from tests.waiting import settle, until


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def provider() -> FakeProvider:
    return FakeProvider()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the journal's file is."""
    return tmp_path / "calls" / "journal.db"


@pytest.fixture
async def database(path: Path) -> AsyncIterator[Database]:
    database = Database(path, JOURNAL, lock_wait=0.05)
    yield database
    await database.close()


@pytest.fixture
async def model(provider: FakeProvider, clock: FakeClock) -> AsyncIterator[CtiModel]:
    """A connected model."""
    model = CtiModel(provider, clock, jitter=random.Random(1))
    model.start()
    await settle()
    yield model
    await model.close()


@pytest.fixture
def errors() -> list[CtiError]:
    """What the journal could not do."""
    return []


@pytest.fixture
async def journal(model: CtiModel, database: Database, errors: list[CtiError]) -> AsyncIterator[Journal]:
    """An open journal."""
    journal = Journal(model, database, account="101", on_error=errors.append)
    await journal.open()
    yield journal
    await journal.close()


async def written(journal: Journal) -> None:
    """Wait until all that happened is in the file."""
    await until(lambda: journal.waiting == 0)
