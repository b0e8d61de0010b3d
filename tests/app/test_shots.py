"""`ctidesk demo --shots`: every screen and state, in both languages, light and dark, without a display."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

SCENES = (
    "abonent-menu",
    "abonent-menu-in-call",
    "panel-barge",
    "import-contacts",
    "panel-break",
    "panel-calling",
    "panel-choice",
    "panel-conference",
    "panel-consult",
    "panel-consult-ringing",
    "panel-contact",
    "panel-dnd",
    "panel-drag",
    "panel-error",
    "panel-history-all",
    "panel-history-empty",
    "panel-history-in",
    "panel-history-missed",
    "panel-history-note",
    "panel-history-player",
    "panel-history-out",
    "panel-history-search",
    "panel-hold",
    "panel-idle",
    "panel-keypad",
    "panel-listen",
    "panel-outgoing",
    "panel-pickup",
    "panel-queue",
    "panel-queue-empty",
    "panel-reconnecting",
    "panel-redirect",
    "panel-ringing",
    "panel-search",
    "panel-search-layout",
    "panel-search-nobody",
    "panel-state-menu",
    "panel-swapped",
    "panel-talking",
    "panel-transfer-to",
    "panel-whisper",
    "panel-wrap-up",
    "panel-wrong-password",
    "popup-choice",
    "popup-contact",
    "popup-known",
    "popup-missed",
    "popup-missed-several",
    "popup-pickup",
    "popup-queue",
    "popup-stack",
    "popup-unknown",
    "settings-contacts",
    "settings-crm",
)
LARGE = (
    "panel-barge",
    "panel-conference",
    "panel-consult",
    "panel-history-all",
    "panel-history-missed",
    "panel-history-note",
    "panel-history-player",
    "panel-listen",
    "panel-queue",
    "panel-talking",
    "panel-whisper",
    "panel-wrap-up",
    "popup-choice",
    "popup-contact",
    "popup-known",
    "popup-pickup",
    "popup-queue",
    "popup-unknown",
)


@pytest.fixture(scope="module")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shots")
    environment = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "QT_QPA_PLATFORM")}
    command = [sys.executable, "-m", "ctidesk", "demo", "--seed", "1", "--shots", str(folder)]
    played = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    # FFmpeg itself describes the recording that is opened; a way to silence it would be heard by its threads.
    said = [
        line for line in played.stderr.splitlines() if not line.startswith(("Input #0", "  Duration:", "  Stream #0"))
    ]
    assert (played.returncode, said) == (0, [])
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
