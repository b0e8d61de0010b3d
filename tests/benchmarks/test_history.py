"""From a key press in the field of the history to the lines on the screen, with the calls of years.

What is asserted is that the loop is never held up as long as the whole answer takes; the times are printed.
"""

from __future__ import annotations

import asyncio
import time
from itertools import pairwise
from pathlib import Path

import pytest

from tests.store.many_calls import add_many_calls
from tests.ui.components.history_desk import HistoryDesk
from tests.ui.components.stage import show

pytestmark = [pytest.mark.benchmark, pytest.mark.usefixtures("qapp")]

CALLS = 200_000
TYPED = ("б", "бе", "бел", "белова", "белова а", "продажи", "4567", "89160", "sm", "nobody")


async def test_search_as_one_types(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    desk = HistoryDesk(tmp_path)
    await desk.archive.database.run(lambda connection: add_many_calls(connection, CALLS), 600)
    await desk.begin()
    pane = await desk.open()
    pane._begin_search()
    slowest = longest_pause = most_work = 0.0
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
        with capsys.disabled():
            print(f"\n{text:10} {1000 * taken:6.1f} ms, {1000 * work:5.1f} of work", end="")
            print(f", longest pause {1000 * pause:5.1f}", end="")
    with capsys.disabled():
        print(f"\nslowest {1000 * slowest:.1f} ms, most work {1000 * most_work:.1f} ms, among {CALLS} calls")
    await desk.end()
    assert longest_pause <= slowest
