"""Blocking work runs beside the loop and does not keep the program from ending."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading

import pytest

from ctidesk.cti.threads import DaemonExecutor


async def test_it_gives_results_and_errors() -> None:
    asyncio.get_running_loop().set_default_executor(DaemonExecutor())
    assert await asyncio.to_thread(divmod, 7, 2) == (3, 1)
    with pytest.raises(ZeroDivisionError):
        await asyncio.to_thread(divmod, 7, 0)


async def test_several_pieces_of_work_run_at_once() -> None:
    asyncio.get_running_loop().set_default_executor(DaemonExecutor())
    barrier = threading.Barrier(20)
    await asyncio.gather(*(asyncio.to_thread(barrier.wait) for _ in range(20)))


def test_shutdown_lets_short_work_end() -> None:
    executor = DaemonExecutor(patience=60)
    go_on = threading.Event()
    future = executor.submit(go_on.wait)
    threading.Timer(0, go_on.set).start()
    executor.shutdown()
    assert future.done()
    with pytest.raises(RuntimeError):
        executor.submit(int)


PROGRAM = """
import asyncio, threading
from ctidesk.cti.threads import DaemonExecutor

async def main():
    asyncio.get_running_loop().set_default_executor(DaemonExecutor())
    started = asyncio.Event()
    loop = asyncio.get_running_loop()

    def never():
        loop.call_soon_threadsafe(started.set)
        threading.Event().wait()

    task = asyncio.create_task(asyncio.to_thread(never))
    await started.wait()
    task.cancel()

asyncio.run(main())
"""


def test_the_program_ends_while_work_hangs() -> None:
    ended = subprocess.run(
        [sys.executable, "-X", "dev", "-c", PROGRAM], capture_output=True, text=True, check=False, timeout=60
    )
    assert (ended.returncode, ended.stderr) == (0, "")
