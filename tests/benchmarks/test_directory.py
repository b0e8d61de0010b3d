"""A directory of 10,000 and 100,000 numbers: the first list, a key typed in the search, and states that change.

From the PBX's answer on, as the application does it: everything in slices of the event loop. The times are printed, of
the processor and of the wall; what is asserted does not depend on how busy the computer is: nothing is done in one
piece that grows with the list.
"""

from __future__ import annotations

import asyncio
import time
from itertools import cycle

import pytest
from PySide6.QtCore import QCoreApplication

from ctidesk.cti.clock import SystemClock
from ctidesk.cti.model import CtiModel
from ctidesk.cti.slices import in_slices
from ctidesk.oktell.people import People as OktellPeople
from ctidesk.oktell.record import Json, Record
from ctidesk.oktell.session import Session
from ctidesk.ui.components.commands import Commands
from ctidesk.ui.windows.panel import Panel
from tests.cti.fake_clock import FakeClock
from tests.cti.fake_provider import FakeProvider
from tests.ui.components.stage import show
from tests.waiting import settle

pytestmark = pytest.mark.benchmark

CHANGES = 5_000
AT_ONCE = 50
"""Numbers in one message of the PBX."""
QUERIES = ("p", "pe", "petrov 4", "1", "4", "0", "99", "123456", "gtnhjd", "зуекщм", "zz", "petrov 99999")
"""One letter and one digit, several words, both keyboard layouts, nobody."""


class Pauses:
    """Measures each turn of the loop while it runs, on the processor and on the wall."""

    def __init__(self) -> None:
        self.turns: list[float] = []
        self.begun = time.perf_counter(), time.process_time()

    def turn(self) -> None:
        begun = time.process_time()
        QCoreApplication.processEvents()
        self.turns.append(time.process_time() - begun)

    async def until_idle(self, panel: Panel) -> tuple[float, float]:
        """Turn until the list is there; returns wall and processor seconds."""
        pane = panel._pane
        while not pane._all.rowCount():
            begun = time.process_time()
            await asyncio.sleep(0)
            self.turns.append(time.process_time() - begun)
            self.turn()
        return time.perf_counter() - self.begun[0], time.process_time() - self.begun[1]

    @property
    def longest(self) -> float:
        return max(self.turns) * 1000


@pytest.mark.parametrize("count", [10_000, 100_000])
@pytest.mark.usefixtures("qapp")
async def test_large_directory(count: int, capsys: pytest.CaptureFixture[str]) -> None:
    session = Session(SystemClock())
    people = OktellPeople(session)
    provider = FakeProvider()
    provider.directory = people
    model = CtiModel(provider, FakeClock())
    commands = Commands()
    panel = Panel(model, commands)
    model.start()
    await settle()
    panel.show()
    show()
    numbers: list[Json] = [
        {"id": f"n{place}", "number": str(100_000 + place), "caption": f"Petrov {place}", "state": 1}
        for place in range(count)
    ]

    async def load() -> None:
        await in_slices(session.directory.set_numbers(numbers))
        session.directory_changed.emit(None)

    loading = Pauses()
    task = asyncio.create_task(load())
    wall, processor = await loading.until_idle(panel)
    await task
    pane = panel._pane
    indexing = Pauses()
    pane.search("p")  # the first key, before there is an index
    first_key = time.process_time()
    pane.search("pe")
    first_key = time.process_time() - first_key
    while pane._index is None:
        indexing.turn()
    show()
    assert pane.current() is not None  # who was asked for before the index was ready is shown when it is

    keys: dict[str, float] = {}
    for query in QUERIES:
        begun = time.process_time()
        pane.search(query)
        keys[query] = (time.process_time() - begun) * 1000
    pane.search("")
    show()

    states = cycle((5, 1))
    changing = Pauses()
    for first in range(0, CHANGES, AT_ONCE):
        state = next(states)
        batch = [Record({"num": str(100_000 + (first + one) % count), "numstateid": state}) for one in range(AT_ONCE)]
        begun = time.process_time()
        session.directory_changed.emit(session.directory.set_number_states(batch))
        show()
        changing.turns.append(time.process_time() - begun)
    slowest = max(keys, key=lambda query: keys[query])
    with capsys.disabled():
        print(
            f"\n{count} numbers: first list after {wall:.2f} s ({processor:.2f} s of the processor), "
            f"longest pause {loading.longest:.1f} ms; index: longest pause {indexing.longest:.1f} ms; "
            f"first key {first_key * 1000:.1f} ms, slowest key {keys[slowest]:.1f} ms ({slowest}); "
            f"{CHANGES / sum(changing.turns):.0f} changes/s, longest pause {changing.longest:.1f} ms"
        )
    # In one piece it would be one turn; a slice is a few milliseconds on any computer.
    assert len([turn for turn in loading.turns if turn > 0.001]) > count / 10_000
    await commands.close()
    await model.close()
    panel.close()
