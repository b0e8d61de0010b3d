"""The virtual desktop has what the other tests of this folder count on."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import keyring
import pytest
from PySide6.QtGui import QColor, QImage, QPixmap
from PySide6.QtWidgets import QLineEdit, QPushButton, QSystemTrayIcon
from pytestqt.qtbot import QtBot

Xdotool = Callable[..., str]
Screenshot = Callable[[str], Path]

GREEN = QColor(0, 200, 0)


@pytest.mark.usefixtures("tray")
def test_a_tray_icon_is_seen_on_the_screen(qtbot: QtBot, screenshot: Screenshot) -> None:
    pixmap = QPixmap(24, 24)
    pixmap.fill(GREEN)
    icon = QSystemTrayIcon(pixmap)
    icon.show()
    try:
        qtbot.waitUntil(lambda: GREEN.rgb() in colours(screenshot("tray")))
    finally:
        icon.hide()


def test_keys_reach_the_active_window(qtbot: QtBot, xdotool: Xdotool) -> None:
    field = QLineEdit()
    qtbot.addWidget(field)
    field.setWindowTitle("ctidesk field")
    field.show()
    qtbot.waitExposed(field)
    field.activateWindow()
    qtbot.waitUntil(field.isActiveWindow)
    assert xdotool("getactivewindow", "getwindowname") == "ctidesk field"
    xdotool("type", "ctidesk")
    qtbot.waitUntil(lambda: field.text() == "ctidesk")


def test_the_pointer_reaches_a_window(qtbot: QtBot, xdotool: Xdotool) -> None:
    button = QPushButton("Press")
    button.setWindowTitle("ctidesk button")
    qtbot.addWidget(button)
    button.show()
    qtbot.waitExposed(button)
    # By the window's place as the X server knows it: Qt may hear later where the window manager put it.
    x, y = str(button.width() // 2), str(button.height() // 2)
    with qtbot.waitSignal(button.clicked):
        xdotool("search", "--name", "ctidesk button", "mousemove", "--sync", "--window", "%1", x, y, "click", "1")


@pytest.mark.usefixtures("secret_service")
def test_the_secret_service_keeps_a_password_for_another_process() -> None:
    keyring.set_password("ctidesk", "operator", "a password")
    ask = "import keyring; print(keyring.get_password('ctidesk', 'operator'))"
    answer = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "a password"
    keyring.delete_password("ctidesk", "operator")
    assert keyring.get_password("ctidesk", "operator") is None


def colours(picture: Path) -> set[int]:
    """Return the colours in the lowest rows of a picture, where the tray is."""
    image = QImage(str(picture))
    rows = range(image.height() - 32, image.height())
    return {image.pixel(x, y) for y in rows for x in range(0, image.width(), 3)}
