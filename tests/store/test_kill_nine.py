"""Signal 9 at 200 random moments of a busy stream of calls, and of a busy demo: none is lost, none is there twice."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.rules import CHECKOUT

LIVES = 200
AT_ONCE = 4
"""Files that are written at the same time, each by one process after the other: a line needs its time to come up."""


@pytest.mark.skipif(sys.platform == "win32", reason="needs fork")
@pytest.mark.parametrize("busy", ["journal", "demo"])
def test_kill_nine(tmp_path: Path, busy: str) -> None:
    seed = random.getrandbits(32)
    running = [start(tmp_path / str(number), seed + number, busy) for number in range(AT_ONCE)]
    found = dict.fromkeys(("lives", "while calls went on", "calls"), 0)
    for number, process in enumerate(running):
        told, errors = process.communicate()
        assert process.returncode == 0, f"seed {seed + number}\n{errors}"
        for word, count in json.loads(told).items():
            found[word] += count
    assert found["lives"] == LIVES
    # Many die while a call goes on, else the moments would be no busy ones.
    assert found["while calls went on"] > LIVES // 8
    assert found["calls"] > LIVES


def start(folder: Path, seed: int, busy: str) -> subprocess.Popen[str]:
    """Let a part of the processes live and die in `folder`."""
    folder.mkdir()
    command = [sys.executable, "-m", "tests.store.kill_nine", str(folder), str(LIVES // AT_ONCE), str(seed), busy]
    return subprocess.Popen(command, cwd=CHECKOUT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
