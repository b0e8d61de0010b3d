"""Signal 9 at 200 random moments of a busy stream of calls: none is lost, none is there twice."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.rules import CHECKOUT

LIVES = 200


@pytest.mark.skipif(sys.platform == "win32", reason="needs fork")
def test_kill_nine(tmp_path: Path) -> None:
    seed = random.getrandbits(32)
    result = subprocess.run(
        [sys.executable, "-m", "tests.store.kill_nine", str(tmp_path), str(LIVES), str(seed)],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, f"seed {seed}\n{result.stderr}"
    found = json.loads(result.stdout)
    assert found["lives"] == LIVES
    # Most die while a call goes on, else the moments would be no busy ones.
    assert found["while calls went on"] > LIVES // 4
    assert found["calls"] > LIVES
