"""How the system starts this program again."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path


def launch_command(environment: Mapping[str, str] = os.environ) -> tuple[str, ...]:
    """Return the words that start this program, without arguments, from any folder.

    A packed program is its own file. One that is installed has a `ctidesk` script beside its interpreter; else the
    interpreter runs the module.
    """
    if image := environment.get("APPIMAGE"):
        return (image,)  # the program itself lies in a folder that is gone after the run
    if getattr(sys, "frozen", False):
        return (sys.executable,)
    name = "ctidesk.exe" if sys.platform == "win32" else "ctidesk"
    script = Path(sys.executable).with_name(name)
    return (str(script),) if script.is_file() else (sys.executable, "-m", "ctidesk")


def windows_command_line(words: Sequence[str]) -> str:
    """Return a command line that Windows takes apart into `words` again.

    Unlike `subprocess.list2cmdline` it always quotes the first word, which is a path: without quotes, Windows would
    try `C:\\Program.exe` for `C:\\Program Files\\…`.
    """
    import subprocess

    program, *arguments = words
    rest = subprocess.list2cmdline(arguments)
    return f'"{program}" {rest}'.rstrip()
