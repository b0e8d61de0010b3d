"""`ctidesk demo --pbx webitel --shots`: the screens of the other PBX, the users of its administrator among them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.shots.pictures import assert_all_differ, names, take

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
    "settings-calls",
    "settings-connection",
    "settings-diagnostics",
    "settings-history",
    "settings-integration",
    "settings-interface",
    "settings-users",
    "settings-users-forms",
    "welcome",
)
LARGE = ("panel-consult", "panel-talking", "popup-pickup", "popup-queue", "settings-users", "settings-users-forms")


@pytest.fixture(scope="module")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shots")
    take(folder, "--pbx", "webitel")
    return folder


def test_there_is_one_of_each_screen_and_state(pictures: Path) -> None:
    assert {path.name for path in pictures.iterdir()} == names(SCENES, LARGE)


def test_each_shows_something_of_its_own(pictures: Path) -> None:
    assert_all_differ(pictures)
