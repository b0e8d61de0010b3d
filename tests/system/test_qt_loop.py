"""The loop ends when it is asked to, from wherever, and leaves nothing behind."""

from __future__ import annotations

import subprocess
import sys

import pytest

PROGRAM = """
import asyncio, logging, os, signal, sys
logging.basicConfig(format="%(message)s")
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox
from ctidesk.system.qt_loop import run

application = QApplication([])

async def main(stop):
    loop = asyncio.get_running_loop()
    {how}
    await stop.wait()
    await asyncio.sleep(0)  # a farewell needs the loop
    return 3

sys.exit(run(application, main))
"""

WAYS = {
    "SIGTERM": "loop.call_soon(os.kill, os.getpid(), signal.SIGTERM)",
    "SIGINT": "loop.call_soon(os.kill, os.getpid(), signal.SIGINT)",
    "a part of the application": "loop.call_soon(stop)",
    "another thread": "loop.run_in_executor(None, loop.call_soon_threadsafe, stop)",
    "Qt's quit": "QTimer.singleShot(0, application.quit)",
    "Qt's exit": "QTimer.singleShot(0, application.exit)",
    "a part after the last window": "QMessageBox(parent=None).close(); loop.call_soon(stop)",
}


def end(how: str) -> subprocess.CompletedProcess[str]:
    program = PROGRAM.format(how=how)
    return subprocess.run([sys.executable, "-X", "dev", "-c", program], capture_output=True, text=True, check=False)


@pytest.mark.parametrize("how", WAYS.values(), ids=WAYS)
def test_it_cleans_up_and_returns_the_result(how: str) -> None:
    ended = end(how)
    assert ended.returncode == 3, ended.stderr
    assert "Traceback" not in ended.stderr
    assert "destroyed" not in ended.stderr
    assert "left running" not in ended.stderr


def test_a_task_that_was_left_is_named_cancelled_and_awaited() -> None:
    ended = end("keep = loop.create_task(asyncio.sleep(3600)); stop()")
    assert ended.returncode == 3
    assert "left running: <coroutine object sleep" in ended.stderr
    assert "destroyed" not in ended.stderr


def test_an_error_of_main_is_raised() -> None:
    ended = end("raise LookupError('on purpose')")
    assert ended.returncode == 1
    assert ended.stderr.rstrip().endswith("LookupError: on purpose")


def test_an_error_of_a_callback_is_logged_and_all_goes_on() -> None:
    ended = end("loop.call_soon(lambda: 1 / 0); loop.call_soon(stop)")
    assert ended.returncode == 3
    assert "ZeroDivisionError" in ended.stderr


def test_work_that_hangs_in_a_thread_does_not_keep_it() -> None:
    how = "import threading; keep = asyncio.create_task(asyncio.to_thread(threading.Event().wait)); "
    how += "loop.call_soon(loop.call_soon, keep.cancel); loop.call_later(0.05, stop)"
    ended = end(how)
    assert (ended.returncode, ended.stderr) == (3, "")
