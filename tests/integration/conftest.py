"""A connected line over a fake PBX, with its journal, and contacts."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator, Iterator, Sequence
from pathlib import Path

import pytest

from ctidesk.cti.call import Call
from ctidesk.cti.events import CallFinished, CallStarted, CommutationStarted
from ctidesk.cti.model import CtiModel
from ctidesk.cti.values import CallState
from ctidesk.store.call_archive import CallArchive
from tests.cti.fake_clock import FakeClock
from tests.cti.fake_provider import FakeProvider
from tests.cti.watcher import incoming
from tests.integration.odata_server import Creatio
from tests.waiting import settle


class FakeOpener:
    """Notes what was to be opened; `takes` says what the system answers."""

    def __init__(self) -> None:
        self.opened: list[str | tuple[str, ...]] = []
        self.takes = True

    def open_address(self, address: str) -> bool:
        self.opened.append(address)
        return self.takes

    def start_program(self, program: str, arguments: Sequence[str]) -> bool:
        self.opened.append((program, *arguments))
        return self.takes


class Line:
    """One line: what happens on it is told here."""

    def __init__(self) -> None:
        self.clock = FakeClock()
        self.provider = FakeProvider()
        self.model = CtiModel(self.provider, self.clock, jitter=random.Random(1))

    def ring(self, call_id: str = "c1", number: str = "74951234567", **fields: object) -> Call:
        """Have a caller ring."""
        call = incoming(call_id, number, **fields)
        self.provider.tell(CallStarted(call))
        return call

    def answer(self, call: Call) -> None:
        """Have the operator answer."""
        call.state = CallState.CONNECTED
        self.provider.tell(CommutationStarted(call))

    def end(self, call: Call) -> None:
        """Have the call end."""
        call.state = CallState.NONE
        self.provider.tell(CallFinished(call))

    def whole_call(self, call_id: str, number: str = "74951234567") -> Call:
        """A call of half a minute."""
        call = self.ring(call_id, number)
        self.clock.advance(5)
        self.answer(call)
        self.clock.advance(25)
        self.end(call)
        return call


@pytest.fixture
async def line() -> AsyncIterator[Line]:
    """A connected line."""
    line = Line()
    line.model.start()
    await settle()
    yield line
    await line.model.close()


@pytest.fixture
async def archive(line: Line, tmp_path: Path) -> AsyncIterator[CallArchive]:
    """The calls of the line."""
    archive = CallArchive(line.model, tmp_path / "calls")
    archive.start()
    yield archive
    await archive.close()


@pytest.fixture
def opener() -> FakeOpener:
    return FakeOpener()


@pytest.fixture
def creatio() -> Iterator[Creatio]:
    creatio = Creatio()
    yield creatio
    creatio.close()
