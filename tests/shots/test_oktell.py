"""`ctidesk demo --shots`: every screen and state, in both languages, light and dark, without a display."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.shots.pictures import assert_all_differ, names, take

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
    take(folder)
    return folder


def test_there_is_one_of_each_screen_and_state(pictures: Path) -> None:
    assert {path.name for path in pictures.iterdir()} == names(SCENES, LARGE)


def test_each_shows_something_of_its_own(pictures: Path) -> None:
    assert_all_differ(pictures)
