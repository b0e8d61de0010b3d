"""Commands that widgets start."""

from __future__ import annotations

import asyncio
import logging

import pytest

from ctidesk.ui.components.commands import Commands
from tests.cti.fake_provider import failure
from tests.waiting import settle


async def test_a_command_runs() -> None:
    commands, done = Commands(), asyncio.Event()

    async def work() -> None:
        done.set()

    commands.run(work())
    await done.wait()
    await commands.close()


async def test_a_refusal_that_the_model_has_told_is_not_logged_as_a_defect(caplog: pytest.LogCaptureFixture) -> None:
    commands = Commands()

    async def work() -> None:
        raise failure()

    commands.run(work())
    await settle()
    await commands.close()
    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []


async def test_any_other_exception_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    commands = Commands()

    async def work() -> None:
        raise ValueError("a defect")

    commands.run(work())
    await settle()
    await commands.close()
    assert "a task of commands failed" in caplog.text


async def test_closing_ends_what_runs_and_drops_what_comes() -> None:
    commands = Commands()
    ended: list[str] = []

    async def work() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended.append("ended")

    commands.run(work())
    await settle()
    commands.run(work())  # has not begun when it is closed
    await commands.close()
    assert ended == ["ended"]
    commands.run(work())
    await settle()
    assert ended == ["ended"]
