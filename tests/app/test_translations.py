"""The compiled translations are those of the sources, and the sources those of the code."""

from __future__ import annotations

import subprocess
import sys

from tests.architecture.rules import CHECKOUT


def test_texts_sources_and_compiled_files_are_in_step() -> None:
    command = [sys.executable, str(CHECKOUT / "packaging" / "translations.py"), "--check"]
    checked = subprocess.run(command, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr
