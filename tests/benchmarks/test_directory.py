"""A directory of 10,000 and 100,000 numbers: the first list, a key typed in the search, and states that change.

What is asserted are ratios of times taken side by side: a state that changes costs no new list, and a key no new index.
The times themselves are printed.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from itertools import cycle

import pytest

from ctidesk.cti.clock import SystemClock
from ctidesk.cti.model import CtiModel
from ctidesk.oktell.people import People as OktellPeople
from ctidesk.oktell.record import Record
from ctidesk.oktell.session import Session
from ctidesk.ui.components.commands import Commands
from ctidesk.ui.windows.panel import Panel
from tests.cti.fake_clock import FakeClock
from tests.cti.fake_provider import FakeProvider, settle
from tests.ui.components.stage import show

pytestmark = pytest.mark.benchmark

CHANGES = 5_000
AT_ONCE = 50
"""Numbers in one message of the PBX."""
QUERY = "petrov 4"


def seconds(act: Callable[[], object]) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def fill(session: Session, count: int) -> None:
    """Let the session know as many numbers."""
    numbers = [
        Record({"id": f"n{place}", "number": str(100_000 + place), "caption": f"Petrov {place}", "state": 1})
        for place in range(count)
    ]
    session.directory.set_numbers(numbers)


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
    read = seconds(lambda: fill(session, count))
    built = seconds(lambda: session.directory_changed.emit(None))
    listed = seconds(show)
    keys = [seconds(partial(panel._pane.search, QUERY[:end])) for end in range(1, len(QUERY) + 1)]
    panel._pane.search("")
    show()

    states = cycle((5, 1))
    slowest = total = 0.0
    for first in range(0, CHANGES, AT_ONCE):
        state = next(states)
        batch = [Record({"num": str(100_000 + (first + one) % count), "numstateid": state}) for one in range(AT_ONCE)]

        def take(batch: list[Record] = batch) -> None:
            session.directory_changed.emit(session.directory.set_number_states(batch))
            show()

        taken = seconds(take)
        slowest, total = max(slowest, taken), total + taken
    with capsys.disabled():
        print(
            f"\n{count} numbers: read {read:.3f} s, people {built:.3f} s, list {listed:.3f} s; "
            f"first key {keys[0] * 1000:.1f} ms, slowest later key {max(keys[1:]) * 1000:.1f} ms; "
            f"{CHANGES / total:.0f} changes/s, longest pause {slowest * 1000:.1f} ms"
        )
    assert slowest < built + listed
    assert max(keys[1:]) < keys[0]
    await commands.close()
    await model.close()
    panel.close()
