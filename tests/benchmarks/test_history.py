"""From a key press in the field of the history to the lines on the screen, with the calls of years.

What is asserted is that a key takes no more work among very many calls than among few; the times are printed.
"""

from __future__ import annotations

import asyncio
import sqlite3
import time
from itertools import pairwise
from pathlib import Path

import pytest

from ctidesk.store.numbers import NumberPlan
from ctidesk.store.renumbering import renumber
from tests.store.many_calls import add_many_calls
from tests.ui.components.history_desk import HistoryDesk
from tests.ui.components.stage import show

pytestmark = [pytest.mark.benchmark, pytest.mark.usefixtures("qapp")]

MANY, FEW = 200_000, 2_000
TYPED = ("б", "бе", "бел", "белова", "белова а", "продажи", "4567", "89160", "sm", "nobody")


def unread(connection: sqlite3.Connection) -> int:
    """Return how many calls still have the party of no plan."""
    return int(connection.execute("SELECT count(*) FROM calls WHERE party = 'unread'").fetchone()[0])


async def typed(folder: Path, calls: int, *, while_renumbering: bool = False) -> tuple[float, list[str]]:
    """Type into the field of a journal with so many calls.

    Returns:
        The seconds of work that all keys together have taken, and what is to be printed.
    """
    desk = HistoryDesk(folder)
    await desk.archive.database.run(lambda connection: add_many_calls(connection, calls), 600)
    if while_renumbering:
        await desk.archive.database.run(lambda connection: connection.execute("UPDATE calls SET party = 'unread'"))
    else:
        await renumber(desk.archive.database, NumberPlan())
    await desk.begin()
    pane = await desk.open()
    pane._begin_search()
    said = []
    slowest = longest_pause = most_work = all_work = 0.0
    for text in TYPED:
        turns, worked = [time.perf_counter()], time.process_time()
        pane._search.setText(text)
        while pane._is_waiting():
            await asyncio.sleep(0.001)
            turns.append(time.perf_counter())
        show()
        turns.append(time.perf_counter())
        taken, work = turns[-1] - turns[0], time.process_time() - worked
        pause = max(after - before for before, after in pairwise(turns))
        slowest, longest_pause, most_work = max(slowest, taken), max(longest_pause, pause), max(most_work, work)
        all_work += work
        said.append(f"{text:10} {1000 * taken:6.1f} ms, {1000 * work:5.1f} of work, longest pause {1000 * pause:5.1f}")
    if while_renumbering:
        assert await desk.archive.database.run(unread) > 0, "the answers have waited for the numbers"
    await desk.end()
    when = ", while numbers are read anew" if while_renumbering else ""
    said.append(f"slowest {1000 * slowest:.1f} ms, most work {1000 * most_work:.1f} ms, among {calls} calls{when}")
    return all_work, said


async def test_search_as_one_types(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    await typed(tmp_path / "first", FEW)  # fonts, pictures and all else that is made once
    among_few, _ = await typed(tmp_path / "few", FEW)
    among_many, said = await typed(tmp_path / "many", MANY)
    with capsys.disabled():
        print("", *said, sep="\n")
        print(f"{1000 * among_many:.1f} ms of work for all keys, among {FEW} calls {1000 * among_few:.1f}")
    assert among_many < 3 * among_few


async def test_search_after_the_number_plan_has_changed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The numbers of all calls are read anew meanwhile, in the thread that answers."""
    _, said = await typed(tmp_path, MANY, while_renumbering=True)
    with capsys.disabled():
        print("", *said, sep="\n")
