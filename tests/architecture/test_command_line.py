"""The command line answers at once: what it does not need is not imported."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.architecture.rules import PACKAGE

HEAVY = ("PySide6", "qasync", "websockets", "keyring", "phonenumbers")


@pytest.mark.skipif(not (PACKAGE / "cli.py").exists(), reason="there is no command line yet")
def test_importing_the_command_line_imports_nothing_heavy() -> None:
    program = "import ctidesk.cli, sys; print(*sys.modules)"
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert sorted(set(HEAVY) & set(result.stdout.split())) == []
