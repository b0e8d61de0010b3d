"""What `tests/conftest.py` promises for every test: planted tests that break it must fail."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from tests.architecture.rules import CHECKOUT

PLANTED = """
import asyncio, os, pathlib, warnings
import keyring
from PySide6.QtCore import qWarning

async def test_bad_task_left():
    loop = asyncio.get_running_loop()
    loop.kept = loop.create_task(asyncio.sleep(3600))

def test_bad_task_destroyed():
    async def wait():
        await asyncio.get_running_loop().create_future()
    loop = asyncio.new_event_loop()
    task = loop.create_task(wait())
    loop.run_until_complete(asyncio.sleep(0))
    loop.close()

async def test_bad_error_of_a_task_never_read():
    async def fail():
        raise RuntimeError
    asyncio.get_running_loop().create_task(fail())
    await asyncio.sleep(0)
    await asyncio.sleep(0)

def test_bad_python_warning():
    warnings.warn("planted")

def test_bad_qt_warning():
    qWarning("planted")

async def test_good_task_awaited():
    await asyncio.get_running_loop().create_task(asyncio.sleep(0))

async def test_good_task_cancelled_at_the_end():
    asyncio.get_running_loop().create_task(asyncio.sleep(3600)).cancel()

def test_good_own_home(home, tmp_path):
    assert pathlib.Path.home() == home != pathlib.Path(os.environ["REAL_HOME"])
    assert not any(path.is_file() for path in home.rglob("*"))

def test_good_no_real_keyring():
    keyring.set_password("ctidesk", "planted", "secret")
    assert keyring.get_password("ctidesk", "planted") is None
"""


def test_planted_tests_end_as_they_should(tmp_path: Path) -> None:
    shutil.copy(CHECKOUT / "tests" / "conftest.py", tmp_path)
    (tmp_path / "test_planted.py").write_text(PLANTED)
    settings = ["-c", str(CHECKOUT / "pyproject.toml"), "--rootdir", str(tmp_path)]
    output = subprocess.run(
        [sys.executable, "-m", "pytest", "-v", "-p", "no:cacheprovider", *settings, str(tmp_path)],
        cwd=tmp_path,
        env={**os.environ, "REAL_HOME": str(Path.home())},
        capture_output=True,
        text=True,
        check=False,
    ).stdout
    ended: dict[str, set[str]] = {}
    for name, end in re.findall(r"::test_(\w+) (PASSED|FAILED|ERROR)", output):
        ended.setdefault(name, set()).add(end)
    assert len(ended) == PLANTED.count("def test_"), output
    wrong = {name for name, ends in ended.items() if name.startswith("good") != (ends == {"PASSED"})}
    assert wrong == set(), output
