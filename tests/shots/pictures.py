"""The pictures of one run, and what holds for those of every PBX."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from PySide6.QtGui import QImage


def take(folder: Path, *options: str) -> None:
    """Run `ctidesk demo --shots` without a display, with `options` besides; it says nothing."""
    environment = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "QT_QPA_PLATFORM")}
    command = [sys.executable, "-m", "ctidesk", "demo", *options, "--seed", "1", "--shots", str(folder)]
    played = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    # FFmpeg itself describes a recording that is opened; a way to silence it would be heard by its threads.
    said = [
        line for line in played.stderr.splitlines() if not line.startswith(("Input #0", "  Duration:", "  Stream #0"))
    ]
    assert (played.returncode, said) == (0, [])


def names(scenes: Iterable[str], large: Iterable[str]) -> set[str]:
    """Return the files of these scenes in both languages, light and dark; `large`: those with large text as well."""
    expected = {"tray-sheet.png"}
    for language in ("", "-ru"):
        expected |= {f"{scene}{language}-{scheme}.png" for scene in scenes for scheme in ("light", "dark")}
        expected |= {f"{scene}{language}-text200-light.png" for scene in large}
    return expected


def assert_all_differ(folder: Path) -> None:
    """Each picture shows something, and something of its own."""
    images = {path.name: QImage(str(path)) for path in folder.iterdir()}
    assert all(not image.isNull() and image.width() > 300 for image in images.values())
    seen: dict[bytes, str] = {}
    for name, image in images.items():
        same = seen.setdefault(bytes(image.constBits()), name)
        assert same == name, f"{name} is the same picture as {same}"
