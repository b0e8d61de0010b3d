"""Long work in slices: short work at once, the newest alone, and the end after everything."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator

import pytest

from ctidesk.cti import slices
from ctidesk.cti.slices import Slices, at_once, in_slices


class Loop:
    """Turns when the test says so."""

    def __init__(self) -> None:
        self.waiting: list[Callable[[], None]] = []

    def later(self, callback: Callable[[], None]) -> None:
        self.waiting.append(callback)

    def turn(self) -> None:
        waiting, self.waiting = self.waiting, []
        for callback in waiting:
            callback()

    def run(self) -> int:
        """Turn until nothing waits; returns how often."""
        turns = 0
        while self.waiting:
            self.turn()
            turns += 1
        return turns


@pytest.fixture
def loop() -> Loop:
    return Loop()


@pytest.fixture
def always_late(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every step takes a whole slice."""
    monkeypatch.setattr(slices, "SLICE", 0.0)


def counting(done: list[object], name: str, steps: int) -> Iterator[None]:
    for step in range(steps):
        done.append((name, step))
        yield


def test_what_is_short_is_done_at_once(loop: Loop) -> None:
    done: list[object] = []
    Slices(loop.later).run(counting(done, "a", 0), lambda: done.append("end"))
    assert done == ["end"]
    assert not loop.waiting


@pytest.mark.usefixtures("always_late")
def test_the_loop_has_its_turn_after_each_slice(loop: Loop) -> None:
    done: list[object] = []
    work = Slices(loop.later)
    work.run(counting(done, "a", 3), lambda: done.append("end"))
    assert done == [("a", 0)]
    assert work.is_running
    loop.run()
    assert done == [("a", 0), ("a", 1), ("a", 2), "end"]
    assert not work.is_running


@pytest.mark.usefixtures("always_late")
def test_only_the_newest_work_comes_to_its_end(loop: Loop) -> None:
    done: list[object] = []
    work = Slices(loop.later)
    work.run(counting(done, "a", 2), lambda: done.append("end of a"))
    loop.turn()
    loop.turn()  # all of it is done, and its end stands before the door
    work.run(counting(done, "b", 2), lambda: done.append("end of b"))
    loop.run()
    assert done == [("a", 0), ("a", 1), ("b", 0), ("b", 1), "end of b"]


@pytest.mark.usefixtures("always_late")
def test_what_is_cancelled_stays_undone(loop: Loop) -> None:
    done: list[object] = []
    work = Slices(loop.later)
    work.run(counting(done, "a", 9), lambda: done.append("end"))
    work.cancel()
    loop.run()
    assert done == [("a", 0)]


@pytest.mark.usefixtures("always_late")
def test_the_end_may_begin_the_next(loop: Loop) -> None:
    done: list[object] = []
    work = Slices(loop.later)
    work.run(counting(done, "a", 1), lambda: work.run(counting(done, "b", 1), lambda: done.append("end")))
    loop.run()
    assert done == [("a", 0), ("b", 0), "end"]


@pytest.mark.usefixtures("always_late")
async def test_others_run_between_slices() -> None:
    done: list[object] = []
    task = asyncio.create_task(in_slices(counting(done, "a", 2)))
    await asyncio.sleep(0)
    done.append("other")
    await task
    assert done == [("a", 0), "other", ("a", 1)]


def test_without_interruption() -> None:
    done: list[object] = []
    at_once(counting(done, "a", 2))
    assert done == [("a", 0), ("a", 1)]
