"""The virtual desktop for tests in real windows: run them by `packaging/desktop.sh` or `packaging/test.sh`."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

Xdotool = Callable[..., str]
"""Runs xdotool with these arguments, like ``xdotool("key", "Return")``, and returns what it prints."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what lies in this folder, so that it runs on the desktop and nowhere else."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.desktop)


@pytest.fixture(autouse=True)
def desktop() -> None:
    """Refuse to run elsewhere: off-screen these tests would prove nothing."""
    if os.environ.get("QT_QPA_PLATFORM") != "xcb" or not os.environ.get("DISPLAY"):
        pytest.fail("tests of the desktop need one: packaging/desktop.sh .venv/bin/python -m pytest -m desktop")


@pytest.fixture
def tray(qtbot: QtBot) -> None:
    """Wait until the tray takes icons."""
    from PySide6.QtWidgets import QSystemTrayIcon

    qtbot.waitUntil(QSystemTrayIcon.isSystemTrayAvailable)


@pytest.fixture
def xdotool() -> Xdotool:
    """The keyboard, the mouse and the list of windows as another program sees them."""

    def run(*arguments: str) -> str:
        return subprocess.run(["xdotool", *arguments], capture_output=True, text=True, check=True).stdout.strip()

    return run


@pytest.fixture
def screenshot(tmp_path: Path) -> Callable[[str], Path]:
    """Take a picture of the whole screen: ``screenshot("ringing")`` returns the path of a PNG file."""

    def take(name: str) -> Path:
        path = tmp_path / f"{name}.png"
        subprocess.run(["import", "-window", "root", str(path)], check=True)
        return path

    return take


@pytest.fixture
def secret_service(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Store passwords in the desktop's real Secret Service, in this process and in those it starts."""
    import keyring
    from keyring.core import load_keyring

    before = keyring.get_keyring()
    name = "keyring.backends.SecretService.Keyring"
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", name)
    keyring.set_keyring(load_keyring(name))
    yield
    keyring.set_keyring(before)
