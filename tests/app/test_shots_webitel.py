"""`ctidesk demo --pbx webitel --shots`: the screens of the other PBX, the users of its administrator among them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

SCENES = (
    "panel-call-centre",
    "panel-call-ended",
    "panel-consult",
    "panel-history-empty",
    "panel-hold",
    "panel-idle",
    "panel-keypad",
    "panel-no-phone",
    "panel-reconnecting",
    "panel-ringing",
    "panel-search",
    "panel-state-break",
    "panel-state-break-asked",
    "panel-state-menu",
    "panel-state-note",
    "panel-state-note-asked",
    "panel-state-redirect",
    "panel-state-redirect-asked",
    "panel-talking",
    "panel-wrong-password",
    "popup-missed",
    "popup-pickup",
    "popup-queue",
    "settings-users",
    "settings-users-forms",
)
LARGE = ("panel-consult", "panel-talking", "popup-pickup", "popup-queue", "settings-users", "settings-users-forms")


@pytest.fixture(scope="module")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shots")
    environment = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "QT_QPA_PLATFORM")}
    command = [sys.executable, "-m", "ctidesk", "demo", "--pbx", "webitel", "--seed", "1", "--shots", str(folder)]
    played = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert (played.returncode, played.stderr) == (0, "")
    return folder


def test_there_is_one_of_each_screen_and_state(pictures: Path) -> None:
    expected = {"tray-sheet.png"}
    for language in ("", "-ru"):
        expected |= {f"{scene}{language}-{scheme}.png" for scene in SCENES for scheme in ("light", "dark")}
        expected |= {f"{scene}{language}-text200-light.png" for scene in LARGE}
    assert {path.name for path in pictures.iterdir()} == expected


def test_each_shows_something_of_its_own(pictures: Path) -> None:
    images = {path.name: QImage(str(path)) for path in pictures.iterdir()}
    assert all(not image.isNull() and image.width() > 300 for image in images.values())
    seen: dict[bytes, str] = {}
    for name, image in images.items():
        same = seen.setdefault(bytes(image.constBits()), name)
        assert same == name, f"{name} is the same picture as {same}"
