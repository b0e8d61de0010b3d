"""An attempt to connect that ends, fails, or is given up."""

from __future__ import annotations

import asyncio

import pytest

from ctidesk.cti.attempt import Attempt
from ctidesk.cti.tasks import TaskOwner


async def forever(begun: asyncio.Event) -> str:
    begun.set()
    await asyncio.Event().wait()
    return "done"


async def test_what_the_work_returns_is_handed_on() -> None:
    attempt: Attempt[str] = Attempt(TaskOwner("test"))

    async def work() -> str:
        assert attempt.is_under_way
        return "done"

    assert await attempt.make(work(), "given up") == "done"
    assert not attempt.is_under_way


async def test_what_the_work_raises_is_raised() -> None:
    attempt: Attempt[str] = Attempt(TaskOwner("test"))

    async def work() -> str:
        raise ValueError("unforeseen")

    with pytest.raises(ValueError, match="unforeseen"):
        await attempt.make(work(), "given up")
    assert not attempt.is_under_way


async def test_who_gives_it_up_returns_when_it_has_ended() -> None:
    attempt: Attempt[str] = Attempt(TaskOwner("test"))
    await attempt.give_up()
    begun = asyncio.Event()
    caller = asyncio.create_task(attempt.make(forever(begun), "given up"))
    await begun.wait()
    await attempt.give_up()
    assert await caller == "given up"
    assert not attempt.is_under_way


async def test_the_end_of_the_caller_ends_it() -> None:
    tasks = TaskOwner("test")
    attempt: Attempt[str] = Attempt(tasks)
    begun = asyncio.Event()
    caller = asyncio.create_task(attempt.make(forever(begun), "given up"))
    await begun.wait()
    caller.cancel()
    with pytest.raises(asyncio.CancelledError):
        await caller
    assert not attempt.is_under_way
    assert not len(tasks)


async def test_after_the_end_of_the_tasks_nothing_is_attempted() -> None:
    tasks = TaskOwner("test")
    await tasks.close()
    begun = asyncio.Event()
    assert await Attempt[str](tasks).make(forever(begun), "given up") == "given up"
    assert not begun.is_set()
